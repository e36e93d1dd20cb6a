export type { MergeConflict } from './conflict.ts';
export { mergeCaseTypes } from './merge-case-types.ts';
export type { MergedCaseTypes } from './merge-case-types.ts';
export { describeConflict } from './describe-conflict.ts';
