import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RandomSource } from '../../src/base/clock.ts';
import type { Ambush } from './doomed/doomed-process.ts';

/**
 * At which request or which request that writes a process dies: before the site sees it, so many milliseconds after it
 * was passed on (the site still works on it), after its effect but unanswered, or once answered.
 */
export type Deadline = ({ readonly request: number } | { readonly write: number }) &
  (
    | { readonly moment: 'before' | 'after' | 'answered' }
    | { readonly moment: 'during'; readonly millis: number }
  );

const LONGEST_CALL_MILLIS = 200;

/** A moment at one of the requests from `first` to `last`. */
export function randomDeadline(random: RandomSource, last: number, first = 1): Deadline {
  const request = first + Math.floor(random() * (last - first + 1));
  return { request, ...randomMoment(random) };
}

/** A moment at one of the first requests that write: the process gets no further than that into what is left to do. */
export function randomWriteDeadline(random: RandomSource, last: number): Deadline {
  const write = 1 + Math.floor(random() * last);
  return { write, ...randomMoment(random) };
}

function randomMoment(random: RandomSource) {
  const moments = ['before', 'during', 'after', 'answered'] as const;
  const moment = moments[Math.floor(random() * moments.length)] ?? 'after';
  if (moment !== 'during') return { moment };
  return { moment, millis: Math.floor(random() * LONGEST_CALL_MILLIS) };
}

export interface DeadlyGate {
  /** Addresses to reach the sites by, in the order given. */
  readonly urls: readonly string[];
  /** Requests that passed since the last beginning, which is also when an ambush is laid. */
  requests(): number;
  /** Those of them that write. */
  writes(): number;
  /** Counts from the beginning again. */
  begin(): void;
  /** The latest request, in words; null: there was none since the last beginning. */
  latest(): string | null;
  /** Strikes at a request by number, counted from when it is armed. */
  at(deadline: Deadline): Ambush;
  /** Lays the other ambush when the first request that writes has come, which is passed on. */
  onceWriting(ambush: Ambush): Ambush;
  /** Keeps the first request that writes back until that promise has come true; counted from now. */
  beforeWriting(wait: () => Promise<void>): void;
  /** Strikes at the first request with that call (`Case.save`) and holds it back, at the latest until there is another. */
  holding(call: string): HeldRequest;
  /** Resolves when the sites have finished with everything that was passed on to them. */
  whenQuiet(): Promise<void>;
  close(): Promise<void>;
}

export interface HeldRequest extends Ambush {
  /** The site has it now, so long after. Resolves when it is done with it. */
  letGo(): Promise<void>;
}

/** Stands before sites, passes on what a process says to them, and knows the moments in between. */
export async function openDeadlyGate(siteUrls: readonly string[]): Promise<DeadlyGate> {
  let count = 0;
  let writeCount = 0;
  let latest: string | null = null;
  let armed: { readonly deadline: Deadline; readonly strike: () => void } | null = null;
  let onFirstWrite: (() => void | Promise<void>) | null = null;
  let isHeld: (calls: readonly string[], send: () => Promise<unknown>) => boolean = () => false;
  const passing = new Set<Promise<unknown>>();

  const begin = () => {
    count = 0;
    writeCount = 0;
    latest = null;
  };
  const pass = async (siteUrl: string, request: IncomingMessage, response: ServerResponse) => {
    const body = await bodyOf(request);
    const calls = callsOf(request.url ?? '', body);
    const isWrite = calls.some((call) => !call.includes('.get'));
    count += 1;
    if (isWrite) writeCount += 1;
    latest = `${String(count)}: ${calls.join(', ')}`;
    const send = () => sendOn(siteUrl, request, body);
    if (isHeld(calls, send)) return;
    if (isWrite && writeCount === 1) await onFirstWrite?.();
    const here = armed !== null && isHere(armed.deadline) ? armed : null;
    function isHere(deadline: Deadline): boolean {
      return 'request' in deadline ? deadline.request === count : isWrite && deadline.write === writeCount;
    }
    const strikeAt = (moment: Deadline['moment']) => {
      if (here?.deadline.moment === moment) here.strike();
      return here?.deadline.moment === moment;
    };
    if (strikeAt('before')) return;
    const answering = send();
    if (here?.deadline.moment === 'during') setTimeout(here.strike, here.deadline.millis);
    passing.add(answering);
    const { answer, text } = await answering.finally(() => passing.delete(answering));
    // A quick site may have finished before the blow.
    if (strikeAt('after') || strikeAt('during')) return;
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' });
    response.end(text, () => strikeAt('answered'));
  };

  const servers: Server[] = [];
  for (const siteUrl of siteUrls) {
    const server = createServer((request, response) => {
      pass(siteUrl, request, response).catch(() => response.destroy());
    });
    servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  }

  return {
    urls: servers.map((server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    requests: () => count,
    writes: () => writeCount,
    begin,
    latest: () => latest,
    at: (deadline) => ({
      name: nameOf(deadline),
      arm: (strike) => {
        begin();
        armed = { deadline, strike };
        return () => {
          armed = null;
        };
      },
    }),
    onceWriting: (ambush) => ({
      name: `once it writes, ${ambush.name}`,
      arm: (strike) => {
        begin();
        let giveUp: (() => void) | undefined;
        onFirstWrite = () => {
          giveUp = ambush.arm(strike);
        };
        return () => {
          onFirstWrite = null;
          giveUp?.();
        };
      },
    }),
    beforeWriting: (wait) => {
      begin();
      onFirstWrite = wait;
    },
    holding: (call) => {
      let send: (() => Promise<unknown>) | undefined;
      let sent: Promise<unknown> | undefined;
      const letGo = async () => {
        if (send === undefined) throw new Error(`No ${call} was held.`);
        await (sent ??= send());
      };
      return {
        name: `the call ${call}, on its way`,
        letGo,
        arm: (strike) => {
          isHeld = (calls, sendThis) => {
            if (!calls.includes(call)) return false;
            if (send !== undefined) {
              void letGo();
              return false;
            }
            send = sendThis;
            strike();
            return true;
          };
          return () => undefined;
        },
      };
    },
    whenQuiet: async () => {
      while (passing.size > 0) await Promise.allSettled(passing);
    },
    close: async () => {
      for (const server of servers) {
        server.closeAllConnections();
        server.close();
        await once(server, 'close');
      }
    },
  };
}

async function sendOn(siteUrl: string, request: IncomingMessage, body: Buffer) {
  const answer = await fetch(new URL(request.url ?? '/', siteUrl), {
    method: request.method ?? 'POST',
    headers: headersOf(request),
    ...(body.length === 0 ? {} : { body: new Uint8Array(body) }),
  });
  return { answer, text: await answer.text() };
}

function nameOf(deadline: Deadline): string {
  const [kind, number] = 'request' in deadline ? ['request', deadline.request] : ['write', deadline.write];
  return `${kind} ${String(number)}, ${deadline.moment}`;
}

/** Which calls a request makes, each kind once. */
function callsOf(path: string, body: Buffer): readonly string[] {
  const [, entity, action] = /\/api4\/(\w+)\/(\w+)/.exec(path) ?? [];
  if (entity !== undefined) return [`${entity}.${action ?? ''}`];
  const form = new URLSearchParams(body.toString('utf8'));
  const calls = form.get('calls');
  if (calls === null) return [`${form.get('entity') ?? path}.${form.get('action') ?? ''}`];
  const named = Object.values(JSON.parse(calls) as Record<string, readonly [string, string]>);
  return [...new Set(named.map(([of, does]) => `${of}.${does}`))];
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** What belongs to one connection alone is left to the next. */
function headersOf(request: IncomingMessage): Record<string, string> {
  const hop = ['host', 'connection', 'content-length', 'transfer-encoding', 'accept-encoding'];
  return Object.fromEntries(
    Object.entries(request.headers).flatMap(([name, value]) =>
      typeof value === 'string' && !hop.includes(name) ? [[name, value]] : [],
    ),
  );
}
