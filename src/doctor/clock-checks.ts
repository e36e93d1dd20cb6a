import { createZoneClock } from '../calendar/wall-clock.ts';
import { fine, untold, warning, type Finding, type Verdict } from './check.ts';
import { rowsOf, type Evidence } from './evidence.ts';
import type { Reply } from './ports.ts';

const TOLERABLE_MILLIS = 120_000;
const QUARTER_MILLIS = 900_000;
/** No zone is further from UTC; a wall clock that is shows another time, not another zone. */
const WIDEST_OFFSET_MINUTES = 14 * 60;

/** The wall clock of the site's rows against the web server's clock, or ours; null where no row is shown. */
function databaseClock(evidence: Evidence): { readonly offsetMinutes: number; readonly skew: number } | null {
  const now = rowsOf(evidence, 'now')?.[0]?.['now'];
  if (typeof now !== 'string') return null;
  const wall = Date.parse(`${now.replace(' ', 'T')}Z`);
  if (Number.isNaN(wall)) return null;
  const ahead = wall - (sentAt(evidence.batch) ?? evidence.now);
  const configured = configuredOffset(evidence);
  // A few minutes from the zone that we expect are a wrong clock; else offsets of zones are quarters of an hour.
  const isNear = Math.abs(ahead - configured * 60_000) < QUARTER_MILLIS;
  const offsetMinutes = isNear ? configured : Math.round(ahead / QUARTER_MILLIS) * 15;
  return { offsetMinutes, skew: ahead - offsetMinutes * 60_000 };
}

/** Minutes that the configured zone is ahead of UTC now. */
function configuredOffset({ facts: { timeZone }, now }: Evidence): number {
  const local = createZoneClock(timeZone).toLocal(now);
  return Math.round((Date.parse(`${local.replace(' ', 'T')}Z`) - now) / 60_000);
}

const sentAt = (reply: Reply | null): number | null => (reply?.kind === 'answer' ? reply.sentAt : null);

/** Of web server and database: a batch tells both at one moment. */
export function judgeClock(evidence: Evidence): Verdict {
  const sent = sentAt(evidence.batch);
  const database = databaseClock(evidence);
  const findings: Finding[] = [];
  const reference = sent === null ? 'ours' : "its web server's";
  const skew = sent === null ? null : Math.round((sent - evidence.now) / 1000) * 1000;
  if (skew !== null && Math.abs(skew) > TOLERABLE_MILLIS)
    findings.push({
      found: `The site's clock is ${distance(skew)} ${skew > 0 ? 'ahead of' : 'behind'} ours.`,
      cure: 'Set the clocks of both machines by NTP.',
    });
  if (database !== null && Math.abs(database.offsetMinutes) > WIDEST_OFFSET_MINUTES)
    findings.push(databaseFinding(database.offsetMinutes * 60_000, reference));
  else if (database !== null && Math.abs(database.skew) > TOLERABLE_MILLIS)
    findings.push(databaseFinding(database.skew, reference));
  if (findings.length > 0) return warning(...findings);
  if (skew === null) return untold('the web server does not send its time');
  return fine(
    Math.abs(skew) <= 1000 ? 'as ours' : `${distance(skew)} ${skew > 0 ? 'ahead of' : 'behind'} ours`,
  );
}

const databaseFinding = (skew: number, reference: string): Finding => ({
  found: `The clock of the site's database is ${distance(skew)} ${skew > 0 ? 'ahead of' : 'behind'} ${reference}, so the dates it writes are wrong.`,
  cure: "Set the clock of the database's machine by NTP.",
});

function distance(millis: number): string {
  const seconds = Math.round(Math.abs(millis) / 1000);
  if (seconds < 300) return `${seconds} s`;
  if (seconds < 3 * 3600) return `${Math.round(seconds / 60)} min`;
  return seconds < 3 * 86_400 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} days`;
}

/** Dates of activities have no zone on the wire, so a wrong one would move every due date. */
export function judgeZone(evidence: Evidence): Verdict {
  const { timeZone, isTimeZoneSet } = evidence.facts;
  const database = databaseClock(evidence);
  if (database === null) return untold('the site shows no row with its time to this key');
  const site = database.offsetMinutes;
  if (Math.abs(site) > WIDEST_OFFSET_MINUTES) return untold('its clock is too far off');
  const ours = configuredOffset(evidence);
  const whose = isTimeZoneSet
    ? timeZone
    : `${timeZone} (this machine's; the site has no timeZone in civicase.yaml)`;
  return site === ours
    ? fine(`${whose}, UTC${offsetText(site)} now`)
    : warning({
        found: `The site's rows are at UTC${offsetText(site)}, but ${whose} is at UTC${offsetText(ours)} now.`,
        cure: "Set timeZone of this site in civicase.yaml to the zone of CiviCRM (the key's user may have one of their own).",
      });
}

function offsetText(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
