import { ApiFailure } from '../failure.ts';

/** A parsed item of `select`, `groupBy`, or one side of a clause. */
export type Expression =
  | { readonly kind: 'field'; readonly path: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'null' }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'wild' }
  | FunctionCall
  | { readonly kind: 'equation'; readonly text: string; readonly parts: readonly EquationPart[] };

type EquationPart =
  | { readonly kind: 'operator'; readonly text: string }
  | { readonly kind: 'operand'; readonly expression: Expression };

export interface FunctionCall {
  readonly kind: 'function';
  readonly name: string;
  readonly flag: 'DISTINCT' | 'UNIQUE' | '';
  readonly args: readonly Expression[];
  readonly orderBy?: { readonly expression: Expression; readonly direction: string };
  readonly separator?: string;
  readonly suffix?: string;
}

const unparsable = (text: string): ApiFailure => new ApiFailure(`Unable to parse sql expression: ${text}`);

/** How many arguments a function takes, and which leading keywords. Functions not here do not exist. */
const ARITY: Readonly<Record<string, readonly [number, number]>> = {
  ABS: [1, 1],
  AVG: [1, 1],
  COALESCE: [2, 99],
  CONCAT: [1, 99],
  CONCAT_WS: [2, 99],
  COUNT: [1, 1],
  CURDATE: [0, 0],
  DATE: [1, 1],
  DATEDIFF: [2, 2],
  DAYOFWEEK: [1, 1],
  GREATEST: [2, 99],
  GROUP_CONCAT: [1, 1],
  GROUP_FIRST: [1, 1],
  IF: [3, 3],
  IFNULL: [2, 2],
  ISNOTNULL: [1, 1],
  ISNULL: [1, 1],
  LEAST: [2, 99],
  LEFT: [2, 2],
  LOWER: [1, 1],
  MAX: [1, 1],
  MIN: [1, 1],
  MONTH: [1, 1],
  NOW: [0, 0],
  NULLIF: [2, 2],
  QUARTER: [1, 1],
  REPLACE: [3, 3],
  RIGHT: [2, 2],
  ROUND: [1, 2],
  SUBSTRING: [2, 3],
  SUM: [1, 1],
  UPPER: [1, 1],
  YEAR: [1, 1],
};

const SPACED = new Set(['IF', 'IFNULL', 'LEFT', 'REPLACE', 'RIGHT', 'SUBSTRING']);

/** Functions that core has and the sandbox does not: refused, not "unparsable". */
const BEYOND = new Set(
  'BINARY DATE_ADD DATE_SUB DAYSTOANNIV EXTRACT GROUP_NTH JSON_EXTRACT NEXTANNIV RAND TIME TIMESTAMPDIFF'.split(
    ' ',
  ),
);

export const AGGREGATES: ReadonlySet<string> = new Set([
  'AVG',
  'COUNT',
  'GROUP_CONCAT',
  'GROUP_FIRST',
  'MAX',
  'MIN',
  'SUM',
]);

/** Splits at a separator that stands outside quotes and brackets. */
function splitOutside(text: string, separator: ',' | ' '): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quote = '';
  let part = '';
  for (const character of text) {
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
    if (character === separator && quote === '' && depth === 0) {
      parts.push(part);
      part = '';
    } else part += character;
  }
  return [...parts, part].map((one) => one.trim()).filter((one) => one !== '');
}

function parseFunction(text: string, bracket: number): FunctionCall {
  const name = text.slice(0, bracket);
  if (name !== name.toUpperCase()) throw new ApiFailure('Sql function must be uppercase.');
  if (BEYOND.has(name)) {
    throw new ApiFailure(`The sandbox does not know the function ${name}. It never guesses.`, 501, 501);
  }
  const arity = ARITY[name];
  if (arity === undefined) throw unparsable(text);
  const [, inside = '', suffix] = /^\w+\((.*)\)(?::([a-z]+))?$/s.exec(text) ?? [];
  let rest = inside.trim();
  let flag: FunctionCall['flag'] = '';
  const flagged = /^(DISTINCT|UNIQUE) (.*)$/s.exec(rest);
  if (flagged !== null && (flagged[1] === 'DISTINCT' || name === 'GROUP_CONCAT')) {
    flag = flagged[1] as FunctionCall['flag'];
    rest = flagged[2] ?? '';
  }
  const words = splitOutside(rest, ' ').join(' ');
  const [, list = '', order, direction = '', separator] =
    /^(.*?)(?: ORDER BY (\S+?)(?: (ASC|DESC))?)?(?: SEPARATOR ("[^"]*"|'[^']*'))?$/s.exec(words) ?? [];
  const args = splitOutside(list, ',').map((part) => parseExpression(part));
  // Core reads their second argument only after a comma and a blank.
  if (SPACED.has(name) && /,(?! )/.test(list.replace(/"[^"]*"|'[^']*'/g, ''))) {
    throw new ApiFailure(`Missing param 2 for SQL function ${name}`);
  }
  if (name === 'ROUND' && args.length > 1) throw new ApiFailure('Illegal sql expression.');
  if (args.length < arity[0]) throw new ApiFailure(`Too few arguments to param 1 for SQL function ${name}`);
  if (args.length > arity[1]) throw new ApiFailure(`Too many arguments given for SQL function ${name}`);
  return {
    kind: 'function',
    name,
    flag,
    args,
    ...(order === undefined ? {} : { orderBy: { expression: parseExpression(order), direction } }),
    ...(separator === undefined ? {} : { separator: separator.slice(1, -1) }),
    ...(suffix === undefined ? {} : { suffix }),
  };
}

const OPERATORS = new Set([
  '+',
  '-',
  '*',
  '/',
  '<',
  '>',
  '=',
  '<=',
  '>=',
  '!=',
  '<=>',
  'AND',
  'OR',
  '(',
  ')',
]);

function parseEquation(text: string): Expression {
  const parts = splitOutside(text.slice(1, -1), ' ').map((word): EquationPart =>
    OPERATORS.has(word)
      ? { kind: 'operator', text: word }
      : { kind: 'operand', expression: parseExpression(word) },
  );
  return { kind: 'equation', text, parts };
}

/**
 * Parses an expression without alias. Anything that is no function, literal or equation is a field path.
 *
 * Source: Civi\Api4\Query\SqlExpression::convert.
 */
export function parseExpression(text: string): Expression {
  const bracket = text.indexOf('(');
  const last = text.at(-1);
  if (text.startsWith('(') && last === ')') return parseEquation(text);
  if (bracket > 0 && /^\w+\(.*\)(:[a-z]+)?$/s.test(text)) return parseFunction(text, bracket);
  const first = text[0];
  if (text.length > 1 && first === last && (first === '"' || first === "'"))
    return { kind: 'text', text: text.slice(1, -1) };
  if (text === 'NULL') return { kind: 'null' };
  if (text === 'TRUE' || text === 'FALSE') return { kind: 'boolean', value: text === 'TRUE' };
  if (text === '*') return { kind: 'wild' };
  if (/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text)) return { kind: 'number', text };
  return { kind: 'field', path: text };
}

/** The paths of all fields in an expression, with their suffixes. */
export function pathsIn(expression: Expression): readonly string[] {
  switch (expression.kind) {
    case 'field':
      return [expression.path];
    case 'function':
      return [
        ...expression.args,
        ...(expression.orderBy === undefined ? [] : [expression.orderBy.expression]),
      ].flatMap(pathsIn);
    case 'equation':
      return expression.parts.flatMap((part) => (part.kind === 'operand' ? pathsIn(part.expression) : []));
    case 'text':
    case 'number':
    case 'null':
    case 'boolean':
    case 'wild':
      return [];
    default:
      return expression satisfies never;
  }
}

export interface SelectItem {
  readonly alias: string;
  readonly expression: Expression;
  /** The item without ` AS alias`, by which `having` may name it. */
  readonly text: string;
}

const munge = (text: string): string =>
  text
    .trim()
    .replace(/[^a-zA-Z0-9_]+/g, '_')
    .slice(0, 256);

/** The whole item is named when it cannot be parsed. */
function parseSelected(item: string, text: string): Expression {
  try {
    return parseExpression(text);
  } catch (thrown) {
    if (thrown instanceof ApiFailure && thrown.message === unparsable(text).message) throw unparsable(item);
    throw thrown;
  }
}

/** An item of `select`, with the name under which its value is answered. */
export function parseSelectItem(item: string): SelectItem {
  const at = item.lastIndexOf(' AS ');
  const text = at > 0 ? item.slice(0, at) : item;
  const expression = parseSelected(item, text);
  if (at > 0) return { alias: munge(item.slice(at + 4)), expression, text };
  switch (expression.kind) {
    case 'field':
      return { alias: expression.path, expression, text };
    case 'function': {
      const paths = pathsIn(expression).join('_');
      return {
        alias: `${expression.name}:${paths}${expression.suffix === undefined ? '' : `:${expression.suffix}`}`,
        expression,
        text,
      };
    }
    case 'equation':
      return { alias: pathsIn(expression)[0] ?? munge(text), expression, text };
    case 'text':
    case 'number':
    case 'null':
    case 'boolean':
    case 'wild':
      return { alias: munge(text), expression, text };
    default:
      return expression satisfies never;
  }
}
