import { afterAll, beforeAll, describe } from 'vitest';
import { sourceContract, type MirrorSiteUnderTest } from './mirror-source-contract.ts';
import { targetContract } from './mirror-target-contract.ts';

type Open = () => Promise<MirrorSiteUnderTest>;

const describePart =
  (part: string, contract: (site: () => MirrorSiteUnderTest) => void) =>
  (name: string, open: Open): void => {
    describe(`${name}, as the ${part} of a mirror`, () => {
      let site: MirrorSiteUnderTest;
      beforeAll(async () => {
        site = await open();
      });
      afterAll(() => site.close());
      contract(() => site);
    });
  };

/** What every site promises to a mirror that reads from it. */
export const describeMirrorSourceSite = describePart('source', sourceContract);
/** What every site promises to a mirror that writes to it. */
export const describeMirrorTargetSite = describePart('target', targetContract);

/** Both, each on a site afresh. */
export function describeMirrorSite(name: string, open: Open): void {
  describeMirrorSourceSite(name, open);
  describeMirrorTargetSite(name, open);
}
