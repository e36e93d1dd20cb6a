import { bulkhead } from 'cockatiel';
import nodemailer from 'nodemailer';
import type { Readable } from 'node:stream';
import { AppError } from '../base/errors.ts';
import type { MailOutcome, MailSender } from '../reminder/ports.ts';

export interface Mailer extends MailSender {
  /** Lets what is being sent finish, then closes the connections. */
  close(): Promise<void>;
}

export interface MailerOptions {
  readonly maxConnections?: number;
  /** How long the server may keep us waiting for a connection, its greeting, or any answer. */
  readonly timeoutMillis?: number;
}

const TIMEOUT_MILLIS = 30_000;
const MAX_CONNECTIONS = 3;

/**
 * A sender over pooled SMTP connections.
 *
 * @param smtpUrl `smtp://` or `smtps://`, with user name and password where the server wants them.
 * @param from the sender, e.g. `Case desk <desk@example.org>`.
 * @throws AppError `invalid-input` when either cannot be one.
 */
export function createMailer(smtpUrl: string, from: string, options: MailerOptions = {}): Mailer {
  const protocol = URL.canParse(smtpUrl) ? new URL(smtpUrl).protocol : null;
  if (protocol !== 'smtp:' && protocol !== 'smtps:') {
    throw new AppError('invalid-input', 'mail.url must look like smtp://mail.example.org:587 or smtps://…');
  }
  const domain = /^[^<>]*<?[^<>@\s]+@([A-Za-z0-9.-]+)>?\s*$/.exec(from)?.[1];
  if (domain === undefined) {
    throw new AppError('invalid-input', 'mail.from must look like Case desk <desk@example.org>.');
  }
  const timeout = options.timeoutMillis ?? TIMEOUT_MILLIS;
  const maxConnections = options.maxConnections ?? MAX_CONNECTIONS;
  const turns = bulkhead(maxConnections, Infinity);
  const transport = nodemailer.createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections,
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: timeout,
    dnsTimeout: timeout,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const streams = new Map<string, Readable>();
  // Only the stream of the message itself shows whether its text had begun to flow when a connection broke.
  transport.use('stream', (mail, next) => {
    const { message } = mail;
    const open = message.createReadStream.bind(message);
    message.createReadStream = (...args: Parameters<typeof open>) => {
      const stream = open(...args);
      streams.set(message.messageId(), stream);
      return stream;
    };
    next();
  });
  const underWay = new Set<Promise<unknown>>();

  return {
    messageIdFor: (id) => `<${id}@${domain}>`,

    inTurn: (work) => turns.execute(work),

    async send(mail) {
      const sending = transport.sendMail({
        from,
        to: { name: mail.to.name, address: mail.to.address },
        subject: mail.subject,
        html: mail.html,
        text: mail.text,
        messageId: mail.messageId,
        headers: {
          'Content-Language': mail.language,
          // Vacation notices must not answer: RFC 3834, and Exchange's own header for the same.
          'Auto-Submitted': 'auto-generated',
          'X-Auto-Response-Suppress': 'All',
        },
        list: { id: { url: `case-reminders.${domain}`, comment: 'Case reminders' } },
      });
      underWay.add(sending);
      try {
        await sending;
        return { kind: 'accepted' };
      } catch (thrown) {
        return classify(thrown, streams.get(mail.messageId)?.readableDidRead ?? false);
      } finally {
        underWay.delete(sending);
        streams.delete(mail.messageId);
      }
    },

    async close() {
      await Promise.allSettled(underWay);
      transport.close();
    },
  };
}

interface SmtpFailure {
  readonly code?: unknown;
  readonly originalCode?: unknown;
  readonly responseCode?: unknown;
}

function classify(thrown: unknown, textHadBegun: boolean): MailOutcome {
  const failure: SmtpFailure = typeof thrown === 'object' && thrown !== null ? thrown : {};
  const given = failure.originalCode ?? failure.code;
  const code = typeof given === 'string' ? given : 'unexpected error';
  const response = typeof failure.responseCode === 'number' ? failure.responseCode : null;
  const aboutMessage = failure.code === 'EENVELOPE' || failure.code === 'EMESSAGE';
  // The server's verdict on this very message, even after the text: it did not take it.
  if (aboutMessage && response !== null) {
    return {
      kind: response >= 500 && response !== 503 ? 'permanent' : 'temporary',
      code: `SMTP ${response}`,
    };
  }
  if (aboutMessage) return { kind: 'permanent', code: 'the address is not valid' };
  if (textHadBegun && response === null) return { kind: 'unknown', code };
  // Wrong password, TLS trouble, no route: the fault of the set-up and not of this mail, so it may wait for repair.
  return { kind: 'temporary', code: response === null ? code : `SMTP ${response}` };
}
