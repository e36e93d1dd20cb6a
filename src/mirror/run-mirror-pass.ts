import type { Clock, EpochMillis } from '../base/clock.ts';
import { toAppError } from '../base/errors.ts';
import type { JsonValue } from '../base/json.ts';
import type { Logger } from '../base/logger.ts';
import type { CaseToMirror, MirrorContext } from './context.ts';
import { overlapStart } from './cursor.ts';
import { fileDigest } from './digest.ts';
import { mirrorCases } from './mirror-cases.ts';
import { initialRow } from './rows.ts';
import { noCounts, sumCounts } from './report.ts';
import { noteWrites, waitForLastWrite } from './unanswered-writes.ts';
import type { MirrorCounts } from './report.ts';
import type {
  ChangedCase,
  MirroredCase,
  MirrorPair,
  MirrorSource,
  MirrorStore,
  MirrorTarget,
  MirrorWrite,
  TargetNames,
} from './ports.ts';

/** Read, planned and written together. */
export const CASES_PER_GROUP = 100;
// A second date may be given to another change until that second is over: a file read sooner is read again.
const SETTLED_AFTER_MILLIS = 2000;
const PATIENCE = 60_000;

export interface MirrorPassOptions {
  readonly pair: MirrorPair;
  readonly source: MirrorSource;
  readonly target: MirrorTarget;
  readonly store: MirrorStore;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly dryRun?: boolean;
  /** How long the target may still be at work on a call whose caller has died or given up. Default: a minute. */
  readonly patienceMillis?: number;
}

export interface MirrorReport {
  readonly pair: string;
  readonly dryRun: boolean;
  readonly startedAt: EpochMillis;
  readonly finishedAt: EpochMillis;
  /** Custom fields made on the target by this run, by API path: to be told to the user. */
  readonly fieldsCreated: readonly string[];
  readonly counts: MirrorCounts;
  /** Cases that the source does not show any more; the target's are left alone. */
  readonly casesGone: number;
  readonly requests: { readonly source: number; readonly target: number };
  /** Only of a dry run: what would be written. */
  readonly writes: readonly MirrorWrite[];
}

/** What `runMirrorPass` would do, without doing it. */
export function planMirrorPass(options: Omit<MirrorPassOptions, 'dryRun'>): Promise<MirrorReport> {
  return runMirrorPass({ ...options, dryRun: true });
}

/**
 * One pass over a pair: reads what changed on the source since the cursor, writes what is new or different to the
 * target, remembers how far it came. May be interrupted anywhere and run again with the same result in the end;
 * two passes over one pair must not run at once.
 *
 * @throws AppError `remote-unavailable` when a site stops answering; what was done until then is kept.
 */
export async function runMirrorPass(options: MirrorPassOptions): Promise<MirrorReport> {
  const { pair, store, clock } = options;
  const dryRun = options.dryRun === true;
  if (!dryRun) await waitForLastWrite(options, options.patienceMillis ?? PATIENCE);
  const startedAt = clock.now();
  const noted = noteWrites(options, startedAt);
  if (!dryRun) await store.saveRun(pair.name, { startedAt, finishedAt: null, outcome: null });
  try {
    const report = await pass({ ...options, dryRun, write: noted.write }, startedAt);
    const { writes: _writes, ...outcome } = report;
    if (!dryRun) {
      await store.saveRun(pair.name, {
        startedAt,
        finishedAt: report.finishedAt,
        outcome: outcome as unknown as JsonValue,
      });
    }
    return report;
  } catch (thrown) {
    const error = toAppError(thrown);
    if (!dryRun) {
      const outcome = { failed: error.message, kind: error.kind, writingAt: noted.writingAt() };
      await store.saveRun(pair.name, { startedAt, finishedAt: clock.now(), outcome });
    }
    throw error;
  }
}

async function pass(context: MirrorContext, startedAt: EpochMillis): Promise<MirrorReport> {
  const { pair, source, target, store, clock, logger, dryRun } = context;
  const before = { source: source.requests(), target: target.requests() };
  const rows = new Map((await store.cases(pair.name)).map((row) => [row.sourceId, row]));
  const cursor = await store.cursor(pair.name);
  const listed = await source.changedSince(pair.caseTypes, cursor === null ? null : overlapStart(cursor));
  const listedAt = clock.now();
  const digests = await source.linkDigests(pair.caseTypes);
  const due = await dueCases(context, rows, listed, digests);

  let fieldsCreated: readonly string[] = [];
  let names: TargetNames | null = null;
  let casesGone = 0;
  const counts: MirrorCounts[] = [];
  const writes: MirrorWrite[] = [];
  for (let start = 0; start < due.length; start += CASES_PER_GROUP) {
    const ids = due.slice(start, start + CASES_PER_GROUP);
    const readAt = clock.now();
    const files = await source.readCases(ids);
    const items = files.map((file): CaseToMirror => {
      const row = rows.get(file.id) ?? null;
      const seenBefore = row?.sourceModified === (file.modifiedDate ?? '');
      return {
        file,
        row,
        modifiedSeenAt: seenBefore ? row.modifiedSeenAt : listedAt,
        readAt,
        linkDigest: digests.get(file.id) ?? '',
      };
    });
    const retried = new Set((await store.rejects(pair.name)).map((reject) => reject.caseId));
    const equal = items.filter((item) => isUnchanged(item) && !retried.has(item.file.id));
    const changed = items.filter((item) => !equal.includes(item));
    const gone = ids.filter((id) => !files.some((file) => file.id === id) && rows.has(id));
    casesGone += gone.length;
    counts.push({ ...noCounts, casesUnchanged: equal.length });
    if (!dryRun) {
      await store.saveOutcomes(pair.name, [
        ...equal.flatMap(({ row, ...item }) =>
          row === null ? [] : [{ mirroredCase: { ...row, ...freshness({ ...item, row }) }, links: [] }],
        ),
        ...gone.flatMap((id) => {
          const row = rows.get(id);
          return row === undefined ? [] : [{ mirroredCase: { ...row, state: 'gone' as const }, links: [] }];
        }),
      ]);
    }
    if (changed.length === 0) continue;
    if (names === null) {
      // A dry run makes no fields; without them no origin key is found, and everything is planned as new.
      if (!dryRun) fieldsCreated = (await target.prepare()).created;
      names = await target.names();
    }
    const result = await mirrorCases(context, changed, names);
    counts.push(result.counts);
    writes.push(...result.writes);
    logger.debug({ pair: pair.name, cases: changed.length, writes: result.writes.length }, 'mirrored cases');
  }

  const newest = listed.reduce<string | null>(
    (latest, { modifiedDate }) => (modifiedDate > (latest ?? '') ? modifiedDate : latest),
    cursor,
  );
  if (!dryRun && newest !== null && newest !== cursor) await store.saveCursor(pair.name, newest);
  return {
    pair: pair.name,
    dryRun,
    startedAt,
    finishedAt: clock.now(),
    fieldsCreated,
    counts: sumCounts(counts),
    casesGone,
    requests: { source: source.requests() - before.source, target: target.requests() - before.target },
    writes: dryRun ? writes : [],
  };
}

/** New and changed cases, those read too soon, those left half-done or rejected, those not shown any more. */
async function dueCases(
  { pair, store }: MirrorContext,
  rows: ReadonlyMap<number, MirroredCase>,
  listed: readonly ChangedCase[],
  digests: ReadonlyMap<number, string>,
): Promise<readonly number[]> {
  const due = new Set<number>();
  for (const { id, modifiedDate } of listed) {
    const row = rows.get(id);
    if (row?.sourceModified !== modifiedDate || !isSettled(row)) due.add(id);
  }
  for (const [id, digest] of digests) if (rows.get(id)?.linkDigest !== digest) due.add(id);
  for (const row of rows.values()) {
    if (row.state === 'gone' ? digests.has(row.sourceId) : row.state !== 'mirrored' || !isSettled(row)) {
      due.add(row.sourceId);
    }
    if (row.state === 'mirrored' && row.linkDigest !== '' && !digests.has(row.sourceId))
      due.add(row.sourceId);
  }
  for (const reject of await store.rejects(pair.name)) due.add(reject.caseId);
  return [...due].sort((one, other) => one - other);
}

function isSettled(row: MirroredCase): boolean {
  return row.readAt - row.modifiedSeenAt >= SETTLED_AFTER_MILLIS;
}

function isUnchanged({ file, row }: CaseToMirror): boolean {
  return row?.state === 'mirrored' && row.fileDigest === fileDigest(file);
}

function freshness(item: CaseToMirror) {
  const { sourceModified, modifiedSeenAt, readAt, linkDigest } = initialRow(item);
  return { sourceModified, modifiedSeenAt, readAt, linkDigest };
}
