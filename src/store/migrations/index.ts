import type { Migration } from 'kysely';
import { up as migrate } from './001-migrate.ts';
import { up as mirror } from './001-mirror.ts';
import { up as occurrence } from './001-occurrence.ts';
import { up as drift } from './002-drift.ts';
import { up as applied } from './003-applied.ts';
import { up as runPlan } from './004-run-plan.ts';

/** In order of their keys. A released one is never edited: add the next number. */
export const migrations: Readonly<Record<string, Migration>> = {
  '001-migrate': { up: migrate },
  '001-mirror': { up: mirror },
  '001-occurrence': { up: occurrence },
  '002-drift': { up: drift },
  '003-applied': { up: applied },
  '004-run-plan': { up: runPlan },
};
