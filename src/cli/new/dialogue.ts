import type { Readable, Writable } from 'node:stream';
import { confirm, intro, isCancel, outro, text } from '@clack/prompts';
import { AppError } from '../../base/errors.ts';
import { caseTypeNameFault, suggestName, type NewCaseType, type NewStep } from '../../case-type/index.ts';

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
    opener: 'Does it fall to who opens the case?',
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
    opener: 'Revient-elle à qui ouvre le dossier ?',
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

/**
 * Asks a person for a case type.
 * @throws AppError conflict when they leave with Ctrl-C
 */
export async function askForCaseType(terminal: Terminal, language: 'en' | 'fr'): Promise<NewCaseType> {
  const words = TEXTS[language];
  const ask = async (message: string, options: Omit<Parameters<typeof text>[0], 'message'> = {}) => {
    const answer = given(await text({ ...terminal, message, ...options }));
    return typeof answer === 'string' ? answer.trim() : '';
  };
  const needed = (value: string | undefined): string | undefined =>
    value === undefined || value.trim() === '' ? words.needed : undefined;
  const askSteps = async (message: string): Promise<readonly NewStep[]> => {
    const steps: NewStep[] = [];
    for (;;) {
      const activityType = await ask(message);
      if (activityType === '') return steps;
      const day = await ask(words.day, {
        validate: (value) => (/^\s*-?\d{1,4}\s*$/.test(value ?? '') ? undefined : words.number),
      });
      const toOpener = given(await confirm({ ...terminal, message: words.opener, initialValue: false }));
      steps.push({ activityType, day: Number(day), toOpener });
    }
  };
  intro(words.intro, terminal);
  const title = await ask(words.title, { placeholder: words.titleExample, validate: needed });
  const name = await ask(words.name, {
    initialValue: suggestName(title),
    validate: (value) => caseTypeNameFault((value ?? '').trim()) ?? undefined,
  });
  const manager = await ask(words.manager, { initialValue: 'Case Coordinator', validate: needed });
  const steps = await askSteps(words.step);
  const statuses = (await ask(words.statuses))
    .split(',')
    .map((status) => status.trim())
    .filter((status) => status !== '');
  const afterClosing = await askSteps(words.closing);
  outro(words.outro, terminal);
  return { title, name, manager, steps, statuses, afterClosing, language };
}

function given<Value>(answer: Value): Exclude<Value, symbol> {
  if (isCancel(answer))
    throw new AppError('conflict', 'Left without making a case type. No file was written.');
  return answer as Exclude<Value, symbol>;
}
