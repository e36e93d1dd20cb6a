import { connectRealSites, type RealSite } from '../real-sites.ts';
import { startCivicrmServers } from './civicrm-servers.ts';
import { checkDatabases } from './databases/check-databases.ts';
import { openMailSink } from './mail-sink.ts';
import type { AtEnd, DemoSites } from './sites.ts';
import { TIME_ZONE } from './story-calendar.ts';

/** Tables whose rows get other ids on hilltop than on riverside. */
const SHIFTED = [
  'civicrm_contact',
  'civicrm_case',
  'civicrm_case_type',
  'civicrm_activity',
  'civicrm_relationship',
  'civicrm_relationship_type',
  'civicrm_option_value',
  'civicrm_group',
];

/**
 * Two real CiviCRM sites, put back as they were built. Their own outgoing mail is listened for as well: a mail that
 * CiviCRM sent besides ours would be one too many.
 */
export async function openCivicrmSites(environment: NodeJS.ProcessEnv, atEnd: AtEnd): Promise<DemoSites> {
  const sites = connectRealSites(await startCivicrmServers(environment, atEnd));
  atEnd(() => sites.close());
  await sites.reset();
  const { a, b } = sites;
  const ownMail = await openMailSink({ port: sites.smtpPort });
  atEnd(() => ownMail.close());
  for (const site of [a, b])
    await call(site, 'Setting', 'set', { values: { standalone_timezone_default: TIME_ZONE } });
  await call(b, 'CaseType', 'delete', { where: [['name', '=', 'housing_support']] });
  for (const table of SHIFTED) await b.rows(`ALTER TABLE ${table} AUTO_INCREMENT = 1001`);
  const described = (name: string, site: RealSite) => ({ name, url: site.url, apiKey: site.keys.admin });
  return {
    riverside: described('riverside', a),
    hilltop: described('hilltop', b),
    description: `CiviCRM ${await versionOf(a)}`,
    login: 'user admin, password admin-pass',
    checkDatabases: (told) => checkDatabases({ riverside: a, hilltop: b, told, ownMails: ownMail.received }),
  };
}

async function versionOf(site: RealSite): Promise<string> {
  const [domain] = await site.rows('SELECT version FROM civicrm_domain');
  return String(domain?.['version']);
}

/** What an administrator does before the story starts, without the client that the story is about. */
async function call(site: RealSite, entity: string, action: string, params: object): Promise<void> {
  const response = await fetch(`${site.url}/civicrm/ajax/api4/${entity}/${action}`, {
    method: 'POST',
    headers: { 'X-Civi-Auth': `Bearer ${site.keys.admin}`, 'X-Requested-With': 'XMLHttpRequest' },
    body: new URLSearchParams({ params: JSON.stringify(params) }),
  });
  if (!response.ok) throw new Error(`${entity}.${action} on ${site.url} answered ${response.status}`);
}
