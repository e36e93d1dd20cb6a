import type { App, PartState } from '../app/index.ts';

export interface Health {
  readonly healthy: boolean;
  readonly parts: readonly PartState[];
}

/** Sites are left out: that one of them is away is the status page's business, not a reason to restart us. */
export async function readHealth(app: App): Promise<Health> {
  const parts = await app.parts();
  return { healthy: parts.every((part) => part.works), parts };
}
