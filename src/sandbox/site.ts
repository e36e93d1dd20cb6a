import type { RandomSource } from '../base/clock.ts';
import type { EditionFacts } from '../edition/index.ts';
import type { SiteDatabase, SqlValue } from './database.ts';
import type { OptionCatalog } from './options.ts';
import type { SiteClock } from './site-clock.ts';
import type { EntitySchema, Field } from './schema/entity-schema.ts';

/** The state of one sandbox site, handed to everything that answers a call. */
export interface Site {
  readonly name: string;
  /** How this edition of CiviCRM answers where editions differ. */
  readonly facts: EditionFacts;
  /** The entities with their fields, as this edition has them. */
  readonly entities: ReadonlyMap<string, EntitySchema>;
  readonly database: SiteDatabase;
  readonly clock: SiteClock;
  readonly random: RandomSource;
  readonly options: OptionCatalog;
  readonly custom: CustomFields;
  readonly request: RequestMemory;
  /** Contacts that have a user account. */
  readonly userContacts: ReadonlySet<number>;
}

/** What CiviCRM remembers for as long as a request lasts. */
export interface RequestMemory {
  /** Cases at which a sequence is at work; one that failed stays until the request is over. */
  readonly advancing: Set<number>;
  /** Definitions as sequences have read them, by the id of the case type. */
  readonly definitions: Map<number, SqlValue>;
  forget(): void;
}

export function createRequestMemory(): RequestMemory {
  const advancing: RequestMemory['advancing'] = new Set();
  const definitions: RequestMemory['definitions'] = new Map();
  return {
    advancing,
    definitions,
    forget: () => {
      advancing.clear();
      definitions.clear();
    },
  };
}

/** The custom fields of a site, by entity; read from its tables and forgotten when those change. */
export interface CustomFields {
  of(entity: string): ReadonlyMap<string, Field>;
  forget(): void;
}

/** Who is asking. Contact 0 is nobody: a call without a credential. */
export interface Caller {
  readonly contactId: number | null;
  /** Id of the user account; null for a contact without one. */
  readonly userId: number | null;
  readonly permissions: ReadonlySet<string>;
}

export const may = (caller: Caller, permission: string): boolean =>
  caller.permissions.has('all') || caller.permissions.has(permission);
