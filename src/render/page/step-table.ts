import { formatDate, formatNumber, type Language } from '../language.ts';
import { markup, type Markup } from '../markup.ts';
import { drawingTexts } from '../texts.ts';
import type { LaneStep, TimelineLane } from '../timeline/lanes.ts';
import { baseWithLabels, dateOf, laneStart, statusName, stepName } from '../timeline/layout.ts';
import type { WhoLegend } from '../timeline/who-legend.ts';
import { pageTexts } from './page-texts.ts';

interface TableOptions {
  readonly language: Language;
  readonly startDate: string | null;
  readonly who: WhoLegend;
}

export const laneName = ({ label, name }: TimelineLane): string => (label.trim() === '' ? name : label);

/** The steps of a dated lane: day, what, who, status, and why that day. */
export function stepTable(lane: TimelineLane, options: TableOptions): Markup {
  const { table: texts } = pageTexts(options.language);
  const isDated = laneStart(lane, options.startDate) !== null;
  const columns = [
    texts.day,
    ...(isDated ? [texts.date] : []),
    texts.step,
    texts.who,
    texts.status,
    texts.why,
  ];
  return markup`<div class="wide" role="region" tabindex="0" aria-label="${laneName(lane)}">
<table>
<thead><tr>${columns.map((column) => markup`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>
${lane.steps.map((step) => stepRow(step, lane, options))}</tbody>
</table>
</div>
`;
}

function stepRow(step: LaneStep, lane: TimelineLane, { language, startDate, who }: TableOptions): Markup {
  const texts = drawingTexts(language);
  const day = step.day ?? 0;
  const start = laneStart(lane, startDate);
  const date =
    start !== null
      ? markup`<td class="day">${formatDate(language, dateOf(start, day), { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' })}</td>`
      : null;
  const { outcome, base } = step;
  const why = texts.base(baseWithLabels(base, language), step.offsetDays, lane.kind === 'opening');
  const cells =
    outcome.kind === 'created'
      ? markup`<td>${who.markOf(step.who).words}</td><td>${statusName(step, language)}${step.unknownStatus === null ? null : markup`<br><span class="muted">${texts.unknownStatus(step.unknownStatus)}</span>`}</td>`
      : markup`<td colspan="2">${outcome.kind === 'skipped' ? texts.skipped(outcome.limit) : texts.notReached}</td>`;
  const row = { markup: outcome.kind === 'created' ? '<tr>' : '<tr class="not-created">' };
  return markup`${row}<td class="day">${formatNumber(language, day)}</td>${date}<th scope="row">${stepName(step.activityType, language)}${
    step.subject === null ? null : markup`<br><span class="muted">${step.subject}</span>`
  }</th>${cells}<td>${why}</td></tr>
`;
}
