import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { simulateOpening, toCaseTypeModel } from '../../../src/case-type/index.ts';
import {
  renderCaseTypePage,
  renderGraphSvg,
  renderTimelineSvg,
  type Language,
} from '../../../src/render/index.ts';
import { readCaseTypeXml } from '../../../src/xml/index.ts';
import { expectGolden } from '../../support/golden.ts';
import { runCivicase } from '../../support/run-civicase.ts';
import { SHIPPED_CASE_TYPES, SHIPPED_FOLDER, shippedFile } from '../../support/shipped-case-types.ts';

const FOLDER = new URL('../../golden/draw/', import.meta.url);
const CASES: Readonly<Record<string, { readonly title: string; readonly language: Language }>> = {
  'first-contact': { title: 'First contact', language: 'en' },
  'premier-accueil': { title: 'Premier accueil', language: 'fr' },
};

test('each golden folder is drawn', () => {
  expect(readdirSync(FOLDER).toSorted()).toEqual(Object.keys(CASES).toSorted());
});

describe.each(Object.entries(CASES))('%s', (name, { title, language }) => {
  const folder = new URL(`${name}/`, FOLDER);
  const { definition } = readCaseTypeXml(readFileSync(new URL('input.xml', folder)), 'input.xml');
  const model = toCaseTypeModel(definition);
  const drawing = {
    title,
    language,
    model,
    simulation: simulateOpening({ definition, startDate: '2001-01-01' }),
  };

  test('is drawn as a timeline', () =>
    expectGolden(new URL('timeline.svg', folder), renderTimelineSvg(drawing)));

  test('is drawn as a graph', async () =>
    expectGolden(new URL('graph.svg', folder), await renderGraphSvg(drawing)));

  test('is told on a page', () =>
    expectGolden(
      new URL('page.html', folder),
      renderCaseTypePage({
        ...drawing,
        name: name.replace('-', '_'),
        description: null,
        fingerprint: '0123456789ab',
      }),
    ));
});

test.each(SHIPPED_CASE_TYPES)('the picture of the shipped %s is current', async (name) => {
  const { out } = await runCivicase(['xml', 'draw', shippedFile(name, '.xml')], {
    workingDirectory: SHIPPED_FOLDER,
  });
  expectGolden(new URL(`file://${shippedFile(name, '.svg')}`), out);
});
