import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '../../src/base/json.ts';
import type { AppOverrides } from '../../src/app/index.ts';
import { createSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { runCivicase, type CivicaseRun } from './run-civicase.ts';
import { machineClock } from './standing-clock.ts';

export const LIMITED_KEY = 'limited-key';

/** Sandboxes by name, and a folder whose civicase.yaml knows them; every command runs there. */
export interface MovingDesk {
  readonly folder: string;
  readonly sites: Readonly<Record<string, Sandbox>>;
  civicase(...words: readonly string[]): Promise<CivicaseRun>;
  /** Runs a command with --json and answers its exit code and document. */
  json(...words: readonly string[]): Promise<{ readonly code: number; readonly document: unknown }>;
  read(file: string): string;
  close(): Promise<void>;
}

/**
 * @param more what stands in civicase.yaml beside the sites.
 * @param overrides of the app, such as its clock.
 */
export async function openMovingDesk(
  names: readonly string[],
  more = '',
  overrides: AppOverrides = {},
): Promise<MovingDesk> {
  const folder = mkdtempSync(join(tmpdir(), 'civicase-moving-'));
  const sites: Record<string, Sandbox> = {};
  const lines: string[] = [];
  for (const [index, name] of names.entries()) {
    const sandbox = createSandbox({
      name,
      apiKey: `${name}-key`,
      otherKeys: { limited: LIMITED_KEY },
      idOffset: index * 1000,
      clock: machineClock,
      random: () => 0.5,
    });
    const { url } = await sandbox.listen(0);
    sites[name] = sandbox;
    lines.push(
      `  ${name}: { url: "${url}", apiKey: ${name}-key, timeZone: UTC }`,
      `  ${name}_limited: { url: "${url}", apiKey: ${LIMITED_KEY}, timeZone: UTC }`,
    );
  }
  writeFileSync(join(folder, 'civicase.yaml'), ['sites:', ...lines, more, ''].join('\n'));
  const civicase = (...words: readonly string[]) =>
    runCivicase(words, { workingDirectory: folder, overrides });
  return {
    folder,
    sites,
    civicase,
    async json(...words) {
      const { code, out } = await civicase(...words, '--json');
      return { code, document: JSON.parse(out) as unknown };
    },
    read: (file) => readFileSync(join(folder, file), 'utf8'),
    async close() {
      for (const sandbox of Object.values(sites)) await sandbox.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A case type with what a fresh site lacks: a status, activity types, a role; with assignees, subjects and a sequence. */
export const VISITS = 'visits';

const steps = [
  { name: 'Open Case', status: 'Completed' },
  {
    name: 'First visit',
    status: 'Scheduled',
    reference_activity: 'Open Case',
    reference_offset: '3',
    default_assignee_type: '4',
    subject: 'Bring the keys',
  },
  { name: 'Second visit', reference_activity: 'First visit', reference_offset: '7' },
];

export const VISITS_DEFINITION: JsonObject = {
  activityTypes: [
    { name: 'Open Case', max_instances: '1' },
    { name: 'First visit' },
    { name: 'Second visit' },
    { name: 'Letter' },
  ],
  statuses: ['Open', 'Paused', 'Closed'],
  activitySets: [
    { name: 'standard_timeline', label: 'Standard Timeline', timeline: '1', activityTypes: steps },
    { name: 'letters', label: 'Letters', sequence: '1', activityTypes: [{ name: 'Letter' }] },
  ],
  caseRoles: [{ name: 'Visitor', creator: '1', manager: '1' }],
};

/** Makes the case type, and the status that it needs, on a site. */
export function addVisits(site: Sandbox): void {
  site.handle('OptionValue', 'create', {
    values: { 'option_group_id:name': 'case_status', name: 'Paused', label: 'Paused', grouping: 'Opened' },
  });
  site.handle('CaseType', 'create', {
    values: { name: VISITS, title: 'Visits', definition: VISITS_DEFINITION },
  });
}

/** As an administrator would with the form of activity types. */
export function editActivityType(site: Sandbox, name: string, values: JsonObject): void {
  const where = [
    ['option_group_id:name', '=', 'activity_type'],
    ['name', '=', name],
  ];
  site.handle('OptionValue', 'update', { where, values });
}
