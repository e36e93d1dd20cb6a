import { z } from 'zod';
import { openOccurrences, type App } from '../../src/app/index.ts';
import { originField } from '../../src/case/origin-key.ts';
import type { SiteClient } from '../../src/civicrm/index.ts';
import type { ReceivedMail } from './mail-sink.ts';
import type { Printer } from './printer.ts';

/** Counted on the sites and in the mailbox themselves, not taken from what the workers reported. */
export interface Summary {
  readonly caseTypes: number;
  readonly cases: number;
  readonly activities: number;
  readonly followUps: number;
  readonly mails: number;
  readonly recorded: number;
  readonly suppressed: number;
  readonly duplicates: number;
  readonly missing: number;
}

const idRow = z.object({ id: z.number() });
const keyField = originField('Activity');
const keyRow = z.object({ id: z.number(), [keyField]: z.string().nullable() });

export async function readSummary(app: App, received: readonly ReceivedMail[]): Promise<Summary> {
  const riverside = app.site('riverside');
  const hilltop = app.site('hilltop');
  const keysOf = async (site: SiteClient): Promise<readonly string[]> => {
    const rows = await site.get(
      'Activity',
      { select: ['id', keyField], where: [[keyField, 'IS NOT NULL']], limit: 100_000 },
      keyRow,
    );
    return rows.map((row) => String(row[keyField]));
  };
  const count = async (site: SiteClient, entity: string) =>
    (await site.get(entity, { select: ['id'], limit: 100_000 }, idRow)).length;

  const written = await keysOf(riverside);
  const mirrored = await keysOf(hilltop);
  const messageIds = received.map(({ messageId }) => messageId);
  const states = await (await openOccurrences(app)).countByState();
  const inState = (channel: string, state: string) =>
    states
      .filter((each) => each.channel === channel && each.state === state)
      .reduce((sum, each) => sum + each.count, 0);
  const sent = inState('email', 'done');
  const followUps = inState('activity', 'done');
  const activities = await count(hilltop, 'Activity');
  return {
    caseTypes: 1,
    cases: await count(hilltop, 'Case'),
    activities,
    followUps,
    mails: received.length,
    recorded: written.length - followUps,
    suppressed: inState('email', 'suppressed'),
    duplicates: repeated(written) + repeated(mirrored) + repeated(messageIds),
    missing:
      Math.abs(sent - received.length) +
      Math.abs(written.length - followUps - sent) +
      Math.abs(activities - (await count(riverside, 'Activity'))) +
      inState('email', 'failed') +
      inState('email', 'unknown') +
      inState('activity', 'failed'),
  };
}

const repeated = (keys: readonly string[]): number => keys.length - new Set(keys).size;

/** Nothing doubled, nothing lost. */
export function isGood({ duplicates, missing }: Summary): boolean {
  return duplicates === 0 && missing === 0;
}

export function renderSummary(summary: Summary, printer: Printer): void {
  printer.table([
    ['case types moved', summary.caseTypes],
    ['cases mirrored', summary.cases],
    ['activities on hilltop', summary.activities],
    ['follow-ups created', summary.followUps],
    ['mails in the mailbox', summary.mails],
    ['mails recorded on their cases', summary.recorded],
    ['mails withheld (no consent, on hold, no address)', summary.suppressed],
    ['duplicates', summary.duplicates],
    ['lost', summary.missing],
  ]);
}
