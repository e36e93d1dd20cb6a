import { AppError } from '../../base/errors.ts';
import { readCaseTypeDocument, type CaseTypeDocument } from '../document.ts';
import { encodeXml } from '../encoding.ts';

/** `text` in place of what stands from `start` up to `end`, offsets in `document.source.text`. */
export interface TextChange {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface EditedDocument {
  readonly document: CaseTypeDocument;
  /** What `changeText` must do to the edited document to get the former bytes back. */
  readonly undo: readonly TextChange[];
}

/**
 * Changes a document's text; what lies outside the changes keeps its bytes.
 * @throws AppError invalid-input when changes overlap or lie outside, when a character is not in the document's
 * encoding, or when the result is no XML
 */
export function changeText(document: CaseTypeDocument, changes: readonly TextChange[]): EditedDocument {
  const { text } = document.source;
  const undo: TextChange[] = [];
  let result = '';
  let from = 0;
  for (const change of [...changes].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (change.start < from || change.end < change.start || change.end > text.length) {
      throw new AppError(
        'invalid-input',
        `${document.fileName}: the change of offsets ${String(change.start)} to ${String(change.end)} overlaps another or lies outside the text.`,
        { details: { file: document.fileName, ...change } },
      );
    }
    result += text.slice(from, change.start);
    undo.push({
      start: result.length,
      end: result.length + change.text.length,
      text: text.slice(change.start, change.end),
    });
    result += change.text;
    from = change.end;
  }
  result += text.slice(from);
  return { document: withText(document, result), undo };
}

/** The one change that leads from one text to another. */
export function changeBetween(before: string, after: string): readonly TextChange[] {
  if (before === after) return [];
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  let kept = 0;
  while (
    kept < shorter - start &&
    before.charCodeAt(before.length - 1 - kept) === after.charCodeAt(after.length - 1 - kept)
  )
    kept += 1;
  return [{ start, end: before.length - kept, text: after.slice(start, after.length - kept) }];
}

function withText(document: CaseTypeDocument, text: string): CaseTypeDocument {
  if (text === document.source.text) return document;
  const { fileName, encoding, byteOrderMark } = document;
  const content = encodeXml(text, encoding);
  if (content === undefined) throw notInEncoding(document, text);
  const edited = readCaseTypeDocument(Buffer.concat([byteOrderMark, content]), fileName);
  if (edited.source.text === text) return edited;
  throw new AppError(
    'invalid-input',
    `${fileName}: the change would make the file claim another encoding than ${encoding}, in which it is written. Convert the file first.`,
    { details: { file: fileName, encoding } },
  );
}

function notInEncoding({ fileName, encoding }: CaseTypeDocument, text: string): AppError {
  const missing = Array.from(new Set(text)).find((one) => encodeXml(one, encoding) === undefined) ?? '';
  return new AppError(
    'invalid-input',
    `${fileName}: "${missing}" does not exist in ${encoding}, in which the file is written. Save the file as UTF-8 first, or choose other words.`,
    { details: { file: fileName, encoding, character: missing } },
  );
}
