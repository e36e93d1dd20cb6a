import { toAppError } from '../base/errors.ts';
import type { SiteAccess } from '../civicrm/index.ts';
import { z } from 'zod';
import type { App } from './app.ts';
import { examineEdition } from './examine-edition.ts';

/** What is known of a site, and what to cure. */
export interface SiteExamination {
  readonly site: string;
  readonly url: string;
  /** False: it does not answer, refuses the key, or is no CiviCRM. */
  readonly usable: boolean;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  /** One sentence each: what is wrong and how to cure it. */
  readonly findings: readonly string[];
  readonly access: SiteAccess | null;
}

/** Asks a site what it is and what our key may do there. Changes nothing, and does not throw for a site's faults. */
export async function examineSite(app: App, site: string): Promise<SiteExamination> {
  const { url, timeZone } = app.siteSettings(site);
  try {
    const client = app.site(site);
    const access = await client.checkAccess();
    const caseRows = await client
      .get(
        'Entity',
        { select: ['name'], where: [['name', '=', 'Case']], limit: 1 },
        z.object({ name: z.string() }),
      )
      .catch(() => null);
    return {
      site,
      url,
      usable: access.contactId !== null && access.hasUserAccount,
      facts: facts(access, timeZone, caseRows === null ? null : caseRows.length > 0),
      findings: [
        ...access.findings,
        ...(access.version === null ? [] : examineEdition(access.version).findings),
        ...(caseRows?.length === 0
          ? [
              'CiviCase is not enabled there. Enable the component under Administer, System Settings, Components.',
            ]
          : []),
        ...zoneFinding(access, timeZone, app.clock.now()),
      ],
      access,
    };
  } catch (thrown) {
    const finding = app.withoutSecrets(toAppError(thrown).message);
    return { site, url, usable: false, facts: [], findings: [finding], access: null };
  }
}

function facts(access: SiteAccess, timeZone: string, hasCases: boolean | null): SiteExamination['facts'] {
  const { read, write, administer } = access.abilities;
  const may = [
    read.allowed ? 'read cases' : null,
    write.allowed ? 'write cases' : null,
    administer.allowed ? 'set up case types' : null,
  ].filter((ability) => ability !== null);
  return [
    { name: 'CiviCRM', value: access.version ?? 'version not shown to this key' },
    ...(access.version === null ? [] : [{ name: 'edition', value: examineEdition(access.version).text }]),
    { name: 'paths', value: access.pathStyle },
    { name: 'key of', value: access.contactId === null ? 'nobody' : `contact ${access.contactId}` },
    {
      name: 'CiviCase',
      value: hasCases === null ? 'not shown to this key' : hasCases ? 'enabled' : 'not enabled',
    },
    { name: 'key may', value: may.length === 0 ? 'nothing that is needed' : may.join(', ') },
    {
      name: 'errors',
      value: access.messagesMasked ? 'hidden from this key' : 'told in full',
    },
    {
      name: 'clock',
      value: access.clockSkewMillis === null ? 'not sent' : `${access.clockSkewMillis / 1000} s from ours`,
    },
    {
      name: 'time zone',
      value: `${timeZone}${access.utcOffsetMinutes === null ? '' : `; the site is at UTC${offsetText(access.utcOffsetMinutes)}`}`,
    },
  ];
}

/** Activity dates have no zone on the wire, so a wrong one would move every due date. */
function zoneFinding({ utcOffsetMinutes }: SiteAccess, timeZone: string, now: number): readonly string[] {
  if (utcOffsetMinutes === null) return [];
  const ours = offsetOf(timeZone, now);
  if (ours === utcOffsetMinutes) return [];
  return [
    `The site's wall clock is at UTC${offsetText(utcOffsetMinutes)}, but ${timeZone} is at UTC${offsetText(ours)} now. Set this site's timeZone in civicase.yaml to the zone that CiviCRM uses.`,
  ];
}

function offsetOf(timeZone: string, now: number): number {
  const text =
    new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
      .formatToParts(now)
      .find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /GMT([+-])(\d+):(\d+)/.exec(text) ?? [];
  if (hours === undefined || minutes === undefined) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

function offsetText(minutes: number): string {
  const distance = Math.abs(minutes);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(distance / 60))}:${two(distance % 60)}`;
}
