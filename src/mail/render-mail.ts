import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import { convert as htmlToText } from 'html-to-text';
import juice from 'juice';
import { AppError } from '../base/errors.ts';
import { withoutCaseToken } from '../case/case-token.ts';
import type { LocalDateTime } from '../case/case-file.ts';
import type { MailLanguage, RenderedMail, RenderMail } from '../reminder/ports.ts';
import { MAIL_TEMPLATES, REPORT_TEMPLATES } from './templates/index.ts';
import { LAYOUT } from './templates/layout.ts';
import type { MailTemplate } from './templates/template.ts';

type Fill = (context: unknown) => string;
type NamedTemplate = MailTemplate & { readonly name: string };
interface CompiledTemplate {
  readonly subject: Fill;
  readonly page: Fill;
}

const LOCALES: Readonly<Record<MailLanguage, string>> = { en: 'en-GB', fr: 'fr-FR' };

/** Renders reminders as `RenderMail` does, and reports with data of their own. */
export type MailRenderer = (template: string, data: object, language: MailLanguage) => RenderedMail;

/** Renders with the templates that come with the product. */
export const renderMail: RenderMail = createMailRenderer(null);

/**
 * Makes a renderer.
 *
 * @param overrides a directory whose `<template>.<language>.subject.hbs` and `.body.hbs` take the place of the
 *   product's own, and may add new templates; null for none. Each is read once.
 */
export function createMailRenderer(overrides: string | null): MailRenderer {
  const compiled = new Map<string, CompiledTemplate>();

  return (template, data, language) => {
    const key = `${template}.${language}`;
    let fill = compiled.get(key);
    if (fill === undefined) {
      fill = compileTemplate(findTemplate(template, language, overrides), language);
      compiled.set(key, fill);
    }
    return render(fill, data);
  };
}

function render(fill: CompiledTemplate, data: object): RenderedMail {
  const subject = withoutCaseToken(fill.subject(data));
  const html = fill.page({ ...data, subject });
  const text = htmlToText(html, {
    wordwrap: 78,
    selectors: [
      { selector: 'table', format: 'dataTable', options: { uppercaseHeaderCells: false, colSpacing: 2 } },
    ],
  });
  return { subject, html, text };
}

function findTemplate(template: string, language: MailLanguage, overrides: string | null): NamedTemplate {
  const known = { ...REPORT_TEMPLATES, ...MAIL_TEMPLATES };
  const own = Object.hasOwn(known, template) ? known[template]?.[language] : undefined;
  const subject = readOverride(overrides, `${template}.${language}.subject.hbs`) ?? own?.subject;
  const body = readOverride(overrides, `${template}.${language}.body.hbs`) ?? own?.body;
  if (subject !== undefined && body !== undefined) return { name: template, subject, body };
  const where =
    overrides === null
      ? ''
      : `, and ${template}.${language}.subject.hbs and .body.hbs are not both in ${overrides}`;
  throw new AppError(
    'not-found',
    `There is no mail template "${template}" in language "${language}"; there are ${Object.keys(MAIL_TEMPLATES).join(', ')}${where}.`,
    { details: { template, language } },
  );
}

function readOverride(directory: string | null, name: string): string | undefined {
  // A name with a slash could reach any file of the machine.
  if (directory === null || !/^[\w.-]+$/.test(name)) return undefined;
  try {
    return readFileSync(join(directory, name), 'utf8');
  } catch {
    return undefined;
  }
}

function compileTemplate(template: NamedTemplate, language: MailLanguage): CompiledTemplate {
  const engine = Handlebars.create();
  engine.registerHelper('date', (value: LocalDateTime) => formatDate(value, language, { dateStyle: 'long' }));
  // Steps of a timeline stand at midnight when the case was opened without a time: nobody is expected then.
  engine.registerHelper('dateTime', (value: LocalDateTime) =>
    formatDate(
      value,
      language,
      value.endsWith(' 00:00:00') ? { dateStyle: 'full' } : { dateStyle: 'full', timeStyle: 'short' },
    ),
  );
  engine.registerHelper('list', (values: readonly string[]) =>
    new Intl.ListFormat(LOCALES[language], { type: 'conjunction' }).format(values),
  );
  // The styles are moved into the elements once, before there is any data to disturb.
  const page = juice(LAYOUT.replace('{{{body}}}', () => template.body).replace('{{language}}', language));
  try {
    // Compiling by itself puts the reading off to the first mail.
    for (const source of [template.subject, template.body]) engine.parse(source);
  } catch (cause) {
    const words = cause instanceof Error ? cause.message : '';
    throw new AppError(
      'invalid-input',
      `Mail template "${template.name}" (${language}) cannot be read: ${words}`,
      {
        cause,
      },
    );
  }
  return {
    // A subject is no HTML; the line breaks that could forge a header are taken out afterwards.
    subject: engine.compile(template.subject, { noEscape: true }),
    page: engine.compile(page),
  };
}

/** The wall clock of the site is written as it stands: formatted as if it were UTC, no zone can shift it. */
function formatDate(value: LocalDateTime, language: MailLanguage, style: Intl.DateTimeFormatOptions): string {
  const instant = Date.parse(`${value.replace(' ', 'T')}Z`);
  return new Intl.DateTimeFormat(LOCALES[language], { ...style, timeZone: 'UTC' }).format(instant);
}
