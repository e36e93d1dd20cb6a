import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { AppError } from '../base/errors.ts';
import type { SiteNames } from '../case-type/index.ts';
import { byText, sortedBy } from './entity.ts';
import { contactIdsIn, contactKey, formatContact } from './portable-definition.ts';
import type { MigrationSite, SiteOptionValue } from './ports.ts';
import { groupRows, optionRows, relationshipTypeRows } from './site-rows.ts';

/** Where `civicase pull` keeps it in its folder. */
export const SITE_NAMES_FILE = 'site-names.yaml';

const option = { name: z.string(), label: z.string(), isActive: z.boolean() };

const schema = z.strictObject({
  site: z.string(),
  caseTypes: z.array(z.string()),
  activityTypes: z.array(z.strictObject({ ...option, component: z.string().nullable() })),
  activityStatuses: z.array(z.strictObject({ ...option, filter: z.number() })),
  caseStatuses: z.array(z.strictObject({ ...option, grouping: z.string().nullable() })),
  assigneeTypes: z.array(z.strictObject({ name: z.string(), value: z.string() })),
  relationshipTypes: z.array(
    z.strictObject({
      id: z.number().optional(),
      nameAB: z.string(),
      nameBA: z.string(),
      labelAB: z.string().nullable(),
      labelBA: z.string().nullable(),
      isActive: z.boolean(),
      contactTypeA: z.string().nullable(),
      contactTypeB: z.string().nullable(),
    }),
  ),
  groups: z.array(z.strictObject({ name: z.string(), title: z.string(), isActive: z.boolean() })),
  contacts: z.array(z.strictObject({ id: z.string(), key: z.string().nullable() })).default([]),
  stepSubjects: z.boolean().nullable(),
});

/**
 * Every name that a case type may use on a site, with the ids that stand in its definitions.
 *
 * @param contactIds contacts to look up besides those that the site's own definitions name
 */
export async function readSiteNames(
  site: MigrationSite,
  contactIds: readonly number[] = [],
): Promise<SiteNames> {
  const [
    caseTypes,
    types,
    activityStatuses,
    caseStatuses,
    assigneeTypes,
    relationshipTypes,
    groups,
    features,
  ] = await Promise.all([
    site.caseTypes(),
    optionRows(site, 'activity_type'),
    optionRows(site, 'activity_status'),
    optionRows(site, 'case_status'),
    optionRows(site, 'activity_default_assignee'),
    relationshipTypeRows(site),
    groupRows(site),
    site.features(),
  ]);
  const ids = [...new Set([...caseTypes.flatMap((row) => contactIdsIn(row.definition)), ...contactIds])];
  const contacts = new Map((await site.contactsById(ids)).map((contact) => [contact.id, contact]));
  return {
    site: site.name,
    caseTypes: caseTypes.map(({ name }) => name).sort(byText),
    activityTypes: optionsOf(types, ({ component }) => ({ component })),
    activityStatuses: optionsOf(activityStatuses, ({ filter }) => ({ filter })),
    caseStatuses: optionsOf(caseStatuses, ({ grouping }) => ({ grouping })),
    assigneeTypes: sortedBy(assigneeTypes, ({ value }) => value).map(({ name, value }) => ({ name, value })),
    relationshipTypes: relationshipTypes
      .toSorted((left, right) => left.id - right.id)
      .map(({ id, nameAB, nameBA, labelAB, labelBA, isActive, contactTypeA, contactTypeB }) => ({
        id,
        nameAB,
        nameBA,
        labelAB,
        labelBA,
        isActive,
        contactTypeA,
        contactTypeB,
      })),
    groups: sortedBy(groups, ({ name }) => name).map(({ name, title, isActive }) => ({
      name,
      title,
      isActive,
    })),
    contacts: ids
      .toSorted((left, right) => left - right)
      .map((id) => {
        const contact = contacts.get(id);
        const key = contact === undefined ? null : contactKey(contact);
        return {
          id: String(id),
          key: contact === undefined ? null : key === null ? 'someone' : formatContact(key),
        };
      }),
    hasIds: true,
    stepSubjects: features.stepSubjects,
  };
}

function optionsOf<Own extends object>(
  values: readonly SiteOptionValue[],
  own: (value: SiteOptionValue) => Own,
): readonly ({ readonly name: string; readonly label: string; readonly isActive: boolean } & Own)[] {
  return sortedBy(values, ({ name }) => name).map((value) => {
    const { name, label, isActive } = value;
    return { name, label, isActive, ...own(value) };
  });
}

/** As YAML, for a folder that goes from site to site: without ids, and so without contacts. */
export function renderSiteNames(names: SiteNames): string {
  const { contacts: _contacts, hasIds: _hasIds, ...named } = names;
  const relationshipTypes = sortedBy(
    names.relationshipTypes.map(({ id: _id, ...type }) => type),
    ({ nameAB, nameBA }) => `${nameAB}\n${nameBA}`,
  );
  return stringify({ ...named, relationshipTypes });
}

/**
 * Reads what `renderSiteNames` wrote.
 * @throws AppError invalid-input that names the file and the key
 */
export function parseSiteNames(text: string, file: string): SiteNames {
  let value: unknown;
  try {
    value = parse(text);
  } catch (cause) {
    throw new AppError('invalid-input', `${file} is not YAML. Write it again with "civicase pull".`, {
      cause,
    });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) {
    const { relationshipTypes, ...names } = parsed.data;
    return {
      ...names,
      relationshipTypes: relationshipTypes.map((type, index) => ({ ...type, id: type.id ?? -1 - index })),
      hasIds: relationshipTypes.every(({ id }) => id !== undefined),
    };
  }
  const [issue] = parsed.error.issues;
  throw new AppError(
    'invalid-input',
    `${file} does not hold the names of a site: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}. Write it again with "civicase pull".`,
    { details: { file } },
  );
}
