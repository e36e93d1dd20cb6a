import { AppError } from '../../base/errors.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import type { CaseTypeDefinition } from '../../case-type/definition.ts';
import { readCaseTypeXml } from '../../xml/index.ts';
import { byText, entityKey, sortedBy, type CaseTypeEntity, type Dependency } from '../entity.ts';
import { readSource } from '../plan-source.ts';
import { hashEntities, inOrder, type Snapshot } from '../snapshot.ts';
import type { SnapshotFiles } from '../snapshot-files.ts';
import { kindOfManaged, toDeclaredEntity } from './managed-values.ts';
import { readPhpLiteral } from './read-php-literal.ts';

/** What the files of an extension say of its case types and of what they lean on. */
export interface ReadExtension {
  readonly key: string;
  /** What people read in the list of extensions. */
  readonly title: string;
  readonly version: string | null;
  /** `notRead`: sentences on what was not read, with file and line, and what to do. */
  readonly snapshot: Snapshot;
}

/** The file by which CiviCRM knows an extension. */
export const INFO_FILE = 'info.xml';

/** Which files of an extension tell of case types: the others need not be opened. */
export const isExtensionFile = (path: string): boolean =>
  path === INFO_FILE || /^xml\/case\/[^/]+\.xml$/.test(path) || /\.mgd\.php$/.test(path);

/**
 * Reads an extension that anybody made, as CiviCRM would install it, and runs nothing of it: `xml/case/*.xml` by the rules
 * of the mixin `case-xml`, and those `*.mgd.php` that merely write their entities down.
 *
 * @param files those of `isExtensionFile`, by their path in the folder, with `/`.
 * @param shown how messages call the folder.
 * @throws AppError `invalid-input` for an info.xml without a key, and for XML that is none.
 */
export function readExtension(files: SnapshotFiles, shown: string): ReadExtension {
  const info = readInfo(textOf(files.get(INFO_FILE)), shown);
  const notRead: string[] = [];
  const caseTypes = new Map<string, CaseTypeEntity>();
  const entities = new Map<string, Dependency>();
  for (const [path, content] of [...files].sort(([one], [other]) => byText(one, other)))
    if (path.startsWith('xml/case/')) {
      const caseType = caseTypeOfFile(path, content, shown);
      if (CASE_TYPE_FILE.test(path)) caseTypes.set(caseType.name, caseType);
      else
        notRead.push(
          `${shown}/${path}: CiviCRM refuses a case type in a file of that name. Name it in letters and digits, a capital first.`,
        );
    } else if (path.endsWith('.mgd.php')) {
      for (const item of readManaged(`${shown}/${path}`, textOf(content)))
        if (item.kind === 'case-type') caseTypes.set(item.caseType.name, item.caseType);
        else if (item.kind === 'entity') entities.set(entityKey(item.entity), item.entity);
        else notRead.push(item.sentence);
    }
  const snapshot = snapshotOf(shown, [...caseTypes.values()], [...entities.values()]);
  return { ...info, snapshot: { ...snapshot, notRead } };
}

/** What CRM_Case_XMLProcessor::mungeCaseType gives back unchanged. */
const CASE_TYPE_FILE = /\/[A-Z0-9][A-Za-z0-9]*\.xml$/;

type Managed =
  | { readonly kind: 'entity'; readonly entity: Dependency }
  | { readonly kind: 'case-type'; readonly caseType: CaseTypeEntity }
  | { readonly kind: 'not-read'; readonly sentence: string };

function readManaged(file: string, source: string): readonly Managed[] {
  const read = readPhpLiteral(source);
  if (read.kind === 'no-literal')
    return [
      {
        kind: 'not-read',
        sentence: `${file}:${String(read.line)}: "${read.found}" is no value that is written down, and PHP is not run here. Install the extension on a test site and plan from there, or write the value out.`,
      },
    ];
  const declarations = Array.isArray(read.value) ? (read.value as readonly JsonValue[]) : [];
  const others = new Map<string, number>();
  const items = declarations.flatMap((declaration): readonly Managed[] => {
    const { entity: api, values } = declaredValues(declaration);
    if (api === 'CaseType') return [managedCaseType(file, values)];
    const kind = kindOfManaged(api, values);
    if (kind === null) {
      others.set(api, (others.get(api) ?? 0) + 1);
      return [];
    }
    const made = toDeclaredEntity(kind, values);
    if ('entity' in made) return [{ kind: 'entity', entity: made.entity }];
    const name = ['name', 'title', 'name_a_b', 'msg_title'].map((path) => values[path]).find(isText) ?? '';
    return [
      {
        kind: 'not-read',
        sentence: `${file}: the ${kind.words.en} "${name}" says "${made.fault}" by a number, or not at all. Write it by name (${made.fault}:name).`,
      },
    ];
  });
  const beside = [...others].map(([api, count]): Managed => ({
    kind: 'not-read',
    sentence: `${file}: ${api === '' ? 'an entry without an entity' : api}${count === 1 ? '' : ` (${String(count)})`} is nothing that case types lean on; it comes with the extension alone.`,
  }));
  return [...items, ...beside];
}

/** APIv4 keeps the values apart; in APIv3 they stand beside the version. */
function declaredValues(declaration: JsonValue): { readonly entity: string; readonly values: JsonObject } {
  const { entity, params } = objectOf(declaration);
  const given = objectOf(params ?? null);
  const { version: _version, options: _options, values, ...beside } = given;
  return {
    entity: typeof entity === 'string' ? entity : '',
    values: values === undefined ? beside : objectOf(values),
  };
}

function managedCaseType(file: string, values: JsonObject): Managed {
  const { name, title, description, definition, is_active: active, weight } = values;
  const text = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');
  if (text(name) === '' || typeof definition !== 'object' || definition === null)
    return {
      kind: 'not-read',
      sentence: `${file}: the case type "${text(name)}" comes without a definition in APIv4's form. Install the extension on a test site and plan from there.`,
    };
  const isActive = active !== false && active !== 0 && active !== '0';
  const more = { isActive, weight: typeof weight === 'number' ? weight : 1 };
  return {
    kind: 'case-type',
    caseType: {
      ...asPortable(text(name), text(title), text(description), definition as CaseTypeDefinition),
      ...more,
    },
  };
}

/** The mixin takes the file's name for the name, and <name> for the title (CRM/Case/ManagedEntities.php). */
function caseTypeOfFile(path: string, content: Uint8Array, shown: string): CaseTypeEntity {
  const name = path.replace(/^.*\//, '').replace(/\.xml$/, '');
  const { name: title, definition } = readCaseTypeXml(content, `${shown}/${path}`);
  const weight = Number(leafOf(textOf(content), 'weight') ?? '1');
  const description = leafOf(textOf(content), 'description') ?? '';
  return {
    ...asPortable(name, title, description, definition),
    weight: Number.isFinite(weight) && weight !== 0 ? weight : 1,
  };
}

function asPortable(
  name: string,
  title: string,
  description: string,
  definition: CaseTypeDefinition,
): CaseTypeEntity {
  const { caseType } = readSource({ kind: 'definition', name, definition }, name, null);
  return {
    ...caseType,
    title: title === '' ? name : title,
    description: description === '' ? null : description,
  };
}

function snapshotOf(
  shown: string,
  unordered: readonly CaseTypeEntity[],
  entities: readonly Dependency[],
): Snapshot {
  const caseTypes = sortedBy(unordered, ({ name }) => name);
  const names = caseTypes.map(({ name }) => name);
  return {
    kind: 'snapshot',
    site: shown,
    caseTypes,
    caseTypeFacts: Object.fromEntries(names.map((name) => [name, { acceptsDefinition: true, openCases: 0 }])),
    caseTypeNames: names,
    unreadableCaseTypes: [],
    entities: inOrder(entities),
    managed: {},
    unread: [],
    keptTypes: [],
    contacts: [],
    features: {
      version: null,
      components: ['CiviCase'],
      contactTypes: [],
      stepSubjects: null,
      language: null,
    },
    hashes: hashEntities([...caseTypes, ...entities]),
  };
}

function readInfo(text: string, shown: string): Pick<ReadExtension, 'key' | 'title' | 'version'> {
  const key = /<extension\b[^>]*\bkey=["']([^"']+)["']/.exec(text)?.[1];
  if (key === undefined)
    throw new AppError(
      'invalid-input',
      `${shown}/${INFO_FILE} names no extension: <extension key="…" type="module"> is expected. Give the folder of a CiviCRM extension.`,
      { details: { file: INFO_FILE } },
    );
  return { key, title: leafOf(text, 'name') ?? key, version: leafOf(text, 'version') };
}

/** The text of the first element of that name; the XML around it was checked, or is a few lines of an info.xml. */
function leafOf(text: string, element: string): string | null {
  const bare = text
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<(ActivityTypes|ActivitySets|CaseRoles)>[\s\S]*<\/\1>/g, '');
  const found = new RegExp(`<${element}>([^<]*)</${element}>`).exec(bare)?.[1]?.trim();
  if (found === undefined) return null;
  return found
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}

const isText = (value: JsonValue | undefined): value is string => typeof value === 'string';

const textOf = (content: Uint8Array | undefined): string => new TextDecoder().decode(content);

const objectOf = (value: JsonValue): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
