import { kindOf } from './kinds/kinds.ts';
import type { DependencyKind } from './kinds/kind.ts';
import { kindOfKey, type EntityKey } from './entity.ts';

/** Why a case type needs something: data, so that every language and every report can say it. */
export type Reason = ReasonOfAny & {
  /** Which case type it is, where several are moved. */
  readonly caseType?: string;
};

type ReasonOfAny =
  | { readonly kind: 'moved' }
  | { readonly kind: 'menu' }
  | { readonly kind: 'allowed-status' }
  | { readonly kind: 'assignee-group' }
  | { readonly kind: 'role'; readonly role: string }
  | { readonly kind: 'role-holders'; readonly role: string }
  /** Steps are counted from 1; `set` is the label, else the name, else empty. */
  | {
      readonly kind: 'step';
      readonly part: 'activity' | 'date' | 'status' | 'assignee';
      readonly step: number;
      readonly set: string;
    }
  /** An entity that is needed itself names it in this field. */
  | { readonly kind: 'named-by'; readonly by: EntityKey; readonly field: string }
  /** It belongs to something that is needed: a reminder to its activity type, a field to its group. */
  | { readonly kind: 'belongs-to'; readonly to: EntityKey }
  /** It concerns every one: a custom group of all cases. */
  | { readonly kind: 'for-all'; readonly of: string }
  /** People may choose it on any case. */
  | { readonly kind: 'offered' }
  /** It names something that gets another name. */
  | { readonly kind: 'names-renamed' }
  /** Neither the source has it nor does anything of the target need it. */
  | { readonly kind: 'unneeded' };

export type ReasonLanguage = 'en' | 'fr';

/** A reason as words that fit behind "needed by:" (behind « nécessaire à : »). */
export function reasonText(reason: Reason, language: ReasonLanguage = 'en'): string {
  const text = language === 'fr' ? inFrench(reason) : inEnglish(reason);
  return reason.caseType === undefined ? text : `${text} (${reason.caseType})`;
}

/** At most so many are said; a common activity type has hundreds. */
const MOST_REASONS = 6;

/** Reasons as words, one after the other. */
export function reasonsText(reasons: readonly Reason[], language: ReasonLanguage = 'en'): string {
  const rest = reasons.length - MOST_REASONS;
  const said = reasons
    .slice(0, rest > 1 ? MOST_REASONS : reasons.length)
    .map((one) => reasonText(one, language));
  const more = language === 'fr' ? `et ${String(rest)} autres` : `and ${String(rest)} more`;
  return [...said, ...(rest > 1 ? [more] : [])].join('; ');
}

function inEnglish(reason: Reason): string {
  switch (reason.kind) {
    case 'moved':
      return 'the case type to move';
    case 'menu':
      return 'offered in the menu of activities';
    case 'allowed-status':
      return 'allowed case status';
    case 'assignee-group':
      return 'group of possible assignees';
    case 'role':
      return `case role "${reason.role}"`;
    case 'role-holders':
      return `holders of case role "${reason.role}"`;
    case 'step': {
      const part = { activity: '', date: 'date of ', status: 'status of ', assignee: 'assignee of ' };
      const set = reason.set === '' ? 'an activity set without a name' : reason.set;
      return `${part[reason.part]}step ${String(reason.step)} of ${set}`;
    }
    case 'named-by':
      return `named by the ${entityWords(reason.by, 'en')}`;
    case 'belongs-to':
      return `belongs to the ${entityWords(reason.to, 'en')}`;
    case 'for-all':
      return `of every ${FOR_ALL[reason.of]?.en ?? reason.of}`;
    case 'offered':
      return 'offered on every case';
    case 'names-renamed':
      return 'it names what gets another name';
    case 'unneeded':
      return 'nothing, and the source does not have it';
  }
}

function inFrench(reason: Reason): string {
  switch (reason.kind) {
    case 'moved':
      return 'le type de dossier à transférer';
    case 'menu':
      return 'proposé dans le menu des activités';
    case 'allowed-status':
      return 'statut de dossier autorisé';
    case 'assignee-group':
      return 'groupe des personnes à qui attribuer';
    case 'role':
      return `rôle « ${reason.role} »`;
    case 'role-holders':
      return `titulaires du rôle « ${reason.role} »`;
    case 'step': {
      const part = {
        activity: 'étape',
        date: 'date de l’étape',
        status: 'statut de l’étape',
        assignee: 'attribution de l’étape',
      };
      const set = reason.set === '' ? 'une série sans nom' : `« ${reason.set} »`;
      return `${part[reason.part]} ${String(reason.step)} de ${set}`;
    }
    case 'named-by':
      return `cité par : ${entityWords(reason.by, 'fr')}`;
    case 'belongs-to':
      return `fait partie de : ${entityWords(reason.to, 'fr')}`;
    case 'for-all':
      return `concerne ${FOR_ALL[reason.of]?.fr ?? reason.of}`;
    case 'offered':
      return 'proposé pour tous les dossiers';
    case 'names-renamed':
      return 'cite ce qui change de nom';
    case 'unneeded':
      return 'rien, et la source ne l’a pas';
  }
}

/** What a row without a list of names concerns, by what it extends. */
const FOR_ALL: Readonly<Record<string, { readonly en: string; readonly fr: string }>> = {
  Activity: { en: 'activity', fr: 'toutes les activités' },
  Case: { en: 'case', fr: 'tous les dossiers' },
  Relationship: { en: 'relationship', fr: 'toutes les relations' },
};

/** Such as `reminder "Hearing soon"`. */
export function entityWords(key: EntityKey, language: ReasonLanguage = 'en'): string {
  const kind = kindOfKey(key);
  const words =
    kind === 'case_type' ? { en: 'case type', fr: 'type de dossier' } : kindOf(kind as DependencyKind).words;
  const name = key.slice(kind.length + 1);
  return language === 'fr' ? `${words.fr} « ${name} »` : `${words.en} "${name}"`;
}
