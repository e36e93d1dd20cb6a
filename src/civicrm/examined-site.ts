import type { Clock } from '../base/clock.ts';
import type { Answer, ExaminedSite } from '../doctor/ports.ts';
import type { SiteClientOptions } from './client.ts';
import { factsOf } from './failure.ts';
import { baseUrlOf, urlOf } from './path-style.ts';
import { createTransport } from './transport.ts';

type Options = Pick<SiteClientOptions, 'name' | 'apiKey' | 'siteKey' | 'timeoutMillis'>;

/** A site for the doctor: each question once, over the same transport as every other call, with the key or without. */
export function createExaminedSite(options: Options, clock: Clock): ExaminedSite {
  const { name, apiKey, siteKey } = options;
  const wire = { clock, timeoutMillis: options.timeoutMillis ?? 30_000, maxAnswerBytes: 64 * 1024 * 1024 };
  const asStranger = createTransport({ ...wire, apiKey: undefined, siteKey: undefined });
  // A key that no header can hold must not stop the questions that need none.
  let withKey: ReturnType<typeof createTransport> | null = null;
  return {
    async ask(door, question) {
      if (question.withKey) withKey ??= createTransport({ ...wire, apiKey, siteKey });
      const transport = question.withKey && withKey !== null ? withKey : asStranger;
      const url = urlOf(baseUrlOf(name, door.url), door.style, question.route);
      const began = clock.now();
      try {
        const response = await transport(
          { url, form: question.form, repeatable: false },
          { site: name, call: question.route, redact: (text) => text },
        );
        const { status, contentType, text, location, challenge, sentAt } = response;
        const millis = clock.now() - began;
        return {
          kind: 'answer',
          status,
          contentType,
          text,
          location,
          challenge,
          sentAt,
          millis,
        } satisfies Answer;
      } catch (thrown) {
        return { kind: 'silence', code: codeOf(thrown) };
      }
    },
  };
}

function codeOf(thrown: unknown): string {
  const { code } = factsOf(thrown);
  return typeof code === 'string' ? code : 'no code';
}
