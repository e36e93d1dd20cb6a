export { findMergeConflicts } from './conflict-comments.ts';
export type { LeftConflict } from './conflict-comments.ts';
export { mergeDocuments } from './merge-documents.ts';
export type { DocumentSides, MergedDocuments } from './merge-documents.ts';
export {
  mergeDefinitions,
  writeMergedJson,
  writeMergedYaml,
  type DefinitionSides,
  type MergedDefinitions,
} from './merge-definitions.ts';
export { CONFLICT_MARK, conflictsInText } from './conflict-mark.ts';
