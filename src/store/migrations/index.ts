import * as migrate from './001-migrate.ts';
import * as mirror from './001-mirror.ts';
import * as occurrence from './001-occurrence.ts';

/** In order of their keys. A released one is never edited: add the next number. */
export const migrations = {
  '001-migrate': migrate,
  '001-mirror': mirror,
  '001-occurrence': occurrence,
};
