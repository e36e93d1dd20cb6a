import type { Readable, Writable } from 'node:stream';
import { confirm, intro, isCancel, outro, select, text } from '@clack/prompts';
import { AppError } from '../../base/errors.ts';
import {
  caseTypeNameFault,
  roleAssignee,
  suggestName,
  type NewCaseType,
  type NewStep,
  type NewStepOwner,
} from '../../case-type/index.ts';

const TEXTS = {
  en: {
    intro: 'A new case type',
    title: 'What is it called?',
    titleExample: 'Home help',
    name: 'Its name for CiviCRM (it cannot be changed later without care)',
    manager: 'Who manages a case? (the role, as in Case Coordinator)',
    step: 'Next step after opening the case: which activity? (empty: no more)',
    closing: 'What is still done once a case is closed: which activity? (empty: no more)',
    day: 'On which day? (whole days, 0 is the same day)',
    who: 'Who gets it?',
    nobody: 'Nobody yet',
    opener: 'Whoever opens the case',
    holder: (role: string): string => `The holder of the role ${role}`,
    badName: null,
    from: 'Start from which case type?',
    empty: 'An empty one',
    overwrite: (file: string): string => `${file} is there already. Write over it?`,
    statuses: 'Other statuses than Open and Closed? (with commas between; empty: none)',
    number: 'A whole number, such as 3.',
    needed: 'Please write something.',
    outro: 'Thank you.',
  },
  fr: {
    intro: 'Un nouveau type de dossier',
    title: "Comment s'appelle-t-il ?",
    titleExample: 'Aide à domicile',
    name: 'Son nom pour CiviCRM (difficile à changer ensuite)',
    manager: 'Qui gère un dossier ? (le rôle, par exemple Case Coordinator)',
    step: "Étape suivante après l'ouverture : quelle activité ? (vide : c'est tout)",
    closing: "Que fait-on encore après la clôture : quelle activité ? (vide : c'est tout)",
    day: 'Quel jour ? (jours entiers, 0 pour le jour même)',
    who: 'À qui revient-elle ?',
    nobody: 'À personne pour l’instant',
    opener: 'À la personne qui ouvre le dossier',
    holder: (role: string): string => `Au titulaire du rôle ${role}`,
    badName: 'Seulement des lettres sans accent, des chiffres et des tirets bas, 64 au plus.',
    from: 'À partir de quel type de dossier ?',
    empty: 'D’un type vide',
    overwrite: (file: string): string => `${file} existe déjà. L’écraser ?`,
    statuses: "D'autres statuts que Open et Closed ? (séparés par des virgules ; vide : aucun)",
    number: 'Un nombre entier, par exemple 3.',
    needed: 'Une réponse est nécessaire.',
    outro: 'Merci.',
  },
} as const;

export interface Terminal {
  readonly input: Readable;
  readonly output: Writable;
}

type Words = (typeof TEXTS)['en' | 'fr'];

/** A case type from which another one can be made. */
export interface Template {
  readonly name: string;
  readonly title: string;
}

/** What a person wants: a case type from answers, or a copy of another one under a name of its own. */
export type Wanted =
  | { readonly kind: 'answers'; readonly answers: NewCaseType }
  | { readonly kind: 'copy'; readonly template: string; readonly name: string };

/**
 * Asks a person for a case type.
 * @throws AppError conflict when they leave with Ctrl-C
 */
export async function askForCaseType(
  terminal: Terminal,
  language: 'en' | 'fr',
  templates: readonly Template[],
): Promise<Wanted> {
  const words = TEXTS[language];
  intro(words.intro, terminal);
  const template = given(
    await select({
      ...terminal,
      message: words.from,
      maxItems: 8,
      options: [
        { value: '', label: words.empty },
        ...templates.map(({ name, title }) => ({ value: name, label: title, hint: name })),
      ],
    }),
  );
  const wanted: Wanted =
    template === ''
      ? { kind: 'answers', answers: await askForAnswers(terminal, language) }
      : { kind: 'copy', template, name: await askForName(terminal, words, template) };
  outro(words.outro, terminal);
  return wanted;
}

/** Whether a person wants a file of theirs to be written over. */
export async function askToOverwrite(
  terminal: Terminal,
  language: 'en' | 'fr',
  file: string,
): Promise<boolean> {
  return given(await confirm({ ...terminal, message: TEXTS[language].overwrite(file), initialValue: false }));
}

const ask = async (
  terminal: Terminal,
  message: string,
  options: Omit<Parameters<typeof text>[0], 'message'> = {},
): Promise<string> => {
  const answer = given(await text({ ...terminal, message, ...options }));
  // The library answers undefined to an empty line, whatever it says of itself.
  return typeof answer === 'string' ? answer.trim() : '';
};

const askForName = (terminal: Terminal, words: Words, suggested: string): Promise<string> =>
  ask(terminal, words.name, {
    initialValue: suggested,
    validate: (value) => {
      const fault = caseTypeNameFault((value ?? '').trim());
      return fault === null ? undefined : (words.badName ?? sentence(fault));
    },
  });

const sentence = (end: string): string => `${end.charAt(0).toUpperCase()}${end.slice(1)}.`;

async function askForAnswers(terminal: Terminal, language: 'en' | 'fr'): Promise<NewCaseType> {
  const words = TEXTS[language];
  const needed = (value: string | undefined): string | undefined =>
    value === undefined || value.trim() === '' ? words.needed : undefined;
  const title = await ask(terminal, words.title, { placeholder: words.titleExample, validate: needed });
  const name = await askForName(terminal, words, suggestName(title));
  const manager = await ask(terminal, words.manager, {
    initialValue: 'Case Coordinator',
    validate: needed,
  });
  const steps = await askForSteps(terminal, words, words.step, manager);
  const statuses = (await ask(terminal, words.statuses))
    .split(',')
    .map((status) => status.trim())
    .filter((status) => status !== '');
  const afterClosing = await askForSteps(terminal, words, words.closing, manager);
  return { title, name, manager, steps, statuses, afterClosing, language };
}

async function askForSteps(
  terminal: Terminal,
  words: Words,
  message: string,
  manager: string,
): Promise<readonly NewStep[]> {
  const steps: NewStep[] = [];
  const roles = [...new Set([manager, 'Case Coordinator', 'Supervisor'])].filter(
    (role) => roleAssignee(role) !== null,
  );
  for (;;) {
    const activityType = await ask(terminal, message);
    if (activityType === '') return steps;
    const day = await ask(terminal, words.day, {
      validate: (value) => (/^\s*-?\d{1,4}\s*$/.test(value ?? '') ? undefined : words.number),
    });
    const to = given(
      await select<NewStepOwner>({
        ...terminal,
        message: words.who,
        options: [
          { value: { kind: 'nobody' }, label: words.nobody },
          { value: { kind: 'opener' }, label: words.opener },
          ...roles.map((role) => ({ value: { kind: 'role' as const, role }, label: words.holder(role) })),
        ],
      }),
    );
    steps.push({ activityType, day: Number(day), to });
  }
}

function given<Value>(answer: Value): Exclude<Value, symbol> {
  if (isCancel(answer))
    throw new AppError('conflict', 'Left without making a case type. No file was written.');
  return answer as Exclude<Value, symbol>;
}
