import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDaysOff } from '../../src/calendar/days-off.ts';
import { simulateOpening, toCaseTypeModel, type CaseTypeDefinition } from '../../src/case-type/index.ts';
import {
  renderCaseTypePage,
  renderGraphSvg,
  renderTimelineSvg,
  type Language,
} from '../../src/render/index.ts';
import { readCaseTypeXml } from '../../src/xml/index.ts';
import { openBrowser, violations } from '../support/browser.ts';
import { madeCaseType } from '../support/drawn-case-types.ts';
import { runCivicase } from '../support/run-civicase.ts';
import { SHIPPED_CASE_TYPES, shippedFile } from '../support/shipped-case-types.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const drawing = (title: string, definition: CaseTypeDefinition, language: Language = 'en') => {
  const model = toCaseTypeModel(definition);
  return {
    title,
    model,
    language,
    simulation: simulateOpening({ definition: model, startDate: '2026-03-05' }),
  };
};
const fromXml = (file: string) => readCaseTypeXml(readFileSync(file), basename(file)).definition;

/** Pairs of texts that lie over each other, and texts beyond the edge of their picture. */
const FAULTS_OF_PICTURES = `[...document.querySelectorAll('svg')].flatMap((svg) => {
  const name = svg.querySelector('title').textContent;
  const canvas = svg.getBoundingClientRect();
  const texts = [...svg.querySelectorAll('text')]
    .map((element) => ({ words: element.textContent, box: element.getBoundingClientRect() }))
    .sort((a, b) => a.box.top - b.box.top);
  const beyond = texts.filter(({ box }) =>
    box.left < canvas.left || box.right > canvas.right || box.top < canvas.top || box.bottom > canvas.bottom);
  const overlaps = texts.flatMap((one, index) => {
    const found = [];
    for (const other of texts.slice(index + 1)) {
      if (other.box.top >= one.box.bottom - 1) break;
      if (other.box.left < one.box.right - 1 && other.box.right > one.box.left + 1)
        found.push(name + ': "' + one.words + '" over "' + other.words + '"');
    }
    return found;
  });
  return [...beyond.map(({ words }) => name + ': "' + words + '" beyond the edge'), ...overlaps];
})`;

async function faults(svgs: readonly string[]): Promise<readonly string[]> {
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  await page.setContent(`<body style="margin: 0">${svgs.map((svg) => `<div>${svg}</div>`).join('')}`);
  const found = await page.evaluate<string[]>(FAULTS_OF_PICTURES);
  await page.close();
  return found;
}

const recordings = fileURLToPath(
  new URL('../../../shared/civicrm/recordings/casetype-xml/', import.meta.url),
);
/** Recorded case types, but those that are there to be refused. */
const recorded = (existsSync(recordings) ? readdirSync(recordings) : [])
  .filter((file) => file.endsWith('.xml'))
  .flatMap((file) => {
    try {
      return [drawing(file, fromXml(join(recordings, file)))];
    } catch {
      return [];
    }
  });

describe('a drawn timeline', () => {
  test.each([5, 40, 120])('of %i steps has no text over another or beyond the edge', async (steps) => {
    const svgs = [1, 2].flatMap((seed) => {
      const made = drawing(`Made ${steps}/${seed}`, madeCaseType(steps, seed), seed === 2 ? 'fr' : 'en');
      return [
        renderTimelineSvg(made),
        renderTimelineSvg({ ...made, width: 640 }),
        renderTimelineSvg({
          ...made,
          showDates: true,
          daysOff: createDaysOff({ country: 'FR' }),
          width: 880,
        }),
      ];
    });
    expect(await faults(svgs)).toEqual([]);
  });

  test('of each case type that we ship is as readable', async () => {
    const svgs = SHIPPED_CASE_TYPES.map((name) =>
      renderTimelineSvg(drawing(name, fromXml(shippedFile(name, '.xml')), 'fr')),
    );
    expect(svgs.length).toBeGreaterThan(10);
    expect(await faults(svgs)).toEqual([]);
  });

  test.skipIf(recorded.length === 0)('of each recorded case type is as readable', async () => {
    expect(await faults(recorded.map((one) => renderTimelineSvg(one)))).toEqual([]);
  });
});

test.each([5, 40, 120])(
  'a drawn graph of %i steps has no text over another or beyond the edge',
  async (steps) => {
    expect(await faults([await renderGraphSvg(drawing('Made', madeCaseType(steps)))])).toEqual([]);
  },
);

test.skipIf(recorded.length === 0)('a drawn graph of each recorded case type is as readable', async () => {
  const svgs: string[] = [];
  for (const one of recorded) svgs.push(await renderGraphSvg(one));
  expect(await faults(svgs)).toEqual([]);
});

describe('a printed comparison', () => {
  const folder = mkdtempSync(join(tmpdir(), 'civicase-diff-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(['en', 'fr'])('fits on paper and breaks no rule (%s)', async (language) => {
    for (const [name, seed] of [
      ['before', 1],
      ['after', 2],
    ] as const)
      writeFileSync(join(folder, `${name}.json`), JSON.stringify(madeCaseType(30, seed)));
    const words = ['xml', 'diff', 'before.json', 'after.json', '--html', '--lang', language];
    const { out } = await runCivicase(words, { workingDirectory: folder });
    const page = await openPage(out);
    expect(await violations(page)).toEqual([]);
    await page.setViewportSize({ width: 794 - 106, height: 1000 });
    await page.emulateMedia({ media: 'print' });
    expect(await overflow(page)).toBe(0);
    await page.close();
  });
});

async function openPage(html: string, width = 1200): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  await page.setContent(html);
  return page;
}

const overflow = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');

describe('the page for the committee', () => {
  const html = (language: Language, definition: CaseTypeDefinition): string =>
    renderCaseTypePage({
      ...drawing('Health grant', definition, language),
      name: 'health_grant',
      description: null,
      fingerprint: '0123456789ab',
      findings: { errors: 1, warnings: 2 },
      links: [{ href: 'index.html', text: 'All case types' }],
    });

  test.each(['en', 'fr'] as const)('breaks no rule of accessibility (%s)', async (language) => {
    const page = await openPage(html(language, madeCaseType(20)));
    expect(await violations(page)).toEqual([]);
    expect(await page.getAttribute('html', 'lang')).toBe(language);
    await page.close();
  });

  test('asks for nothing from outside', async () => {
    const page = await browser.newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.setContent(html('en', fromXml(shippedFile('health_grant', '.xml'))));
    expect(asked.filter((url) => !url.startsWith('data:'))).toEqual([]);
    await page.close();
  });

  test.each([320, 700, 1200])('needs no sideways scrolling of the whole page at %i pixels', async (width) => {
    const page = await openPage(html('fr', madeCaseType(20)), width);
    expect(await overflow(page)).toBe(0);
    await page.close();
  });

  test.each([
    ['A4', 794 - 106],
    ['Letter', 816 - 106],
  ] as const)('fits on the width of %s paper, the picture on one sheet', async (format, width) => {
    const page = await openPage(html('en', madeCaseType(40)), width);
    await page.emulateMedia({ media: 'print' });
    expect(await overflow(page)).toBe(0);
    const height = await page.evaluate<number>(
      "document.querySelector('svg').getBoundingClientRect().height",
    );
    expect(height).toBeLessThan(950);
    expect((await page.pdf({ format })).subarray(0, 5).toString()).toBe('%PDF-');
    await page.close();
  });
});

describe('the gallery', () => {
  const folder = mkdtempSync(join(tmpdir(), 'civicase-gallery-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('opens from a folder: every picture is there, every link leads somewhere, no rule is broken', async () => {
    const result = await runCivicase(['xml', 'gallery', '--out', '.'], { workingDirectory: folder });
    expect(result.code, result.err).toBe(0);
    const page = await browser.newPage();
    await page.goto(pathToFileURL(join(folder, 'index.html')).href);
    expect(await page.locator('main section').count()).toBe(SHIPPED_CASE_TYPES.length);
    expect(await violations(page)).toEqual([]);
    // A picture that is not there, or not well-formed, cannot be decoded.
    await page.evaluate(`Promise.all([...document.images].map((image) => {
      image.loading = 'eager';
      return image.decode();
    }))`);
    const hrefs = await page.evaluate<string[]>(
      "[...document.links].map((link) => link.getAttribute('href'))",
    );
    const missing = hrefs.filter(
      (href) => !href.startsWith('#') && !existsSync(join(folder, decodeURIComponent(href))),
    );
    expect(missing).toEqual([]);
    expect(await page.locator('[lang=fr]').count()).toBeGreaterThan(0);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.className')).toBe('skip');
    await page.close();
  });
});
