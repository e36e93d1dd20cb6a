import { AppError } from '../../base/errors.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { editDefinition, toReadForm, type CaseTypeDefinition } from '../../case-type/index.ts';
import {
  guardFormula,
  parseCsv,
  renderCsv,
  unguardFormula,
  type CsvCell,
  type Separator,
} from './csv-text.ts';
import { columnOf, headerIn, STEP_COLUMNS, type TableLanguage } from './step-columns.ts';

const COLUMNS = headerIn('en');
const REQUIRED: readonly string[] = ['set', 'position', 'activity type'];
const NUMBER = /^-?\d+$/;

export interface StepsCsvOptions {
  readonly separator: Separator;
  /** Excel reads a file as UTF-8 only with one. */
  readonly byteOrderMark: boolean;
  /** Of the column names; English by default. */
  readonly language?: TableLanguage;
}

/** The steps of every activity set as a table: one row each, texts guarded against being taken for formulas. */
export function writeStepsCsv(
  definition: CaseTypeDefinition,
  { separator, byteOrderMark, language = 'en' }: StepsCsvOptions,
): string {
  const rows = setsOf(definition).flatMap(({ name, steps }) =>
    steps.map((step, index) => [
      guard(name),
      String(index + 1),
      ...STEP_COLUMNS.map(({ key }) => guard(cellOf(step, key))),
    ]),
  );
  return (byteOrderMark ? '\uFEFF' : '') + renderCsv([headerIn(language), ...rows], separator);
}

/**
 * The definition with its steps as a table has them: rows stand in the new order of their set, `position` says which
 * step of `definition` a row is (empty: a new one), a step without a row goes. Fields without a column stay.
 * @throws AppError invalid-input with file, row, column, what was expected and what came
 */
export function applyStepsCsv(
  definition: CaseTypeDefinition,
  csv: string,
  fileName = 'steps',
): CaseTypeDefinition {
  const before = toReadForm(definition);
  const sets = setsOf(before);
  checkNames(sets, fileName);
  const rows = readRows(csv, fileName);
  const groups = new Map<string, Row[]>(sets.map(({ name }) => [name, []]));
  for (const row of rows) {
    const group = groups.get(row.cell('set'));
    if (group === undefined)
      throw row.fail(
        'set',
        `expected a set of the case type (${sets.map(({ name }) => name).join(', ')}), got ${row.cell('set')}`,
      );
    group.push(row);
  }
  return sets.reduce((current, { name, steps, index }) => {
    const group = groups.get(name) ?? [];
    if (group.length === 0 && steps.length > 0)
      throw new AppError(
        'invalid-input',
        `${fileName}: no row belongs to the set ${name}, which has ${String(steps.length)} steps. Keep its rows, or remove the set in the case type itself.`,
      );
    if (group.length === 0) return current;
    const value = toSteps(group, steps);
    return JSON.stringify(value) === JSON.stringify(steps)
      ? current
      : editDefinition(current, { kind: 'set-leaf', path: ['activitySets', index, 'activityTypes'], value });
  }, before);
}

function toSteps(rows: readonly Row[], steps: readonly JsonValue[]): readonly JsonValue[] {
  const seen = new Map<number, Row>();
  return rows.map((row) => {
    const position = wholeNumber(row.cell('position'));
    if (position === '') return changeStep({}, row);
    const step = NUMBER.test(position) ? steps[Number(position) - 1] : undefined;
    if (step === undefined)
      throw row.fail(
        'position',
        `expected a number from 1 to ${String(steps.length)} as it came, or nothing for a new step; got ${position}`,
      );
    const other = seen.get(Number(position));
    if (other !== undefined)
      throw row.fail(
        'position',
        `row ${String(other.number)} is step ${position} already. Leave it empty for a new step`,
      );
    seen.set(Number(position), row);
    const [was, is] = [cellOf(step, 'name'), row.cell('activity type')];
    if (sameText(was, is)) return changeStep(step, row);
    throw row.fail(
      'position',
      `step ${position} is ${was}, not ${is}. Rows stand in their new order and keep their position; leave it empty for a new step`,
    );
  });
}

function changeStep(step: JsonValue, row: Row): JsonValue {
  const fields = new Map(Object.entries(isMap(step) ? step : {}));
  let isChanged = false;
  for (const { column, key, form, isNumber } of STEP_COLUMNS) {
    if (!row.has(column)) continue;
    const cell = row.cell(column);
    const text = isNumber === true ? wholeNumber(cell) : cell;
    const isNewWithoutName = key === 'name' && text === '' && row.cell('position').trim() === '';
    if (
      (sameText(cell, cellOf(step, key)) || (isNumber === true && sameNumber(cell, cellOf(step, key)))) &&
      !isNewWithoutName
    )
      continue;
    if (form !== undefined && !form.pattern.test(text))
      throw row.fail(column, `expected ${form.expected}, got ${text === '' ? 'nothing' : text}`);
    isChanged = true;
    if (text === '') fields.delete(key);
    else fields.set(key, text);
  }
  return isChanged ? Object.fromEntries(fields) : step;
}

interface Row {
  readonly number: number;
  has(column: string): boolean;
  cell(column: string): string;
  fail(column: string, message: string): AppError;
}

function readRows(csv: string, fileName: string): readonly Row[] {
  const [header = [], ...rows] = parseCsv(csv, fileName);
  const columns = header.map(({ text }) => columnOf(text));
  const failAt = (number: number, column: string, message: string, cell?: CsvCell): AppError => {
    const { line = 1, column: at = 1 } = cell ?? {};
    const place = `${fileName}:${String(line)}:${String(at)}: row ${String(number)}, column ${column}`;
    return new AppError('invalid-input', `${place}: ${message}.`, {
      details: { file: fileName, line, row: number, column },
    });
  };
  for (const column of REQUIRED)
    if (!columns.includes(column))
      throw failAt(1, column, `the first row must name this column. Expected ${COLUMNS.join(', ')}`);
  columns.forEach((column, index) => {
    if (column !== '' && !COLUMNS.includes(column))
      throw failAt(1, column, `no such column. Expected ${COLUMNS.join(', ')}`, header[index]);
    if (column !== '' && columns.indexOf(column) !== index)
      throw failAt(1, column, 'it stands here twice', header[index]);
  });
  return rows.flatMap((cells, index): readonly Row[] => {
    const number = index + 2;
    if (cells.every(isBlank)) return [];
    const astray = cells.find((cell, at) => (columns[at] ?? '') === '' && !isBlank(cell));
    if (astray !== undefined)
      throw failAt(
        number,
        String(cells.indexOf(astray) + 1),
        'a text stands where the first row names no column; is a separator without quotes in a text?',
        astray,
      );
    const cellAt = (column: string): CsvCell | undefined => cells[columns.indexOf(column)];
    return [
      {
        number,
        has: (column) => columns.includes(column),
        cell: (column) => unguardFormula(cellAt(column)?.text ?? ''),
        fail: (column, message) => failAt(number, column, message, cellAt(column) ?? cells[0]),
      },
    ];
  });
}

const isBlank = ({ text }: CsvCell): boolean => text.trim() === '';

interface NamedSet {
  readonly name: string;
  readonly index: number;
  readonly steps: readonly JsonValue[];
}

const setsOf = ({ activitySets }: CaseTypeDefinition): readonly NamedSet[] =>
  itemsOf(activitySets).flatMap((set, index) =>
    isMap(set) ? [{ name: cellOf(set, 'name'), index, steps: itemsOf(set['activityTypes']) }] : [],
  );

function checkNames(sets: readonly NamedSet[], fileName: string): void {
  const names = sets.map(({ name }) => name);
  const double = names.find((name, index) => names.indexOf(name) !== index);
  if (double !== undefined)
    throw new AppError(
      'invalid-input',
      `${fileName}: the case type has two sets named ${double}, so that rows cannot tell them apart. Rename one first.`,
    );
}

/** What a cell shows of a field: its text, nothing when it is absent or empty, JSON of anything else. */
function cellOf(item: JsonValue, key: string): string {
  const value = isMap(item) ? item[key] : undefined;
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const guard = (text: string): string => (NUMBER.test(text) ? text : guardFormula(text));
/** A spreadsheet may show a whole number as 5.0, in French as 5,0. */
const wholeNumber = (text: string): string => text.trim().replace(/^([+-]?\d+)[.,]0+$/, '$1');
/** It takes leading zeros away, too. */
const sameNumber = (left: string, right: string): boolean =>
  [left, right].every((text) => NUMBER.test(wholeNumber(text))) &&
  Number(wholeNumber(left)) === Number(wholeNumber(right));
/** Spreadsheets write line ends their own way. */
const sameText = (left: string, right: string): boolean =>
  left.replace(/\r\n?/g, '\n') === right.replace(/\r\n?/g, '\n');
const itemsOf = (value: JsonValue | undefined): readonly JsonValue[] =>
  Array.isArray(value) ? (value as readonly JsonValue[]) : [];
const isMap = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
