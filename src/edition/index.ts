export type { EditionName } from './differences.ts';
export {
  EDITIONS,
  editionFacts,
  NEWEST_KNOWN,
  OLDEST_KNOWN,
  factAt,
  standingOf,
  type EditionFacts,
} from './edition.ts';
