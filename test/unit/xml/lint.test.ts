import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CaseTypeDefinition } from '../../../src/case-type/index.ts';
import {
  fixDocument,
  LINT_RULES,
  fixJson,
  lintDefinition,
  lintDocument,
  lintFileSet,
  renderGitHub,
  renderPretty,
  renderRulesMarkdown,
  renderSarif,
  toLintedFile,
  type FileFindings,
} from '../../../src/xml/index.ts';
import { codeFrame } from '../../../src/xml/lint/code-frame.ts';
import { expectGolden } from '../../support/golden.ts';

const GOLDEN = new URL('../../golden/lint/', import.meta.url);
const golden = (code: string): string => readFileSync(new URL(`${code}/bad.xml`, GOLDEN), 'utf8');
const codesIn = (text: string | Uint8Array, options = {}): readonly string[] =>
  lintDocument(text, 'a.xml', options).findings.map(({ code }) => code);

describe('a finding in a file', () => {
  it('can be left out by a comment before its element', () => {
    const text = golden('padded-name').replace(
      '    <RelationshipType>',
      '    <!-- civicase-lint-ignore padded-name: the site has it so -->\n    <RelationshipType>',
    );
    expect(codesIn(text)).toEqual([]);
  });

  it('can be left out by a comment before the root, several codes at once', () => {
    const text = golden('padded-name').replace(
      '<CaseType>',
      '<!-- civicase-lint-ignore padded-name, no-manager: so -->\n<CaseType>',
    );
    expect(lintDocument(text, 'a.xml').findings).toMatchObject([
      { code: 'unused-ignore', what: 'There is no "no-manager" to ignore here.', line: 2 },
    ]);
  });

  it('is not left out by a comment elsewhere, and a code that is none is told', () => {
    const text = golden('padded-name').replace(
      '  <CaseRoles>',
      '  <!-- civicase-lint-ignore paded-name: a slip -->\n  <CaseRoles>',
    );
    expect(lintDocument(text, 'a.xml').findings.map(({ code, what }) => [code, what])).toEqual([
      ['unused-ignore', 'There is no rule "paded-name".'],
      ['padded-name', '" Case Coordinator " has white space around it.'],
    ]);
  });

  it('can be left out, or be worse, for whoever asks', () => {
    const text = golden('no-manager');
    expect(codesIn(text, { ignore: ['no-manager'] })).toEqual([]);
    expect(lintDocument(text, 'a.xml', { severity: { 'no-manager': 'error' } }).findings).toMatchObject([
      { code: 'no-manager', severity: 'error' },
    ]);
  });

  it.each(['\n', '\r\n'])('stands at the same place with line ends %j', (end) => {
    const text = golden('flag-not-true').replaceAll('\n', end);
    expect(lintDocument(text, 'a.xml').findings).toMatchObject([{ line: 20, column: 7 }]);
  });

  it('does not say of another document what it lacks of a case type', () => {
    expect(codesIn('<html><body/></html>')).toEqual(['unexpected-root']);
    expect(codesIn('<Settings><ActivityTypes/></Settings>')).toEqual(['unexpected-root']);
  });

  it.each(['', ' \n', 'no XML', '{'])('is one when the text is %j', (text) => {
    const report = lintDocument(text, 'a.xml');
    expect(report.findings.map(({ code }) => code)).toEqual(['not-xml']);
    expect(report.error?.kind).toBe('invalid-input');
  });
});

describe('a finding in JSON', () => {
  const definition = { caseRoles: [{ name: 'Case Coordinator', manager: 'yes' }] };
  const text = JSON.stringify({ name: 'intake', definition }, null, 2);

  it('has its path, and its place in the text', () => {
    const { findings } = lintDefinition({ definition, name: 'intake', text, within: ['definition'] });
    const finding = findings.find(({ code }) => code === 'manager-not-one');
    expect(finding).toMatchObject({ path: 'caseRoles.0.manager', line: 7, column: 20 });
  });

  it('has its path alone without a text', () => {
    const { findings } = lintDefinition({ definition, name: null });
    const finding = findings.find(({ code }) => code === 'manager-not-one');
    expect(finding).toMatchObject({ path: 'caseRoles.0.manager', line: null, column: null });
  });

  it('tells a key that is no name of XML', () => {
    const attributes = { activityTypes: [{ name: 'Open Case', '@attributes': { a: 'b' } }] };
    expect(lintDefinition({ definition: attributes, name: null }).findings.map(({ code }) => code)).toContain(
      'not-writable',
    );
  });
});

describe('a code frame', () => {
  it('puts the caret below the character', () => {
    expect(codeFrame('<a>b</a>', 4, 7)).toEqual(['7 | <a>b</a>', '  |    ^']);
  });

  it('knows tabs, wide characters and marks', () => {
    expect(codeFrame('\tß字é\u0301x', 6, 12)).toEqual(['12 |   ß字é\u0301x', '   |       ^']);
  });

  it('cuts a long line around the column', () => {
    const [line, caret] = codeFrame(`${'a'.repeat(500)}X${'b'.repeat(500)}`, 501, 1);
    expect(line.length).toBeLessThan(120);
    expect(line.charAt(caret.length - 1)).toBe('X');
    expect(line).toMatch(/^1 \| ….*…$/);
  });

  it('shows no control character to a terminal', () => {
    expect(codeFrame('a\u001b[31mb', 1, 1)[0]).toBe('1 | a·[31mb');
  });
});

describe('findings are told', () => {
  const finding = {
    code: 'padded-name',
    severity: 'error',
    path: '',
    line: 3,
    column: 5,
    what: '50% of "a, b: c"\nis off.',
    why: 'Because.',
    fix: 'Mend it.',
    fixable: false,
  } as const;
  const files: readonly FileFindings[] = [
    { file: 'a,b:c/d é.xml', findings: [finding], lines: new Map([[3, '  <a/>']]) },
  ];

  it('to GitHub with everything escaped that it would misread', () => {
    expect(renderGitHub(files)).toBe(
      '::error file=a%2Cb%3Ac/d é.xml,line=3,col=5,title=padded-name::50%25 of "a, b: c"%0Ais off. Because. Mend it.',
    );
  });

  it('as SARIF with the whole table of rules', () => {
    const log = renderSarif(files, '1.2.3') as {
      readonly version: string;
      readonly runs: readonly {
        readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
        readonly results: readonly {
          readonly ruleId: string;
          readonly ruleIndex: number;
          readonly level: string;
        }[];
      }[];
    };
    const [run] = log.runs;
    expect(log.version).toBe('2.1.0');
    expect(run?.tool.driver.rules.map(({ id }) => id)).toEqual(LINT_RULES.map(({ code }) => code));
    const [result] = run?.results ?? [];
    expect(run?.tool.driver.rules[result?.ruleIndex ?? -1]?.id).toBe('padded-name');
    expect(result).toMatchObject({
      ruleId: 'padded-name',
      level: 'error',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'a%2Cb%3Ac/d%20%C3%A9.xml', index: 0 },
            region: { startLine: 3, startColumn: 5 },
          },
        },
      ],
    });
  });

  it('to people, in colours only when asked', () => {
    const plain = renderPretty(files, { colour: false });
    expect(plain).toContain('a,b:c/d é.xml:3:5 error 50% of');
    expect(plain).toContain('  3 |   <a/>\n    |     ^\n');
    expect(plain).not.toContain('\u001b');
    expect(renderPretty(files, { colour: true })).toContain('\u001b[31m');
  });
});

describe('files beside each other', () => {
  const named = (file: string, name: string) =>
    toLintedFile(file, lintDocument(`<CaseType><name>${name}</name></CaseType>`, file));

  it('may have one name in different folders', () => {
    expect(lintFileSet([named('a/x.xml', 'One'), named('b/x.xml', 'Two')]).size).toBe(0);
  });

  it('are told at the place of the name', () => {
    const found = lintFileSet([named('a/x.xml', 'One'), named('b/y.xml', ' one ')]);
    expect([...found.keys()]).toEqual(['b/y.xml']);
    expect(found.get('b/y.xml')).toMatchObject([{ code: 'duplicate-case-type', line: 1, column: 11 }]);
  });
});

describe('several fixes in one file', () => {
  it('are all made, and nothing else is touched', () => {
    const text = golden('flag-not-true')
      .replace('<name>Visit</name>', '<name> Visit </name>\r\n      <max_instances></max_instances>')
      .replace('<reference_offset>3<', '<reference_offset> 3 <')
      .replace('</ActivitySets>', '</ActivitySets><!-- kept -->');
    const { report, fixed } = fixDocument(lintDocument(text, 'a.xml'));
    expect(fixed.map(({ code }) => code).sort()).toEqual([
      'empty-leaf',
      'flag-not-true',
      'offset-form',
      'padded-name',
    ]);
    expect(report.document?.source.text).toBe(
      text
        .replace('<name> Visit </name>\r\n      <max_instances></max_instances>', '<name>Visit</name>')
        .replace('<timeline>1<', '<timeline>true<')
        .replace('> 3 <', '>3<'),
    );
  });
});

describe('the page of rules', () => {
  it('is what the table says', () => {
    expectGolden(new URL('../../../docs/lint-rules.md', import.meta.url), renderRulesMarkdown(LINT_RULES));
  });
});

const RECORDED = new URL('../../../../shared/civicrm/recordings/casetype-xml/', import.meta.url);
const recorded = existsSync(RECORDED) ? readdirSync(RECORDED).filter((file) => file.endsWith('.xml')) : [];

const UNSAVEABLE = ['not-writable', 'attribute-in-item', 'comment-in-item', 'empty-leaf', 'repeated-leaf'];

describe.skipIf(recorded.length === 0)('recorded case types (needs ../shared/civicrm)', () => {
  it.each(recorded)(
    '%s: lint agrees with CiviCRM on what cannot be read or saved, and fixes hold',
    (file) => {
      const bytes = readFileSync(new URL(file, RECORDED));
      const verdict = JSON.parse(
        readFileSync(new URL(file.replace(/\.xml$/, '.expected.json'), RECORDED), 'utf8'),
      ) as { readonly parses: boolean; readonly definition_error?: string; readonly xml_error?: string };
      const report = lintDocument(bytes, file);
      const isReadable = verdict.parses && verdict.definition_error === undefined;
      expect(report.error === null).toBe(isReadable);
      if (!isReadable) expect(report.findings).toHaveLength(1);
      if (verdict.xml_error !== undefined)
        expect(report.findings.some(({ code }) => UNSAVEABLE.includes(code))).toBe(true);
      const once = fixDocument(report);
      const twice = fixDocument(once.report);
      expect(twice.fixed).toEqual([]);
      expect(once.report.findings.filter(({ fixable }) => fixable)).toEqual([]);
    },
  );
});

describe('mending a definition in JSON', () => {
  const mend = (text: string, within: readonly string[] = []) => {
    const root = JSON.parse(text) as Record<string, unknown>;
    const definition = (within.length === 0 ? root : root['definition']) as CaseTypeDefinition;
    const input = { definition, name: null, text, within };
    const report = lintDefinition(input);
    const fixed = fixJson(input, report);
    expect(fixJson({ ...input, text: fixed.text, definition }, fixed.report).text).toBe(fixed.text);
    return fixed;
  };

  it('changes what it mends and no other character', () => {
    const text = `{
\t"definition": { "statuses": ["Open", "Closed" , "Open"],  "weight": 1.50,
\t\t"activityTypes": [ {"name" : " Open Case"} ] }, "name": "intake"
}\r\n`;
    const { text: mended, fixed } = mend(text, ['definition']);
    expect(mended).toBe(text.replace(' , "Open"]', ']').replace('" Open Case"', '"Open Case"'));
    expect(fixed.map(({ code }) => code).sort()).toEqual(['duplicate-status', 'padded-name']);
  });

  it('takes a key out with its comma, wherever it stands', () => {
    const file = (step: string) =>
      `{"activitySets":[{"name":"s","timeline":"1","activityTypes":[{"name":"Open Case"},{${step}}]}]}`;
    const unused = '"default_assignee_contact":"5"';
    const codes = (step: string) => mend(file(step)).fixed.map(({ code }) => code);
    for (const [before, after] of [
      [`"name":"Call", ${unused}`, '"name":"Call"'],
      [`${unused}, "name":"Call"`, '"name":"Call"'],
      [`"name":"Call",${unused} ,"status":"Scheduled"`, '"name":"Call" ,"status":"Scheduled"'],
    ] as const) {
      expect(codes(before)).toContain('assignee-unused');
      expect(mend(file(before)).text).toBe(file(after));
    }
  });

  it('leaves YAML alone', () => {
    const report = lintDefinition({
      definition: { statuses: ['Open', 'Open'] },
      name: null,
      text: 'statuses: [Open, Open]\n',
    });
    expect(report.findings.map(({ code, fixable }) => [code, fixable])).toContainEqual([
      'duplicate-status',
      false,
    ]);
  });
});
