import type { DriftTables } from './tables/drift.ts';
import type { MigrateTables } from './tables/migrate.ts';
import type { MirrorTables } from './tables/mirror.ts';
import type { OccurrenceTables } from './tables/occurrence.ts';

/** Every table. Each use case's tables are described in a file of their own under `tables/`. */
export interface Database extends DriftTables, MigrateTables, MirrorTables, OccurrenceTables {}
