import type { FollowUpSite } from '../../../src/follow-up/ports.ts';
import { madeCase } from '../../support/made-case.ts';

/** A site in another process that outlives the worker: it makes one activity per request to `/activities`. */
export function connectRemoteSite(url: string): FollowUpSite {
  return {
    async *readOpenCases() {
      yield await Promise.resolve([madeCase()]);
    },
    readCases: () => Promise.resolve([madeCase()]),
    discardFollowUp: () => Promise.resolve(),
    async writeFollowUp({ originKey }) {
      const place = `${url}/activities?key=${encodeURIComponent(originKey)}`;
      const found = await fetch(place);
      if (found.status === 200) return Number(await found.text());
      return Number(await (await fetch(place, { method: 'POST' })).text());
    },
  };
}
