import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { App } from '../app/index.ts';
import { AppError } from '../base/errors.ts';
import { createHttpApp } from './http-app.ts';
import { openLogin } from './login.ts';
import { createMetrics } from './metrics.ts';
import { createStatusReader } from './read-status.ts';

export interface RunningServer {
  readonly url: string;
  /** The login token in clear, where one was made just now. Show it once; only its hash is kept. */
  readonly newToken: string | null;
  close(): Promise<void>;
}

interface ServerOptions {
  /** Makes a new login token, which ends every session. */
  readonly renewToken?: boolean;
}

/**
 * Starts the status page, its JSON, `/health` and `/metrics` where the configuration says.
 *
 * @throws AppError `conflict` when the port is taken, `forbidden` when it may not be used.
 */
export async function startServer(app: App, options: ServerOptions = {}): Promise<RunningServer> {
  const { host, port } = app.config.server;
  const login = openLogin({
    dataDir: app.config.dataDir,
    clock: app.clock,
    randomBytes,
    renew: options.renewToken ?? false,
  });
  const http = createServer(
    createHttpApp({ app, login, metrics: createMetrics(app), readStatus: createStatusReader(app) }),
  );
  await new Promise<void>((resolve, reject) => {
    http.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, host, port)));
    http.listen(port, host, () => resolve());
  });
  const address = http.address() as AddressInfo;
  const url = `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}/`;
  app.logger.info({ url }, 'the status page is up');
  return {
    url,
    newToken: login.newToken,
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeIdleConnections();
        // A browser that keeps a connection open must not hold up the end.
        setTimeout(() => http.closeAllConnections(), 2000).unref();
      }),
  };
}

function listenError(error: NodeJS.ErrnoException, host: string, port: number): AppError {
  const place = `${host}:${port}`;
  if (error.code === 'EADDRINUSE') {
    return new AppError(
      'conflict',
      `The status page cannot listen on ${place}: another program does. Stop it, or set server.port in civicase.yaml.`,
      { cause: error },
    );
  }
  if (error.code === 'EACCES') {
    return new AppError(
      'forbidden',
      `The status page may not listen on ${place}. Set server.port in civicase.yaml to 1024 or more.`,
      { cause: error },
    );
  }
  return new AppError(
    'invalid-input',
    `The status page cannot listen on ${place} (${error.code ?? error.message}). Set server.host in civicase.yaml to an address of this machine.`,
    { cause: error },
  );
}
