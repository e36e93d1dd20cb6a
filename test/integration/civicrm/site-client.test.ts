import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createTestClient, thrownBy } from '../../support/test-site-client.ts';

const getCases = { entity: 'Case', action: 'get', params: { select: ['id'], limit: 1 } } as const;

describe('a site client on a real socket', () => {
  let server: Server | undefined;
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  const listen = async (handler: Parameters<typeof createServer>[1]): Promise<string> => {
    server = createServer(handler);
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };

  it('a slow answer ends at the time limit', async () => {
    const url = await listen((_, response) => response.write('{"values":['));
    const error = await thrownBy(createTestClient({ url, timeoutMillis: 50 }).call(getCases));
    expect(error).toMatchObject({
      kind: 'remote-unavailable',
      details: { code: 'TIMEOUT', effect: 'unknown' },
    });
  });

  it('a giant answer is not swallowed', async () => {
    const url = await listen((_, response) =>
      response.end(`{"values":[${'{"id":1},'.repeat(100_000)}{"id":2}]}`),
    );
    const error = await thrownBy(createTestClient({ url, maxAnswerBytes: 10_000 }).call(getCases));
    expect(error).toMatchObject({ kind: 'remote-unavailable', details: { code: 'TOO_LARGE' } });
  });

  it('a connection that breaks in the middle leaves the effect unknown', async () => {
    const url = await listen((_, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '1000' });
      response.write('{"values":[', () => response.destroy());
    });
    const error = await thrownBy(createTestClient({ url }).call(getCases));
    expect(error).toMatchObject({
      kind: 'remote-unavailable',
      details: { effect: 'unknown', transient: true },
    });
  });

  it('a connection that was refused has had no effect', async () => {
    const url = await listen((_, response) => response.end());
    server?.close();
    const error = await thrownBy(createTestClient({ url }).call(getCases));
    expect(error).toMatchObject({
      kind: 'remote-unavailable',
      details: { code: 'ECONNREFUSED', effect: 'none' },
    });
  });

  it('a read is tried again over a broken connection, a write is not', async () => {
    let requests = 0;
    const url = await listen((request, response) => {
      requests += 1;
      if (requests % 2 === 1) request.socket.destroy();
      else response.end('{"values":[{"id":1}]}');
    });
    const client = createTestClient({ url, maxRetries: 1 });
    expect((await client.call(getCases)).values).toEqual([{ id: 1 }]);
    expect(requests).toBe(2);
    const write = { entity: 'Case', action: 'create', params: { values: {} } };
    expect(await thrownBy(client.call(write))).toMatchObject({ kind: 'remote-unavailable' });
    expect(requests).toBe(3);
    requests = 0;
    expect((await client.call(write, { repeatable: true })).values).toEqual([{ id: 1 }]);
    expect(requests).toBe(2);
  });

  it('a write that may not be repeated never rides on a used connection', async () => {
    const ports = new Set<number | undefined>();
    const url = await listen((request, response) => {
      ports.add(request.socket.remotePort);
      response.end('{"values":[]}');
    });
    const client = createTestClient({ url });
    const write = { entity: 'Case', action: 'create', params: { values: {} } };
    for (const call of [getCases, getCases, getCases]) await client.call(call);
    expect(ports.size).toBe(1);
    for (const call of [write, write]) await client.call(call);
    expect(ports.size).toBe(3);
  });

  it('no more requests run at once than the site may have', async () => {
    let running = 0;
    let most = 0;
    const url = await listen((_, response) => {
      running += 1;
      most = Math.max(most, running);
      setTimeout(() => {
        running -= 1;
        response.end('{"values":[]}');
      }, 5);
    });
    const client = createTestClient({ url, concurrency: 3 });
    await Promise.all(Array.from({ length: 12 }, () => client.call(getCases)));
    expect(most).toBe(3);
  });
});
