import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RandomSource } from '../../src/base/clock.ts';

/** At which request a process dies: before the site sees it, after its effect but unanswered, or once answered. */
export interface Deadline {
  readonly request: number;
  readonly moment: 'before' | 'after' | 'answered';
}

const MOMENTS = ['before', 'after', 'answered'] as const;

export function randomDeadline(random: RandomSource, requests: number): Deadline {
  const moment = MOMENTS[Math.floor(random() * MOMENTS.length)] ?? 'after';
  return { request: 1 + Math.floor(random() * requests), moment };
}

export interface DeadlyGate {
  /** Addresses to reach the sites by, in the order given. */
  readonly urls: readonly string[];
  /** Requests that passed since the last process began. */
  requests(): number;
  /** Starts the program and kills it at the deadline; false when it ended by itself before. */
  kill(program: URL, args: readonly string[], at: Deadline): Promise<boolean>;
  close(): Promise<void>;
}

/** Stands before sites, and kills with SIGKILL a process that talks to them, at a request by number. */
export async function openDeadlyGate(siteUrls: readonly string[]): Promise<DeadlyGate> {
  let count = 0;
  let deadline: Deadline | null = null;
  let kill: () => unknown = () => undefined;

  const pass = async (siteUrl: string, request: IncomingMessage, response: ServerResponse) => {
    const body = await bodyOf(request);
    count += 1;
    const moment = deadline?.request === count ? deadline.moment : null;
    if (moment === 'before') return void kill();
    const answer = await fetch(new URL(request.url ?? '/', siteUrl), {
      method: request.method ?? 'POST',
      headers: headersOf(request),
      ...(body.length === 0 ? {} : { body: new Uint8Array(body) }),
    });
    const text = await answer.text();
    if (moment === 'after') return void kill();
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' });
    response.end(text, () => {
      if (moment === 'answered') kill();
    });
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
    kill: async (program, args, at) => {
      count = 0;
      deadline = at;
      const child = fork(program, args, { execArgv: ['--import', 'tsx'] });
      kill = () => child.kill('SIGKILL');
      const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
      deadline = null;
      if (signal === null && code !== 0) throw new Error(`The process ended with ${String(code)}.`);
      return signal === 'SIGKILL';
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
