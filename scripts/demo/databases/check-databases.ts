import type { RealSite } from '../../real-sites.ts';
import type { ReceivedMail } from '../mail-sink.ts';
import type { DemoCase } from '../steps/open-cases.ts';
import type { StoryCalendar } from '../story-calendar.ts';
import { checkCopies } from './check-copies.ts';
import { checkFollowUps } from './check-follow-ups.ts';
import { checkMails } from './check-mails.ts';

/** What the story did, to be held against what the databases say. */
export interface Told {
  readonly calendar: StoryCalendar;
  /** The cases of the first day. */
  readonly cases: readonly DemoCase[];
  readonly mails: readonly ReceivedMail[];
}

export interface DatabaseCheck {
  readonly facts: readonly string[];
  /** What differs: table, record, and what stands on each side. Empty when all is as it must be. */
  readonly findings: readonly string[];
}

interface Parts {
  readonly riverside: RealSite;
  readonly hilltop: RealSite;
  readonly told: Told;
  /** Mails that the sites sent by themselves. */
  readonly ownMails: readonly ReceivedMail[];
}

/** Asks both databases with SQL; neither CiviCRM nor our client stands between. */
export async function checkDatabases({ riverside, hilltop, told, ownMails }: Parts): Promise<DatabaseCheck> {
  const own: DatabaseCheck = {
    facts: ['CiviCRM sent no mail of its own'],
    findings: ownMails.map(({ messageId }) => `mails: CiviCRM itself sent ${messageId}`),
  };
  const checks = [
    await checkCopies(riverside, hilltop),
    await checkFollowUps(riverside, told),
    await checkMails(riverside, told),
    own,
  ];
  return {
    facts: checks.flatMap(({ facts, findings }) => (findings.length === 0 ? facts : [])),
    findings: checks.flatMap(({ findings }) => findings),
  };
}
