import { beforeEach, describe, expect, it } from 'vitest';
import { madeRule } from '../../support/made-case.ts';
import { DUE, MINUTE, openDesk, zone } from './desk.ts';

let desk: ReturnType<typeof openDesk>;
beforeEach(() => {
  desk = openDesk();
});

describe('the sweep', () => {
  it('wakes what is due, of both channels, and nothing else', async () => {
    desk.rules = [
      madeRule(),
      madeRule({
        name: 'remind',
        when: { ...madeRule().when, offset: { amount: 3, unit: 'days' } },
        action: { kind: 'send-mail', to: { kind: 'client' }, template: 'activity-reminder', language: null },
      }),
    ];
    await desk.plan();
    desk.woken = [];
    desk.now = zone.toInstant('2026-03-05 09:00:00');
    expect(await desk.sweep()).toEqual({
      returned: 0,
      unknown: 0,
      woken: 1,
    });
    desk.now = DUE;
    expect(await desk.sweep()).toMatchObject({ woken: 2 });
    expect(await desk.sweep(1)).toMatchObject({ woken: 1 });
  });

  it('says how many mails have an unknown fate', async () => {
    const id = await desk.planOne();
    const hold = await desk.occurrences.claim(id, { now: DUE, until: DUE + MINUTE });
    await desk.occurrences.beginSending(hold!, DUE + MINUTE);
    desk.now = DUE + MINUTE;
    expect(await desk.sweep()).toEqual({
      returned: 0,
      unknown: 1,
      woken: 0,
    });
  });
});
