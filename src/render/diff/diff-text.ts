import { sentenceText, type Sentence } from '../../case-type/index.ts';
import { groupChanges, impactLines, type CaseTypeComparison, type DiffLine } from './diff-groups.ts';
import { diffTexts } from './diff-texts.ts';

const COLOURS = { '+': '\u001b[32m', '-': '\u001b[31m', '~': '\u001b[33m' } as const;
const BOLD = '\u001b[1m';
const PLAIN = '\u001b[0m';

/** A comparison for a terminal: changes by what they are in, then what they mean for a new case. */
export function renderDiffText(comparison: CaseTypeComparison, isColoured: boolean): string {
  const texts = diffTexts(comparison.language);
  const { changes, impact, language, before, after } = comparison;
  const head = `${before} → ${after}${texts.colon}${texts.changes(changes.length)}`;
  const impacts = impactLines(impact, language);
  const groups = [...groupChanges(comparison), { title: texts.newCase, lines: impacts }];
  return [
    heading(head, isColoured),
    ...groups.flatMap(({ title, lines }) => [
      '',
      heading(title, isColoured),
      ...(lines.length === 0 ? [`  ${texts.noImpact}`] : lines.map((line) => lineText(line, isColoured))),
    ]),
  ].join('\n');
}

const heading = (text: string, isColoured: boolean): string => (isColoured ? `${BOLD}${text}${PLAIN}` : text);

const lineText = ({ symbol, sentence }: DiffLine, isColoured: boolean): string =>
  `  ${isColoured ? `${COLOURS[symbol]}${symbol}${PLAIN}` : symbol} ${shown(sentence, isColoured)}`;

const shown = (sentence: Sentence, isColoured: boolean): string =>
  oneLine(isColoured ? sentenceText(sentence, (name) => `${BOLD}${name}${PLAIN}`) : sentenceText(sentence));

const oneLine = (text: string): string => text.replace(/\s*[\r\n]+\s*/g, ' ');
