import type { AssigneeRule } from '../../case-type/index.ts';
import { french, type Language } from '../language.ts';

const minus = (count: number): string => String(count).replace('-', '−');

/** Words around a comparison. */
export interface DiffTexts {
  readonly title: (name: string) => string;
  readonly changes: (count: number) => string;
  readonly colon: string;
  readonly before: string;
  readonly after: string;
  readonly general: string;
  readonly menu: string;
  readonly statuses: string;
  readonly roles: string;
  readonly groups: string;
  readonly sets: string;
  readonly newCase: string;
  readonly noImpact: string;
  readonly day: (day: number) => string;
  readonly when: string;
  readonly step: string;
  readonly who: string;
  readonly comes: string;
  readonly goes: string;
  readonly insteadOf: string;
  readonly steps: string;
  readonly rolesGained: (roles: string) => string;
  readonly rolesLost: (roles: string) => string;
  readonly failsNow: (why: string) => string;
  readonly failsNoMore: string;
  readonly newSet: string;
  readonly removedSet: string;
  readonly key: string;
  readonly everyday: (days: number, after: string | null) => string;
  readonly assignee: (rule: AssigneeRule) => string;
  readonly nobody: string;
  readonly noName: string;
  readonly addedByHand: (set: string) => string;
}

const english: DiffTexts = {
  title: (name) => `Changes of the case type ${name}`,
  changes: (count) => `${String(count)} ${count === 1 ? 'change' : 'changes'}`,
  colon: ': ',
  before: 'Before',
  after: 'After',
  general: 'Case type',
  menu: 'Menu of activity types',
  statuses: 'Case statuses',
  roles: 'Case roles',
  groups: 'Groups of assignees',
  sets: 'Activity sets',
  newCase: 'What a new case gets',
  noImpact: 'A new case gets the same as before.',
  day: (day) => `day ${minus(day)}`,
  when: 'When',
  step: 'Step',
  who: 'For whom',
  comes: 'new',
  goes: 'no longer created',
  insteadOf: 'instead of',
  steps: 'Steps side by side',
  rolesGained: (roles) => `Whoever opens the case now also gets the role ${roles}.`,
  rolesLost: (roles) => `Whoever opens the case no longer gets the role ${roles}.`,
  failsNow: (why) => `Opening a case now stops with an error: ${why}`,
  failsNoMore: 'Opening a case no longer stops with an error.',
  newSet: 'new activity set',
  removedSet: 'removed activity set',
  key: '+ comes, − goes, ~ changes, ↕ moves',
  everyday: (days, after) =>
    after === null
      ? `day ${minus(days)}`
      : `${String(Math.abs(days))} d ${days < 0 ? 'before' : 'after'} ${after}`,
  assignee: (rule) =>
    rule.kind === 'nobody'
      ? '—'
      : rule.kind === 'creator'
        ? 'who opens the case'
        : rule.kind === 'contact'
          ? `contact ${rule.contactId}`
          : 'by relationship',
  nobody: 'nobody',
  noName: 'without a name',
  addedByHand: (set) => `Added by hand: ${set}`,
};

const frenchTexts: DiffTexts = {
  title: (name) => `Changements du type de dossier ${name}`,
  changes: (count) => `${String(count)} ${count < 2 ? 'changement' : 'changements'}`,
  colon: '\u00a0: ',
  before: 'Avant',
  after: 'Après',
  general: 'Type de dossier',
  menu: 'Menu des types d’activité',
  statuses: 'Statuts de dossier',
  roles: 'Rôles',
  groups: 'Groupes d’attribution',
  sets: 'Séries d’activités',
  newCase: 'Ce que reçoit un nouveau dossier',
  noImpact: 'Un nouveau dossier reçoit la même chose qu’avant.',
  day: (day) => `jour ${minus(day)}`,
  when: 'Quand',
  step: 'Étape',
  who: 'Pour qui',
  comes: 'nouvelle',
  goes: 'n’est plus créée',
  insteadOf: 'au lieu de',
  steps: 'Les étapes côte à côte',
  rolesGained: (roles) => `La personne qui ouvre le dossier reçoit désormais aussi le rôle ${roles}.`,
  rolesLost: (roles) => `La personne qui ouvre le dossier ne reçoit plus le rôle ${roles}.`,
  failsNow: (why) => french`L’ouverture d’un dossier s’arrête désormais sur une erreur : ${why}`,
  failsNoMore: 'L’ouverture d’un dossier ne s’arrête plus sur une erreur.',
  newSet: 'nouvelle série d’activités',
  removedSet: 'série d’activités retirée',
  key: '+ arrive, − disparaît, ~ change, ↕ change de place',
  everyday: (days, after) =>
    after === null
      ? `jour ${minus(days)}`
      : `${String(Math.abs(days))} j ${days < 0 ? 'avant' : 'après'} ${after}`,
  assignee: (rule) =>
    rule.kind === 'nobody'
      ? '—'
      : rule.kind === 'creator'
        ? 'qui ouvre le dossier'
        : rule.kind === 'contact'
          ? `contact ${rule.contactId}`
          : 'selon une relation',
  nobody: 'personne',
  noName: 'sans nom',
  addedByHand: (set) => `Ajoutée à la main\u00a0: ${set}`,
};

const TEXTS: Readonly<Record<Language, DiffTexts>> = { en: english, fr: frenchTexts };

export const diffTexts = (language: Language): DiffTexts => TEXTS[language];
