/** The APIv4 client for CiviCRM sites, for use as a library: `import { createSiteClient } from 'civicase-bridge/civicrm'`. */
export type {
  Ability,
  ApiAnswer,
  ApiCall,
  ApiParams,
  CallOptions,
  HttpSiteClient,
  OptionValue,
  PathStyle,
  SiteAccess,
  SiteClient,
  SiteClientDependencies,
  SiteClientOptions,
  WhereClause,
} from './client.ts';
export { createSiteClient } from './site-client.ts';
export { isCiviDate } from './date-check.ts';
export { differencesOf, isSameStored, type FieldDifference } from './field-comparison.ts';
export { readBack, writeAndReadBack, type ReadBackOptions, type Write } from './write-and-read-back.ts';
export { AppError, type ErrorKind } from '../base/errors.ts';
export type { Clock, RandomSource } from '../base/clock.ts';
export type { JsonObject, JsonValue } from '../base/json.ts';
export type { Logger } from '../base/logger.ts';
export type { Result } from '../base/result.ts';
