/** The words of the YAML form for CiviCRM's keys, place by place. A key without a word stands under its own name. */
export const WORDS = {
  root: {
    forkable: 'forkable',
    activityTypes: 'activity types',
    statuses: 'statuses',
    activitySets: 'activity sets',
    caseRoles: 'roles',
    restrictActivityAsgmtToCmsUser: 'only users as assignees',
    activityAsgmtGrps: 'assignee groups',
  },
  type: { name: 'activity type', max_instances: 'max' },
  set: { name: 'set', label: 'label', timeline: 'timeline', sequence: 'sequence', activityTypes: 'steps' },
  step: {
    name: 'step',
    reference_offset: 'day',
    reference_activity: 'after',
    reference_select: 'select',
    default_assignee_type: 'assignee',
    default_assignee_relationship: 'assignee relationship',
    default_assignee_contact: 'assignee contact',
    default_subject: 'subject of activity',
  },
  role: { name: 'role' },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;
export type Place = keyof typeof WORDS;

/** The machine name, which is no part of the definition. */
export const NAME_WORD = 'case type';

/** Marks a text that stands where a list has maps. */
export const TEXT_TAG = '!text';

const wordsOf = (place: Place): Readonly<Record<string, string>> => WORDS[place];

/** A key that reads like a word for another one is put in angle brackets, which no XML name has. */
export function toWord(place: Place, key: string): string {
  const words = wordsOf(place);
  const isTaken =
    Object.values(words).includes(key) ||
    (place === 'root' && (key === NAME_WORD || key === 'name')) ||
    /^<.*>$/su.test(key);
  return Object.hasOwn(words, key) ? (words[key] ?? key) : isTaken ? `<${key}>` : key;
}

export function fromWord(place: Place, word: string): string {
  const bracketed = /^<(.*)>$/su.exec(word)?.[1];
  if (bracketed !== undefined) return bracketed;
  return Object.entries(wordsOf(place)).find(([, own]) => own === word)?.[0] ?? word;
}
