import { AppError } from '../../base/errors.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { editDefinition, toReadForm, type CaseTypeDefinition } from '../../case-type/index.ts';
import { guardFormula, parseCsv, renderCsv, unguardFormula, type Separator } from './csv-text.ts';

interface StepColumn {
  readonly column: string;
  readonly key: string;
  /** What a changed cell must look like, in words and as a pattern. */
  readonly form?: { readonly expected: string; readonly pattern: RegExp };
}

/** The columns after set and position, and the fields of a step behind them. */
const STEP_COLUMNS: readonly StepColumn[] = [
  { column: 'activity type', key: 'name', form: { expected: 'the name of an activity type', pattern: /\S/ } },
  { column: 'label', key: 'label' },
  { column: 'status', key: 'status' },
  { column: 'after', key: 'reference_activity' },
  {
    column: 'days',
    key: 'reference_offset',
    form: { expected: 'whole days such as 3 or -2', pattern: /^(?:-?\d+)?$/ },
  },
  {
    column: 'select',
    key: 'reference_select',
    form: { expected: 'newest or oldest', pattern: /^(?:newest|oldest)?$/ },
  },
  {
    column: 'assignee',
    key: 'default_assignee_type',
    form: {
      expected: '1 (nobody), 2 (by relationship), 3 (a contact) or 4 (who opens the case)',
      pattern: /^[1-4]?$/,
    },
  },
  { column: 'assignee relationship', key: 'default_assignee_relationship' },
  { column: 'assignee contact', key: 'default_assignee_contact' },
  { column: 'order', key: 'order', form: { expected: 'a whole number', pattern: /^(?:-?\d+)?$/ } },
  { column: 'subject', key: 'default_subject' },
];
const PLACE_COLUMNS = ['set', 'position'] as const;
const REQUIRED: readonly string[] = [...PLACE_COLUMNS, 'activity type'];
const COLUMNS: readonly string[] = [...PLACE_COLUMNS, ...STEP_COLUMNS.map(({ column }) => column)];
const NUMBER = /^-?\d+$/;

export interface StepsCsvOptions {
  readonly separator: Separator;
  /** Excel reads a file as UTF-8 only with one. */
  readonly byteOrderMark: boolean;
}

/** The steps of every activity set as a table: one row each, texts guarded against being taken for formulas. */
export function writeStepsCsv(
  definition: CaseTypeDefinition,
  { separator, byteOrderMark }: StepsCsvOptions,
): string {
  const rows = setsOf(definition).flatMap(({ name, steps }) =>
    steps.map((step, index) => [
      guard(name),
      String(index + 1),
      ...STEP_COLUMNS.map(({ key }) => guard(cellOf(step, key))),
    ]),
  );
  return (byteOrderMark ? '\uFEFF' : '') + renderCsv([COLUMNS, ...rows], separator);
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
    const position = row.cell('position').trim();
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
  for (const { column, key, form } of STEP_COLUMNS) {
    if (!row.has(column)) continue;
    const text = row.cell(column);
    const isNewWithoutName = key === 'name' && text === '' && row.cell('position').trim() === '';
    if (sameText(text, cellOf(step, key)) && !isNewWithoutName) continue;
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
  const columns = header.map((column) => column.trim().toLowerCase());
  const failAt = (number: number, column: string, message: string): AppError =>
    new AppError('invalid-input', `${fileName}: row ${String(number)}, column ${column}: ${message}.`, {
      details: { file: fileName, row: number, column },
    });
  for (const column of REQUIRED)
    if (!columns.includes(column))
      throw failAt(1, column, `the first row must name this column. Expected ${COLUMNS.join(', ')}`);
  columns.forEach((column, index) => {
    if (column !== '' && !COLUMNS.includes(column))
      throw failAt(1, column, `no such column. Expected ${COLUMNS.join(', ')}`);
    if (columns.indexOf(column) !== index) throw failAt(1, column, 'it stands here twice');
  });
  return rows.flatMap((cells, index): readonly Row[] => {
    const number = index + 2;
    if (cells.every((cell) => cell.trim() === '')) return [];
    if (cells.length > columns.length)
      throw failAt(
        number,
        String(columns.length + 1),
        'the row has more cells than the first row; is a separator without quotes in a text?',
      );
    return [
      {
        number,
        has: (column) => columns.includes(column),
        cell: (column) => unguardFormula(cells[columns.indexOf(column)] ?? ''),
        fail: (column, message) => failAt(number, column, message),
      },
    ];
  });
}

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
/** Spreadsheets write line ends their own way. */
const sameText = (left: string, right: string): boolean =>
  left.replace(/\r\n?/g, '\n') === right.replace(/\r\n?/g, '\n');
const itemsOf = (value: JsonValue | undefined): readonly JsonValue[] =>
  Array.isArray(value) ? (value as readonly JsonValue[]) : [];
const isMap = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
