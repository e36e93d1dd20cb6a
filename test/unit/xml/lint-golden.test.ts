import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CaseTypeDefinition } from '../../../src/case-type/index.ts';
import { parseSiteNames } from '../../../src/migrate/index.ts';
import {
  fixDocument,
  indexSite,
  LINT_RULES,
  lintDefinition,
  lintDocument,
  lintFileSet,
  toLintedFile,
  type LintFinding,
  type LintOptions,
  type LintRule,
} from '../../../src/xml/index.ts';
import { expectGolden } from '../../support/golden.ts';

const FOLDER = new URL('../../golden/lint/', import.meta.url);
const NAMES = new URL('../../fixtures/lint/site-names.yaml', import.meta.url);
const site = indexSite(parseSiteNames(readFileSync(NAMES, 'utf8'), 'site-names.yaml'));

type Sample = 'bad' | 'good';
const at = (code: string, file: string): URL => new URL(`${code}/${file}`, FOLDER);
const optionsOf = ({ level }: LintRule): LintOptions => (level === 'site' ? { site } : {});

/** Where a finding is told, which is what the golden files keep beside the sentence itself. */
const shown = ({ code, severity, path, line, column, what, fixable }: LintFinding) => ({
  code,
  severity,
  path,
  line,
  column,
  what,
  fixable,
});

function findingsOf(rule: LintRule, sample: Sample): readonly LintFinding[] {
  if (rule.level === 'directory') return setFindings(rule.code, sample);
  const json = at(rule.code, `${sample}.json`);
  if (!existsSync(json))
    return lintDocument(readFileSync(at(rule.code, `${sample}.xml`)), `${sample}.xml`, optionsOf(rule))
      .findings;
  const text = readFileSync(json, 'utf8');
  const value = JSON.parse(text) as CaseTypeDefinition & {
    readonly name?: string;
    readonly definition?: CaseTypeDefinition;
  };
  const { definition = value, name = null } = value;
  const within = definition === value ? [] : ['definition'];
  return lintDefinition({ definition, name, text, within }, optionsOf(rule)).findings;
}

function setFindings(code: string, sample: Sample): readonly LintFinding[] {
  const folder = at(code, `${sample}/`);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(folder.pathname.length - 1).replace(/^\/+/, ''))
    .sort();
  const reports = files.map((file) => ({
    file,
    report: lintDocument(readFileSync(new URL(file, folder)), file),
  }));
  const inSet = lintFileSet(reports.map(({ file, report }) => toLintedFile(file, report)));
  return reports.flatMap(({ file, report }) => [...(inSet.get(file) ?? []), ...report.findings]);
}

describe('golden files of the lint rules', () => {
  it('are there for every rule, and for no other', () => {
    expect(readdirSync(FOLDER).sort()).toEqual(LINT_RULES.map(({ code }) => code).sort());
  });

  it('hold nothing that no test reads', () => {
    for (const { code, level, autofix } of LINT_RULES) {
      const samples =
        level === 'directory'
          ? ['bad', 'good']
          : existsSync(at(code, 'bad.json'))
            ? ['bad.json', 'good.json']
            : ['bad.xml', 'good.xml'];
      const files = [...samples, 'bad.expected.json', ...(autofix ? ['expected.xml'] : [])];
      expect(readdirSync(at(code, '')).sort(), code).toEqual(files.sort());
    }
  });

  for (const rule of LINT_RULES) {
    it(`${rule.code}: bad gives this finding alone, good does not`, () => {
      const bad = findingsOf(rule, 'bad');
      expect(bad.map(({ code }) => code)).toEqual([rule.code]);
      expect(bad[0]).toMatchObject({ severity: rule.severity, fixable: rule.autofix });
      expectGolden(at(rule.code, 'bad.expected.json'), `${JSON.stringify(bad.map(shown), null, 2)}\n`);
      const good = findingsOf(rule, 'good').filter(({ code }) => code === rule.code);
      expect(good.map(({ what }) => what)).toEqual([]);
    });
  }

  for (const rule of LINT_RULES.filter(({ autofix }) => autofix)) {
    it(`${rule.code}: --fix mends bad and touches nothing else, and once is enough`, () => {
      const report = lintDocument(readFileSync(at(rule.code, 'bad.xml')), 'bad.xml', optionsOf(rule));
      const { report: after, fixed } = fixDocument(report, optionsOf(rule));
      expect(fixed.map(({ code }) => code)).toEqual([rule.code]);
      expect(after.findings).toEqual([]);
      expectGolden(at(rule.code, 'expected.xml'), after.document?.source.text ?? '');
      const again = fixDocument(after, optionsOf(rule));
      expect(again.fixed).toEqual([]);
      expect(again.report.document?.source.bytes).toEqual(after.document?.source.bytes);
    });
  }

  it.each(LINT_RULES)('$code says everything in sentences', ({ code, what, why, fix, source }) => {
    expect(code).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
    for (const text of [what, why, fix]) expect(text).toMatch(/^[A-Z<].*\.$|^[A-Z].*\)\.$/s);
    expect(source).not.toBe('');
  });
});
