import type { Clock, RandomSource } from '../../src/base/clock.ts';
import { createSandbox, type SandboxOptions } from '../../src/sandbox/index.ts';
import type { AtEnd, DemoSites } from './sites.ts';
import { TIME_ZONE } from './story-calendar.ts';

interface Parts {
  readonly clock: Clock;
  readonly random: RandomSource;
}

/** Two sandboxes on free ports of this machine, living by the story's clock. */
export async function openSandboxSites(parts: Parts, atEnd: AtEnd): Promise<DemoSites> {
  const start = async (name: string, options: Pick<SandboxOptions, 'idOffset' | 'without'>) => {
    const apiKey = `${name}-demo-key`;
    const sandbox = createSandbox({ ...parts, ...options, name, apiKey, timeZone: TIME_ZONE });
    atEnd(() => sandbox.close());
    const { url } = await sandbox.listen(0);
    return { name, url, apiKey };
  };
  const riverside = await start('riverside', { idOffset: 0 });
  const hilltop = await start('hilltop', { idOffset: 1000, without: { caseTypes: ['housing_support'] } });
  return {
    riverside,
    hilltop,
    description: 'sandbox sites that answer as CiviCRM 6.20',
    login: null,
    checkDatabases: () => Promise.resolve(null),
  };
}
