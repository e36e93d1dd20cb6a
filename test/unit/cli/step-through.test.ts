import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createDaysOff } from '../../../src/calendar/days-off.ts';
import { simulateOpening, toCaseTypeModel } from '../../../src/case-type/index.ts';
import { opened } from '../../../src/cli/simulated-case.ts';
import { stepThrough } from '../../../src/cli/step-through.ts';

const model = toCaseTypeModel({
  activityTypes: [{ name: 'Open Case' }, { name: 'Intake' }, { name: 'Plan' }],
  activitySets: [
    { name: 'standard_timeline', timeline: 1, activityTypes: [{ name: 'Open Case', status: 'Completed' }] },
    { name: 'steps', sequence: 1, activityTypes: [{ name: 'Intake' }, { name: 'Plan' }] },
  ],
  caseRoles: [],
});

describe('stepping through a case', () => {
  it.each([
    ['en', 'Intake: completed on …?', 'Not before 2026-03-02'],
    ['fr', 'Intake\u00a0: terminée le …', 'Pas avant le 2026-03-02'],
  ] as const)('goes on with the sequence, in %s', async (language, question, tooEarly) => {
    const keys = ['\r', '2026-03-01\r', `${'\x7f'.repeat(10)}2026-03-09\r`, '\r', '\r'];
    const { terminal, screen } = typed(keys);
    const start = opened(simulateOpening({ definition: model, startDate: '2026-03-02' }));
    const end = await stepThrough(terminal, start, {
      world: { model },
      daysOff: createDaysOff({ country: null }),
      language,
    });
    expect(screen()).toContain(question);
    expect(screen()).toContain(tooEarly);
    expect(end.events).toEqual([
      { kind: 'completed', name: 'Intake', on: '2026-03-09 00:00:00' },
      // An empty answer is the day that is suggested.
      { kind: 'completed', name: 'Plan', on: '2026-03-09 00:00:00' },
    ]);
    expect(end.state.status).toBe('Closed');
  });

  it('ends with Ctrl-C', async () => {
    const start = opened(simulateOpening({ definition: model, startDate: '2026-03-02' }));
    const surroundings = { world: { model }, daysOff: () => null, language: 'en' } as const;
    await expect(stepThrough(typed(['\x03']).terminal, start, surroundings)).rejects.toThrow('Left before');
  });
});

/** Types the keys as a person does, each piece once the screen stands still. */
function typed(keys: readonly string[]) {
  const input = new PassThrough();
  const output = new PassThrough();
  let screen = '';
  output.on('data', (chunk: Buffer) => (screen += chunk.toString()));
  void (async () => {
    for (const key of keys) {
      await new Promise((resolve) => setTimeout(resolve, 25));
      for (const character of key) input.write(character);
    }
  })();
  return { terminal: { input, output }, screen: () => screen };
}
