import { createMailRenderer } from '../mail/render-mail.ts';
import type { MailSender } from '../reminder/ports.ts';
import {
  driftLines,
  driftTitle,
  driftToReport,
  editText,
  entityWords,
  type TracedDrift,
} from '../migrate/index.ts';
import { hashJson } from '../migrate/entity.ts';
import { createDriftReportRepository } from '../store/drift-report-repository.ts';
import type { App } from './app.ts';
import { driftSinceApply } from './drift.ts';

/**
 * Looks for edits of what was applied to a site, and sends those that people were not told of yet.
 *
 * @returns how many findings were told.
 */
export async function tellDrift(app: App, site: string, mailer: MailSender): Promise<number> {
  const { drift: settings, mail } = app.config;
  if (settings === null) return 0;
  const { db } = await app.store();
  const reports = createDriftReportRepository(db);
  const { drift } = await driftSinceApply(app, site);
  const { due, forgotten } = driftToReport(drift, await reports.reported(site), app.clock.now());
  await reports.forget(site, forgotten);
  if (due.length === 0) return 0;

  const { language } = settings;
  const told = drift.filter(({ key }) => due.some((one) => one.key === key));
  const render = createMailRenderer(mail?.templates ?? null);
  const rendered = render('drift-report', mailData(site, told, language), language);
  let isTaken = false;
  for (const address of settings.mailTo) {
    const id = `drift-${hashJson([site, address, ...told.map(({ fingerprint }) => fingerprint)]).slice(0, 24)}`;
    const to = { name: '', address };
    const message = { ...rendered, to, language, messageId: mailer.messageIdFor(id) };
    const outcome = await mailer.inTurn(() => mailer.send(message));
    if (outcome.kind === 'accepted' || outcome.kind === 'unknown') isTaken = true;
    if (outcome.kind !== 'accepted')
      app.logger.warn({ site, code: outcome.code }, 'A report of drift was not taken by the mail server');
  }
  // What no server took is tried again at the next look; whoever got it does not get it twice.
  if (!isTaken) return 0;
  await reports.record(site, due, app.clock.now());
  return due.length;
}

const mailData = (site: string, drift: readonly TracedDrift[], language: 'en' | 'fr') => ({
  site,
  names: drift.map(({ key }) => entityWords(key, language)),
  findings: drift.map((one) => ({
    title: driftTitle(one, language),
    lines: driftLines(one, language),
    edited: editText(one.lastEdit, language),
  })),
});
