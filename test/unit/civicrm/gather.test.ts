import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/base/errors.ts';
import { done, failed, type Result } from '../../../src/base/result.ts';
import { gather } from '../../../src/civicrm/gather.ts';

/** A site that is asked for the doubles of numbers, and answers when it is told to. */
function askedSite() {
  const requests: { readonly questions: readonly number[]; answer(): void; fail(error: Error): void }[] = [];
  const ask = (questions: readonly number[]) =>
    new Promise<readonly Result<number>[]>((resolve, reject) => {
      requests.push({
        questions,
        answer: () => {
          resolve(questions.map((question) => done(question * 2)));
        },
        fail: reject,
      });
    });
  return { requests, ask };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));
const refused = new AppError('remote-rejected', 'one of them is wrong');

describe('questions to a site', () => {
  it('of one moment go out together, and later ones with the next request', async () => {
    const { requests, ask } = askedSite();
    const double = gather(ask, { most: 3, lanes: 1 });
    const answers = [1, 2, 3, 4].map((number) => double(number));
    await turn();
    answers.push(double(5));
    await turn();
    expect(requests.map(({ questions }) => questions)).toEqual([[1, 2, 3]]);
    requests[0]?.answer();
    expect(await Promise.all(answers.slice(0, 3))).toEqual([2, 4, 6]);
    await turn();
    expect(requests[1]?.questions).toEqual([4, 5]);
    requests[1]?.answer();
    expect(await Promise.all(answers)).toEqual([2, 4, 6, 8, 10]);
    const late = double(6);
    await turn();
    requests[2]?.answer();
    expect(await late).toBe(12);
  });

  it('go out in as many requests at a time as there are lanes', async () => {
    const { requests, ask } = askedSite();
    const double = gather(ask, { most: 2, lanes: 2 });
    const answers = [1, 2, 3, 4, 5].map((number) => double(number));
    await turn();
    expect(requests.map(({ questions }) => questions)).toEqual([
      [1, 2],
      [3, 4],
    ]);
    requests[1]?.answer();
    await turn();
    expect(requests[2]?.questions).toEqual([5]);
    for (const request of requests) request.answer();
    expect(await Promise.all(answers)).toEqual([2, 4, 6, 8, 10]);
  });

  it('are asked one by one when the site refuses the whole', async () => {
    const asked: (readonly number[])[] = [];
    const double = gather(
      (questions: readonly number[]) => {
        asked.push(questions);
        if (questions.includes(2)) return Promise.reject(refused);
        return Promise.resolve(questions.map((question) => done(question * 2)));
      },
      { most: 10, lanes: 1 },
    );
    expect(await Promise.allSettled([1, 2, 3].map((number) => double(number)))).toEqual([
      { status: 'fulfilled', value: 2 },
      { status: 'rejected', reason: refused },
      { status: 'fulfilled', value: 6 },
    ]);
    expect(asked).toEqual([[1, 2, 3], [1], [2], [3]]);
  });

  it('all fail, asked once, when the site does not answer; the next ones are asked again', async () => {
    const { requests, ask } = askedSite();
    const double = gather(ask, { most: 10, lanes: 1 });
    const answers = Promise.allSettled([double(1), double(2)]);
    await turn();
    const away = new AppError('remote-unavailable', 'away');
    requests[0]?.fail(away);
    expect(await answers).toEqual([
      { status: 'rejected', reason: away },
      { status: 'rejected', reason: away },
    ]);
    expect(requests).toHaveLength(1);
    const later = double(3);
    await turn();
    requests[1]?.answer();
    expect(await later).toBe(6);
  });

  it('have results of their own, and none is left without one', async () => {
    const double = gather(
      (questions: readonly number[]) =>
        Promise.resolve(questions.slice(0, 2).map((n) => (n === 1 ? done(2) : failed(refused)))),
      { most: 10, lanes: 1 },
    );
    expect(await Promise.allSettled([double(1), double(2), double(3)])).toMatchObject([
      { status: 'fulfilled', value: 2 },
      { status: 'rejected', reason: refused },
      { status: 'rejected', reason: { kind: 'internal' } },
    ]);
  });

  it.each([
    { most: 0, lanes: 1 },
    { most: 1, lanes: 0 },
    { most: Number.NaN, lanes: 1 },
  ])('cannot go out under the limits $most and $lanes', (limits) => {
    expect(() => gather(askedSite().ask, limits)).toThrow('at least 1');
  });
});
