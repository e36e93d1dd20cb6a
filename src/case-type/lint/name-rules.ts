import type { DefinitionRule } from './lint-rule.ts';
import { SEED_ACTIVITY_TYPES, spelling } from './seed-types.ts';
import { menuPath, pathKeys, rolePath, setPath, stepPath, type LintSubject } from './subject.ts';

type Visit = (path: () => string, name: string) => void;

/** Calls `visit` for every name in a definition; paths are made only when they are asked for. */
function eachName({ model, steps }: LintSubject, visit: Visit): void {
  model.activityTypes.forEach(({ name }, index) => visit(() => menuPath(index, 'name'), name));
  model.statuses.forEach((name, index) => visit(() => `statuses.${String(index)}`, name));
  model.activitySets.forEach(({ name }, index) => visit(() => setPath(index, 'name'), name));
  for (const spot of steps) {
    const { activityType, status, referenceActivity } = spot.step;
    visit(() => stepPath(spot, 'name'), activityType);
    if (status !== undefined) visit(() => stepPath(spot, 'status'), status);
    if (referenceActivity !== '') visit(() => stepPath(spot, 'reference_activity'), referenceActivity);
  }
  model.caseRoles.forEach(({ name, groups }, index) => {
    visit(() => rolePath(index, 'name'), name);
    groups.forEach((group, at) => visit(() => rolePath(index, `groups.${String(at)}`), group));
  });
  model.assigneeGroups.forEach((name, index) => visit(() => `activityAsgmtGrps.${String(index)}`, name));
}

interface OddName {
  readonly path: string;
  readonly name: string;
}
const odd = new WeakMap<LintSubject, readonly OddName[]>();

/** The names with anything but plain characters in them, or white space around them: few, if any. */
function oddNames(subject: LintSubject): readonly OddName[] {
  const known = odd.get(subject);
  if (known !== undefined) return known;
  const found: OddName[] = [];
  eachName(subject, (path, name) => {
    if (!PLAIN.test(name)) found.push({ path: path(), name });
  });
  odd.set(subject, found);
  return found;
}
const PLAIN = /^[!-~](?:[ -~]*[!-~])?$/;

const spelled = new Map(SEED_ACTIVITY_TYPES.map((name) => [spelling(name), name]));
// No-break and other odd spaces, zero-width characters, soft hyphens, marks of direction, and line breaks. Joiners
// are left out: some scripts and emoji need them.
const INVISIBLE =
  /[\p{Zl}\p{Zp}\u00a0\u00ad\u061c\u1680\u2000-\u200b\u200e\u200f\u202a-\u202f\u205f-\u2064\u2066-\u2069\u3164\ufeff\t\n\r]/u;
// eslint-disable-next-line no-control-regex -- exactly these are what XML cannot hold
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

const codeOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/** Rules on names as such. */
export const NAME_RULES: readonly DefinitionRule[] = [
  {
    code: 'padded-name',
    severity: 'error',
    level: 'file',
    what: 'A name has white space around it.',
    why: 'Names are compared character by character: a name with a space around it matches nothing.',
    source: 'CRM/Case/XMLProcessor/Process.php, createActivity and locateNameOrLabel',
    fix: 'Remove the white space around the name.',
    autofix: true,
    find: (subject, found) => {
      for (const { path, name } of oddNames(subject))
        if (name.trim() !== '' && name !== name.trim() && !INVISIBLE.test(name.trim()))
          found(path, `"${name}" has white space around it.`, trimEdits(path, name));
    },
  },
  {
    code: 'invisible-character',
    severity: 'warning',
    level: 'file',
    what: 'A name holds a character that nobody sees.',
    why: 'Names are compared character by character: one with a no-break space or a zero-width character looks like the one without, and is another.',
    source: 'CRM/Case/XMLProcessor/Process.php, createActivity and locateNameOrLabel',
    fix: 'Type the name again.',
    autofix: false,
    find: (subject, found) => {
      for (const { path, name } of oddNames(subject)) {
        const character = INVISIBLE.exec(name.trim())?.[0];
        if (character !== undefined)
          found(path, `"${name.trim().replace(character, '·')}" holds ${codeOf(character)} at "·".`);
      }
    },
  },
  {
    code: 'control-character',
    severity: 'error',
    level: 'file',
    what: 'A text holds NUL or another control character.',
    why: 'XML has no such characters: CiviCRM cannot read the file. Given to its API they break the stored definition: a NUL cuts the text off, the others make it unreadable.',
    source: 'CRM/Case/BAO/CaseType.php, convertDefinitionToXML; CRM/Utils/XML.php, parseString',
    fix: 'Remove the character.',
    autofix: false,
    find: (subject, found) => {
      for (const { path, name } of oddNames(subject)) {
        const character = CONTROL.exec(name)?.[0];
        if (character !== undefined) found(path, `${JSON.stringify(name)} holds ${codeOf(character)}.`);
      }
    },
  },
  {
    code: 'two-spellings',
    severity: 'warning',
    level: 'file',
    what: 'An activity type is another spelling of one that stands before it, or that CiviCRM has.',
    why: 'Types are compared letter by letter, so CiviCRM makes a second type of the other spelling; limits, references and the special treatment of Open Case do not reach it.',
    source:
      'CRM/Case/ManagedEntities.php, createManagedActivityTypes; CRM/Case/XMLProcessor/Process.php, createActivity',
    fix: 'Use one spelling throughout.',
    autofix: false,
    find: (subject, found) => {
      const { model, steps, site } = subject;
      const first = new Map<string, string>();
      const told = new Set<string>();
      const visit: Visit = (path, name) => {
        if (told.has(name)) return;
        told.add(name);
        const key = spelling(name);
        if (key === '' || name !== name.trim() || INVISIBLE.test(name)) return;
        const other = spelled.get(key) ?? first.get(key) ?? name;
        if (!first.has(key)) first.set(key, name);
        if (other !== name && site?.activityTypes.byName.has(name) !== true)
          found(path(), `"${name}" is not "${other}".`);
      };
      model.activityTypes.forEach(({ name }, index) => visit(() => menuPath(index, 'name'), name));
      for (const spot of steps) {
        visit(() => stepPath(spot, 'name'), spot.step.activityType);
        visit(() => stepPath(spot, 'reference_activity'), spot.step.referenceActivity);
      }
    },
  },
  {
    code: 'invalid-case-type-name',
    severity: 'error',
    level: 'file',
    what: 'The name of a case type is not made of letters, digits and underscores.',
    why: 'CiviCRM refuses to create a case type of such a name.',
    source: 'CRM/Case/BAO/CaseType.php, add and isValidName',
    fix: 'Use letters, digits and underscores; the title may hold anything.',
    autofix: false,
    find: ({ name }, found) => {
      if (name !== null && !/^[A-Za-z0-9_]+$/.test(name))
        found('name', `"${name}" is no name for a case type.`);
    },
  },
  {
    code: 'case-type-name-too-long',
    severity: 'error',
    level: 'file',
    what: 'The name of a case type is longer than 64 characters.',
    why: 'CiviCRM cuts names and titles to 61 characters and "...": a name so cut is no valid one, and nothing finds the case type by the name that was given.',
    source: 'schema/Case/CaseType.entityType.php; CRM/Core/DAO.php, copyValues',
    fix: 'Shorten it.',
    autofix: false,
    find: ({ name, title }, found) => {
      const { length } = Array.from(name ?? title ?? '');
      if (length > 64) found('name', `The name has ${String(length)} characters.`);
    },
  },
];

// A role's groups are one text in XML; the definition holds them as a list.
const trimEdits = (path: string, name: string) => [
  { kind: 'set-leaf' as const, path: pathKeys(path), value: name.trim() },
];
