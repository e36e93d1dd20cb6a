import type { RealSite, SqlRow } from '../../real-sites.ts';
import type { ReceivedMail } from '../mail-sink.ts';
import type { DatabaseCheck, Told } from './check-databases.ts';
import { compareSides } from './compare.ts';
import { ADDRESSES, BARRED, deeds, FILINGS, keyColumn } from './queries.ts';

/** Clients whose visit was announced to them: not those who must get no mail. */
const TOLD_OF_THEIR_VISIT = ['demo-amara', 'demo-jakub', 'demo-leila', 'demo-owen'];

/** Every mail that arrived is recorded on the case it speaks of, every record has its mail, and nobody barred got one. */
export async function checkMails(riverside: RealSite, { mails }: Told): Promise<DatabaseCheck> {
  const made = await riverside.rows(deeds(await keyColumn(riverside, 'Activity')));
  const records = made.filter(({ key }) => String(key).startsWith('occurrence/email-'));
  const addresses = new Map(
    (await riverside.rows(ADDRESSES)).map(({ key, email }) => [String(key), String(email)]),
  );
  const caseOf = new Map(
    (await riverside.rows(FILINGS)).map((row) => [Number(row['activity_id']), row['case_id']]),
  );
  const barred = await riverside.rows(BARRED);
  const findings = [
    ...compareSides(
      'mails',
      { name: 'the mailbox', rows: mails.map(asMail) },
      { name: 'riverside', rows: records.map((record) => asRecorded(record, addresses)) },
    ),
    ...records.flatMap((record) => whyMisfiled(record, caseOf)),
    ...compareSides(
      'mails to clients',
      { name: 'the list of the story', rows: TOLD_OF_THEIR_VISIT.map((key) => ({ key })) },
      { name: 'riverside', rows: records.filter(isToClient).map((row) => ({ key: row['with_people'] })) },
    ),
    ...barred.flatMap(({ key, email }) => [
      ...mails
        .filter(({ recipient }) => recipient === email)
        .map(({ messageId }) => `mails: ${messageId} went to ${String(key)}, who must get none`),
      ...records
        .filter((record) => record['with_people'] === key)
        .map((record) => `activities: ${String(record['key'])} says that ${String(key)} got a mail`),
    ]),
  ];
  return {
    facts: [
      `${mails.length} mails, each with its one record on its case, and ${records.length} records, each with its mail`,
      `none of them to the ${barred.length} people who must get none`,
    ],
    findings,
  };
}

function asMail({ messageId, recipient }: ReceivedMail): SqlRow {
  return { key: messageId, recipient, type: 'Reminder Sent', status: 'Completed' };
}

function asRecorded(record: SqlRow, addresses: ReadonlyMap<string, string>): SqlRow {
  const id = String(record['key']).slice('occurrence/'.length);
  return {
    key: `<${id}@example.org>`,
    recipient: addresses.get(String(record['with_people'])),
    type: record['type'],
    status: record['status'],
  };
}

/** The record names the activity that the mail was about: both must be on one case. */
function whyMisfiled(record: SqlRow, caseOf: ReadonlyMap<number, unknown>): readonly string[] {
  const about = Number(/About activity: (\d+)/.exec(String(record['details']))?.[1]);
  const [is, should] = [record['case_id'], caseOf.get(about)];
  return should !== undefined && is === should
    ? []
    : [
        `activities: ${String(record['key'])} is on case ${String(is)}, activity ${about} that it is about on case ${String(should)}`,
      ];
}

function isToClient(record: SqlRow): boolean {
  return String(record['details']).includes('Rule: remind-client<');
}
