export type * from './kind.ts';
export { KIND_NAMES } from './kind.ts';
export { DEPENDENCY_KINDS, kindOf, KINDS } from './kinds.ts';
export { OPTION_KINDS, type OptionKind } from './option-kind.ts';
export { kindsNamedBy, referenceOf, toEntity, toValues, type NameBook } from './rows.ts';
