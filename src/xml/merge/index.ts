export { findMergeConflicts } from './conflict-comments.ts';
export type { LeftConflict } from './conflict-comments.ts';
export { mergeDocuments } from './merge-documents.ts';
export type { DocumentSides, MergedDocuments } from './merge-documents.ts';
