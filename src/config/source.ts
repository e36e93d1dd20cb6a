import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Node, visit } from 'yaml';
import { AppError } from '../base/errors.ts';
import { substituteEnvironment, type Environment } from './environment.ts';

export type KeyPath = readonly PropertyKey[];

/** What is wrong at one place of the configuration. */
export interface Complaint {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Dotted, `rules[0].when`; empty for the file as a whole. */
  readonly key: string;
  readonly message: string;
}

/** A YAML file read, with the environment put in and a position for every key. */
export interface ConfigSource {
  readonly file: string;
  readonly value: unknown;
  /** The first complaints: broken YAML, doubled keys, variables that are not set. */
  readonly complaints: readonly Complaint[];
  complain(path: KeyPath, message: string, at?: 'key' | 'value'): Complaint;
  /** The text of a value as it stands in the file, before the environment was put in; null where it is not a text. */
  writtenText(path: KeyPath): string | null;
}

/** Reads YAML 1.2. Does not throw for what the file holds: see `complaints`. */
export function readConfigSource(file: string, text: string, environment: Environment): ConfigSource {
  const lines = new LineCounter();
  const document = parseDocument(text, { version: '1.2', lineCounter: lines, prettyErrors: false });
  const written = new Map<unknown, string>();
  const complaints: Complaint[] = document.errors.map((error) =>
    complaint(lines.linePos(error.pos[0]), [], `this is not YAML: ${error.message}`),
  );

  function complaint(position: { line: number; col: number }, path: KeyPath, message: string): Complaint {
    return { file, line: position.line || 1, column: position.col || 1, key: renderKeyPath(path), message };
  }

  visit(document, {
    Scalar(key, node) {
      if (key === 'key' || typeof node.value !== 'string') return;
      const { text: filled, missing, touched } = substituteEnvironment(node.value, environment);
      if (touched) written.set(node, node.value);
      node.value = filled;
      for (const name of missing) {
        const at = pathOf(document.contents, node) ?? [];
        complaints.push(
          complaint(
            lines.linePos(node.range?.[0] ?? 0),
            at,
            `the environment variable ${name} is not set; set it, or write the value here`,
          ),
        );
      }
    },
  });

  return {
    file,
    value: document.errors.length > 0 ? undefined : (document.toJS() as unknown),
    complaints,
    complain(path, message, at = 'value') {
      return complaint(lines.linePos(offsetOf(document.contents, path, at)), path, message);
    },
    writtenText(path) {
      const node = nodeAt(document.contents, path);
      return written.get(node) ?? (isScalar(node) && typeof node.value === 'string' ? node.value : null);
    },
  };

  function nodeAt(root: Node | null, path: KeyPath): Node | null {
    let node = root;
    for (const segment of path) node = child(follow(node), segment);
    return follow(node);
  }

  function follow(node: Node | null): Node | null {
    return isAlias(node) ? (node.resolve(document) ?? null) : node;
  }

  function child(node: Node | null, segment: PropertyKey): Node | null {
    if (isMap(node) || isSeq(node)) return (node.get(segment, true) as Node | undefined) ?? null;
    return null;
  }

  /** Offset of the key or value; of the nearest thing above it where the file has neither. */
  function offsetOf(root: Node | null, path: KeyPath, at: 'key' | 'value'): number {
    for (let depth = path.length; depth > 0; depth -= 1) {
      const parent = nodeAt(root, path.slice(0, depth - 1));
      const last = path[depth - 1];
      if (at === 'key' || depth < path.length) {
        const pair = isMap(parent)
          ? parent.items.find((item) => isScalar(item.key) && String(item.key.value) === String(last))
          : undefined;
        const key = pair?.key as Node | undefined;
        if (key?.range) return key.range[0];
      }
      const node = last === undefined ? null : child(parent, last);
      if (node?.range) return node.range[0];
    }
    return root?.range?.[0] ?? 0;
  }
}

/** `rules[0].when.offset` */
function renderKeyPath(path: KeyPath): string {
  return path.reduce<string>(
    (text, segment) =>
      typeof segment === 'number'
        ? `${text}[${segment}]`
        : `${text}${text === '' ? '' : '.'}${String(segment)}`,
    '',
  );
}

/** Key path of a scalar by walking the tree: the library's visitor does not know it for sequences in maps. */
function pathOf(root: Node | null, wanted: Node): KeyPath | null {
  if (root === wanted) return [];
  if (isMap(root)) {
    for (const pair of root.items) {
      const below = pathOf(pair.value as Node | null, wanted);
      if (below !== null) return [isScalar(pair.key) ? String(pair.key.value) : '?', ...below];
    }
  }
  if (isSeq(root)) {
    for (const [index, item] of root.items.entries()) {
      const below = pathOf(item as Node | null, wanted);
      if (below !== null) return [index, ...below];
    }
  }
  return null;
}

/** One sentence for one complaint, a list for several. */
export function complaintsError(complaints: readonly Complaint[], about = 'The configuration'): AppError {
  const ordered = [...complaints].sort((left, right) => left.line - right.line || left.column - right.column);
  const lines = ordered.map(
    ({ file, line, column, key, message }) =>
      `${file}:${line}:${column}: ${key === '' ? '' : `${key}: `}${message}${/[.?]$/.test(message) ? '' : '.'}`,
  );
  const first = lines[0] ?? '';
  return new AppError(
    'invalid-input',
    lines.length === 1
      ? first
      : `${about} has ${lines.length} faults:\n${lines.map((line) => `  ${line}`).join('\n')}`,
    { details: { complaints: ordered } },
  );
}
