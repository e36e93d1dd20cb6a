import type { JsonObject } from '../../src/base/json.ts';
import { createSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { createStandingClock, type StandingClock } from './standing-clock.ts';

export interface ServedSandbox {
  readonly sandbox: Sandbox;
  readonly url: string;
  readonly clock: StandingClock;
  /** Makes a record and answers its id. */
  readonly create: (entity: string, values: JsonObject) => number;
  readonly update: (entity: string, id: number, values: JsonObject) => void;
}

/** A sandbox site on HTTP, at a standing instant; its key is `<name>-key`. */
export async function serveSandbox(name: string, idOffset: number): Promise<ServedSandbox> {
  const clock = createStandingClock(Date.UTC(2026, 2, 2, 12));
  const sandbox = createSandbox({ name, apiKey: `${name}-key`, idOffset, clock, random: () => 0.5 });
  const { url } = await sandbox.listen(0);
  return {
    sandbox,
    url,
    clock,
    create: (entity, values) => Number(sandbox.handle(entity, 'create', { values }).values[0]?.['id']),
    update: (entity, id, values) => {
      sandbox.handle(entity, 'update', { where: [['id', '=', id]], values });
    },
  };
}
