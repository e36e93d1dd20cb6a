import type { JsonObject } from '../../src/base/json.ts';
import type { CaseTypeDefinition } from '../../src/case-type/index.ts';
import { seededRandom } from './seeded-random.ts';

const WORDS = [
  'Intake',
  'Home visit',
  'Medical evaluation',
  'Réponse à l’habitant',
  'Prüfung der Unterlagen',
  'Letter',
  'Review with the supervisor and everybody else who has a say in it',
  'Donaudampfschifffahrtsgesellschaftskapitänsmützenausgabe',
  '福祉サービス利用計画の作成と関係者への説明',
  'مقابلة القبول الأولى مع الأسرة',
  'בדיקת מסמכים',
  'UPPERCASE_MACHINE_NAME_WITH_UNDERSCORES_THAT_NEVER_ENDS',
  'W'.repeat(40),
  'Ünïcödé 🏠 & <b>marks</b> "quoted"',
];
const ASSIGNEES: readonly JsonObject[] = [
  {},
  { default_assignee_type: '4' },
  { default_assignee_type: '3', default_assignee_contact: '202' },
  { default_assignee_type: '2', default_assignee_relationship: '14_b_a' },
  { default_assignee_type: '2', default_assignee_relationship: '9_a_b' },
  { default_assignee_type: '3', default_assignee_contact: '7' },
];

/**
 * A case type with that many steps from day −30 to three years on, many of them on one day, in three timelines and
 * a sequence; names are long and of many scripts, some references are missing, some steps at their limit.
 */
export function madeCaseType(steps: number, seed = 1): CaseTypeDefinition {
  const random = seededRandom(seed);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const name = (index: number): string => `${WORDS[index % WORDS.length] ?? ''} ${String(index)}`;
  const step = (index: number, first: number): JsonObject => ({
    name: index > first && random() < 0.08 ? name(index - 1) : name(index),
    reference_activity:
      random() < 0.25
        ? ''
        : random() < 0.9
          ? index === first
            ? 'Open Case'
            : name(first + Math.floor(random() * (index - first)))
          : 'Never created',
    reference_offset: String(
      index === 4 ? -30 : index === 9 ? 1095 : pick([0, 0, 1, 1, 2, 3, 5, 7, 14, 21, 30, -2]),
    ),
    status: pick([
      'Scheduled',
      'Scheduled',
      'Completed',
      'Left Message',
      'Waiting for an answer of the landlord',
    ]),
    ...pick(ASSIGNEES),
  });
  const inOpening = Math.ceil(steps * 0.6);
  const inSecond = Math.ceil((steps - inOpening) * 0.6);
  const timeline = (first: number, count: number): readonly JsonObject[] =>
    Array.from({ length: count }, (_, index) => step(first + index, first));
  return {
    activityTypes: [
      { name: 'Open Case', max_instances: '1' },
      { name: name(2), max_instances: '1' },
      { name: name(7), max_instances: '2' },
      { name: 'Phone Call' },
    ],
    statuses: ['Open', 'Waiting for an answer', 'Closed'],
    activitySets: [
      {
        name: 'standard_timeline',
        label:
          'What happens first, with a name that is so long that it has to be wrapped somewhere before the picture ends',
        timeline: '1',
        activityTypes: [{ name: 'Open Case', status: 'Completed' }, ...timeline(0, inOpening)],
      },
      {
        name: 'timeline_2',
        label: 'الجدول الزمني الثاني',
        timeline: '1',
        activityTypes: timeline(inOpening, inSecond),
      },
      {
        name: 'sequence_1',
        label: '',
        sequence: '1',
        activityTypes: Array.from({ length: Math.min(9, steps - inOpening - inSecond) }, (_, index) => ({
          name: `${pick(WORDS)} in order ${String(index)}`,
        })),
      },
      { name: 'sequence_2', label: 'Second sequence', sequence: '1', activityTypes: [{ name: 'Letter' }] },
    ],
    caseRoles: [
      { name: 'Case Coordinator', creator: '1', manager: '1', groups: ['intake_team', 'night_shift'] },
      {
        name: 'Sehr lange Rollenbezeichnung einer zuständigen Stelle mit Nebensatz',
        groups: ['intake_team'],
      },
      { name: 'مشرف' },
    ],
    activityAsgmtGrps: ['intake_team'],
  };
}
