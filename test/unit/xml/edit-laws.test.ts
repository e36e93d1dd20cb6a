import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/base/errors.ts';
import { editDefinition, toReadForm, type CaseTypeDefinition } from '../../../src/case-type/index.ts';
import {
  changeText,
  editDocument,
  readCaseTypeXml,
  rewriteDocument,
  writeCaseTypeDocument,
  type CaseTypeDocument,
  type CaseTypeReading,
} from '../../../src/xml/index.ts';
import { editsOf } from '../../support/arbitrary-edit.ts';
import { corpusReadings } from './corpus.ts';

const readings = corpusReadings();
const SEED = 5;
const bytesOf = (document: CaseTypeDocument) => Buffer.from(writeCaseTypeDocument(document));
const readAgain = (document: CaseTypeDocument) => readCaseTypeXml(bytesOf(document)).definition;

/** A set without steps, or with the steps of another, may hide whether it has a timeline element. */
const withoutDerived = ({ timelineActivityTypes: _, ...rest }: CaseTypeDefinition) => rest;

/** A file of the corpus by its place in it, so that a counterexample stays readable. */
const fileAmong = (files: readonly CaseTypeReading[]) => fc.nat(files.length - 1);
const editsAmong = (files: readonly CaseTypeReading[]) =>
  fileAmong(files).chain((file) => fc.tuple(fc.constant(file), editsOf(definitionOf(files, file))));
const definitionOf = (files: readonly CaseTypeReading[], file: number) => readingAt(files, file).definition;
function readingAt(files: readonly CaseTypeReading[], file: number): CaseTypeReading {
  const reading = files[file];
  if (reading === undefined) throw new Error(`there are ${files.length} files, not ${file}`);
  return reading;
}
const cases = editsAmong(readings);

/** Undefined when the edit is refused: a name that is nowhere, a value that XML has no form for. */
function tryEdit<Value>(make: () => Value): Value | undefined {
  try {
    return make();
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.kind !== 'internal') return undefined;
    throw thrown;
  }
}

const asidesOf = (text: string): readonly string[] =>
  [...text.matchAll(/<!--[^]*?-->|<\?[^]*?\?>|<\w+:[^]*?>|<!DOCTYPE[^>]*>/g)].map(([aside]) => aside).sort();

describe('laws of editing a file', () => {
  it('reads after an edit as the edited definition does, and its undo gives the very same bytes', () => {
    let edited = 0;
    fc.assert(
      fc.property(cases, ([file, edit]) => {
        const reading = readingAt(readings, file);
        const result = tryEdit(() => editDocument(reading.document, [edit]));
        if (result === undefined) return;
        edited += 1;
        const expected = withoutDerived(editDefinition(reading.definition, edit));
        expect(withoutDerived(readAgain(result.document))).toEqual(expected);
        const undone = changeText(result.document, result.undo).document;
        expect(bytesOf(undone).equals(bytesOf(reading.document))).toBe(true);
      }),
      { numRuns: 400, seed: SEED },
    );
    expect(edited).toBeGreaterThan(250);
  });

  it('keeps every comment, instruction, foreign element and document type when nothing is removed', () => {
    fc.assert(
      fc.property(cases, ([file, edit]) => {
        const reading = readingAt(readings, file);
        if (edit.kind === 'remove' || edit.kind === 'set-leaf') return;
        const result = tryEdit(() => editDocument(reading.document, [edit]));
        if (result === undefined) return;
        const before = asidesOf(reading.document.source.text);
        const after = asidesOf(result.document.source.text);
        const copied = edit.kind === 'insert';
        expect(copied ? before.filter((one) => !after.includes(one)) : after).toEqual(copied ? [] : before);
      }),
      { numRuns: 200, seed: SEED },
    );
  });

  it('follows timelineActivityTypes wherever every timeline element says true', () => {
    const plain = readings.filter(
      ({ document, definition }) =>
        !/<timeline>(?!true<)|<timeline\/>/.test(document.source.text) &&
        definition.activitySets !== undefined,
    );
    fc.assert(
      fc.property(editsAmong(plain), ([file, edit]) => {
        const reading = readingAt(plain, file);
        const result = tryEdit(() => editDocument(reading.document, [edit]));
        if (result === undefined) return;
        expect(readAgain(result.document)).toEqual(editDefinition(reading.definition, edit));
      }),
      { numRuns: 150, seed: SEED },
    );
  });

  it('rewrites any file to read as any definition that was read from another, edited or not', () => {
    let rewritten = 0;
    fc.assert(
      fc.property(fileAmong(readings), cases, (target, [file, edit]) => {
        const { document } = readingAt(readings, target);
        const { definition, name } = readingAt(readings, file);
        const wanted = tryEdit(() => editDefinition(definition, edit)) ?? definition;
        const result = tryEdit(() => rewriteDocument(document, wanted, name));
        if (result === undefined) return;
        rewritten += 1;
        const again = readCaseTypeXml(bytesOf(result));
        expect(again.name).toBe(name);
        expect(again.definition).toEqual(wanted);
        expect(bytesOf(rewriteDocument(result, wanted, name)).equals(bytesOf(result))).toBe(true);
      }),
      { numRuns: 300, seed: SEED },
    );
    expect(rewritten).toBeGreaterThan(270);
  });
});

describe('the form in which definitions are read', () => {
  it.each(readings.map((reading) => [reading.document.fileName, reading.definition] as const))(
    '%s is in it already',
    (_, definition) => {
      expect(toReadForm(definition)).toEqual(definition);
    },
  );
});
