import { mkdirSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';

export interface MailSink {
  /** `smtp://127.0.0.1:PORT` */
  readonly url: string;
  /** Recipient and Message-ID of every mail accepted, in order. */
  readonly received: readonly ReceivedMail[];
  close(): Promise<void>;
}

export interface ReceivedMail {
  readonly recipient: string;
  readonly messageId: string;
}

interface SinkOptions {
  readonly port?: number;
  readonly folder?: string;
}

/** A local SMTP server that accepts every mail and, given a folder, keeps each as an .eml file. Port 0 takes a free one. */
export async function openMailSink({ port = 0, folder }: SinkOptions = {}): Promise<MailSink> {
  if (folder !== undefined) mkdirSync(folder, { recursive: true });
  const received: ReceivedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const source = Buffer.concat(chunks);
        const messageId = /^message-id:\s*(\S+)/im.exec(source.toString('utf8'))?.[1] ?? '';
        for (const { address } of session.envelope.rcptTo) received.push({ recipient: address, messageId });
        if (folder !== undefined) {
          const name = `${String(received.length).padStart(3, '0')}.eml`;
          writeFileSync(join(folder, name), source);
        }
        callback();
      });
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: listening } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${listening}`,
    received,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
