import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RandomSource } from '../../../src/base/clock.ts';
import type { OccurrenceState } from '../../../src/case/occurrence.ts';
import { occurrenceKey } from '../../../src/case/origin-key.ts';
import { openStore } from '../../../src/store/store.ts';
import { deskAt, openCasesOf } from '../case-work.ts';
import { openDeadlyGate } from '../deadly-gate.ts';
import type { RealSites } from '../real-sites.ts';
import { doubledKeys, rowsOf, type SiteRows } from '../real-site-rows.ts';
import { startSmtpSink, type SinkBehaviour } from '../smtp-sink.ts';
import { randomAmbush } from './ambushes.ts';
import type { BuiltProgram } from './build-program.ts';
import { deliverDue, type DeliveryErrand } from './delivery.ts';
import { killRepeatedly, type Ambush } from './doomed-process.ts';
import { differencesOf, type KilledUseCase } from './round.ts';

/** By the rules of the delivery: an activity and two mails on each case. */
const ON_EACH_CASE = 3;
/** Requests that look for what is to be planned, at the beginning of every process. */
const PLANNING = 4;
/** Each day has that many at least, and one mail. */
const WRITES = 1;
const FIRST_DAY = Date.UTC(2026, 2, 10, 8);
const DAY = 24 * 60 * 60 * 1000;

const dateOf = (day: number) => new Date(FIRST_DAY + day * DAY).toISOString().slice(0, 10);

/**
 * Follow-ups and reminder mails on site A, with a mail server. Each process lives on a later day, on which more is due;
 * what a dead one held is free by then. Site B has no part in it.
 */
export async function openKilledDelivery(sites: RealSites, program: BuiltProgram): Promise<KilledUseCase> {
  const folder = mkdtempSync(join(tmpdir(), 'civicase-killed-delivery-'));
  const gate = await openDeadlyGate([sites.a.url]);
  let trap: { readonly attempt: number; readonly behaviour: SinkBehaviour } | null = null;
  const sink = await startSmtpSink((attempt) =>
    trap?.attempt === attempt ? trap.behaviour : { kind: 'accept' },
  );
  let stores = 0;
  const storeFolder = () => join(folder, String(stores));
  const errand = (day: number): DeliveryErrand => ({
    site: { name: 'alpha', url: gate.urls[0] ?? '', apiKey: sites.a.keys.admin },
    smtpUrl: sink.url,
    storeFile: join(storeFolder(), 'store.db'),
    now: FIRST_DAY + day * DAY,
  });
  /** The site afresh, with a case for every two days: an activity and a mail on the one, a mail on the other. */
  const begin = async (days: number) => {
    stores += 1;
    await sites.reset('a');
    const desk = deskAt(sites.a.url, sites.a.keys.admin);
    await openCasesOf(desk, days / 2, (index) => dateOf(2 * index - 1));
  };

  /** Within the first mail that is begun from now on. */
  const atMail = (at: 'recipient' | 'during-data' | 'after-data'): Ambush => ({
    name: `a mail, ${at}`,
    arm: (strike) => {
      trap = { attempt: sink.attempts() + 1, behaviour: { kind: 'cut', at, first: strike } };
      return () => {
        trap = null;
      };
    },
  });
  const ambushFor = (random: RandomSource, attempt: number): Ambush => {
    const ranges = { gate, storeFolder: storeFolder(), reads: PLANNING, writes: WRITES, millis: 200 };
    if (attempt % 3 !== 1) return randomAmbush(random, attempt, ranges);
    const at = (['recipient', 'during-data', 'after-data'] as const)[Math.floor(random() * 3)];
    return atMail(at ?? 'after-data');
  };

  return {
    round: async (random, kills) => {
      // One that comes home dies on none of its days.
      const days = 2 * Math.ceil(kills / 2) + 4;
      await begin(days);
      const before = sink.received.length;
      const fates = await killRepeatedly(program, {
        kills,
        kind: 'deliver',
        gate,
        // The lease of a claim is longer than any call takes.
        prepare: () => gate.whenQuiet(),
        errandFor: (day) => ({ kind: 'deliver', ...errand(day) }),
        ambushFor: (attempt) => ambushFor(random, attempt),
        otherDeeds: () => sink.attempts(),
      });
      await gate.whenQuiet();
      // What the last one held while it sent is free, too, on the day after.
      for (const day of [days, days + 1]) await deliverDue(errand(day));
      const { states, idOfMail } = await readStates(errand(0).storeFile);
      const mails = sink.received
        .slice(before)
        .map(({ messageId = '' }) => idOfMail.get(messageId) ?? messageId);
      const unknown = [...states].flatMap(([id, state]) => (state === 'unknown' ? [id] : []));
      const doubled = await doubledKeys(sites.a);
      const rough = await rowsOf(sites.a);

      await begin(days);
      await deliverDue(errand(days));
      const calm = await rowsOf(sites.a);
      return {
        fates,
        differences: [
          ...judgeMails(states, mails, (ON_EACH_CASE * days) / 2),
          ...doubled.map((key) => `more than one record with the key ${key}`),
          ...differencesOf('delivered', withoutRecords(calm, unknown), rough),
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
  wanted: number,
): readonly string[] {
  const found = [...states].flatMap(([id, state]) => {
    const times = mails.filter((mail) => mail === id).length;
    const isMail = id.startsWith('email-');
    const fits = state === 'done' ? times === (isMail ? 1 : 0) : state === 'unknown' && isMail && times <= 1;
    return fits ? [] : [`${id} is ${state}, and the mail server has it ${String(times)} times`];
  });
  const strange = mails.filter((mail) => !states.has(mail)).map((mail) => `nobody knows the mail ${mail}`);
  const planned =
    states.size === wanted ? [] : [`${String(states.size)} occurrences were planned, not ${String(wanted)}`];
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
