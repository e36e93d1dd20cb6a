import { occurrenceId, type Occurrence } from '../case/occurrence.ts';
import {
  REASON_LOST_WHILE_SENDING,
  type DeliveryDetails,
  type Hold,
  type OccurrenceStore,
  type StateCount,
} from '../case/occurrence-store.ts';

type Row = Occurrence & { readonly leaseUntil: number | null };

/** The twin of `createOccurrenceRepository` without a database: for tests and dry runs. */
export function createMemoryOccurrenceRepository(): OccurrenceStore {
  const rows = new Map<string, Row>();
  const deliveries = new Map<string, DeliveryDetails>();

  const put = (row: Row, change: Partial<Row>) => rows.set(row.id, { ...row, ...change });
  const planned = (query: { readonly channel?: string; readonly site?: string }) =>
    [...rows.values()]
      .filter((row) => row.state === 'planned')
      .filter((row) => query.channel === undefined || row.channel === query.channel)
      .filter((row) => query.site === undefined || row.site === query.site)
      .sort((one, other) => one.wakeAt - other.wakeAt || (one.id < other.id ? -1 : 1));
  const changeHeld = (hold: Hold, states: readonly string[], change: Partial<Row>): boolean => {
    const row = rows.get(hold.id);
    if (row?.attempts !== hold.attempts || !states.includes(row.state)) return false;
    put(row, change);
    return true;
  };
  const held = ['claimed', 'sending'];

  return {
    insertPlanned(keys, now) {
      const ids: string[] = [];
      for (const key of keys) {
        const id = occurrenceId(key);
        const row = rows.get(id);
        if (row !== undefined && row.state !== 'cancelled') continue;
        const fresh = {
          reason: null,
          attempts: 0,
          claimedAt: null,
          resultActivityId: null,
          leaseUntil: null,
        };
        const { site, rule, caseId, activityId, recipientId, dueAt, channel } = key;
        rows.set(id, {
          ...{ id, site, rule, caseId, activityId, recipientId, dueAt, channel },
          ...(row ?? fresh),
          ...{ state: 'planned', reason: null, plannedAt: now, wakeAt: dueAt, finishedAt: null },
        });
        ids.push(id);
      }
      return Promise.resolve(ids);
    },
    find: (id) => Promise.resolve(toOccurrence(rows.get(id))),
    listDue: (query) =>
      Promise.resolve(
        planned(query)
          .filter((row) => row.wakeAt <= query.now)
          .slice(0, query.limit)
          .map(withoutLease),
      ),
    listUpcoming: (query) =>
      Promise.resolve(
        planned(query)
          .filter((row) => row.wakeAt <= query.until)
          .slice(0, query.limit)
          .map(withoutLease),
      ),
    listPlanned: (query) => Promise.resolve(planned(query).map(withoutLease)),
    claim(id, lease) {
      const row = rows.get(id);
      if (row?.state !== 'planned' || row.wakeAt > lease.now) return Promise.resolve(null);
      put(row, {
        state: 'claimed',
        attempts: row.attempts + 1,
        claimedAt: lease.now,
        leaseUntil: lease.until,
      });
      return Promise.resolve(toOccurrence(rows.get(id)));
    },
    beginSending: (hold, leaseUntil) =>
      Promise.resolve(changeHeld(hold, ['claimed'], { state: 'sending', leaseUntil })),
    putOff: (hold, wakeAt, reason) =>
      Promise.resolve(changeHeld(hold, held, { state: 'planned', wakeAt, reason, leaseUntil: null })),
    finish: (hold, { state, reason, resultActivityId, now }) =>
      Promise.resolve(
        changeHeld(hold, held, { state, reason, resultActivityId, finishedAt: now, leaseUntil: null }),
      ),
    cancel(cancellations, now) {
      let count = 0;
      for (const { id, reason } of cancellations) {
        const row = rows.get(id);
        if (row?.state !== 'planned') continue;
        put(row, { state: 'cancelled', reason, finishedAt: now });
        count += 1;
      }
      return Promise.resolve(count);
    },
    returnExpired(now) {
      const expired = [...rows.values()].filter((row) => row.leaseUntil !== null && row.leaseUntil <= now);
      const claimed = expired.filter((row) => row.state === 'claimed');
      const sending = expired.filter((row) => row.state === 'sending');
      for (const row of claimed) put(row, { state: 'planned', leaseUntil: null });
      for (const row of sending)
        put(row, {
          state: 'unknown',
          reason: REASON_LOST_WHILE_SENDING,
          finishedAt: now,
          leaseUntil: null,
        });
      return Promise.resolve({ planned: claimed.length, unknown: sending.length });
    },
    countByState() {
      const counts = new Map<string, StateCount>();
      for (const { site, channel, state } of rows.values()) {
        const key = [site, channel, state].join('\n');
        counts.set(key, { site, channel, state, count: (counts.get(key)?.count ?? 0) + 1 });
      }
      const inOrder = [...counts].sort(([one], [other]) => (one < other ? -1 : 1));
      return Promise.resolve(inOrder.map(([, count]) => count));
    },
    saveDelivery(delivery) {
      deliveries.set(delivery.occurrenceId, delivery);
      return Promise.resolve();
    },
    findDelivery: (id) => Promise.resolve(deliveries.get(id) ?? null),
  };
}

function withoutLease({ leaseUntil: _, ...occurrence }: Row): Occurrence {
  return occurrence;
}

function toOccurrence(row: Row | undefined): Occurrence | null {
  return row === undefined ? null : withoutLease(row);
}
