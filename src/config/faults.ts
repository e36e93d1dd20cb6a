import { z } from 'zod';
import { nameHint, nearestName } from '../base/nearest-name.ts';
import type { Complaint, ConfigSource, KeyPath } from './source.ts';

type Issue = z.core.$ZodIssue;

/** Every fault that the schema found, each at its place in the file with what was expected and what came. */
export function schemaComplaints(source: ConfigSource, issues: readonly Issue[]): readonly Complaint[] {
  return issues.flatMap((issue) => issueComplaints(source, issue, []));
}

function issueComplaints(source: ConfigSource, issue: Issue, above: KeyPath): readonly Complaint[] {
  const path = [...above, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const near = nearestName(key, issue.message.split(' '));
      const hint = near === null ? 'remove it' : `did you mean "${near}"?`;
      return source.complain([...path, key], `this key is not known; ${hint}`, 'key');
    });
  }
  if (issue.code === 'invalid_union') {
    const branch = closestBranch(issue.errors);
    if (branch !== null) return branch.flatMap((inner) => issueComplaints(source, inner, path));
  }
  if (issue.code === 'invalid_key') {
    const expected = issue.issues[0]?.message ?? issue.message;
    return [source.complain(path, `${expected}, got ${JSON.stringify(String(path.at(-1)))}`, 'key')];
  }
  const got = valueAt(source.value, path);
  const at = got === undefined || (issue.code === 'custom' && typeof got === 'object') ? 'key' : 'value';
  return [source.complain(path, `${expectation(issue)}, got ${describeValue(source, path, got)}`, at)];
}

/**
 * Error map for `safeParse`: zod names the offending keys of a map only, so its message carries the known ones,
 * from which the hint is made.
 */
export const knownKeysAsMessage: z.core.$ZodErrorMap = (issue) =>
  issue.code === 'unrecognized_keys' && issue.inst instanceof z.ZodObject
    ? Object.keys(issue.inst.shape).join(' ')
    : undefined;

/** The alternative that got furthest says best what was meant. */
function closestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | null {
  const depth = (issues: readonly Issue[]) => Math.max(0, ...issues.map((issue) => issue.path.length));
  const ranked = [...branches].sort(
    (left, right) => depth(right) - depth(left) || left.length - right.length,
  );
  const best = ranked[0];
  return best === undefined || depth(best) === 0 ? null : best;
}

function expectation(issue: Issue): string {
  // A schema's own words; zod's begin with "Invalid" or "Too".
  if (/^expected /i.test(issue.message)) return `e${issue.message.slice(1).replace(/\.$/, '')}`;
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${TYPE_WORDS[issue.expected] ?? `a ${issue.expected}`}`;
    case 'invalid_value':
      return `expected ${alternatives(issue.values.map((value) => JSON.stringify(value)))}`;
    case 'too_small':
      return `expected ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}${unitOf(issue.origin)}`;
    case 'too_big':
      return `expected ${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}${unitOf(issue.origin)}`;
    case 'invalid_union':
      return 'expected one of the documented forms';
    case 'custom':
    case 'invalid_element':
    case 'invalid_format':
    case 'invalid_key':
    case 'not_multiple_of':
    case 'unrecognized_keys':
      return issue.message.charAt(0).toLowerCase() + issue.message.slice(1);
  }
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of keys',
  record: 'a map of names',
};

const unitOf = (origin: string): string =>
  origin === 'string' ? ' characters' : origin === 'array' ? ' entries' : '';

function alternatives(values: readonly string[]): string {
  return values.length < 2 ? values.join('') : `${values.slice(0, -1).join(', ')} or ${values.at(-1) ?? ''}`;
}

/** What came, without giving a secret away: an environment variable is shown as it is written in the file. */
function describeValue(source: ConfigSource, path: KeyPath, value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (/key|password|secret|token/i.test(String(path.at(-1))))
    return `a ${typeof value} that is not shown here`;
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return 'a map';
  if (typeof value !== 'string') return JSON.stringify(value);
  const written = source.writtenText(path) ?? value;
  const safe = written.replace(/(\/\/)[^/@\s]*@/, '$1…@');
  return JSON.stringify(safe.length > 60 ? `${safe.slice(0, 60)}…` : safe);
}

function valueAt(root: unknown, path: KeyPath): unknown {
  return path.reduce<unknown>(
    (value, segment) =>
      value !== null && typeof value === 'object'
        ? (value as Record<PropertyKey, unknown>)[segment]
        : undefined,
    root,
  );
}

/** What one part of the file asks of another. Works on what came, so it runs beside the schema. */
export function referenceComplaints(source: ConfigSource): readonly Complaint[] {
  const sites = keysOf(valueAt(source.value, ['sites']));
  const complaints: Complaint[] = [];
  const checkSite = (path: KeyPath) => {
    const given = valueAt(source.value, path);
    if (typeof given !== 'string' || sites.includes(given)) return;
    complaints.push(
      source.complain(
        path,
        `expected the name of a site under "sites", got "${given}". ${nameHint(given, sites)}`,
      ),
    );
  };
  for (const pair of keysOf(valueAt(source.value, ['pairs']))) {
    checkSite(['pairs', pair, 'from']);
    checkSite(['pairs', pair, 'to']);
  }
  const checkSites = (path: KeyPath) => {
    const names = valueAt(source.value, path);
    for (const entry of Array.isArray(names) ? names.keys() : []) checkSite([...path, entry]);
  };
  for (const promotion of keysOf(valueAt(source.value, ['promotions']))) {
    checkSites(['promotions', promotion, 'chain']);
    checkSite(['promotions', promotion, 'from']);
    checkSites(['promotions', promotion, 'to']);
  }
  checkSites(['drift', 'sites']);
  if (valueAt(source.value, ['drift']) != null && valueAt(source.value, ['mail']) == null)
    complaints.push(
      source.complain(['drift'], 'drift is told by mail, but there is no "mail"; add it', 'key'),
    );
  const rules = valueAt(source.value, ['rules']);
  const seen = new Set<unknown>();
  for (const index of Array.isArray(rules) ? rules.keys() : []) {
    checkSites(['rules', index, 'sites']);
    const name = valueAt(rules, [index, 'name']);
    if (typeof name === 'string' && seen.has(name)) {
      complaints.push(
        source.complain(
          ['rules', index, 'name'],
          `expected a name of its own, got "${name}", which an earlier rule has`,
        ),
      );
    }
    seen.add(name);
    if (
      valueAt(rules, [index, 'then', 'sendMail']) !== undefined &&
      valueAt(source.value, ['mail']) == null
    ) {
      complaints.push(
        source.complain(
          ['rules', index, 'then'],
          'this rule sends mail, but there is no "mail"; add it',
          'key',
        ),
      );
    }
  }
  return complaints;
}

const keysOf = (value: unknown): readonly string[] =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? Object.keys(value) : [];
