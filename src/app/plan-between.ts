import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../base/errors.ts';
import { readMappingFile, type MappingFile } from '../config/index.ts';
import {
  checkMapping,
  contactKeysOf,
  defaultContacts,
  mapContactsOf,
  MAPPING_VOCABULARY,
  mapSource,
  planMigration,
  skippedKeys,
  snapshotSite,
  askTarget,
  type MigrationPlan,
  type MigrationSite,
  type PlanChoices,
  type PlanSource,
  type Snapshot,
} from '../migrate/index.ts';
import type { ContactKey } from '../migrate/ports.ts';
import type { App } from './app.ts';
import { openMigrationSite, openRunJournal } from './migration.ts';

/** What is to be brought where. */
export interface PlanRequest {
  readonly source: PlanSource;
  /** How the source is called: a site, a folder or a file. */
  readonly from: string;
  /** How the target is called: a site, a folder or a file. */
  readonly to: string;
  /** The target as files hold it; absent: it is a site. */
  readonly held?: Snapshot;
  readonly caseTypes: readonly string[];
  /** Null: none; absent: the one of the two sites, if there is one. */
  readonly mapping?: MappingFile | null;
  readonly choices?: Omit<PlanChoices, 'skip'>;
}

/**
 * What bringing the case types there would do: with the mapping of the two sites where there is one, and with what the
 * last apply knew of both.
 *
 * @throws AppError `invalid-input` with every fault of the mapping, each at its place in the file.
 */
export async function planBetween(app: App, request: PlanRequest): Promise<MigrationPlan> {
  const { source, from, to, caseTypes, choices } = request;
  const mapped = request.mapping === undefined ? mappingBetween(app, from, to) : request.mapping;
  const known = mapped === null ? source : mapContactsOf(source, mapped.mapping);
  const contacts = [
    ...caseTypes.flatMap((caseType) => contactKeysOf(known, caseType)),
    ...(mapped === null ? [] : defaultContacts(mapped.mapping)),
  ];
  const { target, site } = await readTarget(app, request, contacts);
  const { given: base } = await (await openRunJournal(app)).lastApplied(to);
  const plan = async (from: PlanSource, skip: readonly string[]): Promise<MigrationPlan> => {
    const plan = planMigration({ source: from, target, caseTypes, base, choices: { ...choices, skip } });
    return site === null ? plan : askTarget(plan, target, site);
  };
  if (mapped === null) return plan(source, []);
  const described = source.kind === 'snapshot' ? source : null;
  const faults = checkMapping(mapped.mapping, described, target);
  if (faults.length > 0) throw mapped.error(faults);
  const renamed = mapSource(known, mapped.mapping, target);
  return plan(renamed, renamed.kind === 'snapshot' ? skippedKeys(renamed, mapped.mapping) : []);
}

async function readTarget(
  app: App,
  { held, to }: PlanRequest,
  contacts: readonly ContactKey[],
): Promise<{ readonly target: Snapshot; readonly site: MigrationSite | null }> {
  if (held === undefined) {
    const site = openMigrationSite(app, to);
    return { target: await snapshotSite(site, { contacts }), site };
  }
  // Files hold nobody: that each contact is there once can only be taken for granted.
  return { target: { ...held, contacts: contacts.map((key) => ({ key, matches: 1 })) }, site: null };
}

/** @throws AppError `invalid-input` when the file is for other sites. */
export function openMapping(path: string, shown: string, from: string, to: string): MappingFile {
  const mapped = readMappingFile(path, shown, MAPPING_VOCABULARY);
  if ((mapped.from ?? from) === from && (mapped.to ?? to) === to) return mapped;
  throw new AppError(
    'invalid-input',
    `The mapping ${shown} is for "${mapped.from ?? 'any'}" to "${mapped.to ?? 'any'}", not for "${from}" to "${to}". Give it the names of its own sites, or another file.`,
  );
}

/** The file beside the configuration that is named after both. */
function mappingBetween(app: App, from: string, to: string): MappingFile | null {
  const shown = join('mappings', `${basename(from)}-${to}.yaml`);
  const path = join(dirname(app.config.file), shown);
  return existsSync(path) ? openMapping(path, shown, from, to) : null;
}
