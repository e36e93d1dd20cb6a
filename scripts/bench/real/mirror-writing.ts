import { createMirrorSource } from '../../../src/civicrm/mirror-source.ts';
import { createMirrorTarget } from '../../../src/civicrm/mirror-target.ts';
import type { ApiCall, SiteClient } from '../../../src/civicrm/index.ts';
import { silentLogger } from '../../../src/base/logger.ts';
import { memoryMirrorStore, runMirrorPass, type MirrorReport } from '../../../src/mirror/index.ts';
import type { RealSites } from '../../real-sites.ts';
import { time, type Comparison } from '../measure.ts';
import { clientOf, clock } from './client-of.ts';
import { chunksOf, openRawSite } from './raw-site.ts';
import { CASE_TYPE, seedCases } from './seed-cases.ts';

/** Calls in one request of the raw loop: each size in a round of its own, and the best of each kind counts. */
const SIZES = [50, 100];

interface Timed {
  readonly ours: number;
  /** Requests of our pass: to the site it reads, and to the one it writes. */
  readonly requests: MirrorReport['requests'];
  readonly raw: number;
  readonly size: number;
  /** Requests of the raw loop. */
  readonly rawRequests: number;
}

/**
 * A pass that opens cases with their activities, and one that changes those activities, against the very writes they
 * sent, sent again to the same site put back as it was. Reading, planning and checking are ours alone.
 */
export async function compareMirrorWriting(
  sites: RealSites,
  { cases, meetings }: { readonly cases: number; readonly meetings: number },
): Promise<readonly Comparison[]> {
  const { a, b } = sites;
  await seedCases(a, cases, meetings);
  const creating: Timed[] = [];
  const updating: Timed[] = [];
  const raw = openRawSite(b);
  const warmUp = async () => {
    await sites.reset('b');
    await createMirrorTarget(clientOf(b)).prepare();
    await raw.calls([
      ['Activity', 'get', { limit: 1 }],
      ['Case', 'get', { limit: 1 }],
    ]);
  };
  for (const [round, size] of SIZES.entries()) {
    await warmUp();
    const recorded = recordWrites(clientOf(b));
    const pass = passOver(clientOf(a), recorded.client);
    const created = await timed(pass);
    const creations = recorded.take();
    await a.rows(
      "UPDATE civicrm_activity SET subject = CONCAT('Meeting after round ', ?) WHERE activity_type_id = 1",
      [round],
    );
    const updated = await timed(pass);
    const updates = recorded.take();
    await warmUp();
    const send = async (calls: readonly ApiCall[]) => {
      for (const chunk of chunksOf(calls, size))
        await raw.calls(chunk.map(({ entity, action, params }) => [entity, action, params] as const));
    };
    const rawRound = async (calls: readonly ApiCall[]) => ({
      raw: await time(() => send(calls)),
      size,
      rawRequests: Math.ceil(calls.length / size),
    });
    creating.push({ ...created, ...(await rawRound(creations)) });
    updating.push({ ...updated, ...(await rawRound(updates)) });
  }
  const activities = cases * (8 + meetings);
  return [
    comparison(
      `real: mirror creates ${cases} cases, ${activities} activities vs the same writes raw`,
      creating,
      activities,
    ),
    comparison(
      `real: mirror updates ${cases * meetings} activities vs the same writes raw`,
      updating,
      cases * meetings,
    ),
  ];
}

async function timed(pass: () => Promise<MirrorReport>): Promise<Pick<Timed, 'ours' | 'requests'>> {
  let requests = { source: 0, target: 0 };
  const ours = await time(async () => {
    ({ requests } = await pass());
  });
  return { ours, requests };
}

function comparison(name: string, rounds: readonly Timed[], units: number): Comparison {
  const [ours] = [...rounds].sort((one, other) => one.ours - other.ours);
  const [raw] = [...rounds].sort((one, other) => one.raw - other.raw);
  if (ours === undefined || raw === undefined) throw new Error(`${name}: no round was measured`);
  const { source, target } = ours.requests;
  return {
    name,
    unit: 'activity',
    ours: ours.ours / units,
    plain: raw.raw / units,
    note: `the best of ${rounds.length} rounds each; ours reads both sites before its writes and the target after them: ${source} requests to the source and ${target} to the target, the raw loop ${raw.rawRequests} of ${raw.size} calls (best of ${SIZES.join(', ')})`,
  };
}

function passOver(source: SiteClient, target: SiteClient): () => Promise<MirrorReport> {
  const store = memoryMirrorStore();
  const pair = { name: 'bench', from: 'a', to: 'b', caseTypes: [CASE_TYPE], contacts: 'create' } as const;
  return () =>
    runMirrorPass({
      pair,
      source: createMirrorSource(source),
      target: createMirrorTarget(target),
      store,
      clock,
      logger: silentLogger,
    });
}

/** A client that notes each write it sends. */
function recordWrites(client: SiteClient): { readonly client: SiteClient; take(): readonly ApiCall[] } {
  const writes: ApiCall[] = [];
  const note = (calls: readonly ApiCall[]) =>
    writes.push(...calls.filter(({ action }) => ['save', 'create', 'update', 'delete'].includes(action)));
  return {
    client: {
      ...client,
      call: (call, options) => (note([call]), client.call(call, options)),
      batch: (calls, options) => (note(calls), client.batch(calls, options)),
    },
    take: () => writes.splice(0),
  };
}
