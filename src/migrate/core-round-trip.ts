import type { CaseTypeDefinition } from '../case-type/definition.ts';
import { readCaseTypeXml, writeDefinitionXml } from '../xml/index.ts';

/**
 * What CiviCRM reads back of a definition that it was given: its writer and reader one after the other.
 *
 * @throws AppError `invalid-input` where CiviCRM itself would crash.
 */
export const coreRoundTrip =
  (caseType: string) =>
  (definition: CaseTypeDefinition): CaseTypeDefinition =>
    readCaseTypeXml(writeDefinitionXml(definition, caseType)).definition;
