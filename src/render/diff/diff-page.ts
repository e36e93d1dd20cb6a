import type { JsonObject } from '../../base/json.ts';
import {
  assigneeOf,
  dueOf,
  displayName,
  textsOf,
  type Sentence,
  type SetRows,
  type StepRow,
} from '../../case-type/index.ts';
import type { Language } from '../language.ts';
import { markup, type Markup } from '../markup.ts';
import { BASE_STYLE, htmlPage, inlineSvg } from '../page/html-page.ts';
import { groupChanges, impactLines, type CaseTypeComparison, type DiffLine } from './diff-groups.ts';
import { renderDiffSvg } from './diff-svg.ts';
import { diffTexts, type DiffTexts } from './diff-texts.ts';

/** Several comparisons make one page, as of two folders; `sets` are from `sideBySide`. */
export interface ComparedCaseType extends CaseTypeComparison {
  readonly sets: readonly SetRows[];
}

const STYLE = `${BASE_STYLE}main { max-width: 64rem; margin: 1.5rem auto 3rem; padding: 2rem 2.25rem; background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
section + article { margin-top: 3rem; }
article + article { margin-top: 3rem; padding-top: 2rem; border-top: 3px solid var(--ink); }
section { margin-top: 1.75rem; padding-top: 1.25rem; border-top: 1px solid var(--line); }
.files { display: flex; flex-wrap: wrap; gap: 0.25rem 2rem; margin-top: 0.5rem; color: var(--soft); overflow-wrap: anywhere; }
ul { list-style: none; margin: 0.4rem 0 0; padding: 0; }
li { position: relative; padding: 0.2rem 0 0.2rem 1.6rem; overflow-wrap: anywhere; }
li b.symbol { position: absolute; left: 0; width: 1.1rem; text-align: center; }
em { font-style: normal; font-weight: 650; }
.wide { margin-top: 0.75rem; overflow-x: auto; }
table { width: 100%; min-width: 44rem; margin-top: 0.6rem; border-collapse: collapse; table-layout: fixed; }
th, td { padding: 0.35rem 0.6rem; border-top: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: anywhere; }
thead td { border-top: 0; }
thead th { border-top: 0; color: var(--soft); font-size: 0.85rem; font-weight: 500; }
thead tr:first-child th { color: var(--ink); font-weight: 650; font-size: 0.95rem; }
col.mark { width: 2rem; }
col.when { width: 15%; }
col.step { width: 19%; }
td.mark { font-weight: 700; text-align: center; }
td.divide, th.divide { border-left: 2px solid var(--line); }
tr.changed td, tr.added td, tr.removed td { background: #f3f6f5; }
td.changed { font-weight: 650; }
tr.removed td.old, td.old.changed { text-decoration: line-through; text-decoration-thickness: 1px; }
td.none { color: var(--soft); }
@media (max-width: 48rem) { main { margin: 0; padding: 1.1rem; border: 0; border-radius: 0; } }
@media screen and (max-width: 48rem) {
  .wide svg { width: 640px; max-width: none; }
  table, tbody { display: block; min-width: 0; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { display: grid; grid-template-columns: 1.6rem 1fr 1.3fr 1fr; border-top: 1px solid var(--line); }
  td, td.divide { padding: 0.3rem 0.4rem; border: 0; }
  td.mark { grid-row: 1 / span 2; padding-left: 0; }
  tr.same td.new, tr.removed td.new, tr.added td.old { display: none; }
}
@media print {
  @page { margin: 13mm; }
  body { background: none; font-size: 9.5pt; line-height: 1.4; }
  main { max-width: none; margin: 0; padding: 0; border: 0; }
  h1 { font-size: 18pt; }
  section { margin-top: 5mm; padding-top: 3mm; }
  h2, h3 { break-after: avoid; }
  tr, li, svg { break-inside: avoid; }
  thead { display: table-header-group; }
  .wide { overflow: visible; }
  table { min-width: 0; }
  article + article { break-before: page; border-top: 0; padding-top: 0; }
}
`;

export interface DiffPage {
  readonly title: string;
  readonly language: Language;
  readonly compared: readonly ComparedCaseType[];
  /** Case types that only one side has, and other remarks, a sentence each. */
  readonly remarks: readonly string[];
  /** What else there is to say, before the case types. */
  readonly sections?: readonly { readonly title: string; readonly lines: readonly string[] }[];
}

/** Changes of case types side by side with what they mean for new cases: HTML that needs nothing but itself. */
export function renderDiffPage({ title, language, compared, remarks, sections = [] }: DiffPage): string {
  return htmlPage({
    title,
    language,
    style: STYLE,
    body: [
      markup`<main>
`,
      ...(compared.length === 1 && remarks.length === 0 && sections.length === 0
        ? []
        : [
            markup`<h1>${title}</h1>
<ul>
${remarks.map(
  (text) => markup`<li>${text}</li>
`,
)}</ul>
`,
          ]),
      ...sections.map(
        (section) => markup`<section>
<h2>${section.title}</h2>
<ul>
${section.lines.map(
  (text) => markup`<li>${text}</li>
`,
)}</ul>
</section>
`,
      ),
      ...compared.map((one, index) => article(one, index)),
      markup`</main>
`,
    ],
  });
}

function article(one: ComparedCaseType, index: number): Markup {
  const { language, title, before, after, changes, impact, sets } = one;
  const texts = diffTexts(language);
  const impacts = impactLines(impact, language);
  return markup`<article>
<header>
<h1>${texts.title(title)}</h1>
<div class="files"><span>${texts.before}${texts.colon}${before}</span><span>${texts.after}${texts.colon}${after}</span><span>${texts.changes(changes.length)}</span></div>
</header>
${groupChanges(one).map(
  (group) => markup`<section>
<h2>${group.title}</h2>
${lineList(group.lines)}</section>
`,
)}<section>
<h2>${texts.newCase}</h2>
${impacts.length === 0 ? markup`<p>${texts.noImpact}</p>\n` : lineList(impacts)}<div class="wide" role="region" tabindex="0" aria-label="${texts.newCase}">
${inlineSvg(renderDiffSvg(one, { width: 900, showTitle: false, idPrefix: `diff${String(index)}` }))}</div>
</section>
<section>
<h2>${texts.steps}</h2>
<p class="muted">${texts.key}</p>
${sets.map((set) => setTable(set, texts))}</section>
</article>
`;
}

const lineList = (lines: readonly DiffLine[]): Markup => markup`<ul>
${lines.map(
  ({
    symbol,
    sentence,
  }) => markup`<li><b class="symbol">${symbol === '-' ? '−' : symbol}</b>${sentenceMarkup(sentence)}</li>
`,
)}</ul>
`;

const sentenceMarkup = (sentence: Sentence): Markup =>
  markup`${sentence.map((part) => (typeof part === 'string' ? part : markup`<em>${part.name}</em>`))}`;

function setTable({ before, after, steps }: SetRows, texts: DiffTexts): Markup {
  const set = after ?? before ?? {};
  const remark = before === null ? ` (${texts.newSet})` : after === null ? ` (${texts.removedSet})` : '';
  const heads = markup`<th scope="col">${texts.when}</th><th scope="col">${texts.step}</th><th scope="col">${texts.who}</th>`;
  return markup`<h3>${displayName(set)}${remark}</h3>
<div class="wide" role="region" tabindex="0" aria-label="${displayName(set)}">
<table>
<colgroup><col class="mark"><col class="when"><col class="step"><col class="who"><col class="when"><col class="step"><col class="who"></colgroup>
<thead><tr><td></td><th colspan="3" scope="colgroup">${texts.before}</th><th colspan="3" scope="colgroup" class="divide">${texts.after}</th></tr>
<tr><td></td>${heads}<th scope="col" class="divide">${texts.when}</th><th scope="col">${texts.step}</th><th scope="col">${texts.who}</th></tr></thead>
<tbody>
${steps.map((row) => stepRow(row, texts))}</tbody>
</table>
</div>
`;
}

function stepRow({ before, after, isMoved }: StepRow, texts: DiffTexts): Markup {
  const [old, now] = [cells(before, texts), cells(after, texts)];
  const isChanged = JSON.stringify(before) !== JSON.stringify(after);
  const [kind, symbol] =
    before === null
      ? (['added', '+'] as const)
      : after === null
        ? (['removed', isMoved ? '↕' : '−'] as const)
        : isChanged
          ? (['changed', isMoved ? '~↕' : '~'] as const)
          : ([isMoved ? 'changed' : 'same', isMoved ? '↕' : ''] as const);
  const cell = (text: string, other: string, classes: string): Markup => {
    const isOther = before !== null && after !== null && text !== other;
    return markup`<td class="${`${classes}${isOther ? ' changed' : ''}`}">${text}</td>`;
  };
  return markup`<tr class="${kind}"><td class="mark">${symbol}</td>${old.map((text, at) => cell(text, now[at] ?? '', 'old'))}${now.map(
    (text, at) => cell(text, old[at] ?? '', at === 0 ? 'new divide' : 'new'),
  )}</tr>
`;
}

function cells(step: JsonObject | null, texts: DiffTexts): readonly string[] {
  if (step === null) return ['', '', ''];
  const { days, after } = dueOf(step);
  const assignee = assigneeOf(step);
  const [status] = textsOf(step['status']);
  const name = displayName(step);
  return [
    texts.everyday(days, after),
    status === undefined || status === 'Scheduled' ? name : `${name} (${status})`,
    assignee.kind === 'creator' || assignee.kind === 'nobody'
      ? texts.assignee(assignee)
      : 'id' in assignee
        ? texts.assignee({ kind: 'contact', contactId: assignee.id })
        : '',
  ];
}
