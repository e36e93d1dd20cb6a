import type { JsonValue } from '../base/json.ts';

/**
 * A case-type definition exactly as CiviCRM's APIv4 speaks it (and as its own XML reader makes it): scalars are
 * strings, an empty leaf is `[]`, a repeated leaf is a list, unknown leaves of a step are kept. A key is there
 * only if its element is.
 *
 * Source: CRM/Case/BAO/CaseType.php, convertXmlToDefinition.
 */
export interface CaseTypeDefinition {
  readonly forkable?: JsonValue;
  readonly restrictActivityAsgmtToCmsUser?: JsonValue;
  readonly activityAsgmtGrps?: JsonValue;
  readonly activityTypes?: JsonValue;
  readonly statuses?: JsonValue;
  readonly activitySets?: JsonValue;
  /** Derived by core on reading, dropped on writing. */
  readonly timelineActivityTypes?: JsonValue;
  readonly caseRoles?: JsonValue;
  readonly [unknown: string]: JsonValue | undefined;
}
