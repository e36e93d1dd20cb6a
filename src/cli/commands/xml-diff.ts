import { Command, Option } from 'commander';
import { AppError } from '../../base/errors.ts';
import { describeChange } from '../../case-type/index.ts';
import { renderDiffPage, renderDiffSvg, renderDiffText, type Language } from '../../render/index.ts';
import { compareCaseTypes, type ComparisonReport } from '../compare-case-types.ts';
import type { CommandContext } from '../context.ts';
import { languageOption } from '../drawn-case-type.ts';
import { writeOutput } from '../write-output.ts';

interface DiffOptions {
  readonly html?: boolean;
  readonly svg?: boolean;
  readonly out?: string;
  readonly lang?: Language;
}

export function xmlDiffCommand(context: CommandContext): Command {
  return new Command('diff')
    .description('tell what changed between two case types, and what that means for new cases')
    .argument('<before>', 'XML, or a case type in JSON or YAML; - reads stdin; or a folder')
    .argument('<after>', 'the same; case types of two folders are paired by name')
    .addOption(
      new Option('--html', 'a page with old and new side by side, to read or print').conflicts('svg'),
    )
    .option('--svg', 'a picture of what a new case gets before and after')
    .option('--out <file>', 'write the page or picture there')
    .addOption(languageOption())
    .addHelpText(
      'after',
      `
Exit code 0: no differences, or only in what CiviCRM does not read, such as comments; 2: there are differences.

Git shows the changes of a case type in words with:
  git config diff.civicase.textconv "civicase xml text"
  echo "*.xml diff=civicase" >> .gitattributes

Examples:
  civicase xml diff housing_support.xml housing_support.new.xml
  civicase xml diff before/ after/ --html --out changes.html
  git show HEAD~1:housing_support.xml | civicase xml diff - housing_support.xml`,
    )
    .action(async (before: string, after: string, options: DiffOptions) => {
      if (before === '-' && after === '-') {
        throw new AppError(
          'invalid-input',
          'Only one of the two can be read from stdin. Give a file for the other.',
        );
      }
      const report = await compareCaseTypes(context.io, before, after, options.lang);
      const text = shown(report, options, context.io.colour && options.out === undefined);
      if (options.out !== undefined) writeOutput(context.io, options.out, `${text.trimEnd()}\n`);
      context.report({
        exitCode: isSame(report) ? 0 : 2,
        json: toJson(report),
        text: options.out === undefined ? text.trimEnd() : `Written to ${options.out}.`,
      });
    });
}

const isSame = ({ differing, added, removed, renamed }: ComparisonReport): boolean =>
  differing.length + added.length + removed.length === 0 && renamed === null;

function shown(report: ComparisonReport, { html, svg, lang }: DiffOptions, isColoured: boolean): string {
  const { differing } = report;
  const language = lang ?? differing[0]?.language ?? 'en';
  if (svg === true) {
    const [only, another] = differing;
    if (only === undefined)
      throw new AppError('not-found', 'There is nothing to draw: no case type differs.');
    if (another !== undefined) {
      throw new AppError(
        'invalid-input',
        'A picture shows one case type. Give two files, or use --html for folders.',
      );
    }
    return renderDiffSvg(only);
  }
  const remarks = remarksOf(report, language);
  if (html === true) {
    const [only] = differing;
    const title =
      differing.length === 1 && remarks.length === 0 && only !== undefined
        ? only.title
        : WORDS[language].pageTitle;
    return renderDiffPage({ title, language, compared: differing, remarks });
  }
  return [...remarks, ...differing.map((one) => renderDiffText(one, isColoured))].join('\n\n');
}

const WORDS = {
  en: {
    pageTitle: 'Changes of case types',
    none: 'No differences.',
    onlyBytes: 'No differences: the files differ only in what CiviCRM does not read.',
    added: (name: string) => `+ Case type ${name} is new.`,
    removed: (name: string) => `- Case type ${name} is gone.`,
    renamed: (from: string, to: string) => `~ The case type is called ${to} instead of ${from}.`,
  },
  fr: {
    pageTitle: 'Changements des types de dossier',
    none: 'Aucune différence.',
    onlyBytes: 'Aucune différence\u00a0: les fichiers ne diffèrent que par ce que CiviCRM ne lit pas.',
    added: (name: string) => `+ Le type de dossier ${name} est nouveau.`,
    removed: (name: string) => `- Le type de dossier ${name} a disparu.`,
    renamed: (from: string, to: string) => `~ Le type de dossier s’appelle ${to} au lieu de ${from}.`,
  },
} as const;

function remarksOf(report: ComparisonReport, language: Language): readonly string[] {
  const words = WORDS[language];
  const { added, removed, renamed } = report;
  const lines = [
    ...(renamed === null ? [] : [words.renamed(renamed.from, renamed.to)]),
    ...added.map(words.added),
    ...removed.map(words.removed),
  ];
  return isSame(report)
    ? [report.otherBytes === 0 ? words.none : words.onlyBytes]
    : lines.length === 0
      ? []
      : [lines.join('\n')];
}

const toJson = ({ differing, added, removed, renamed }: ComparisonReport) => ({
  added,
  removed,
  renamed,
  caseTypes: differing.map(({ name, before, after, changes, impact, language }) => ({
    name,
    before,
    after,
    changes: changes.map((change) => ({ ...change, sentence: describeChange(change, language) })),
    impact,
  })),
});
