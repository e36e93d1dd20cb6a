import type { Language } from '../render/index.ts';

const english = {
  opened: (day: string): string => `A case opened on ${day}`,
  nothing: 'gets no activity.',
  columns: ['date', 'activity', 'status', 'for', 'why then'],
  byHand: 'added by hand',
  completedOn: (status: string, day: string): string => `${status} on ${day}`,
  weekend: 'weekend',
  role: (role: string): string => `Whoever opens the case becomes ${role}.`,
  skipped: (activityType: string, step: number, set: string | null, limit: number): string =>
    `Skipped: ${activityType} (step ${String(step)} of ${set ?? 'its set'}), as a case may have only ${String(limit)}.`,
  emptyStatus: 'A step has an empty status: CiviCRM stores Completed. Leave the element out for Scheduled.',
  unknownStatus: (name: string): string =>
    `The status "${name}" is none of a fresh CiviCRM, which stores Completed instead. If the site has it: --activity-status "${name}".`,
  caseStatus: (status: string, ended: string | null): string =>
    `The case is ${status}${ended === null ? '' : `, ended on ${ended}`}.`,
  sequenceDone: 'The sequence is done; the case closes once every activity is completed.',
  sequenceWaits: (activityType: string): string => `The sequence waits for ${activityType}.`,
  sequenceMakes: (activityType: string): string =>
    `The sequence makes ${activityType} at the next change of the case.`,
  complete: 'The sequence is done and the case complete.',
  failure: (why: string): string => `Then CiviCRM stops: ${why}`,
  next: 'What is completed next?',
  due: (day: string): string => `due ${day}`,
  enough: 'Nothing more',
  completedWhen: (activityType: string): string => `${activityType}: completed on …? (YYYY-MM-DD)`,
  noDate: 'A day of the calendar, such as 2026-03-01.',
  tooEarly: (day: string): string => `Not before ${day}, the day of what happened last.`,
  allDone: 'No activity of the case is open any more.',
  same: 'The same without questions:',
} as const;

export type SimulationTexts = {
  readonly [Key in keyof typeof english]: (typeof english)[Key] extends readonly string[]
    ? readonly string[]
    : (typeof english)[Key] extends string
      ? string
      : (typeof english)[Key];
};

const french: SimulationTexts = {
  opened: (day) => `Un dossier ouvert le ${day}`,
  nothing: 'ne reçoit aucune activité.',
  columns: ['date', 'activité', 'statut', 'pour', 'pourquoi ce jour'],
  byHand: 'ajoutée à la main',
  completedOn: (status, day) => `${status} le ${day}`,
  weekend: 'week-end',
  role: (role) => `La personne qui ouvre le dossier reçoit le rôle ${role}.`,
  skipped: (activityType, step, set, limit) =>
    `Ignorée\u00a0: ${activityType} (étape ${String(step)} de ${set ?? 'sa série'}), un dossier n’en ayant que ${String(limit)} au plus.`,
  emptyStatus:
    'Une étape a un statut vide\u00a0: CiviCRM enregistre Completed. Retirez l’élément pour obtenir Scheduled.',
  unknownStatus: (name) =>
    `CiviCRM ne connaît pas d’origine le statut «\u00a0${name}\u00a0» et enregistre Completed. Si le site l’a\u00a0: --activity-status "${name}".`,
  caseStatus: (status, ended) =>
    `Le dossier a le statut ${status}${ended === null ? '' : `\u00a0; il a pris fin le ${ended}`}.`,
  sequenceDone:
    'La séquence est finie\u00a0; le dossier sera clos quand toutes ses activités seront terminées.',
  sequenceWaits: (activityType) => `La séquence attend ${activityType}.`,
  sequenceMakes: (activityType) => `La séquence crée ${activityType} au prochain changement du dossier.`,
  complete: 'La séquence est finie et le dossier complet.',
  failure: (why) => `Puis CiviCRM s’arrête\u00a0: ${why}`,
  next: 'Qu’est-ce qui est terminé ensuite\u00a0?',
  due: (day) => `prévue le ${day}`,
  enough: 'Rien de plus',
  completedWhen: (activityType) => `${activityType}\u00a0: terminée le …\u00a0? (AAAA-MM-JJ)`,
  noDate: 'Un jour du calendrier, par exemple 2026-03-01.',
  tooEarly: (day) => `Pas avant le ${day}, jour du dernier événement.`,
  allDone: 'Plus aucune activité du dossier n’est ouverte.',
  same: 'La même chose sans questions\u00a0:',
};

const TEXTS: Readonly<Record<Language, SimulationTexts>> = { en: english, fr: french };

/** Words of `civicase xml simulate` for people. */
export const simulationTexts = (language: Language): SimulationTexts => TEXTS[language];
