export { coverageOf } from './coverage.ts';
export { testOpening, type OpeningOutcome } from './opening.ts';
export type { ProcessSite } from './ports.ts';
export { hasPassed, renderJUnit, renderOutcomes, type FileOutcome } from './report.ts';
export { runProcessTest, type TestOutcome } from './run-test.ts';
export {
  specificationJsonSchema,
  specificationSchema,
  type ProcessTest,
  type Specification,
} from './specification.ts';
