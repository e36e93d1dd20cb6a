import type { JsonValue } from '../../../src/base/json.ts';
import type { Difference } from './compare.ts';
import { kindOf, type Pair, type Played } from './play.ts';
import type { Answer } from './side.ts';
import { seededClauses } from './seeded.ts';
import { fillIn, refsIn, valueAt, type Step } from './step.ts';

/** A sequence with the answers of the real site, as `test/fixtures/sandbox` holds them. */
export interface Fixture {
  readonly theme: string;
  readonly about: string;
  readonly steps: readonly FixtureStep[];
}

type FixtureStep = Step & { readonly response: Readonly<Record<string, unknown>> };

const shown = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));

/** Stands for the token in fixtures, which are played on fresh sites. */
const FRESH_TOKEN = 'x1';

const responseOf = (answer: Answer): FixtureStep['response'] => {
  switch (answer.kind) {
    case 'values':
      return {
        values: answer.values,
        ...('countMatched' in answer.counts ? { countMatched: answer.counts['countMatched'] } : {}),
      };
    case 'failure':
      return { error_message: answer.message, status: answer.status };
    case 'answers':
      return { answers: answer.answers.map(responseOf) };
    case 'crash':
      return { error_message: 'no JSON' };
    default:
      return answer satisfies never;
  }
};

const TRASHED: Readonly<Record<string, true>> = { Contact: true, Case: true, Activity: true };

/** A read that shows what the answer of the last step does not: the rows of the tables that differ. */
function readsOf(places: readonly Difference[], first: (entity: string) => number): readonly Step[] {
  const tables = places.flatMap(({ place }) => {
    const [, owner, table] = /^state\.(?:custom values of (\w+)|(\w+))/.exec(place) ?? [];
    return owner ?? table ?? [];
  });
  return [...new Set(tables)].map((entity) => ({
    entity,
    action: 'get',
    params: {
      select: places.some(({ place }) => place.startsWith('state.custom')) ? ['*', 'custom.*'] : ['*'],
      where: [
        ['OR', [['id', '>=', first(entity)], ...seededClauses(entity)]],
        ...(TRASHED[entity] === true ? [['is_deleted', 'IN', [true, false]]] : []),
      ],
      orderBy: { id: 'ASC' },
    },
  }));
}

/** Token and first ids filled in; references to what steps save stay. */
function keepRefs(step: Step, saved: ReadonlyMap<string, JsonValue>): Step['params'] {
  const lasting = new Map<string, JsonValue>(
    [...refsIn(step)].map((name) => [
      name,
      name.startsWith('start.') ? (saved.get(name) ?? 1) : { $ref: name },
    ]),
  );
  return fillIn(step, lasting, FRESH_TOKEN).params;
}

/** Plays the steps on the real site, freshly reset, and writes down what it answers. */
export async function recordFixture(
  pair: Pair,
  steps: readonly Step[],
  found: NonNullable<Played['difference']>,
  theme: string,
): Promise<Fixture> {
  await pair.reset();
  const starts = await pair.real.starts();
  const saved = new Map<string, JsonValue>([...starts].map(([name, id]) => [`start.${name}`, id]));
  const recorded: FixtureStep[] = [];
  for (const step of [...steps, ...readsOf(found.places, (entity) => starts.get(entity) ?? 1)]) {
    const answer = await pair.real.call(fillIn(step, saved, FRESH_TOKEN));
    const body = responseOf(answer);
    for (const [name, path] of Object.entries(step.save ?? {})) saved.set(name, valueAt(body, path));
    recorded.push({ ...step, params: keepRefs(step, saved), response: body });
  }
  const [place] = found.places;
  return {
    theme,
    about: `${kindOf(found)}: ${shown(place?.real)} on a real site, not ${shown(place?.sandbox)}`,
    steps: recorded,
  };
}

/** The day that stands for the moment of playing in all fixtures. */
const RECORDED_DAY = '2026-11-22';

/** A fixture as text: one step a line. */
export function fixtureText({ theme, about, steps }: Fixture): string {
  const today = new Date().toISOString().slice(0, 10);
  const compact = (day: string): string => day.replaceAll('-', '');
  const text = `{
  "theme": ${JSON.stringify(theme)},
  "about": ${JSON.stringify(about)},
  "steps": [
${steps.map((step) => `    ${JSON.stringify(step)}`).join(',\n')}
  ]
}
`;
  return text.replaceAll(today, RECORDED_DAY).replaceAll(compact(today), compact(RECORDED_DAY));
}
