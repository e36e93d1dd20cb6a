export { CASE_TYPE_FORMS, caseTypeForm, isCaseTypeFile, readCaseType } from './case-type-input.ts';
export type { CaseTypeForm, CaseTypeInput } from './case-type-input.ts';
export { readCaseTypeXml, toDefinitionJson } from './case-type-reader.ts';
export type { CaseTypeReading, ReadingOptions } from './case-type-reader.ts';
export { unusedByEdition, usedByEdition } from './edition-use.ts';
export type { UnusedPart } from './edition-use.ts';
export { readProcessModel } from './process-reader.ts';
export { writeDefinitionXml } from './definition-writer.ts';
export { readCaseTypeDocument, writeCaseTypeDocument } from './document.ts';
export type { CaseTypeDocument } from './document.ts';
export type { XmlPosition } from './fault.ts';
export { XML_LIMITS } from './limits.ts';
export type * from './node.ts';
export type { XmlWarning } from './lint/warnings.ts';
export * from './lint/index.ts';
export { changeText, editDocument, rewriteDocument } from './edit/index.ts';
export type { EditedDocument, TextChange } from './edit/index.ts';
export * from './merge/index.ts';
export * from './convert/index.ts';
export * from './schema/index.ts';
export {
  advanceCase,
  applyChanges,
  describeChange,
  describeConflict,
  diffCaseTypes,
  editDefinition,
  mergeCaseTypes,
  newDefinition,
  openedCase,
  openingImpact,
  presentSimulation,
  simulateOpening,
  toCaseTypeModel,
  toReadForm,
} from '../case-type/index.ts';
export type {
  CaseActivity,
  CaseTypeChange,
  CaseTypeDefinition,
  CaseTypeEdit,
  CaseEvent,
  CaseState,
  CaseWorld,
  DateReason,
  MergeConflict,
  NewCaseType,
  SimulatedActivity,
  Simulation,
  SimulationInput,
} from '../case-type/index.ts';
