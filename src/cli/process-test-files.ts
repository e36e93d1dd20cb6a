import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { AppError } from '../base/errors.ts';
import { toCaseTypeModel, type CaseTypeModel } from '../case-type/index.ts';
import { knownKeysAsMessage, schemaComplaints } from '../config/faults.ts';
import { nearestName } from '../base/nearest-name.ts';
import { complaintsError, readConfigSource, type Complaint, type ConfigSource } from '../config/source.ts';
import { specificationSchema, type Specification } from '../process-test/index.ts';
import { readInput, type CliIo } from './io.ts';
import { readDefinitionInput } from './read-definition.ts';

export interface TestFile {
  readonly file: string;
  readonly caseTypeFile: string;
  readonly caseType: string;
  readonly model: CaseTypeModel;
  readonly specification: Specification;
}

const ENDING = /\.test\.ya?ml$/;

/**
 * The files of process tests among the paths, folders with all that lie below them; sorted within a folder.
 * @throws AppError `not-found` when a path or any test is missing
 */
export function findTestFiles(io: CliIo, paths: readonly string[]): readonly string[] {
  const files = paths.flatMap((path) => {
    const full = resolve(io.workingDirectory, path);
    if (!existsSync(full))
      throw new AppError(
        'not-found',
        `${path} does not exist. Give a file of tests, or a folder that holds some.`,
        {
          details: { path },
        },
      );
    if (!statSync(full).isDirectory()) return [path];
    return readdirSync(full, { recursive: true, encoding: 'utf8' })
      .filter((name) => ENDING.test(name) && !/(^|[\\/])node_modules[\\/]/.test(name))
      .sort()
      .map((name) => join(path, name));
  });
  if (files.length > 0) return [...new Set(files)];
  throw new AppError(
    'not-found',
    `There are no process tests in ${paths.join(', ')}. They lie beside a case type: NAME.test.yaml next to NAME.xml.`,
    { details: { paths } },
  );
}

/**
 * Reads tests and their case type.
 * @throws AppError `invalid-input` with every fault at once, each as `file:line:column: key: expected, got`
 */
export async function readTestFile(io: CliIo, file: string): Promise<TestFile> {
  const source = readConfigSource(file, (await readInput(io, file)).toString('utf8'), {});
  const about = `The file ${file}`;
  // One slip makes the parser stumble again and again; only the first place is true.
  if (source.value === undefined) throw complaintsError(source.complaints.slice(0, 1), about);
  const parsed = specificationSchema.safeParse(source.value ?? {}, { error: knownKeysAsMessage });
  const complaints = [
    ...source.complaints,
    ...(parsed.success ? [] : schemaComplaints(source, parsed.error.issues)),
  ];
  if (complaints.length > 0 || !parsed.success) throw complaintsError(complaints, about);
  const specification = parsed.data;
  const caseTypeFile = caseTypeFileOf(io, file, specification);
  const { name, definition } = await readDefinitionInput(io, caseTypeFile);
  const model = toCaseTypeModel(definition);
  const unknown = unknownNames(source, specification, model);
  if (unknown.length > 0) throw complaintsError(unknown, about);
  const fallback = caseTypeFile.replace(/^.*[\\/]|\.\w+$/g, '');
  return {
    file,
    caseTypeFile,
    caseType: name === null || name === '' ? fallback : name,
    model,
    specification,
  };
}

function caseTypeFileOf(io: CliIo, file: string, { caseType }: Specification): string {
  if (caseType !== undefined) return join(dirname(file), caseType);
  const forms = ['.xml', '.yaml', '.yml', '.json'].map((ending) => file.replace(ENDING, ending));
  const [beside = file] = forms;
  const found = forms.find((form) => form !== file && existsSync(resolve(io.workingDirectory, form)));
  if (found !== undefined) return found;
  throw new AppError(
    'not-found',
    `${file} tests no case type: ${relative('.', beside)} does not exist. Name the tests NAME.test.yaml beside NAME.xml, or write "caseType: FILE" in them.`,
    { details: { file } },
  );
}

/** Names of activity types that the case type does not have: a slip, which no failed test would explain as well. */
function unknownNames(
  source: ConfigSource,
  { tests }: Specification,
  { activityTypes, activitySets }: CaseTypeModel,
): readonly Complaint[] {
  const known = new Set([
    ...activityTypes.map(({ name }) => name),
    ...activitySets.flatMap(({ steps }) => steps.map(({ activityType }) => activityType)),
    'Change Case Start Date',
  ]);
  const complain = (
    path: readonly PropertyKey[],
    name: string,
    at: 'key' | 'value',
  ): readonly Complaint[] => {
    if (known.has(name)) return [];
    const near = nearestName(name, [...known]);
    const hint = near === null ? `It has: ${[...known].join(', ')}` : `Did you mean "${near}"?`;
    return [source.complain(path, `the case type has no activity type "${name}". ${hint}`, at)];
  };
  const inThen = (
    then: Specification['tests'][number]['then'],
    path: readonly PropertyKey[],
  ): readonly Complaint[] => [
    ...(then?.due ?? []).flatMap((entry, index) =>
      Object.keys(entry).flatMap((name) => complain([...path, 'due', index, name], name, 'key')),
    ),
    ...(['overdue', 'completed', 'absent'] as const).flatMap((key) =>
      (then?.[key] ?? []).flatMap((name, index) => complain([...path, key, index], name, 'value')),
    ),
    ...(then?.sequence === undefined || then.sequence === 'finished'
      ? []
      : complain([...path, 'sequence'], then.sequence, 'value')),
  ];
  return tests.flatMap((test, index) => [
    ...(test.when ?? []).flatMap((event, at) => {
      const path = ['tests', index, 'when', at];
      const names = (['completed', 'marked', 'trashed'] as const).flatMap((key) => {
        const name = event[key];
        return name === undefined ? [] : complain([...path, key], name, 'value');
      });
      return [...names, ...inThen(event.then, [...path, 'then'])];
    }),
    ...inThen(test.then, ['tests', index, 'then']),
  ]);
}
