import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type * as Whole from '../../../src/index.ts';
import type * as Xml from '../../../src/xml/index.ts';
import { shippedFile } from '../../support/shipped-case-types.ts';

const ROOT = new URL('../../../', import.meta.url);
const { exports: entries } = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8')) as {
  readonly exports: Readonly<Record<string, { readonly default: string }>>;
};

/** The source behind a public name of the package. */
const entrance = (name: string): Promise<unknown> => {
  const built = entries[name]?.default ?? '';
  return import(new URL(built.replace('./dist/', 'src/').replace(/\.js$/, '.ts'), ROOT).href);
};

const xml = (await entrance('./xml')) as typeof Xml;
const whole = (await entrance('.')) as typeof Whole;

/** What does the work of each command. */
const FUNCTIONS: Readonly<Record<string, readonly string[]>> = {
  definition: ['readCaseType', 'readCaseTypeXml', 'toDefinitionJson'],
  write: ['writeDefinitionXml'],
  convert: [
    'writeCaseTypeYaml',
    'rewriteCaseTypeYaml',
    'writeStepsCsv',
    'applyStepsCsv',
    'newCaseTypeDocument',
  ],
  lint: ['lintDocument', 'lintDefinition', 'lintFileSet', 'fixDocument', 'fixJson', 'renderSarif'],
  rules: ['LINT_RULES', 'ruleOf'],
  schema: ['renderCaseTypeXsd', 'definitionJsonSchema'],
  simulate: ['simulateOpening', 'advanceCase', 'presentSimulation'],
  diff: ['diffCaseTypes', 'describeChange', 'openingImpact', 'applyChanges'],
  merge: ['mergeDocuments', 'mergeDefinitions', 'findMergeConflicts'],
  new: ['newDefinition'],
};

describe('the library', () => {
  it.each(Object.entries(FUNCTIONS))('gives what "civicase xml %s" does', (_command, names) => {
    for (const name of names) expect(Object.keys(xml)).toContain(name);
  });

  it('gives what is drawn and tested beside the XML', () => {
    const { renderTimelineSvg, renderGraphSvg, renderCaseTypePage, renderGalleryPage } = whole;
    const { renderDefinitionText, renderDiffText, renderDiffPage, renderDiffSvg, runProcessTest } = whole;
    for (const one of [renderTimelineSvg, renderGraphSvg, renderCaseTypePage, renderGalleryPage])
      expect(one).toBeTypeOf('function');
    for (const one of [renderDefinitionText, renderDiffText, renderDiffPage, renderDiffSvg, runProcessTest])
      expect(one).toBeTypeOf('function');
  });

  it('reads one case type alike in every form', () => {
    const bytes = readFileSync(shippedFile('housing_support', '.xml'));
    const { name, definition } = xml.readCaseType(bytes, 'housing.xml');
    const encode = (text: string) => new TextEncoder().encode(text);
    const yaml = encode(xml.writeCaseTypeYaml(definition, name));
    const json = encode(JSON.stringify({ name, definition: xml.toDefinitionJson(definition) }));
    for (const [form, other] of Object.entries({ yaml, json })) {
      expect(xml.caseTypeForm(other, 'stdin')).toBe(form);
      const read = xml.readCaseType(other, 'stdin');
      expect(read.name).toBe(name);
      expect(xml.diffCaseTypes(definition, read.definition)).toEqual([]);
    }
  });
});
