import { AppError, type ErrorKind } from '../base/errors.ts';
import type { JsonObject } from '../base/json.ts';
import type { Dependency } from '../migrate/entity.ts';
import {
  entityKey,
  kindOf,
  kindsNamedBy,
  toEntity,
  toValues,
  type DependencyKind,
  type EntityKind,
  type Kind,
  type NameBook,
  type SiteRow,
  type SiteRows,
  type UnreadKind,
} from '../migrate/ports.ts';
import type { BatchedReads } from './batched-reads.ts';
import type { ApiParams, WhereClause } from './client.ts';
import { caseTypeName, managedRow, numberedRow } from './migration-rows.ts';

/** Rows of every kind of the table of kinds, and what to write for one. */
export interface MigrationEntities {
  readonly rows: (kinds: readonly DependencyKind[]) => Promise<SiteRows>;
  /** The values of a new row, or of these fields of one. @throws AppError `conflict` when the site lacks what it names */
  readonly valuesFor: (entity: Dependency) => Promise<JsonObject>;
}

type Raw = JsonObject & { readonly id: number };

/** Where rows and stored values of one asking are kept, so that no kind is read twice. */
type Reading = Map<EntityKind, Promise<readonly Raw[]>>;

export function createMigrationEntities(siteName: string, reads: BatchedReads): MigrationEntities {
  const rawRows = (kind: EntityKind, reading: Reading): Promise<readonly Raw[]> => {
    const known = reading.get(kind);
    if (known !== undefined) return known;
    const asked =
      kind === 'case_type'
        ? reads.get('CaseType', { ...ALL, select: ['id', 'name'] }, caseTypeName)
        : read(kindOf(kind));
    reading.set(kind, asked);
    // Whoever waits for it hears of a failure; this keeps the process alive until they do.
    asked.catch(() => undefined);
    return asked;
  };

  const read = (kind: Kind): Promise<readonly Raw[]> => {
    const where: readonly WhereClause[] = kind.where ?? [];
    return reads.get(kind.api, { ...ALL, select: selectOf(kind), where }, numberedRow);
  };

  const bookFor = async (kinds: readonly EntityKind[], reading: Reading): Promise<NameBook> => {
    const pairs = await Promise.all(kinds.map(async (kind) => [kind, await rawRows(kind, reading)] as const));
    const byKind = new Map(pairs);
    const rowsOf = (kind: EntityKind) => byKind.get(kind) ?? [];
    const keyPath = (kind: EntityKind): string =>
      kind === 'case_type'
        ? 'name'
        : (kindOf(kind).fields.find(({ name }) => name === kindOf(kind).key[0])?.path ?? 'name');
    const text = (value: unknown): string =>
      typeof value === 'string' || typeof value === 'number' ? String(value) : '';
    return {
      nameOf: ({ kind, by }, stored) => {
        const row = rowsOf(kind).find((candidate) => text(candidate[by]) === stored);
        return row === undefined ? undefined : text(row[keyPath(kind)]);
      },
      storedFor: ({ kind, by }, name) => {
        const row = rowsOf(kind).find((candidate) => text(candidate[keyPath(kind)]) === name);
        return row === undefined ? undefined : text(row[by]);
      },
    };
  };

  const managed = async (kinds: readonly Kind[]): Promise<ReadonlyMap<string, string>> => {
    const entities = [...new Set(kinds.map(({ api }) => api))];
    const rows = await reads.get(
      'Managed',
      { ...MANAGED, where: [['entity_type', 'IN', entities]] },
      managedRow,
    );
    return new Map(
      rows
        // What core made for a definition is looked after until nobody names it (see keptActivityTypes), not shipped.
        .filter(({ name }) => !name.startsWith('civicase:'))
        .map(({ entity_type, entity_id, module }) => [`${entity_type}:${String(entity_id)}`, module]),
    );
  };

  return {
    async rows(names) {
      const kinds = names.map(kindOf);
      const reading: Reading = new Map();
      const [looked, ...outcomes] = await Promise.all([
        managed(kinds),
        ...kinds.map(async (kind): Promise<readonly Raw[] | UnreadKind> => {
          try {
            const [rows] = await Promise.all([
              rawRows(kind.name, reading),
              bookFor(kindsNamedBy(kind), reading),
            ]);
            return rows;
          } catch (thrown) {
            return unread(kind, thrown);
          }
        }),
      ]);
      const book = await bookFor(
        kinds.filter((_, index) => isRead(outcomes[index])).flatMap(kindsNamedBy),
        reading,
      );
      const rows = kinds.flatMap((kind, index): readonly SiteRow[] => {
        const outcome = outcomes[index];
        if (!isRead(outcome)) return [];
        return outcome.map((row) => ({
          entity: toEntity(kind, row, book),
          id: row.id,
          value: typeof row['value'] === 'string' ? row['value'] : String(row.id),
          managedBy: looked.get(`${kind.api}:${String(row.id)}`) ?? null,
        }));
      });
      return { rows, unread: outcomes.flatMap((outcome) => (isRead(outcome) ? [] : [outcome])) };
    },

    async valuesFor(entity) {
      const kind = kindOf(entity.kind);
      const book = await bookFor(kindsNamedBy(kind), new Map());
      return toValues(kind, entity, book, (reference, name) => {
        throw new AppError(
          'conflict',
          `Site "${siteName}" has no ${reference.kind}:${name}, which ${entityKey(entity)} names. Plan again.`,
          { details: { site: siteName, key: entityKey(entity) } },
        );
      });
    },
  };
}

const ALL: ApiParams = { orderBy: { id: 'ASC' }, limit: 0 };
const MANAGED: ApiParams = { ...ALL, select: ['module', 'name', 'entity_type', 'entity_id'] };

const isRead = (outcome: readonly Raw[] | UnreadKind | undefined): outcome is readonly Raw[] =>
  Array.isArray(outcome);

const REFUSED: Readonly<Partial<Record<ErrorKind, UnreadKind['reason']>>> = {
  forbidden: 'forbidden',
  'remote-rejected': 'unknown',
  'invalid-input': 'unknown',
};

/** A site that is down is no site without such rows. */
function unread(kind: Kind, thrown: unknown): UnreadKind {
  const reason = thrown instanceof AppError ? REFUSED[thrown.kind] : undefined;
  if (kind.isRequired === true || reason === undefined) throw thrown;
  return { kind: kind.name, reason };
}

function selectOf(kind: Kind): readonly string[] {
  const paths = kind.fields.map(({ path }) => path);
  return [...new Set(['id', ...paths, ...(kind.api === 'OptionValue' ? ['value'] : [])])];
}
