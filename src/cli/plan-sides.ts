import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { openMigrationSite, readSnapshotDirectory, snapshotFolderIn, type App } from '../app/index.ts';
import { AppError } from '../base/errors.ts';
import { snapshotOfDefinition, snapshotSite, type PlanSource, type Snapshot } from '../migrate/index.ts';
import { requireCaseTypes } from './commands/pull.ts';
import type { CliIo } from './io.ts';
import { readDefinitionInput } from './read-definition.ts';

type SideKind = 'site' | 'folder' | 'file';

/** What a word of the command line stands for: a site goes before a folder or file of that name. */
function kindOfSide(app: App, io: CliIo, word: string): SideKind {
  if (Object.hasOwn(app.config.sites, word)) return 'site';
  const path = resolve(io.workingDirectory, word);
  if (snapshotFolderIn(path) !== null) return 'folder';
  return word === '-' || /[./\\]/.test(word) || existsSync(path) ? 'file' : 'site';
}

export interface SourceSide {
  readonly from: PlanSource;
  readonly caseTypes: readonly string[];
}

/**
 * @param wanted names of case types; absent: all that it has, but for those whose definition reads as empty.
 * @throws AppError `not-found` for a case type that it lacks.
 */
export async function readSourceSide(
  app: App,
  io: CliIo,
  source: string,
  wanted: readonly string[] | undefined,
): Promise<SourceSide> {
  const kind = kindOfSide(app, io, source);
  if (kind === 'file') return readFileSide(io, source, wanted);
  const from =
    kind === 'folder'
      ? readSnapshotDirectory(resolve(io.workingDirectory, source), source).snapshot
      : await snapshotSite(openMigrationSite(app, source));
  const caseTypes = wanted ?? from.caseTypeNames.filter((name) => !from.unreadableCaseTypes.includes(name));
  if (caseTypes.length === 0)
    throw new AppError('not-found', `"${source}" has no case types: there is nothing to plan.`);
  requireCaseTypes(source, caseTypes, from.caseTypes, from.caseTypeNames);
  return { from, caseTypes };
}

/**
 * What files hold of a target, to compare with; null: it is a site. A case type's file says nothing of what it leans on:
 * that is taken to be as the source has it.
 *
 * @throws AppError `not-found` when it is neither a site nor a folder nor a file.
 */
export async function readTargetSide(
  app: App,
  io: CliIo,
  target: string,
  { from }: SourceSide,
): Promise<Snapshot | null> {
  const kind = kindOfSide(app, io, target);
  if (kind === 'folder')
    return {
      ...readSnapshotDirectory(resolve(io.workingDirectory, target), target).snapshot,
      site: target,
    };
  if (kind === 'site') {
    app.siteSettings(target);
    return null;
  }
  const { from: file } = await readFileSide(io, target, undefined);
  const snapshot = snapshotOfDefinition(file, target);
  if (from.kind === 'definition') return snapshot;
  const { entities, features, managed } = from;
  const caseTypes = snapshot.caseTypes.map((held) => {
    const like = from.caseTypes.find(({ name }) => name === held.name);
    return like === undefined ? held : { ...like, definition: held.definition };
  });
  return { ...snapshot, caseTypes, entities, features, managed };
}

async function readFileSide(io: CliIo, file: string, wanted: readonly string[] | undefined) {
  const { name, definition } = await readDefinitionInput(io, file);
  const caseType = name === null || name === '' ? wanted?.[0] : name;
  if (caseType === undefined)
    throw new AppError(
      'invalid-input',
      `The case type in ${file} has no name. Give one with --case-type NAME.`,
    );
  const other = wanted?.find((one) => one !== caseType);
  if (other !== undefined)
    throw new AppError(
      'not-found',
      `The file ${file} holds the case type "${caseType}", not "${other}". Leave --case-type out, or give another file.`,
    );
  return { from: { kind: 'definition', name: caseType, definition } as const, caseTypes: [caseType] };
}
