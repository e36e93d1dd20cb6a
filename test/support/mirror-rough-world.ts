import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fillWithCases, serveSandbox, type ServedSandbox } from './served-sandbox.ts';
import { contentsOf } from './site-contents.ts';

/** Two served sandboxes, the first with cases, the second with a person whom both know, and a file for the store. */
export async function openRoughWorld() {
  const folder = mkdtempSync(join(tmpdir(), 'civicase-rough-'));
  const [alpha, beta] = [await serveSandbox('alpha', 0), await serveSandbox('beta', 500)];
  beta.create('Contact', { contact_type: 'Individual', first_name: 'Ada', external_identifier: 'EXT-1' });
  const records = fillWithCases(alpha);
  return {
    alpha,
    beta,
    storeFile: join(folder, 'store.db'),
    change: () => {
      // A later second than that of the cases themselves: a mirror that has seen a second end looks for later ones.
      alpha.clock.advance(60_000);
      beta.clock.advance(60_000);
      changeCases(alpha, records);
    },
    contents: () => contentsOf(beta.sandbox),
    close: async () => {
      await alpha.sandbox.close();
      await beta.sandbox.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** What people do to cases in a week. */
function changeCases(site: ServedSandbox, { cases, activities }: ReturnType<typeof fillWithCases>): void {
  const [one = 0, two = 0, three = 0] = cases;
  const [first = 0, second = 0, third = 0] = activities;
  site.update('Activity', first, { 'status_id:name': 'Completed', subject: 'Reached' });
  site.update('Activity', second, { assignee_contact_id: [] });
  site.update('Activity', third, { is_deleted: true });
  site.update('Case', two, { subject: 'Another roof' });
  site.update('Case', three, { 'status_id:name': 'Closed', end_date: '2026-03-02' });
  for (const caseId of [one, two]) {
    site.create('Activity', { 'activity_type_id:name': 'Meeting', case_id: caseId, source_contact_id: 2 });
  }
}
