import nodemailer from 'nodemailer';
import { createMailer } from '../../src/mail/mailer.ts';
import { renderMail } from '../../src/mail/render-mail.ts';
import type { ReminderMailData } from '../../src/reminder/ports.ts';
import { openMailSink } from '../demo/mail-sink.ts';
import { compare, type Comparison } from './measure.ts';

const MAILS = 300;
const FROM = 'Case desk <desk@example.org>';
const data: ReminderMailData = {
  recipientName: 'Nadia Haddad',
  activityType: 'Home visit',
  activitySubject: 'Visit at the shelter',
  activityDate: '2026-03-12 14:30:00',
  isOverdue: false,
  caseType: 'Housing support',
  caseId: 12,
  caseSubject: 'Housing',
  clientNames: ['Amara Nwosu'],
  timeZone: 'Europe/London',
};

/** A reminder rendered from its template and sent, against nodemailer sending a text of the same size. */
export async function compareMails(): Promise<Comparison> {
  const sink = await openMailSink();
  const mailer = createMailer(sink.url, FROM);
  const plain = nodemailer.createTransport({ url: sink.url, pool: true, maxConnections: 3 });
  const ready = renderMail('activity-reminder', data, 'en');
  const to = { name: 'Nadia Haddad', address: 'nadia@example.org' };
  const numbers = Array.from({ length: MAILS }, (_, number) => number);
  try {
    return await compare('a reminder rendered and sent vs nodemailer with a ready text', 'mail', MAILS, {
      ours: async () => {
        const outcomes = await Promise.all(
          numbers.map((number) => {
            const mail = renderMail('activity-reminder', data, 'en');
            return mailer.send({
              ...mail,
              to,
              language: 'en',
              messageId: mailer.messageIdFor(`bench-${number}`),
            });
          }),
        );
        if (outcomes.some(({ kind }) => kind !== 'accepted')) throw new Error('a mail was not accepted');
      },
      plain: async () => {
        await Promise.all(numbers.map(() => plain.sendMail({ from: FROM, to, ...ready })));
      },
    });
  } finally {
    await mailer.close();
    plain.close();
    await sink.close();
  }
}
