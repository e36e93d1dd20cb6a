import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RandomSource } from '../../../src/base/clock.ts';
import type { OccurrenceState } from '../../../src/case/occurrence.ts';
import { occurrenceKey } from '../../../src/case/origin-key.ts';
import { openStore } from '../../../src/store/store.ts';
import { deskAt, openCasesOf } from '../case-work.ts';
import { openDeadlyGate, randomDeadline, randomWriteDeadline } from '../deadly-gate.ts';
import type { RealSites } from '../real-sites.ts';
import { doubledKeys, rowsOf, type SiteRows } from '../real-site-rows.ts';
import { startSmtpSink, type SinkBehaviour } from '../smtp-sink.ts';
import type { BuiltProgram } from './build-program.ts';
import { deliverDue, type DeliveryErrand } from './delivery.ts';
import { afterMillis, atStoreWrite, killRepeatedly, type Ambush } from './doomed-process.ts';
import { differencesOf, type KilledUseCase } from './round.ts';

const CASES = 6;
/** By the rules of the delivery: two activities and two mails on each case. */
const ON_EACH_CASE = 4;
/** Requests that look for what is to be planned, at the beginning of every process. */
const PLANNING = 4;
/** No process gets further than that, so that the last ones still have some before them. */
const WRITES = 2;
const NOW = Date.UTC(2026, 2, 10, 8);
/** Longer than the longest lease: what a dead process held is free for the next. */
const REST_MILLIS = 20 * 60_000;

/** Follow-ups and reminder mails on site A, with a mail server. Site B has no part in it. */
export async function openKilledDelivery(sites: RealSites, program: BuiltProgram): Promise<KilledUseCase> {
  const folder = mkdtempSync(join(tmpdir(), 'civicase-killed-delivery-'));
  const gate = await openDeadlyGate([sites.a.url]);
  let trap: { readonly attempt: number; readonly behaviour: SinkBehaviour } | null = null;
  const sink = await startSmtpSink((attempt) =>
    trap?.attempt === attempt ? trap.behaviour : { kind: 'accept' },
  );
  let stores = 0;
  const storeFolder = () => join(folder, String(stores));
  const errand = (rests: number): DeliveryErrand => ({
    site: { name: 'alpha', url: gate.urls[0] ?? '', apiKey: sites.a.keys.admin },
    smtpUrl: sink.url,
    storeFile: join(storeFolder(), 'store.db'),
    now: NOW + rests * REST_MILLIS,
  });
  const begin = async () => {
    stores += 1;
    await sites.reset('a');
    await openCasesOf(deskAt(sites.a.url, sites.a.keys.admin), CASES);
  };

  /** Within the n-th mail that is begun from now on. */
  const atMail = (number: number, at: 'recipient' | 'during-data' | 'after-data'): Ambush => ({
    name: `mail ${String(number)}, ${at}`,
    arm: (strike) => {
      trap = { attempt: sink.attempts() + number, behaviour: { kind: 'cut', at, first: strike } };
      return () => {
        trap = null;
      };
    },
  });
  const ambushFor = (random: RandomSource, attempt: number, home: boolean): Ambush => {
    if (home) return gate.at(randomDeadline(random, PLANNING));
    const number = (most: number) => 1 + Math.floor(random() * most);
    switch (attempt % 5) {
      case 1:
        return atMail(number(2), (['recipient', 'during-data'] as const)[number(3) - 1] ?? 'after-data');
      case 2:
        return atStoreWrite(storeFolder(), number(10));
      case 3:
        return afterMillis(number(350));
      default:
        return gate.at(randomWriteDeadline(random, WRITES));
    }
  };

  await begin();
  await deliverDue(errand(0));
  const calm = await rowsOf(sites.a);
  const inPeace = sink.received.length;
  if (inPeace !== 2 * CASES) throw new Error(`Undisturbed, ${String(inPeace)} mails went out.`);

  return {
    round: async (random, kills) => {
      await begin();
      const before = sink.received.length;
      const story = await killRepeatedly(program, {
        kills,
        errandFor: (attempt) => ({ kind: 'deliver', ...errand(attempt) }),
        ambushFor: (attempt, home) => ambushFor(random, attempt, home),
        gate,
      });
      // The lease of a claim is longer than any call takes; here its minutes pass in no time.
      await gate.whenQuiet();
      for (const round of [1, 2]) await deliverDue(errand(story.length + round));
      const { states, idOfMail } = await readStates(errand(0).storeFile);
      const mails = sink.received
        .slice(before)
        .map(({ messageId = '' }) => idOfMail.get(messageId) ?? messageId);
      const unknown = [...states].flatMap(([id, state]) => (state === 'unknown' ? [id] : []));
      return {
        story: [...story, `${String(unknown.length)} of ${String(inPeace)} mails unknown`],
        differences: [
          ...judgeMails(states, mails),
          ...(await doubledKeys(sites.a)).map((key) => `more than one record with the key ${key}`),
          ...differencesOf('delivered', withoutRecords(calm, unknown), await rowsOf(sites.a)),
        ],
      };
    },
    close: async () => {
      await gate.close();
      await sink.close();
      rmSync(folder, { recursive: true });
    },
  };
}

async function readStates(storeFile: string) {
  const store = await openStore(storeFile);
  const occurrences = await store.db.selectFrom('occurrence').select(['id', 'state']).execute();
  const deliveries = await store.db.selectFrom('delivery').select(['message_id', 'occurrence_id']).execute();
  await store.close();
  return {
    states: new Map<string, OccurrenceState>(occurrences.map(({ id, state }) => [id, state])),
    idOfMail: new Map(deliveries.map((row) => [row.message_id, row.occurrence_id])),
  };
}

/** Each mail at most once in the server; there, when it is done; on the way nowhere but to `unknown`. */
function judgeMails(
  states: ReadonlyMap<string, OccurrenceState>,
  mails: readonly string[],
): readonly string[] {
  const found = [...states].flatMap(([id, state]) => {
    const times = mails.filter((mail) => mail === id).length;
    const isMail = id.startsWith('email-');
    const fits = state === 'done' ? times === (isMail ? 1 : 0) : state === 'unknown' && isMail && times <= 1;
    return fits ? [] : [`${id} is ${state}, and the mail server has it ${String(times)} times`];
  });
  const strange = mails.filter((mail) => !states.has(mail)).map((mail) => `nobody knows the mail ${mail}`);
  const planned =
    states.size === ON_EACH_CASE * CASES ? [] : [`${String(states.size)} occurrences were planned`];
  return [...found, ...strange, ...planned];
}

/** What would be there if these mails had never been recorded. */
function withoutRecords(rows: SiteRows, occurrences: readonly string[]): SiteRows {
  const keys = occurrences.map(occurrenceKey);
  return Object.fromEntries(
    Object.entries(rows).map(([table, lines]) => [
      table,
      lines.filter((line) => !keys.some((key) => line.includes(key))),
    ]),
  );
}
