import { z } from 'zod';

/** Languages that the mails and the console speak. */
export const LANGUAGES = ['en', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];

const name = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]*$/, { error: 'expected a name of letters, digits, "-" and "_"' });

const webAddress = z.url({
  protocol: /^https?$/,
  error: 'expected a web address such as "https://cases.example.org"',
});

const timeZone = z
  .string()
  .refine(isTimeZone, { error: 'expected an IANA time zone such as "Europe/Paris"' });

const siteSchema = z
  .strictObject({
    url: webAddress.describe('Address of the site, as in the browser, without the path to CiviCRM.'),
    apiKey: z
      .string()
      .min(1, { error: 'expected an API key; best as "${NAME}", kept in the environment' })
      .describe(
        'API key of the contact whose permissions the bridge uses. Write "${NAME}" and set NAME in the environment.',
      ),
    siteKey: z
      .string()
      .min(1)
      .nullable()
      .default(null)
      .describe(
        'CIVICRM_SITE_KEY of the site; needed only if the user lacks "authenticate with api key" and the site guards its API.',
      ),
    timeZone: timeZone
      .nullable()
      .default(null)
      .describe("IANA zone of the site's wall clock. Null: the zone of this machine."),
    path: z
      .enum(['auto', 'clean', 'wordpress', 'joomla'])
      .default('auto')
      .describe(
        'How the API is addressed: "clean" (/civicrm/ajax/api4: Standalone, Drupal, Backdrop, WordPress with clean URLs), "wordpress" (without clean URLs), "joomla", or "auto" to find out.',
      ),
    timeoutSeconds: z
      .number()
      .positive()
      .max(600)
      .default(30)
      .describe('Seconds to wait for one answer before the call counts as failed.'),
    concurrency: z
      .int()
      .min(1)
      .max(32)
      .default(4)
      .describe('How many calls may be under way at once on this site.'),
  })
  .describe('A CiviCRM site.');

const pairSchema = z
  .strictObject({
    from: name.describe('Name of the site that is read.'),
    to: name.describe('Name of the site that is written.'),
    caseTypes: z
      .array(z.string().min(1))
      .min(1, { error: 'expected at least one name of a case type' })
      .describe('Names (not titles) of the case types whose cases are mirrored.'),
    contacts: z
      .enum(['create', 'match'])
      .default('match')
      .describe(
        'What happens to a contact that the target does not know: "create" it, or "match" only and hold back its case.',
      ),
  })
  .refine((pair) => pair.from !== pair.to, {
    error: 'expected two different sites in "from" and "to"',
    path: ['to'],
  })
  .describe('Two sites, the second a lasting mirror of the first.');

const mailSchema = z
  .strictObject({
    url: z
      .url({ protocol: /^smtps?$/, error: 'expected an SMTP address such as "smtp://127.0.0.1:25"' })
      .describe('SMTP server, smtp://user:password@host:port or smtps://.'),
    from: z
      .string()
      .regex(/^([^<>\r\n]*<)?[^\s<>@]+@[^\s<>@]+>?$/, {
        error: 'expected an address such as "Case desk <desk@example.org>"',
      })
      .describe('Sender of every mail, "Name <address>" or an address.'),
    language: z
      .enum(LANGUAGES)
      .default('en')
      .describe('Language for people whose preferred language the templates do not speak.'),
    templates: z
      .string()
      .nullable()
      .default(null)
      .describe(
        'Folder of your own Handlebars templates, relative to this file; they win over ours of the same name.',
      ),
    optOut: z
      .enum(['respect', 'ignore'])
      .default('respect')
      .describe(
        'People who opted out of bulk mail: "respect" leaves them out of reminders too, "ignore" writes to them as CiviCRM\'s own reminders do.',
      ),
    maxAttempts: z
      .int()
      .min(1)
      .max(100)
      .default(10)
      .describe('How often the mail server is asked to take one mail before it counts as failed.'),
  })
  .describe('How mail is sent. Without it reminders are planned but none can be sent.');

const serverSchema = z
  .strictObject({
    host: z
      .string()
      .default('127.0.0.1')
      .describe('Address to listen on. Keep the loopback address; put a TLS proxy in front for others.'),
    names: z
      .array(z.string().min(1))
      .default([])
      .describe('Further host names under which the page is asked for, where a proxy stands in front.'),
    port: z.int().min(0).max(65535).default(4180).describe('Port to listen on; 0 takes a free one.'),
  })
  .describe('The status page and its JSON.');

const scheduleSchema = z
  .strictObject({
    mirrorMinutes: z
      .number()
      .positive()
      .default(5)
      .describe('Minutes between two passes over each pair while "civicase up" runs.'),
    followUpMinutes: z
      .number()
      .positive()
      .default(5)
      .describe('Minutes between two readings of the sites for the rules while "civicase up" runs.'),
    horizonDays: z
      .int()
      .min(1)
      .max(366)
      .default(14)
      .describe('How many days ahead occurrences of the rules are planned.'),
  })
  .describe('How often things run by themselves.');

const driftSchema = z
  .strictObject({
    minutes: z
      .number()
      .positive()
      .default(60)
      .describe('Minutes between two looks at each site while "civicase up" runs.'),
    sites: z
      .array(name)
      .nullable()
      .default(null)
      .describe('Sites that are looked at. Null: every site to which something was applied from here.'),
    mailTo: z
      .array(z.email({ error: 'expected a mail address such as "desk@example.org"' }))
      .min(1, { error: 'expected at least one mail address' })
      .describe(
        'Who is told by mail what was edited. The same edit is told once; nothing is sent without one.',
      ),
    language: z.enum(LANGUAGES).default('en').describe('Language of that mail.'),
  })
  .describe('Looks for edits of what was applied to the sites, and tells them by mail; needs "mail".');

const promotionSchema = z
  .strictObject({
    chain: z
      .array(name)
      .min(2, { error: 'expected at least two sites, the one where case types are built first' })
      .nullable()
      .default(null)
      .describe(
        'Sites one after the other, such as [dev, test, live]: what the first one holds goes to all others, in this order.',
      ),
    from: name
      .nullable()
      .default(null)
      .describe('Instead of a chain: the site from which all others take over.'),
    to: z
      .array(name)
      .min(1, { error: 'expected at least one site' })
      .nullable()
      .default(null)
      .describe('With "from": the sites that take over, in this order.'),
    caseTypes: z
      .array(z.string().min(1))
      .min(1, { error: 'expected at least one name of a case type' })
      .describe('Names (not titles) of the case types that are promoted.'),
  })
  .refine(({ chain, from, to }) => (chain === null ? from !== null && to !== null : from === to), {
    error: 'expected either "chain", or "from" and "to"',
  })
  .refine(({ chain, from, to }) => isWithoutRepeats([...(chain ?? []), from ?? '', ...(to ?? [])]), {
    error: 'expected every site once',
  })
  .describe('How case types go from site to site, with "civicase promote".');

/** How `civicase xml lint` looks at case types. */
export const lintSchema = z
  .strictObject({
    ignore: z
      .array(z.string())
      .default([])
      .describe('Codes of rules whose findings are left out; "civicase xml rules" lists them.'),
    severity: z
      .record(z.string(), z.enum(['error', 'warning', 'notice']))
      .default({})
      .describe('How bad findings of a rule are, by its code, in place of what the table says.'),
  })
  .describe('What "civicase xml lint" leaves out, and how bad things are.');

/** The whole of civicase.yaml. `rule` comes from the room that knows rules. */
export function configSchema<Rule extends z.ZodType>(rule: Rule) {
  return z
    .strictObject({
      sites: z.record(name, siteSchema).default({}).describe('CiviCRM sites by a name of your choice.'),
      pairs: z.record(name, pairSchema).default({}).describe('Mirrors by a name of your choice.'),
      mail: mailSchema.nullable().default(null).describe('How mail is sent; null: not at all.'),
      rules: z.array(rule).prefault([]).describe('What is to happen on cases, and when.'),
      server: serverSchema.prefault({}).describe('The status page and its JSON.'),
      schedule: scheduleSchema.prefault({}).describe('How often things run by themselves.'),
      promotions: z
        .record(name, promotionSchema)
        .default({})
        .describe('Ways of case types from site to site, by a name of your choice.'),
      drift: driftSchema
        .nullable()
        .default(null)
        .describe('Looks for edits of what was applied, and tells them by mail; null: not by itself.'),
      lint: lintSchema.prefault({}).describe('What "civicase xml lint" leaves out, and how bad things are.'),
    })
    .describe('civicase.yaml: the sites, mirrors, rules and mail of civicase-bridge.');
}

export type LintFileSettings = z.output<typeof lintSchema>;
export type SiteSettings = z.output<typeof siteSchema>;
export type PairSettings = z.output<typeof pairSchema>;
export type MailSettings = z.output<typeof mailSchema>;
export type ServerSettings = z.output<typeof serverSchema>;
export type PromotionSettings = z.output<typeof promotionSchema>;
export type DriftSettings = z.output<typeof driftSchema>;
export type ScheduleSettings = z.output<typeof scheduleSchema>;

const isWithoutRepeats = (names: readonly string[]): boolean => new Set(names).size === names.length;

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
