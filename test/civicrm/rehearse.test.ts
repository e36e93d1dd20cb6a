import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'vitest';
import { createRealClient } from '../support/real-client.ts';
import { haveRealSites, openRealSites } from '../support/real-sites.ts';
import { describeRehearsalWithCases } from '../support/rehearsal-contract.ts';
import { runCivicase } from '../support/run-civicase.ts';

describe.skipIf(!haveRealSites)('real sites', () => {
  describeRehearsalWithCases('CiviCRM', async () => {
    const sites = await openRealSites();
    const folder = mkdtempSync(join(tmpdir(), 'civicase-rehearsal-'));
    const bySite = { source: sites.a, target: sites.b };
    const lines = Object.entries(bySite).map(
      ([name, { url, keys }]) => `  ${name}: { url: "${url}", apiKey: ${keys.admin}, timeZone: UTC }`,
    );
    writeFileSync(join(folder, 'civicase.yaml'), ['sites:', ...lines, ''].join('\n'));
    return {
      call: (site, entity, action, params) => createRealClient(bySite[site]).call({ entity, action, params }),
      civicase: (...words) => runCivicase(words, { workingDirectory: folder }),
      close: async () => {
        rmSync(folder, { recursive: true, force: true });
        await sites.close();
      },
    };
  });
});
