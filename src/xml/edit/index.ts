export { editDocument, rewriteDocument } from './edit-document.ts';
export { changeText } from './text-change.ts';
export type { EditedDocument, TextChange } from './text-change.ts';
