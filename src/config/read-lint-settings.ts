import { resolve } from 'node:path';
import { knownKeysAsMessage, schemaComplaints } from './faults.ts';
import { nameHint } from '../base/nearest-name.ts';
import { readConfigText, searchConfigFile } from './read-config.ts';
import { lintSchema, type LintFileSettings } from './schema.ts';
import { complaintsError, readConfigSource } from './source.ts';

interface LintSettingsRequest {
  /** Given with --config; null: look from the working directory upwards, and do without when there is none. */
  readonly file: string | null;
  readonly workingDirectory: string;
  /** Codes of the rules there are. */
  readonly known: readonly string[];
}

/**
 * The part `lint` of civicase.yaml alone: checking files needs no sites, and none of their keys in the environment.
 *
 * @throws AppError `invalid-input` with every fault of that part, also for a code that no rule has.
 */
export function readLintSettings({ file, workingDirectory, known }: LintSettingsRequest): LintFileSettings {
  const path = file === null ? searchConfigFile(workingDirectory) : resolve(workingDirectory, file);
  if (path === null) return lintSchema.parse({});
  const source = readConfigSource(path, readConfigText(path), {});
  if (source.value === undefined) throw complaintsError(source.complaints.slice(0, 1));
  const { lint } = (source.value ?? {}) as { readonly lint?: unknown };
  const parsed = lintSchema.safeParse(lint ?? {}, { error: knownKeysAsMessage });
  if (!parsed.success) {
    const within = parsed.error.issues.map((issue) => ({ ...issue, path: ['lint', ...issue.path] }));
    throw complaintsError(schemaComplaints(source, within));
  }
  const places = [
    ...parsed.data.ignore.map((code, index) => ({ code, path: ['ignore', index] })),
    ...Object.keys(parsed.data.severity).map((code) => ({ code, path: ['severity', code] })),
  ];
  const strange = places.filter(({ code }) => !known.includes(code));
  if (strange.length === 0) return parsed.data;
  throw complaintsError(
    strange.map(({ code, path: within }) =>
      source.complain(['lint', ...within], `there is no rule "${code}". ${nameHint(code, known)}`, 'key'),
    ),
  );
}
