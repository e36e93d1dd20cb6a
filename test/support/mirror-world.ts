import { AppError } from '../../src/base/errors.ts';
import { silentLogger } from '../../src/base/logger.ts';
import { memoryMirrorStore, runMirrorPass } from '../../src/mirror/index.ts';
import type { MirrorPair } from '../../src/mirror/ports.ts';
import { MEMORY_CASE_TYPE } from '../../src/mirror/memory-mirror-records.ts';
import { MemoryMirrorSite, type Fault } from '../../src/mirror/memory-mirror-site.ts';
import { createStandingClock } from './standing-clock.ts';

/** Two memory sites, a pair between them, and a clock that all share. */
export function mirrorWorld(contacts: MirrorPair['contacts'] = 'create') {
  const pair: MirrorPair = { name: 'ab', from: 'alpha', to: 'beta', caseTypes: [MEMORY_CASE_TYPE], contacts };
  const source = new MemoryMirrorSite('alpha', 0);
  const target = new MemoryMirrorSite('beta', 10_000);
  const store = memoryMirrorStore();
  const clock = createStandingClock(1_800_000_000_000);
  const people = [1, 2, 3, 4].map((number) =>
    source.addContact(
      number === 1
        ? { externalIdentifier: 'EXT-1' }
        : { email: number === 2 ? 'two@example.org' : null, firstName: `P${number}`, lastName: 'Q' },
    ),
  );
  const matched = target.addContact({
    externalIdentifier: 'EXT-1',
    firstName: 'Known',
    lastName: 'Otherwise',
  });
  target.addContact({ email: 'two@example.org', firstName: 'p2', lastName: 'q' });
  const pass = () => runMirrorPass({ pair, source, target, store, clock, logger: silentLogger });
  const wait = (seconds: number) => {
    source.seconds += seconds;
    target.seconds += seconds;
    clock.advance(seconds * 1000);
  };
  return { pair, source, target, store, clock, people, matched, pass, wait };
}

/** A pass during which calls number `after`, and later ones by the list, get no answer. */
export async function disturbedPass(
  { source, target, pass }: Pick<ReturnType<typeof mirrorWorld>, 'source' | 'target' | 'pass'>,
  faults: readonly Fault[],
  after: number,
): Promise<void> {
  let call = 0;
  const queue = [...faults];
  const next = (): Fault => {
    call += 1;
    return call > after ? (queue.shift() ?? { kind: 'none' }) : { kind: 'none' };
  };
  source.fault = next;
  target.fault = next;
  try {
    await pass();
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.kind !== 'remote-unavailable') throw thrown;
  } finally {
    source.fault = () => ({ kind: 'none' });
    target.fault = () => ({ kind: 'none' });
  }
}
