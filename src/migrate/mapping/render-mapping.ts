import { stringify } from 'yaml';
import type { Suggestion } from './suggest-mapping.ts';

/** From here on a suggestion is a line of the mapping; below it is a remark to look at. */
const SURE = 0.75;

const WHY: Readonly<Record<Suggestion['why'], string>> = {
  'same-letters': 'the same but for case, blanks or signs',
  'same-label': 'the same label',
  'label-is-name': "one's label is the other's name",
  similar: 'similar words',
  'nothing-like-it': 'nothing like it there: it will be created under its own name',
};

interface MappingSides {
  readonly from: string;
  readonly to: string;
}

/** Suggestions as the text of a mapping file that people finish by hand. */
export function renderSuggestions({ from, to }: MappingSides, suggestions: readonly Suggestion[]): string {
  const lines = [
    `# What ${from} and ${to} call differently. Read every line; what begins with # is not in force.`,
    `# "civicase map schema" describes what else may stand here.`,
    pairLine('from', from, ''),
    pairLine('to', to, ''),
  ];
  const kinds = [...new Set(suggestions.map(({ kind }) => kind))];
  if (suggestions.some(({ confidence }) => confidence >= SURE)) lines.push('names:');
  else if (kinds.length > 0) lines.push('# names:');
  for (const kind of kinds) {
    const ofKind = suggestions.filter((one) => one.kind === kind);
    lines.push(`  ${ofKind.some(({ confidence }) => confidence >= SURE) ? '' : '# '}${kind}:`);
    for (const one of ofKind) lines.push(suggestionLine(one));
  }
  return `${lines.join('\n')}\n`;
}

function suggestionLine({ from, to, confidence, why }: Suggestion): string {
  const pair = pairLine(from, to ?? '?', '    ');
  const line = confidence >= SURE ? pair : pair.replace(/^ {4}/, '    # ');
  return `${line} # ${to === null ? '' : `${String(Math.round(confidence * 100))} %: `}${WHY[why]}`;
}

/** One line, whatever is in the texts. */
function pairLine(key: string, value: string, indent: string): string {
  const line = stringify({ [key]: value }, { lineWidth: 0 }).trimEnd();
  return `${indent}${line.includes('\n') || line.startsWith('?') ? `${JSON.stringify(key)}: ${JSON.stringify(value)}` : line}`;
}
