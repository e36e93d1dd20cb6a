import type { LintFinding, LintRule, LintSeverity } from '../../case-type/lint/index.ts';
import type { FileFindings } from './file-findings.ts';
import { LINT_RULES } from './rules.ts';

const LEVELS: Readonly<Record<LintSeverity, string>> = { error: 'error', warning: 'warning', notice: 'note' };
const INDEX = new Map(LINT_RULES.map(({ code }, index) => [code, index]));

/**
 * Findings as a SARIF 2.1.0 log with the whole table of rules.
 * @param version of civicase, or null
 */
export function renderSarif(files: readonly FileFindings[], version: string | null): object {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'civicase',
            ...(version === null ? {} : { semanticVersion: version }),
            rules: LINT_RULES.map(renderRule),
          },
        },
        columnKind: 'unicodeCodePoints',
        artifacts: files.map(({ file }) => ({ location: { uri: toUri(file) } })),
        results: files.flatMap(({ file, findings }, index) =>
          findings.map((finding) => renderResult(file, index, finding)),
        ),
      },
    ],
  };
}

function renderRule({ code, severity, level, what, why, source, fix, autofix }: LintRule): object {
  return {
    id: code,
    name: pascal(code),
    shortDescription: { text: what },
    fullDescription: { text: `${what} ${why}` },
    help: { text: `${fix} (CiviCRM: ${source})` },
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { level, autofix },
  };
}

function renderResult(file: string, index: number, finding: LintFinding): object {
  const { code, severity, line, column, path, what, why, fix } = finding;
  const region =
    line === null ? {} : { region: { startLine: line, ...(column === null ? {} : { startColumn: column }) } };
  return {
    ruleId: code,
    ruleIndex: INDEX.get(code) ?? -1,
    level: LEVELS[severity],
    message: { text: `${what} ${why} ${fix}` },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: toUri(file), index }, ...region },
        ...(path === '' ? {} : { logicalLocations: [{ fullyQualifiedName: path }] }),
      },
    ],
  };
}

const pascal = (code: string): string =>
  code.replace(/(?:^|-)([a-z])/g, (_all, letter: string) => letter.toUpperCase());
const toUri = (file: string): string =>
  file.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');
