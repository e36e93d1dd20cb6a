import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMailRenderer, renderMail } from '../../../src/mail/render-mail.ts';
import { MAIL_TEMPLATES } from '../../../src/mail/templates/index.ts';
import type { ReminderMailData } from '../../../src/reminder/ports.ts';

const data: ReminderMailData = {
  recipientName: 'Ana Kovač',
  activityType: 'Income and benefits stabilization',
  activitySubject: 'Bring the letters',
  activityDate: '2026-03-29 02:30:00',
  isOverdue: false,
  caseType: 'Housing Support',
  caseId: 12,
  caseSubject: 'Flat for the family',
  clientNames: ['Amina Diallo', 'Omar Diallo'],
  timeZone: 'Europe/Paris',
};

describe('a mail', () => {
  it('is written in English, on the wall clock of the site, even at an hour that a clock change skips', () => {
    const { subject, text, html } = renderMail('activity-reminder', data, 'en');
    expect(subject).toBe('Reminder: Income and benefits stabilization – Bring the letters, 29 March 2026');
    expect(text).toContain('Hello Ana Kovač,');
    expect(text).toMatch(/Sunday,? 29 March 2026 at 0?2:30/);
    expect(text).toContain('Amina Diallo and Omar Diallo');
    expect(text).toContain('Housing Support no. 12');
    expect(html).toContain('lang="en"');
  });

  it('names no time for an activity that stands at midnight', () => {
    const { text } = renderMail('activity-reminder', { ...data, activityDate: '2026-03-29 00:00:00' }, 'en');
    expect(text).toMatch(/Sunday,? 29 March 2026$/m);
  });

  it('is written in French', () => {
    const { subject, text, html } = renderMail('activity-reminder', { ...data, isOverdue: true }, 'fr');
    expect(subject).toBe('En retard : Income and benefits stabilization – Bring the letters, 29 mars 2026');
    expect(text).toContain('Bonjour Ana Kovač,');
    expect(text).toMatch(/dimanche 29 mars 2026 à 02:30/);
    expect(text).toContain('Amina Diallo et Omar Diallo');
    expect(html).toContain('lang="fr"');
  });

  it('to a client says nothing of how the case is kept', () => {
    const { subject, text } = renderMail('client-reminder', data, 'en');
    expect(subject + text).not.toMatch(/Flat for the family|Bring the letters|no\. 12|Omar/);
  });

  it('leaves out the line of what there is nothing to say about', () => {
    const bare = { ...data, clientNames: [], caseSubject: null, activitySubject: null };
    const { html, text, subject } = renderMail('activity-reminder', bare, 'en');
    expect(text).not.toMatch(/Client|undefined|null/);
    expect(html.match(/<tr>/g)).toHaveLength(3);
    expect(subject).toBe('Reminder: Income and benefits stabilization, 29 March 2026');
    expect(renderMail('activity-reminder', data, 'en').html.match(/<tr>/g)).toHaveLength(4);
  });

  it('has its styles on the elements', () => {
    const { html } = renderMail('activity-reminder', data, 'en');
    expect(html).toMatch(/<th style="[^"]*padding/);
    expect(html).not.toContain('<style>');
  });

  it.each(Object.keys(MAIL_TEMPLATES))('never lets data become markup: %s', (template) => {
    const evil = '<script>alert(1)</script><img src=x onerror=alert(1)>{{caseId}}';
    const hurt: ReminderMailData = {
      ...data,
      recipientName: evil,
      activityType: evil,
      activitySubject: evil,
      caseType: evil,
      caseSubject: evil,
      clientNames: [evil],
      timeZone: evil,
    };
    for (const language of ['en', 'fr'] as const) {
      const { html } = renderMail(template, hurt, language);
      expect(html).not.toMatch(/<script|<img/i);
      expect(html).toContain('&lt;script&gt;');
    }
  });

  it('has one line of subject without a case token, whatever the records hold', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.constantFrom('[case #1a2b3c4]', '[CASE #12]', 'a\r\nBcc: x@example.org'),
        (text, token) => {
          const { subject } = renderMail(
            'activity-reminder',
            { ...data, activitySubject: `${text}${token}` },
            'en',
          );
          expect(subject).not.toMatch(/\[case #\w*\]/i);
          expect(subject).not.toMatch(/[\r\n]/);
        },
      ),
    );
  });

  it('of an unknown template is refused with the names there are', () => {
    expect(() => renderMail('nope', data, 'en')).toThrow(
      /no mail template "nope".*activity-reminder, client-reminder/,
    );
    expect(() => renderMail('constructor', data, 'en')).toThrow(/no mail template/);
  });
});

describe('templates of a directory', () => {
  it("take the place of the product's own, one part at a time, and add new ones", () => {
    const directory = mkdtempSync(join(tmpdir(), 'mail-templates-'));
    try {
      writeFileSync(join(directory, 'activity-reminder.en.subject.hbs'), 'Ours: {{activityType}}');
      writeFileSync(join(directory, 'visit.fr.subject.hbs'), 'Visite');
      writeFileSync(join(directory, 'visit.fr.body.hbs'), '<p>Le {{date activityDate}}</p>');
      const render = createMailRenderer(directory);
      expect(render('activity-reminder', data, 'en').subject).toBe('Ours: Income and benefits stabilization');
      expect(render('activity-reminder', data, 'en').text).toContain('Hello Ana');
      expect(render('activity-reminder', data, 'fr').subject).toContain('Rappel');
      expect(render('visit', data, 'fr').text).toBe('Le 29 mars 2026');
      expect(() => render('visit', data, 'en')).toThrow(/no mail template/);
      expect(() => render('../visit', data, 'fr')).toThrow(/no mail template/);
      writeFileSync(join(directory, 'broken.en.subject.hbs'), 'Subject');
      writeFileSync(join(directory, 'broken.en.body.hbs'), '<p>{{#if activityType}}</p>');
      expect(() => render('broken', data, 'en')).toThrow(
        /template "broken" \(en\) cannot be read: Parse error on line 1/,
      );
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });
});
