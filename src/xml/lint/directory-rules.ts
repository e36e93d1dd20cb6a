import type { LintRule } from '../../case-type/lint/index.ts';

/** A file of a set that is checked together. */
export interface FileInSet {
  readonly file: string;
  /** Folder of the file, with `/` between names. */
  readonly folder: string;
  /** Name of the file without `.xml`. */
  readonly base: string;
  /** Text of `<name>`, or the name of a row. */
  readonly name: string;
}

type FoundFile = (file: string, what: string, path: string) => void;

/** A rule on files beside each other. */
export interface DirectoryRule extends LintRule {
  readonly find: (files: readonly FileInSet[], found: FoundFile) => void;
}

/**
 * The name under which CiviCRM also looks for the file of a case type: capitals in place of underscores, all but
 * letters and digits gone.
 *
 * Source: CRM/Case/XMLProcessor.php, mungeCaseType.
 */
export const mungeCaseType = (name: string): string =>
  name
    .replaceAll('_', ' ')
    .replace(
      /(^|[ \t\r\n\f\v])([a-z])/g,
      (_all, before: string, letter: string) => before + letter.toUpperCase(),
    )
    .trim()
    .replace(/[^a-zA-Z0-9]+/g, '');

/** Calls `tell` for each file whose key an earlier one has. */
function eachClash(
  files: readonly FileInSet[],
  keyOf: (file: FileInSet) => string,
  tell: (file: FileInSet, first: FileInSet) => void,
): void {
  const seen = new Map<string, FileInSet>();
  for (const file of files) {
    const key = keyOf(file);
    const first = seen.get(key);
    if (key === '') continue;
    if (first === undefined) seen.set(key, file);
    else tell(file, first);
  }
}

/** Of folders that `civicase pull` wrote each is a site of its own. */
const snapshotOf = (folder: string): string => (/(?:^|\/)case-types$/.test(folder) ? folder : '');

/** Rules on the files of a directory beside each other. */
export const DIRECTORY_RULES: readonly DirectoryRule[] = [
  {
    code: 'duplicate-case-type',
    severity: 'error',
    level: 'directory',
    what: 'Two files have one <name>.',
    why: 'Names of case types are unique, in the database without regard to case; and two of one title cannot be told apart.',
    source: 'schema/Case/CaseType.entityType.php; CRM/Case/ManagedEntities.php, createManagedCaseTypes',
    fix: 'Give each case type a name of its own.',
    autofix: false,
    find: (files, found) =>
      eachClash(
        files,
        ({ name, folder }) =>
          name.trim() === '' ? '' : `${snapshotOf(folder)}\n${name.trim().toLowerCase()}`,
        ({ file, name }, first) => found(file, `"${name}" is the name in ${first.file} too.`, 'name'),
      ),
  },
  {
    code: 'file-name-clash',
    severity: 'error',
    level: 'directory',
    what: 'Two files come to one name once CiviCRM has made capitals of underscores.',
    why: 'A case type is looked for under its own name and under that one, so one of the two files is never found, and the system check complains.',
    source:
      'CRM/Case/XMLRepository.php, retrieveFile; CRM/Case/XMLProcessor.php, mungeCaseType; CRM/Utils/Check/Component/Case.php, checkCaseTypeNameConsistency',
    fix: 'Rename one of the files.',
    autofix: false,
    find: (files, found) =>
      eachClash(
        files,
        ({ folder, base }) => `${folder}\n${mungeCaseType(base)}`,
        ({ file, base }, first) =>
          found(file, `CiviCRM looks for "${mungeCaseType(base)}.xml" here and for ${first.file} alike.`, ''),
      ),
  },
  {
    code: 'file-name-refused',
    severity: 'error',
    level: 'directory',
    what: "The name of a file in an extension's xml/case is not in capitals without underscores.",
    why: 'The mixin case-xml stops with "Case-type file name is malformed", and with it every page of the site.',
    source: 'mixin/case-xml@1/mixin.php',
    fix: 'Name the file as the finding says.',
    autofix: false,
    find: (files, found) => {
      for (const { file, folder, base } of files)
        if (/(?:^|\/)xml\/case$/.test(folder) && base !== mungeCaseType(base))
          found(file, `CiviCRM wants "${mungeCaseType(base)}.xml".`, '');
    },
  },
];
