import type { Row } from '../database.ts';
import type { Site } from '../site.ts';
import type { Values } from './record.ts';
import { given, isEmpty, textIn, type EntityRules } from './rules.ts';
import { entityNamed, munge } from './store-row.ts';

const REPETITION = [
  'repetition_frequency_unit',
  'repetition_frequency_interval',
  'end_frequency_unit',
  'end_frequency_interval',
  'end_action',
  'end_date',
];

const nothing = (names: readonly string[]): Row => Object.fromEntries(names.map((name) => [name, null]));

/** What core wipes beside a value that makes it meaningless. */
function wiped(values: Values): Row {
  const recipient = values['recipient'];
  const isRepeated = values['is_repeat'] ?? null;
  return {
    ...(([0, '0', false] as unknown[]).includes(values['limit_to']) ? { limit_to: 2 } : {}),
    ...(!isEmpty(recipient) && recipient !== 'group' ? { group_id: null } : {}),
    ...(recipient === 'group' ? { recipient_manual: null } : {}),
    ...(recipient === 'group' || recipient === 'manual' ? { recipient_listing: null } : {}),
    ...(isRepeated !== null && isEmpty(isRepeated) ? nothing(REPETITION) : {}),
  };
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';
const SUFFIX = 4;

/** A name made of the title, with four letters more when another bears it. Source: CRM_Core_DAO::makeNameFromLabel. */
function nameFrom(site: Site, title: string): string {
  const most = entityNamed('ActionSchedule').fields.get('name')?.maxLength ?? 255;
  const name = munge(title, most);
  const isTaken =
    site.database.get('SELECT id FROM civicrm_action_schedule WHERE collate_key(name) = collate_key(?)', [
      name,
    ]) !== undefined;
  if (!isTaken) return name;
  const letter = (): string => LETTERS[Math.floor(site.random() * LETTERS.length)] ?? 'x';
  return `${munge(title, most - SUFFIX - 1)}_${Array.from({ length: SUFFIX }, letter).join('')}`;
}

/** Source: CRM/Core/BAO/ActionSchedule.php, self_hook_civicrm_pre. */
export const reminderRules: EntityRules = {
  beforeCreate: ({ site }, values) => ({
    ...(given(values, 'name') || !given(values, 'title')
      ? {}
      : { name: nameFrom(site, textIn(values, 'title')) }),
    ...wiped(values),
  }),
  beforeUpdate: (_context, _id, values) => wiped(values),
};
