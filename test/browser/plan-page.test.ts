import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderPlanPage } from '../../src/cli/plan-page.ts';
import {
  applyMigration,
  contactKeysOf,
  createMemoryRunJournal,
  planMigration,
  snapshotSite,
  askTarget,
} from '../../src/migrate/index.ts';
import { openBrowser, violations } from '../support/browser.ts';
import { hilltop, riverside } from '../support/migration-sites.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** A plan that creates nothing new, changes an activity type and takes parts of the case type away. */
async function secondPlan() {
  const [source, journal] = [riverside(), createMemoryRunJournal()];
  const target = hilltop({ impacts: { Paused: { openCases: 3, openActivities: 0, people: 4 } } });
  const plan = async () => {
    const from = await snapshotSite(source, { caseTypes: ['appeal'] });
    const contacts = contactKeysOf(from, 'appeal');
    const there = await snapshotSite(target, { caseTypes: ['appeal'], contacts });
    const { given: base } = await journal.lastApplied('hilltop');
    return askTarget(
      planMigration({ source: from, target: there, caseTypes: ['appeal'], base }),
      there,
      target,
    );
  };
  const first = await plan();
  await applyMigration(first, target, journal);
  const [held] = await source.caseTypes();
  if (held === undefined) throw new Error('There is no case type.');
  const { acceptsDefinition: _acceptsDefinition, ...caseType } = held;
  await source.saveCaseType({
    ...caseType,
    definition: { ...caseType.definition, statuses: ['Open', 'Closed'] },
  });
  await source.update({ kind: 'activity_type', name: 'Hearing' }, { label: 'A <b>hearing</b> '.repeat(12) });
  return { first, second: await plan() };
}

describe('the page of a plan', () => {
  test('shows both sides and whom it touches, fits on a screen and on paper, and breaks no rule', async () => {
    const { first, second } = await secondPlan();
    for (const plan of [first, second]) {
      const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
      await page.setContent(renderPlanPage(plan));
      expect(await violations(page)).toEqual([]);
      const overflow = () =>
        page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
      await page.setViewportSize({ width: 380, height: 900 });
      expect(await overflow()).toBe(0);
      await page.setViewportSize({ width: 794 - 106, height: 1000 });
      await page.emulateMedia({ media: 'print' });
      expect(await overflow()).toBe(0);
      await page.close();
    }
    const text = renderPlanPage(second);
    expect(text).toContain('case status no longer allowed: &quot;Paused&quot;: 3 open cases, 4 people');
    expect(text).not.toContain('<b>hearing');
    expect(text).toContain('hilltop, with what riverside holds');
  });
});
