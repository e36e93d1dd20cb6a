import { basename, extname } from 'node:path';
import {
  diffCaseTypes,
  openingImpact,
  sideBySide,
  toReadForm,
  type CaseTypeDefinition,
} from '../case-type/index.ts';
import type { ComparedCaseType, Language } from '../render/index.ts';
import { readAbout } from './case-type-about.ts';
import { inputName, readInput, type CliIo } from './io.ts';
import { expandPaths, isFolder } from './lint/lint-inputs.ts';
import { readDefinitionInput, type DefinitionInput } from './read-definition.ts';

/** One case type on both sides. */
export interface Comparison extends ComparedCaseType {
  readonly name: string | null;
}

/** What two inputs hold. */
export interface ComparisonReport {
  /** Those that differ. */
  readonly differing: readonly Comparison[];
  /** How many are on both sides. */
  readonly paired: number;
  /** Names of case types that only one side has. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** How many of those that CiviCRM reads alike differ in their bytes. */
  readonly otherBytes: number;
  /** The name is another one, although both are files. */
  readonly renamed: { readonly from: string; readonly to: string } | null;
}

/**
 * Compares two files, or two folders whose case types are paired by name.
 * @throws AppError with the file that cannot be read
 */
export async function compareCaseTypes(
  io: CliIo,
  before: string,
  after: string,
  language: Language | undefined,
): Promise<ComparisonReport> {
  if (!isFolder(io, before) && !isFolder(io, after)) {
    const [one, other] = [await readSide(io, before), await readSide(io, after)];
    const comparison = compare(io, one, other, language);
    const hasOtherName =
      (one.input.name ?? '') !== '' && (other.input.name ?? '') !== '' && one.input.name !== other.input.name;
    return {
      differing: comparison.changes.length === 0 ? [] : [comparison],
      paired: 1,
      added: [],
      removed: [],
      otherBytes: countOtherBytes([{ one, other }], comparison.changes.length === 0 ? [] : [comparison]),
      renamed: hasOtherName ? { from: one.input.name ?? '', to: other.input.name ?? '' } : null,
    };
  }
  const [old, now] = [await readFolder(io, before), await readFolder(io, after)];
  const pairs = [...now].flatMap(([name, other]) => {
    const one = old.get(name);
    return one === undefined ? [] : [{ one, other }];
  });
  const differing = pairs
    .map(({ one, other }) => compare(io, one, other, language))
    .filter(({ changes }) => changes.length > 0);
  return {
    differing,
    otherBytes: countOtherBytes(pairs, differing),
    paired: pairs.length,
    added: [...now.keys()].filter((name) => !old.has(name)),
    removed: [...old.keys()].filter((name) => !now.has(name)),
    renamed: null,
  };
}

function countOtherBytes(
  pairs: readonly { readonly one: Side; readonly other: Side }[],
  differing: readonly Comparison[],
): number {
  const isOther = pairs.filter(({ one, other }) => !one.bytes.equals(other.bytes));
  return isOther.filter(({ other }) => differing.every(({ after }) => after !== inputName(other.path)))
    .length;
}

interface Side {
  readonly path: string;
  readonly input: DefinitionInput;
  readonly bytes: Buffer;
}

async function readSide(io: CliIo, path: string): Promise<Side> {
  const bytes = await readInput(io, path);
  const input = await readDefinitionInput({ ...io, readStdin: () => Promise.resolve(bytes) }, path);
  return { path, input, bytes };
}

async function readFolder(io: CliIo, folder: string): Promise<ReadonlyMap<string, Side>> {
  const sides = new Map<string, Side>();
  for (const { path } of expandPaths(io, [folder])) {
    const side = await readSide(io, path);
    const { name } = side.input;
    sides.set(name === null || name === '' ? basename(path, extname(path)) : name, side);
  }
  return sides;
}

function compare(io: CliIo, one: Side, other: Side, language: Language | undefined): Comparison {
  const [before, after] = comparable(one.input.definition, other.input.definition);
  const changes = diffCaseTypes(before, after);
  const about = readAbout(io, other.path, other.input);
  const impact = openingImpact(before, after, changes);
  return {
    name: other.input.name,
    title: about.title === '' ? inputName(other.path) : about.title,
    before: inputName(one.path),
    after: inputName(other.path),
    language: language ?? about.language,
    changes,
    impact,
    sets: sideBySide(before, after, changes),
  };
}

/** Both as CiviCRM reads them. The list that it derives from the sets is left out unless both sides have it. */
function comparable(
  one: CaseTypeDefinition,
  other: CaseTypeDefinition,
): readonly [CaseTypeDefinition, CaseTypeDefinition] {
  const [before, after] = [toReadForm(one), toReadForm(other)];
  if (before.timelineActivityTypes !== undefined && after.timelineActivityTypes !== undefined)
    return [before, after];
  const without = ({ timelineActivityTypes: _derived, ...rest }: CaseTypeDefinition): CaseTypeDefinition =>
    rest;
  return [without(before), without(after)];
}
