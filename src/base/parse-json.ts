import { AppError } from './errors.ts';

/** @throws AppError `invalid-input` that names the input and where in it the JSON breaks. */
export function parseJson(bytes: Uint8Array, input: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.replace(/, "[\s\S]*/, '') : 'unreadable';
    throw new AppError('invalid-input', `Expected JSON in ${input}, but it is not: ${reason}.`, {
      details: { input },
      cause,
    });
  }
}
