import { formatDate, type Language } from '../language.ts';
import { drawingTexts } from '../texts.ts';
import type { LaneStep, TimelineLane } from './lanes.ts';
import { baseWithLabels, countsFromStart, dateOf, laneStart, statusWords, stepName } from './layout.ts';
import type { WhoLegend } from './who-legend.ts';

interface DescriptionOptions {
  readonly language: Language;
  readonly who: WhoLegend;
  readonly startDate: string | null;
}

/** The picture in sentences, for who hears it instead of seeing it. */
export function describeTimeline(lanes: readonly TimelineLane[], options: DescriptionOptions): string {
  const texts = drawingTexts(options.language);
  if (lanes.length === 0) return texts.empty;
  return lanes
    .map((lane) => {
      const steps = lane.steps.map((step, index) => describeStep(step, index, lane, options));
      const content = steps.length === 0 ? texts.noSteps : `${steps.join('; ')}.`;
      return `${lane.label.trim() === '' ? lane.name : lane.label}. ${texts.lane[lane.kind]} ${content}`;
    })
    .join(' ');
}

function describeStep(
  step: LaneStep,
  index: number,
  lane: TimelineLane,
  { language, who, startDate }: DescriptionOptions,
): string {
  const texts = drawingTexts(language);
  const name = stepName(step.activityType, language);
  const { day, outcome, base } = step;
  if (day === null) return `${String(index + 1)}. ${name}`;
  const start = laneStart(lane, startDate);
  return [
    start === null ? texts.day(day) : `${texts.day(day)}, ${formatDate(language, dateOf(start, day))}`,
    name,
    texts.base(baseWithLabels(base, language), step.offsetDays, countsFromStart(lane, step)),
    ...(outcome.kind === 'created' ? [statusWords(step, start, language), who.markOf(step.who).words] : []),
    ...(outcome.kind === 'skipped' ? [texts.skipped(outcome.limit)] : []),
    ...(outcome.kind === 'not-reached' ? [texts.notReached] : []),
  ].join(', ');
}
