import { isCancel, log, select, text } from '@clack/prompts';
import { AppError } from '../base/errors.ts';
import { openActivities, toLocalDateTime, type CaseActivity } from '../case-type/index.ts';
import type { Terminal } from './new/dialogue.ts';
import { renderSimulation, withWeekday, type SimulationSurroundings } from './render-simulation.ts';
import { lastMoment, live, type SimulatedCase } from './simulated-case.ts';
import { simulationTexts } from './simulation-texts.ts';

/**
 * Asks what is completed, and when, until nothing more is; the case is shown after each answer.
 * @throws AppError conflict when the person leaves with Ctrl-C
 */
export async function stepThrough(
  terminal: Terminal,
  start: SimulatedCase,
  surroundings: SimulationSurroundings,
): Promise<SimulatedCase> {
  const texts = simulationTexts(surroundings.language);
  let shown = start;
  for (;;) {
    const open = shown.state.failure === null ? firstOfEachType(openActivities(shown.state)) : [];
    log.message(renderSimulation(shown, surroundings), terminal);
    if (open.length === 0) return shown;
    const chosen = given(
      await select<CaseActivity | null>({
        ...terminal,
        message: texts.next,
        options: [
          ...open.map((activity) => ({
            value: activity,
            label: activity.activityType,
            hint: texts.due(withWeekday(activity.dateTime.slice(0, 10), surroundings.language)),
          })),
          { value: null, label: texts.enough },
        ],
      }),
    );
    if (chosen === null) return shown;
    const earliest = lastMoment(shown).slice(0, 10);
    const due = chosen.dateTime.slice(0, 10);
    const suggested = due < earliest ? earliest : due;
    const on = given(
      await text({
        ...terminal,
        message: texts.completedWhen(chosen.activityType),
        placeholder: suggested,
        defaultValue: suggested,
        validate: (value) => {
          const day = (value ?? '').trim();
          if (day === '') return undefined;
          if (!isDay(day)) return texts.noDate;
          return day < earliest ? texts.tooEarly(earliest) : undefined;
        },
      }),
    ).trim();
    shown = live(surroundings.world, shown, {
      kind: 'completed',
      name: chosen.activityType,
      on: toLocalDateTime(on),
    });
  }
}

/** As `--completed` takes them: of several with one name the one that is due first. */
const firstOfEachType = (activities: readonly CaseActivity[]): readonly CaseActivity[] =>
  activities.filter(
    ({ activityType }, index) => activities.findIndex((one) => one.activityType === activityType) === index,
  );

function isDay(text: string): boolean {
  try {
    return toLocalDateTime(text).startsWith(text);
  } catch {
    return false;
  }
}

function given<Value>(answer: Value): Exclude<Value, symbol> {
  if (isCancel(answer)) throw new AppError('conflict', 'Left before the end; nothing is shown.');
  return answer as Exclude<Value, symbol>;
}
