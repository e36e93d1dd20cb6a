import { afterEach, describe, expect, it } from 'vitest';
import { createMailer, type Mailer } from '../../../src/mail/mailer.ts';
import { renderMail } from '../../../src/mail/render-mail.ts';
import type { OutgoingMail } from '../../../src/reminder/ports.ts';
import { startSmtpSink, type SinkBehaviour, type SmtpSink } from '../../support/smtp-sink.ts';

const FROM = 'Case desk <desk@example.org>';
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

const start = async (
  behave?: (attempt: number) => SinkBehaviour,
): Promise<{ sink: SmtpSink; mailer: Mailer }> => {
  const sink = await startSmtpSink(behave);
  const mailer = createMailer(sink.url, FROM, { timeoutMillis: 2_000 });
  open.push(sink, mailer);
  return { sink, mailer };
};

const mail = (mailer: Mailer, id = 'email-1'): OutgoingMail => ({
  ...renderMail(
    'activity-reminder',
    {
      recipientName: 'Zoë Ñandú',
      activityType: 'Évaluation',
      activitySubject: null,
      activityDate: '2026-03-02 09:00:00',
      isOverdue: false,
      caseType: 'Housing Support',
      caseId: 7,
      caseSubject: null,
      clientNames: [],
      timeZone: 'Europe/Paris',
    },
    'fr',
  ),
  to: { name: 'Zoë, Ñandú <"x">', address: 'zoe@example.org' },
  messageId: mailer.messageIdFor(id),
  language: 'fr',
});

describe('a mail over SMTP', () => {
  it('arrives whole: names, subject, both texts and the headers that keep robots from answering', async () => {
    const { sink, mailer } = await start();
    const sent = mail(mailer);
    expect(await mailer.send(sent)).toEqual({ kind: 'accepted' });
    const [email] = sink.received;
    expect(email?.messageId).toBe('<email-1@example.org>');
    expect(email?.from).toEqual({ name: 'Case desk', address: 'desk@example.org' });
    expect(email?.to).toEqual([{ name: 'Zoë, Ñandú <"x">', address: 'zoe@example.org' }]);
    expect(email?.subject).toBe('Rappel : Évaluation, 2 mars 2026');
    expect(email?.text?.trim()).toBe(sent.text.trim());
    expect(email?.html).toContain('Zoë Ñandú');
    const header = (key: string) => email?.headers.find((one) => one.key === key)?.value;
    expect(header('auto-submitted')).toBe('auto-generated');
    expect(header('x-auto-response-suppress')).toBe('All');
    expect(header('list-id')).toContain('<case-reminders.example.org>');
  });

  it.each([
    [
      'is tried later when the recipient is refused for now',
      { kind: 'refuse', at: 'recipient', code: 450 },
      'temporary',
    ],
    [
      'is tried later when the text is refused for now',
      { kind: 'refuse', at: 'data', code: 451 },
      'temporary',
    ],
    ['is tried later when the server goes away', { kind: 'refuse', at: 'data', code: 421 }, 'temporary'],
    [
      'is given up when the recipient is refused',
      { kind: 'refuse', at: 'recipient', code: 550 },
      'permanent',
    ],
    ['is given up when the text is refused', { kind: 'refuse', at: 'data', code: 554 }, 'permanent'],
    [
      'is tried later when the connection breaks before the text',
      { kind: 'cut', at: 'recipient' },
      'temporary',
    ],
    ['is in doubt when the connection breaks in the text', { kind: 'cut', at: 'during-data' }, 'unknown'],
    ['is in doubt when the connection breaks after the text', { kind: 'cut', at: 'after-data' }, 'unknown'],
  ] as const)('%s', async (_, behaviour, kind) => {
    const { sink, mailer } = await start(() => behaviour);
    const outcome = await mailer.send(mail(mailer));
    expect(outcome).toMatchObject({ kind });
    expect(JSON.stringify(outcome)).not.toContain('@');
    // Over and above: what may have gone out is never handed over a second time by the transport itself.
    if (kind === 'unknown') expect(sink.attempts()).toBe(1);
  });

  it('is tried later when nobody listens', async () => {
    const { sink, mailer } = await start();
    await sink.close();
    expect(await mailer.send(mail(mailer))).toEqual({ kind: 'temporary', code: 'ECONNREFUSED' });
  });

  it('goes out once each over shared connections, whatever some of them meet', async () => {
    const { sink, mailer } = await start((attempt) =>
      attempt % 5 === 0 ? { kind: 'refuse', at: 'recipient', code: 450 } : { kind: 'accept' },
    );
    const ids = Array.from({ length: 40 }, (_, index) => `email-${index}`);
    const outcomes = await Promise.all(ids.map((id) => mailer.send(mail(mailer, id))));
    const accepted = ids.filter((_, index) => outcomes[index]?.kind === 'accepted');
    expect(sink.received.map((email) => email.messageId).sort()).toEqual(
      accepted.map((id) => mailer.messageIdFor(id)).sort(),
    );
    expect(accepted).toHaveLength(32);
  });
});

describe('the settings of the mailer', () => {
  it.each(['mail.example.org:25', 'http://mail.example.org', ''])('refuse the address %j', (url) => {
    expect(() => createMailer(url, FROM)).toThrow(/mail\.url must look like/);
  });
  it.each(['Case desk', 'desk@', 'a@b@c <x>', ''])('refuse the sender %j', (from) => {
    expect(() => createMailer('smtp://127.0.0.1', from)).toThrow(/mail\.from must look like/);
  });
});
