import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SeenRequest {
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface MadeAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What stands in front of a site: answers by itself, or changes what goes through. */
export interface InFront {
  /** An answer in the site's place, or the request as the site is to see it. */
  readonly onRequest?: (request: SeenRequest) => MadeAnswer | SeenRequest;
  readonly onAnswer?: (answer: Required<MadeAnswer>, request: SeenRequest) => MadeAnswer;
  /** Milliseconds before it is looked at. */
  readonly delay?: (request: SeenRequest) => number;
}

export interface SiteBehind {
  readonly url: string;
  readonly seen: readonly SeenRequest[];
  close(): Promise<void>;
}

/** A proxy, firewall or web server on 127.0.0.1 before a site that is served elsewhere. */
export async function serveInFront(target: string, inFront: InFront): Promise<SiteBehind> {
  const seen: SeenRequest[] = [];
  const answer = async (message: IncomingMessage): Promise<MadeAnswer> => {
    const chunks: Buffer[] = [];
    for await (const chunk of message) chunks.push(chunk as Buffer);
    const request: SeenRequest = {
      path: message.url ?? '/',
      headers: Object.fromEntries(
        Object.entries(message.headers).map(([name, value]) => [name, String(value)]),
      ),
      body: Buffer.concat(chunks).toString(),
    };
    seen.push(request);
    const millis = inFront.delay?.(request) ?? 0;
    await new Promise((resolve) => setTimeout(resolve, millis));
    const decided = inFront.onRequest?.(request) ?? request;
    if ('status' in decided) return decided;
    const { host: _, connection: __, 'content-length': ___, ...headers } = decided.headers;
    const response = await fetch(`${target}${decided.path}`, {
      method: 'POST',
      headers,
      body: decided.body,
      redirect: 'manual',
    });
    const { date, location } = Object.fromEntries(response.headers);
    const real = {
      status: response.status,
      headers: {
        'content-type': response.headers.get('content-type') ?? '',
        ...(date === undefined ? {} : { date }),
        ...(location === undefined ? {} : { location }),
      },
      body: await response.text(),
    };
    return inFront.onAnswer?.(real, request) ?? real;
  };
  const server = createServer((message: IncomingMessage, response: ServerResponse) => {
    void answer(message).then(({ status, headers = {}, body = '' }) => {
      response.writeHead(status, headers);
      response.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
