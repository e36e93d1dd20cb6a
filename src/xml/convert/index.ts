export { newCaseTypeDocument } from './new-document.ts';
export { SEPARATORS } from './csv-text.ts';
export type { Separator } from './csv-text.ts';
export { applyStepsCsv, writeStepsCsv } from './steps-csv.ts';
export type { StepsCsvOptions } from './steps-csv.ts';
export { readCaseTypeYaml } from './yaml-reader.ts';
export type { NamedDefinition } from './yaml-reader.ts';
export { writeCaseTypeYaml } from './yaml-writer.ts';
