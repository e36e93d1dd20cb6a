import type { RelationshipTypeNames } from '../roles.ts';

/** A value of an option group, as far as a case type may name it. */
export interface SiteOption {
  readonly name: string;
  readonly label: string;
  readonly isActive: boolean;
}

/**
 * Every name that a case type may use on a certain site, and what the ids in a definition mean there. No personal
 * data: a contact is told by the key that finds it elsewhere.
 */
export interface SiteNames {
  readonly site: string;
  readonly caseTypes: readonly string[];
  readonly activityTypes: readonly (SiteOption & { readonly component: string | null })[];
  /** Their filter is 0 for incomplete, 1 for completed, 2 for cancelled. */
  readonly activityStatuses: readonly (SiteOption & { readonly filter: number })[];
  /** Their grouping is `Opened` or `Closed`. */
  readonly caseStatuses: readonly (SiteOption & { readonly grouping: string | null })[];
  /** Of the option group `activity_default_assignee`. */
  readonly assigneeTypes: readonly { readonly name: string; readonly value: string }[];
  readonly relationshipTypes: readonly SiteRelationship[];
  readonly groups: readonly {
    readonly name: string;
    readonly title: string;
    readonly isActive: boolean;
  }[];
  readonly contacts: readonly SiteContactName[];
  /** False: written down by name, the ids of relationship types are only there to tell them apart. */
  readonly hasIds: boolean;
  /** Whether a step may give its activity a subject (since 6.17); null when the site does not tell. */
  readonly stepSubjects: boolean | null;
}

export interface SiteRelationship extends RelationshipTypeNames {
  readonly isActive: boolean;
  /** `Individual`, `Organization`, `Household`, or null for any. */
  readonly contactTypeA: string | null;
  readonly contactTypeB: string | null;
}

/** A contact that a definition names by id; `key` is null when the site has none of that id. */
export interface SiteContactName {
  readonly id: string;
  readonly key: string | null;
}

/** Options by name, and by label those whose label is not their name. */
export interface OptionIndex<Option extends SiteOption> {
  readonly byName: ReadonlyMap<string, Option>;
  readonly byLabel: ReadonlyMap<string, Option>;
}

/** A site's names, ready to be asked for each file. */
export interface SiteIndex {
  readonly names: SiteNames;
  readonly activityTypes: OptionIndex<SiteNames['activityTypes'][number]>;
  readonly activityStatuses: OptionIndex<SiteNames['activityStatuses'][number]>;
  readonly caseStatuses: OptionIndex<SiteNames['caseStatuses'][number]>;
  readonly groups: OptionIndex<SiteOption>;
  readonly contacts: ReadonlyMap<string, string | null>;
}

export function indexSite(names: SiteNames): SiteIndex {
  return {
    names,
    activityTypes: indexOptions(names.activityTypes),
    activityStatuses: indexOptions(names.activityStatuses),
    caseStatuses: indexOptions(names.caseStatuses),
    groups: indexOptions(names.groups.map((group) => ({ ...group, label: group.title }))),
    contacts: new Map(names.contacts.map(({ id, key }) => [id, key])),
  };
}

function indexOptions<Option extends SiteOption>(options: readonly Option[]): OptionIndex<Option> {
  const byName = new Map<string, Option>();
  // Of two of one name CiviCRM takes an enabled one.
  for (const option of options)
    if (byName.get(option.name)?.isActive !== true) byName.set(option.name, option);
  const labelled = options.filter(({ name, label }) => name !== label);
  return { byName, byLabel: new Map(labelled.map((option) => [option.label, option])) };
}
