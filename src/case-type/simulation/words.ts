import type { RelationshipTypeNames } from '../roles.ts';
import { SEED_RELATIONSHIP_TYPES } from '../seed-names.ts';
import type { AssigneeRule, DateReason } from './timeline.ts';

type WordsLanguage = 'en' | 'fr';

const WORDS = {
  en: {
    lookups: { 'first-created': 'first created', newest: 'the newest', oldest: 'the oldest' },
    firstDay: 'the day on which the case starts',
    start: 'the start of the case',
    addition: 'the addition of the set',
    from: (days: number, base: string): string =>
      days === 0
        ? `the day of ${base}`
        : `${String(Math.abs(days))} ${Math.abs(days) === 1 ? 'day' : 'days'} ${days > 0 ? 'after' : 'before'} ${base}`,
    missing: (reference: string): string => `as there is no ${reference} yet`,
    firstOfSequence: 'first of the sequence, when the case is opened',
    nextOfSequence: (after: string): string => `next of the sequence, when ${after} is completed`,
    nobody: 'nobody',
    creator: 'whoever opens the case',
    contact: (id: string): string => `contact ${id}`,
    holder: (role: string): string => `the holder of ${role}`,
    holderById: (id: number): string => `the holder of the role of relationship type ${String(id)}`,
  },
  fr: {
    lookups: {
      'first-created': 'la première créée',
      newest: 'la plus récente',
      oldest: 'la plus ancienne',
    },
    firstDay: 'le jour du début du dossier',
    start: 'le début du dossier',
    addition: 'l’ajout de la série',
    from: (days: number, base: string): string =>
      days === 0
        ? `le même jour que ${base}`
        : `${String(Math.abs(days))} ${Math.abs(days) === 1 ? 'jour' : 'jours'} ${days > 0 ? 'après' : 'avant'} ${base}`,
    missing: (reference: string): string => `car il n’y a pas encore de ${reference}`,
    firstOfSequence: 'première de la séquence, à l’ouverture du dossier',
    nextOfSequence: (after: string): string => `suite de la séquence, quand ${after} est terminée`,
    nobody: 'personne',
    creator: 'la personne qui ouvre le dossier',
    contact: (id: string): string => `le contact ${id}`,
    holder: (role: string): string => `le titulaire du rôle ${role}`,
    holderById: (id: number): string => `le titulaire du rôle du type de relation ${String(id)}`,
  },
} as const;

/** Where a date comes from, as people say it: `3 days after Phone Call, first created`. */
export function describeDateReason(reason: DateReason, language: WordsLanguage = 'en'): string {
  const words = WORDS[language];
  switch (reason.kind) {
    case 'case-start':
      return reason.offsetDays === 0 && reason.from === undefined
        ? words.firstDay
        : words.from(reason.offsetDays, reason.from === undefined ? words.start : words.addition);
    case 'reference':
      return `${words.from(reason.offsetDays, reason.activityType)}, ${words.lookups[reason.lookup]}`;
    case 'reference-missing':
      return `${words.from(reason.offsetDays, reason.from === undefined ? words.start : words.addition)}, ${words.missing(reason.activityType)}`;
    case 'sequence':
      return reason.after === null ? words.firstOfSequence : words.nextOfSequence(reason.after);
    default:
      return reason satisfies never;
  }
}

/**
 * Who is assigned, as people say it: `the holder of Case Coordinator`.
 * @param relationshipTypes those of the site whose ids the case type uses; default: those of a fresh CiviCRM
 */
export function describeAssignee(
  rule: AssigneeRule,
  relationshipTypes: readonly RelationshipTypeNames[] = SEED_RELATIONSHIP_TYPES,
  language: WordsLanguage = 'en',
): string {
  const words = WORDS[language];
  switch (rule.kind) {
    case 'nobody':
      return words.nobody;
    case 'creator':
      return words.creator;
    case 'contact':
      return [rule.contactId, ...(rule.furtherContactIds ?? [])].map(words.contact).join(', ');
    case 'relationship': {
      const type = relationshipTypes.find(({ id }) => id === rule.relationshipTypeId);
      if (type === undefined) return words.holderById(rule.relationshipTypeId);
      return words.holder(rule.assigneeSide === 'a' ? type.nameAB : type.nameBA);
    }
    default:
      return rule satisfies never;
  }
}
