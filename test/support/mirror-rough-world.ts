import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { changeCases, openCasesOf, type SiteDesk } from './case-work.ts';
import type { MirrorErrand } from './doomed/mirror-pass.ts';
import { serveSandbox } from './served-sandbox.ts';
import { contentsOf } from './site-contents.ts';

/** Two served sandboxes, the first with cases, the second with a person whom both know, and a file for the store. */
export async function openRoughWorld() {
  const folder = mkdtempSync(join(tmpdir(), 'civicase-rough-'));
  const [alpha, beta] = [await serveSandbox('alpha', 0), await serveSandbox('beta', 500)];
  beta.create('Contact', { contact_type: 'Individual', first_name: 'Ada', external_identifier: 'EXT-1' });
  // Not over HTTP: what disturbs the mirror there must not disturb the people of the site.
  const desk: SiteDesk = {
    create: (entity, records) => Promise.resolve(records.map((record) => alpha.create(entity, record))),
    update: (entity, id, values) => {
      alpha.update(entity, id, values);
      return Promise.resolve();
    },
  };
  const made = await openCasesOf(desk, 3);
  return {
    alpha,
    beta,
    /** A pass from one to the other; by way of these addresses when they are given. */
    errand: (urls: readonly string[] = [], maxRetries = 3): MirrorErrand => ({
      from: { name: 'alpha', url: urls[0] ?? alpha.url, apiKey: 'alpha-key', maxRetries },
      to: { name: 'beta', url: urls[1] ?? beta.url, apiKey: 'beta-key', maxRetries },
      storeFile: join(folder, 'store.db'),
    }),
    change: async () => {
      // A later second than that of the cases themselves: a mirror that has seen a second end looks for later ones.
      alpha.clock.advance(60_000);
      beta.clock.advance(60_000);
      await changeCases(desk, made);
    },
    contents: () => contentsOf(beta.sandbox),
    close: async () => {
      await alpha.sandbox.close();
      await beta.sandbox.close();
      rmSync(folder, { recursive: true });
    },
  };
}
