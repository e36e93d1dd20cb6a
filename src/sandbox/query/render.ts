import { invalidField } from '../failure.ts';
import type { DataType } from '../schema/entity-schema.ts';
import type { Caller, Site } from '../site.ts';
import type { Expression, FunctionCall } from './expression.ts';
import { isText, quoteText } from './literal.ts';
import { splitSuffix, type PathResolver } from './paths.ts';

export interface RenderContext {
  readonly site: Site;
  readonly caller: Caller;
  readonly paths: PathResolver;
}

/** Between the members of a GROUP_CONCAT without a separator of its own: they are answered as a list. */
export const LIST_SEPARATOR = '\u0001';

const FUNCTION_TYPES: Readonly<Record<string, DataType>> = {
  ABS: 'Integer',
  AVG: 'Float',
  COALESCE: 'String',
  CONCAT: 'String',
  CONCAT_WS: 'String',
  COUNT: 'Integer',
  CURDATE: 'Date',
  DATE: 'Date',
  DATEDIFF: 'Integer',
  DAYOFWEEK: 'Integer',
  ISNOTNULL: 'Boolean',
  ISNULL: 'Boolean',
  LEFT: 'String',
  LOWER: 'String',
  MONTH: 'Integer',
  NOW: 'Timestamp',
  QUARTER: 'Integer',
  REPLACE: 'String',
  RIGHT: 'String',
  ROUND: 'Float',
  SUBSTRING: 'String',
  UPPER: 'String',
  YEAR: 'Integer',
};

/** The data type of what an expression yields, or undefined when it says nothing. */
export function dataTypeOf(context: RenderContext, expression: Expression): DataType | undefined {
  if (expression.kind === 'field')
    return context.paths.resolve(splitSuffix(expression.path).path)?.field.dataType;
  if (expression.kind === 'function') {
    const own = FUNCTION_TYPES[expression.name];
    if (own !== undefined) return own;
    const chosen = expression.args[expression.name === 'IF' ? 1 : 0];
    const inner = chosen === undefined ? undefined : dataTypeOf(context, chosen);
    return expression.name === 'SUM' && inner === 'Boolean' ? 'Integer' : inner;
  }
  if (expression.kind === 'equation') {
    const operators = expression.parts.flatMap((part) => (part.kind === 'operator' ? [part.text] : []));
    return operators.some((operator) => ['+', '-', '*', '/'].includes(operator))
      ? 'Float'
      : operators.length > 0
        ? 'Boolean'
        : undefined;
  }
  return expression.kind === 'text' ? 'String' : undefined;
}

function renderAggregate(context: RenderContext, call: FunctionCall): string {
  const [argument] = call.args;
  const inner = argument === undefined ? '*' : renderExpression(context, argument);
  const text =
    argument !== undefined &&
    argument.kind !== 'wild' &&
    isText({ dataType: dataTypeOf(context, argument) ?? 'Integer' });
  const key = text ? `collate_key(${inner})` : inner;
  switch (call.name) {
    case 'COUNT':
      return call.flag === '' ? `count(${inner})` : `count(DISTINCT ${key})`;
    case 'MAX':
    case 'MIN':
      return `${call.name.toLowerCase()}${text ? '_text' : ''}(${inner})`;
    case 'GROUP_CONCAT': {
      const separator = call.separator ?? LIST_SEPARATOR;
      const order =
        call.orderBy === undefined
          ? ''
          : ` ORDER BY ${renderExpression(context, call.orderBy.expression)} ${call.orderBy.direction}`;
      // SQLite takes a separator with DISTINCT only when it is the comma.
      if (call.flag !== '')
        return `replace(group_concat(DISTINCT replace(${inner}, ',', char(2))${order}), ',', ${quoteText(separator)})`;
      return `group_concat(${inner}, ${quoteText(separator)}${order})`;
    }
    case 'GROUP_FIRST': {
      const order =
        call.orderBy === undefined
          ? ''
          : ` ORDER BY ${renderExpression(context, call.orderBy.expression)} ${call.orderBy.direction}`;
      return `json_extract(json_group_array(${inner}${order}), '$[0]')`;
    }
    default:
      return `${call.name.toLowerCase()}(${call.flag === '' ? '' : 'DISTINCT '}${inner})`;
  }
}

function renderFunction(context: RenderContext, call: FunctionCall): string {
  const args = call.args.map((argument) => renderExpression(context, argument));
  const [first = 'NULL', second = 'NULL', third = 'NULL'] = args;
  const part = (format: string): string => `CAST(strftime('${format}', ${first}) AS INTEGER)`;
  switch (call.name) {
    case 'COUNT':
    case 'MAX':
    case 'MIN':
    case 'SUM':
    case 'AVG':
    case 'GROUP_CONCAT':
    case 'GROUP_FIRST':
      return renderAggregate(context, call);
    case 'CONCAT':
      return `(${args.join(' || ')})`;
    case 'CONCAT_WS':
      return `concat_ws(${args.join(', ')})`;
    case 'IF':
      return `iif(${first}, ${second}, ${third})`;
    case 'ISNULL':
      return `(${first} IS NULL)`;
    case 'ISNOTNULL':
      return `(${first} IS NOT NULL)`;
    case 'UPPER':
    case 'LOWER':
      return `${call.name.toLowerCase()}_text(${first})`;
    case 'LEFT':
      return `substr(${first}, 1, ${second})`;
    case 'RIGHT':
      return `substr(${first}, -${second})`;
    case 'SUBSTRING':
      return `substr(${args.join(', ')})`;
    case 'DATE':
      return `substr(${first}, 1, 10)`;
    case 'YEAR':
      return part('%Y');
    case 'MONTH':
      return part('%m');
    case 'QUARTER':
      return `((${part('%m')} + 2) / 3)`;
    case 'DAYOFWEEK':
      return `(${part('%w')} + 1)`;
    case 'DATEDIFF':
      return `CAST(julianday(substr(${first}, 1, 10)) - julianday(substr(${second}, 1, 10)) AS INTEGER)`;
    case 'NOW':
      return quoteText(context.site.clock.now());
    case 'CURDATE':
      return quoteText(context.site.clock.now().slice(0, 10));
    case 'GREATEST':
    case 'LEAST':
      return `${call.name === 'GREATEST' ? 'max' : 'min'}(${args.join(', ')})`;
    default:
      return `${call.name.toLowerCase()}(${args.join(', ')})`;
  }
}

/** The SQL of an expression. Aggregates are rendered as such; the caller decides where they may stand. */
export function renderExpression(context: RenderContext, expression: Expression): string {
  switch (expression.kind) {
    case 'field': {
      const path = splitSuffix(expression.path).path;
      const found = context.paths.resolve(path);
      if (found === undefined) throw invalidField(path);
      return found.sql;
    }
    case 'text':
      return quoteText(expression.text);
    case 'number':
      return expression.text;
    case 'null':
      return 'NULL';
    case 'boolean':
      return expression.value ? '1' : '0';
    case 'wild':
      return '*';
    case 'equation':
      return `(${expression.parts
        .map((part, at) => {
          if (part.kind === 'operator') return part.text === '<=>' ? 'IS' : part.text;
          const sql = renderExpression(context, part.expression);
          const beside = [expression.parts[at - 1], expression.parts[at + 1]];
          const arithmetic = beside.some(
            (one) => one?.kind === 'operator' && ['+', '-', '*', '/'].includes(one.text),
          );
          return part.expression.kind === 'field' && arithmetic ? `coalesce(${sql}, 0)` : sql;
        })
        .join(' ')})`;
    case 'function':
      return renderFunction(context, expression);
    default:
      return expression satisfies never;
  }
}
