import { z } from 'zod';
import { createExaminedSite } from '../civicrm/examined-site.ts';
import { createSiteClient } from '../civicrm/index.ts';
import { urlComplaint } from '../civicrm/path-style.ts';
import {
  gatherEvidence,
  judgeEvidence,
  type Examination,
  type Job,
  type SiteFacts,
} from '../doctor/index.ts';
import type { App } from './app.ts';
import { systemClock } from './clock.ts';

/**
 * Asks a site what it is and what our key may do there. Changes nothing, and does not throw for a site's faults.
 *
 * @param jobs besides those that civicase.yaml has for the site
 */
export async function examineSite(app: App, site: string, jobs: readonly Job[] = []): Promise<Examination> {
  const { apiKey, siteKey, timeoutSeconds } = app.siteSettings(site);
  const facts = await readFacts(app, site, jobs);
  const examined = createExaminedSite(
    { name: site, apiKey, siteKey: siteKey ?? undefined, timeoutMillis: timeoutSeconds * 1000 },
    systemClock,
  );
  const examination = judgeEvidence(site, await gatherEvidence(examined, facts, systemClock));
  return cleaned(examination, (text) => app.withoutSecrets(text));
}

/** What is said may quote the site, and a site may echo what it was sent. */
function cleaned(examination: Examination, clean: (text: string) => string): Examination {
  return {
    ...examination,
    findings: examination.findings.map(clean),
    checks: examination.checks.map((check) => {
      if ('found' in check) return { ...check, found: clean(check.found) };
      if (!('findings' in check)) return check;
      return {
        ...check,
        findings: check.findings.map(({ found, cure }) => ({ found: clean(found), cure: clean(cure) })),
      };
    }),
  };
}

async function readFacts(app: App, site: string, jobs: readonly Job[]): Promise<SiteFacts> {
  const { url, apiKey, siteKey, path, timeZone } = app.siteSettings(site);
  const configured = configuredJobs(app, site);
  const all = new Set([...configured, ...jobs]);
  const mirrorsHere = Object.values(app.config.pairs).filter(({ to }) => to === site);
  return {
    url,
    urlComplaint: urlComplaint(url),
    isKeySendable: [apiKey, siteKey ?? 'none'].every((key) => /^[\x21-\x7e]+$/.test(key)),
    hasSiteKey: siteKey !== null,
    pathStyle: path === 'auto' ? null : path,
    timeZone,
    isTimeZoneSet: app.config.sites[site]?.timeZone != null,
    // A case type can be brought to any site without a line of configuration.
    jobs: all.size === 0 ? ['migrate'] : [...all],
    sourcesWithSeveralClients: await sourcesWithSeveralClients(app, [
      ...new Set(mirrorsHere.map(({ from }) => from)),
    ]),
    makesContacts: mirrorsHere.some(({ contacts }) => contacts === 'create'),
  };
}

function configuredJobs(app: App, site: string): readonly Job[] {
  const { pairs, rules, promotions, drift } = app.config;
  const ways = Object.values(promotions).map(({ chain, from, to }) => chain ?? [from, ...(to ?? [])]);
  const mirrors = Object.values(pairs);
  const here = rules.filter(({ sites }) => sites === null || sites.includes(site));
  const jobs: readonly (readonly [Job, boolean])[] = [
    ['mirror-from', mirrors.some(({ from }) => from === site)],
    ['mirror-to', mirrors.some(({ to }) => to === site)],
    ['follow-ups', here.some(({ action }) => action.kind === 'create-activity')],
    ['reminders', here.some(({ action }) => action.kind === 'send-mail')],
    ['migrate', drift?.sites?.includes(site) === true || ways.some((way) => way.includes(site))],
  ];
  return jobs.filter(([, isConfigured]) => isConfigured).map(([job]) => job);
}

const setting = z.object({ value: z.json() });
const isOn = (value: unknown): boolean => value === '1' || value === 1 || value === true;

/** Sites that do not tell count as sites of one client per case. */
async function sourcesWithSeveralClients(app: App, sources: readonly string[]): Promise<readonly string[]> {
  const told = await Promise.all(
    sources.map(async (source) => {
      const settings = { select: ['civicaseAllowMultipleClients'] };
      const { url, apiKey, siteKey } = app.siteSettings(source);
      const options = { name: source, url, apiKey, siteKey: siteKey ?? undefined, maxRetries: 0 };
      const rows = await Promise.resolve()
        .then(() => createSiteClient(options, { ...app, clock: systemClock }))
        .then((client) => client.get('Setting', settings, setting))
        .catch(() => []);
      return isOn(rows[0]?.value) ? [source] : [];
    }),
  );
  return told.flat();
}
