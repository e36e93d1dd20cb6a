import type { AddressInfo, Socket } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';

/** What the sink does with the n-th message, counted from 1. */
export type SinkBehaviour =
  | { readonly kind: 'accept' }
  /** Answers `RCPT TO` or, after the text, `DATA` with this code. */
  | { readonly kind: 'refuse'; readonly at: 'recipient' | 'data'; readonly code: number }
  /** Cuts the connection: before the text, while it flows, or once it has been taken but not yet acknowledged. */
  | {
      readonly kind: 'cut';
      readonly at: 'recipient' | 'during-data' | 'after-data';
      /** Done right before, e.g. to the process that sends. */
      readonly first?: () => void;
    };

export interface SmtpSink {
  readonly url: string;
  readonly port: number;
  /** Everything whose text arrived in full, acknowledged or not. */
  readonly received: readonly Email[];
  /** How many messages were begun. */
  attempts(): number;
  close(): Promise<void>;
}

/** A real SMTP server on a free port that can misbehave. */
export async function startSmtpSink(
  behave: (attempt: number) => SinkBehaviour = () => ({ kind: 'accept' }),
  port = 0,
): Promise<SmtpSink> {
  const received: Email[] = [];
  let attempts = 0;
  /** By connection: several talk at once. */
  const behaviours = new Map<string, SinkBehaviour>();
  const refusal = (code: number) =>
    Object.assign(new Error('no <amina@example.org>'), { responseCode: code });
  const sockets = new Set<Socket>();
  const of = ({ id }: SMTPServerSession) => behaviours.get(id) ?? { kind: 'accept' };
  const cut = ({ first }: Extract<SinkBehaviour, { kind: 'cut' }>) => {
    first?.();
    destroyAll(sockets);
  };

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    onMailFrom(_address, session, done) {
      attempts += 1;
      behaviours.set(session.id, behave(attempts));
      done();
    },
    onRcptTo(_address, session, done) {
      const behaviour = of(session);
      if (behaviour.kind === 'refuse' && behaviour.at === 'recipient') done(refusal(behaviour.code));
      else if (behaviour.kind === 'cut' && behaviour.at === 'recipient') cut(behaviour);
      else done();
    },
    onData(stream, session, done) {
      const now = of(session);
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        if (now.kind === 'cut' && now.at === 'during-data') cut(now);
      });
      stream.on('end', () => {
        void PostalMime.parse(Buffer.concat(chunks)).then((email) => {
          if (now.kind === 'refuse') {
            done(refusal(now.code));
            return;
          }
          received.push(email);
          if (now.kind === 'cut') cut(now);
          else done();
        });
      });
    },
  });
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const listening = (server.server.address() as AddressInfo).port;
  return {
    url: `smtp://127.0.0.1:${listening}`,
    port: listening,
    received,
    attempts: () => attempts,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        destroyAll(sockets);
      }),
  };
}

function destroyAll(sockets: ReadonlySet<Socket>): void {
  for (const socket of sockets) socket.destroy();
}
