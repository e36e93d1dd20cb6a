import type { z } from 'zod';
import { AppError } from '../base/errors.ts';

/**
 * A job's payload by its schema. It comes from Redis, where an older version or somebody else may have put it.
 *
 * @throws AppError `invalid-input` that names the fields and not their values.
 */
export function readPayload<Payload>(job: string, schema: z.ZodType<Payload>, data: unknown): Payload {
  const read = schema.safeParse(data);
  if (read.success) return read.data;
  const fields = read.error.issues.map((issue) => issue.path.join('.') || 'the payload');
  throw new AppError(
    'invalid-input',
    `A job ${job} came with a payload that does not fit: ${fields.join(', ')}.`,
    {
      details: { job, fields },
    },
  );
}
