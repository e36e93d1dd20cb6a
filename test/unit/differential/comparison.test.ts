import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { createSandbox } from '../../../src/sandbox/index.ts';
import { explore } from '../../support/differential/explore.ts';
import { fixtureText } from '../../support/differential/fixture.ts';
import { openSandboxPair, type OpenPair } from '../../support/differential/pairs.ts';
import { playSequence } from '../../support/differential/play.ts';
import { sequenceNumbered } from '../../support/differential/sequence.ts';
import { shrinkSequence } from '../../support/differential/shrink.ts';
import { createSide, LostConnection, type Answer, type Side } from '../../support/differential/side.ts';
import { ref, type Step } from '../../support/differential/step.ts';
import { playTheme } from '../../support/play-theme.ts';
import { createStandingClock } from '../../support/standing-clock.ts';
import type { Theme } from '../../support/theme.ts';

let pair: OpenPair | undefined;
afterEach(async () => {
  await pair?.close();
  pair = undefined;
});

async function open(spoil?: (side: Side) => Side): Promise<OpenPair> {
  pair = await openSandboxPair(spoil);
  return pair;
}

/** A site that answers calls otherwise than it should. */
const answering =
  (change: (step: Step, answer: Answer) => Answer) =>
  (side: Side): Side => ({ ...side, call: async (step) => change(step, await side.call(step)) });

const contact: Step = {
  entity: 'Contact',
  action: 'create',
  params: { values: { contact_type: 'Individual', last_name: 'Q ~~' } },
  save: { who: 'values.0.id' },
};
const openCase: Step = {
  entity: 'Case',
  action: 'create',
  params: { values: { 'case_type_id:name': 'housing_support', contact_id: ref('who'), creator_id: 2 } },
  save: { file: 'values.0.id' },
};
const meeting: Step = {
  entity: 'Activity',
  action: 'create',
  params: {
    values: {
      'activity_type_id:name': 'Meeting',
      source_contact_id: 2,
      case_id: ref('file'),
      subject: 'A ~~',
    },
  },
  save: { meeting: 'values.0.id' },
};
const readMeeting: Step = {
  entity: 'Activity',
  action: 'get',
  params: { select: ['subject', 'case_id.subject'], where: [['id', '=', ref('meeting')]] },
};

describe('two sites', () => {
  test('that are the same play a sequence without a difference', async () => {
    const played = await playSequence(await open(), [contact, openCase, meeting, readMeeting], 'x');
    expect(played).toEqual({ compared: 4, refused: [] });
  });

  test('are the same whatever ids their rows have', async () => {
    const { sandbox, ...rest } = await open();
    for (let count = 0; count < 3; count += 1) await sandbox.call(contact);
    const played = await playSequence({ ...rest, sandbox }, [contact, openCase, meeting], 'x');
    expect(played.difference).toBeUndefined();
  });

  test('differ by an answer', async () => {
    const spoilt = await open(
      answering(
        (step, answer) =>
          (step.action === 'get' ? { ...answer, values: [{ subject: 'B' }] } : answer) as Answer,
      ),
    );
    const { difference } = await playSequence(spoilt, [contact, openCase, meeting, readMeeting], 'x');
    expect(difference).toMatchObject({
      at: 3,
      places: [
        { place: 'answer.values.0.id' },
        { place: 'answer.values.0.subject', real: 'A x', sandbox: 'B' },
        { place: 'answer.values.0.case_id.subject' },
      ],
    });
  });

  test('differ by what a call leaves behind, though they answer the same', async () => {
    const spoilt = await open((side) => ({
      ...side,
      state: async (starts) => {
        const state = await side.state(starts);
        const activities = state['Activity'] ?? [];
        return { ...state, Activity: activities.map((row) => ({ ...row, priority_id: 3 })) };
      },
    }));
    const { difference } = await playSequence(spoilt, [contact, openCase], 'x');
    expect(difference?.at).toBe(1);
    expect(difference?.places[0]).toEqual({ place: 'state.Activity.0.priority_id', real: 2, sandbox: 3 });
  });

  test('leave out what the sandbox refuses', async () => {
    const refused: Answer = { kind: 'failure', status: 501, message: 'not known' };
    const picky = await open((side) => ({
      ...side,
      call: async (step) => (step.entity === 'Case' ? refused : side.call(step)),
    }));
    const played = await playSequence(picky, [contact, openCase, readMeeting], 'x');
    expect(played).toEqual({ compared: 2, refused: [{ step: openCase, message: 'not known' }] });
  });
});

describe('a sequence that differs', () => {
  test('shrinks to the steps and members that matter', async () => {
    const steps = [contact, { ...contact, save: { other: 'values.0.id' } }, openCase, meeting, readMeeting];
    const differs = (candidate: readonly Step[]): Promise<boolean> =>
      Promise.resolve(
        candidate.at(-1)?.action === 'get' &&
          candidate.some((step) => JSON.stringify(step).includes('"A ~~"')),
      );
    const shortest = await shrinkSequence(steps, differs, 1000);
    expect(shortest).toEqual([
      {
        entity: 'Activity',
        action: 'create',
        params: { values: { subject: 'A ~~' } },
        save: { meeting: 'values.0.id' },
      },
      { entity: 'Activity', action: 'get', params: {} },
    ]);
  });

  test('becomes a fixture on which a sound sandbox passes and the spoilt one fails', async () => {
    const spoilt = await open(
      answering((step, answer) =>
        step.entity === 'Activity' && JSON.stringify(step.params).includes('Completed')
          ? { kind: 'failure', status: 500, message: 'Planted' }
          : answer,
      ),
    );
    const { found } = await explore([spoilt], { seed: 4, steps: 400, limit: 1 });
    const [{ fixture } = {}] = found;
    expect(fixture?.steps.length).toBeLessThan(6);
    const theme = JSON.parse(fixture === undefined ? 'null' : fixtureText(fixture)) as Theme;
    expect(theme.steps.some((step) => step.response.error_message === 'Planted')).toBe(false);
    const sound = createSandbox({
      name: 'siteA',
      apiKey: 'key',
      clock: createStandingClock(Date.now()),
      random: () => 0.5,
    });
    try {
      const { url } = await sound.listen(0);
      expect(
        await playTheme(
          { url, key: 'key', days: ['2026-11-22', new Date().toISOString().slice(0, 10)] },
          theme,
          new Map(),
        ),
      ).toEqual([]);
    } finally {
      await sound.close();
    }
  });
});

test('the same number of the same seed is the same sequence', () => {
  expect(sequenceNumbered(7, 3, 25)).toEqual(sequenceNumbered(7, 3, 25));
  expect(sequenceNumbered(7, 4, 25)).not.toEqual(sequenceNumbered(7, 3, 25));
});

describe('a site that hangs up', () => {
  /** A site that does what the calls of these numbers ask, and says nothing. */
  const hangingUpAt =
    (...numbers: readonly number[]) =>
    (side: Side): Side => {
      let calls = 0;
      return {
        ...side,
        call: async (step) => {
          const answer = await side.call(step);
          if (numbers.includes((calls += 1))) throw new LostConnection('gone');
          return answer;
        },
      };
    };

  test('once is put back, and the sequence is played from its beginning', async () => {
    const pair = await open(hangingUpAt(7));
    const { compared, found, replayed } = await explore([pair], { seed: 3, steps: 40, limit: 1 });
    expect({ found, replayed }).toEqual({ found: [], replayed: 1 });
    expect(compared).toBeGreaterThanOrEqual(40);
  });

  test('again at once ends the exploration', async () => {
    const pair = await open(hangingUpAt(7, 8));
    await expect(explore([pair], { seed: 3, steps: 40, limit: 1 })).rejects.toThrow(LostConnection);
  });

  test('is told from one that answers', async () => {
    const server = createServer((request) => request.socket.destroy()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const keys = { admin: '', limited: '', nobody: '', nouser: '' };
    const nothing = () => Promise.resolve([]);
    const side = createSide({
      url: `http://127.0.0.1:${String(port)}`,
      keys,
      rows: nothing,
      change: nothing,
    });
    await expect(side.call(contact)).rejects.toThrow(LostConnection);
    server.close();
  });
});
