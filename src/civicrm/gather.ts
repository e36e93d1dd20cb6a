import { ERROR_TREATMENT, toAppError } from '../base/errors.ts';
import { failed, type Result } from '../base/result.ts';

interface Waiting<Question, Answer> {
  readonly question: Question;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (reason: Error) => void;
}

export interface GatherLimits {
  /** Questions in one request. */
  readonly most: number;
  /** Requests at the same time. */
  readonly lanes: number;
}

/**
 * Makes one request of the questions of many askers: what is asked in one moment goes out together, and what is asked
 * meanwhile goes out next. When a site refuses a whole, each question is asked alone, for one that cannot be answered
 * must not take the others with it.
 *
 * @param ask answers several questions, one result each and in their order. It may be asked a question twice.
 */
export function gather<Question, Answer>(
  ask: (questions: readonly Question[]) => Promise<readonly Result<Answer>[]>,
  { most, lanes }: GatherLimits,
): (question: Question) => Promise<Answer> {
  // Anything else would wait for ever, or take nothing from the queue again and again.
  if (!(most >= 1 && lanes >= 1))
    throw new Error(`gather() takes a limit of at least 1 for most and lanes, got ${most} and ${lanes}.`);
  const waiting: Waiting<Question, Answer>[] = [];
  let busyLanes = 0;

  const askTogether = async (questions: readonly Question[]): Promise<readonly Result<Answer>[]> => {
    try {
      return await ask(questions);
    } catch (thrown) {
      const error = toAppError(thrown);
      if (questions.length === 1 || ERROR_TREATMENT[error.kind].retry)
        return questions.map(() => failed(error));
    }
    const results: Result<Answer>[] = [];
    for (const question of questions) results.push(...(await askTogether([question])));
    return results;
  };

  const answerAll = async (): Promise<void> => {
    while (waiting.length > 0) {
      const group = waiting.splice(0, most);
      const results = await askTogether(group.map(({ question }) => question));
      group.forEach(({ resolve, reject }, index) => {
        const result =
          results[index] ?? failed(toAppError(new Error('a question was left without an answer')));
        if (result.kind === 'done') resolve(result.value);
        else reject(result.error);
      });
    }
    busyLanes -= 1;
  };

  return (question) =>
    new Promise((resolve, reject) => {
      waiting.push({ question, resolve, reject });
      if (busyLanes >= lanes) return;
      busyLanes += 1;
      setImmediate(() => void answerAll());
    });
}
