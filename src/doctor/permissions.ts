import type { Evidence, Job } from './evidence.ts';
import { rowsOf } from './evidence.ts';

/** One permission that a job needs, and how a key that lacks it is told without a write. */
interface NeededPermission {
  /** CiviCRM's name of it, as on the page of permissions. */
  readonly name: string;
  readonly jobs: readonly Job[];
  /** Null: the answers do not tell. */
  readonly isHeld: (evidence: Evidence) => boolean | null;
  /** Only where this holds of the site's settings. */
  readonly when?: (evidence: Evidence) => boolean;
}

const EVERY: readonly Job[] = ['mirror-from', 'mirror-to', 'follow-ups', 'reminders', 'migrate'];
const ON_CASES: readonly Job[] = ['mirror-to', 'follow-ups', 'reminders'];

/** `getActions` lists only what the key may do. Source: CRM_Core_Permission::getEntityActionPermissions. */
const may =
  (entity: string, action: string) =>
  (evidence: Evidence): boolean | null =>
    rowsOf(evidence, `actions.${entity}`)?.some(({ name }) => name === action) ?? null;

/** In the order in which they are given out: without the first nothing else can be told. */
export const NEEDED_PERMISSIONS: readonly NeededPermission[] = [
  {
    name: 'access CiviCRM',
    jobs: EVERY,
    isHeld: (evidence) => rowsOf(evidence, 'actions.OptionValue') !== null,
  },
  { name: 'access all cases and activities', jobs: EVERY, isHeld: seesAllCases },
  { name: 'view all contacts', jobs: EVERY, isHeld: (evidence) => seesOthers(evidence) },
  { name: 'add cases', jobs: ['mirror-to'], isHeld: may('Case', 'create') },
  { name: 'view all activities', jobs: ON_CASES, isHeld: may('Activity', 'create') },
  { name: 'delete activities', jobs: ON_CASES, isHeld: may('Activity', 'delete') },
  { name: 'edit all contacts', jobs: ['mirror-to'], isHeld: editsOthers },
  {
    name: 'add contacts',
    jobs: ['mirror-to'],
    isHeld: may('Contact', 'create'),
    when: ({ facts }) => facts.makesContacts,
  },
  { name: 'administer CiviCase', jobs: ['migrate'], isHeld: may('CaseType', 'create') },
  { name: 'administer CiviCRM', jobs: ['migrate'], isHeld: may('RelationshipType', 'create') },
  {
    name: 'administer CiviCRM data',
    jobs: ['mirror-to', 'follow-ups', 'reminders', 'migrate'],
    isHeld: may('CustomField', 'create'),
  },
  { name: 'edit groups', jobs: ['migrate'], isHeld: may('Group', 'create') },
  { name: 'edit message templates', jobs: ['migrate'], isHeld: may('MessageTemplate', 'create') },
];

/** Whose actions are asked for. */
export const EXAMINED_ENTITIES = [
  'OptionValue',
  'Case',
  'Activity',
  'Contact',
  'CaseType',
  'RelationshipType',
  'CustomField',
  'Group',
  'MessageTemplate',
] as const;

export interface PermissionFinding {
  readonly name: string;
  readonly jobs: readonly Job[];
}

/** The permissions that the configured jobs need, by what the site shows of them. */
export function judgePermissions(evidence: Evidence): {
  readonly missing: readonly PermissionFinding[];
  readonly held: readonly string[];
  readonly untold: readonly string[];
} {
  const wanted = NEEDED_PERMISSIONS.filter(({ when }) => when?.(evidence) ?? true)
    .map(({ name, jobs, isHeld }) => ({
      name,
      jobs: jobs.filter((job) => evidence.facts.jobs.includes(job)),
      isHeld: isHeld(evidence),
    }))
    .filter(({ jobs }) => jobs.length > 0);
  const named = (isHeld: boolean | null) => wanted.filter((one) => one.isHeld === isHeld);
  return {
    missing: named(false).map(({ name, jobs }) => ({ name, jobs })),
    held: named(true).map(({ name }) => name),
    untold: named(null).map(({ name }) => name),
  };
}

/** Who may see all cases is shown the panel of all cases; who may see their own only that of theirs. */
function seesAllCases(evidence: Evidence): boolean | null {
  const panels = rowsOf(evidence, 'panels');
  if (panels === null) return may('Case', 'get')(evidence) === false ? false : null;
  if (panels.some(({ name }) => name === 'allCases')) return true;
  return panels.length > 0 || may('Case', 'get')(evidence) === false ? false : null;
}

/** Every site has a contact besides the key's: the organization that it belongs to. */
function seesOthers(evidence: Evidence): boolean | null {
  const rows = rowsOf(evidence, 'others');
  return rows === null ? null : rows.length > 0;
}

function editsOthers(evidence: Evidence): boolean | null {
  const [row] = rowsOf(evidence, 'others') ?? [];
  const edit = row?.['edit'];
  if (row === undefined) return seesOthers(evidence);
  const isTold = typeof edit === 'object' && edit !== null && 'access' in edit;
  return isTold ? edit['access'] === true : null;
}
