import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { AppError } from '../base/errors.ts';
import type { Rule } from '../case/rule.ts';
import { ruleSchema } from '../case/rule-schema.ts';
import type { Environment } from './environment.ts';
import { knownKeysAsMessage, referenceComplaints, schemaComplaints } from './faults.ts';
import {
  configSchema,
  type DriftSettings,
  type LintFileSettings,
  type MailSettings,
  type PairSettings,
  type PromotionSettings,
  type ScheduleSettings,
  type ServerSettings,
  type SiteSettings,
} from './schema.ts';
import { complaintsError, readConfigSource, type Complaint } from './source.ts';

const CONFIG_FILE_NAME = 'civicase.yaml';

/** Everything the program is told, in one frozen value. */
export interface Config {
  /** Absolute path of civicase.yaml. */
  readonly file: string;
  /** Absolute; holds the SQLite store, the private Redis and the login. */
  readonly dataDir: string;
  /** A postgres:// URL or the path of an SQLite file. */
  readonly database: string;
  /** Null: a private Redis in the data directory. */
  readonly redisUrl: string | null;
  readonly sites: Readonly<Record<string, SiteSettings>>;
  readonly pairs: Readonly<Record<string, PairSettings>>;
  /** `templates` is absolute. */
  readonly mail: MailSettings | null;
  readonly rules: readonly Rule[];
  readonly server: ServerSettings;
  readonly schedule: ScheduleSettings;
  readonly promotions: Readonly<Record<string, PromotionSettings>>;
  /** Null: nobody is told of drift. */
  readonly drift: DriftSettings | null;
  readonly lint: LintFileSettings;
}

interface ConfigRequest {
  /** Given with --config; null: look from the working directory upwards. */
  readonly file: string | null;
  /** Given with --data; null: `.civicase` beside the configuration. */
  readonly dataDir: string | null;
  readonly workingDirectory: string;
  /** For `${NAME}` and for DATABASE_URL and REDIS_URL. */
  readonly environment: Environment;
}

const schema = configSchema(ruleSchema);

/** JSON Schema of civicase.yaml, with the documentation and default of every key. */
export function configJsonSchema(): object {
  return z.toJSONSchema(schema, { io: 'input', target: 'draft-2020-12', unrepresentable: 'any' });
}

/**
 * Finds, reads and checks civicase.yaml.
 *
 * @throws AppError `not-found` without a file, `invalid-input` with every fault at once, each as
 *   `file:line:column: key: what was expected, what came`.
 */
export function readConfig(request: ConfigRequest): Config {
  const file = findConfigFile(request);
  return compileConfig(file, readConfigText(file), request);
}

/** The same from a text, for those who have no file. `file` names it in complaints and anchors relative paths. */
export function compileConfig(
  file: string,
  text: string,
  request: Pick<ConfigRequest, 'dataDir' | 'environment' | 'workingDirectory'>,
): Config {
  const source = readConfigSource(file, text, request.environment);
  // One slip makes the parser stumble again and again; only the first place is true.
  if (source.value === undefined) throw complaintsError(source.complaints.slice(0, 1));
  const parsed = schema.safeParse(source.value ?? {}, { error: knownKeysAsMessage });
  const unset = new Set(source.complaints.map(({ key }) => key));
  const complaints: readonly Complaint[] = [
    ...source.complaints,
    // What an unset variable leaves behind is not a second fault.
    ...(parsed.success ? [] : schemaComplaints(source, parsed.error.issues)).filter(
      ({ key }) => !unset.has(key),
    ),
    ...referenceComplaints(source),
  ];
  if (complaints.length > 0 || !parsed.success) throw complaintsError(complaints);

  const { mail, ...settings } = parsed.data;
  const folder = dirname(resolve(file));
  const dataDir =
    request.dataDir === null ? join(folder, '.civicase') : resolve(request.workingDirectory, request.dataDir);
  const { DATABASE_URL: database, REDIS_URL: redisUrl } = request.environment;
  return deepFreeze({
    ...settings,
    mail:
      mail === null
        ? null
        : { ...mail, templates: mail.templates === null ? null : resolve(folder, mail.templates) },
    file: resolve(file),
    dataDir,
    database: database === undefined || database === '' ? join(dataDir, 'civicase.sqlite') : database,
    redisUrl: redisUrl === undefined || redisUrl === '' ? null : redisUrl,
  });
}

function findConfigFile({ file, workingDirectory }: ConfigRequest): string {
  if (file !== null) return resolve(workingDirectory, file);
  const found = searchConfigFile(workingDirectory);
  if (found !== null) return found;
  throw new AppError(
    'not-found',
    `No ${CONFIG_FILE_NAME} was found in ${workingDirectory} or any folder above it. Write one that names your sites, or give its path with --config FILE.`,
  );
}

/** In a folder, or the nearest one above that has it; null when none does. */
export function searchConfigFile(workingDirectory: string): string | null {
  for (let folder = resolve(workingDirectory); ; folder = dirname(folder)) {
    const candidate = join(folder, CONFIG_FILE_NAME);
    if (existsSync(candidate)) return candidate;
    if (folder === dirname(folder)) return null;
  }
}

export function readConfigText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new AppError(
      code === 'ENOENT' ? 'not-found' : 'invalid-input',
      code === 'ENOENT'
        ? `The configuration file ${file} does not exist. Check the path given with --config.`
        : `The configuration file ${file} could not be read (${code ?? 'unknown reason'}). It must be a readable text file.`,
      { cause },
    );
  }
}

function deepFreeze<Value>(value: Value): Value {
  if (value !== null && typeof value === 'object' && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
