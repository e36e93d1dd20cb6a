import type { Occurrence } from '../case/occurrence.ts';
import type { Language } from '../config/index.ts';
import { messagesIn, type Messages } from './messages.ts';
import type { MirrorState, Status } from './status.ts';
import { createTimeTexts, type TimeText, type TimeTexts } from './time-texts.ts';

/** Everything the template shows, worded and formatted. */
export interface StatusView {
  readonly at: TimeText;
  readonly attention: readonly { readonly text: string; readonly anchor: string }[];
  readonly sites: readonly object[];
  readonly mirrors: readonly object[];
  readonly days: readonly { readonly day: string; readonly items: readonly object[] }[];
  readonly noUpcoming: string;
  readonly more: string | null;
  readonly troubles: readonly object[];
  readonly moreTroubles: string | null;
  readonly runs: readonly object[];
}

const SIGNS = {
  asking: '…',
  ready: '✓',
  limited: '!',
  unusable: '✕',
  running: '!',
  done: '✓',
  'rolled-back': '↶',
  failed: '✕',
  unknown: '?',
} as const;

export function viewStatus(status: Status, language: Language): StatusView {
  const t = messagesIn(language);
  const times = createTimeTexts(language, status.at);
  const zoneOf = (site: string) => status.timeZones[site] ?? 'UTC';
  return {
    at: times.at(status.at, null),
    attention: attention(status, t),
    sites: status.sites.map(({ name, url, kind, version, findings }) => ({
      name,
      url,
      address: url.replace(/^https?:\/\//, '').replace(/\/$/, ''),
      state: kind,
      sign: SIGNS[kind],
      stateText: t.sites[kind],
      version: version ?? (kind === 'ready' || kind === 'limited' ? t.sites.unknownVersion : '–'),
      findings,
    })),
    mirrors: status.mirrors.map((mirror) => viewMirror(mirror, t, times)),
    days: byDay(status.upcoming, t, times, zoneOf),
    noUpcoming: status.hasRules ? t.upcoming.empty : t.upcoming.noRules,
    more: rest(status.upcomingCount, status.upcoming.length, t),
    troubles: status.troubles.map((occurrence) => ({
      state: occurrence.state,
      sign: occurrence.state === 'unknown' ? SIGNS.unknown : SIGNS.failed,
      stateText: occurrence.state === 'unknown' ? t.troubles.unknown : t.troubles.failed,
      reason: occurrence.reason,
      since: occurrence.finishedAt === null ? null : times.at(occurrence.finishedAt, zoneOf(occurrence.site)),
      rule: occurrence.rule,
      site: occurrence.site,
      caseId: occurrence.caseId,
    })),
    moreTroubles: rest(status.failedCount + status.unknownCount, status.troubles.length, t),
    runs: status.runs.map(({ caseType, site, state }) => ({
      caseType,
      site,
      state,
      sign: SIGNS[state],
      stateText: t.runs[state],
      hint: state === 'running' ? t.runs.unfinishedHint : null,
    })),
  };
}

function attention(status: Status, t: Messages): StatusView['attention'] {
  const counts = [
    [status.sites.filter(({ kind }) => kind === 'unusable').length, t.status.sitesDown, 'sites'],
    [status.mirrors.reduce((sum, mirror) => sum + mirror.rejects, 0), t.status.heldBack, 'mirrors'],
    [status.failedCount, t.status.failedOnes, 'troubles'],
    [status.unknownCount, t.status.unknownOnes, 'troubles'],
    [status.runs.filter(({ state }) => state === 'running').length, t.status.unfinished, 'runs'],
  ] as const;
  return counts.flatMap(([count, words, anchor]) => (count === 0 ? [] : [{ text: words(count), anchor }]));
}

function viewMirror(mirror: MirrorState, t: Messages, times: TimeTexts): object {
  const { name, from, to, caseTypes, lastRunAt, lagMillis, isLate, cases, rejects } = mirror;
  return {
    name,
    from,
    to,
    caseTypes: caseTypes.join(', '),
    lastRun: lastRunAt === null ? null : times.at(lastRunAt, null),
    behind: lagMillis === null ? '–' : isLate ? times.duration(lagMillis) : t.mirrors.upToDate,
    cases: times.number(cases),
    rejects: times.number(rejects),
  };
}

function byDay(
  occurrences: readonly Occurrence[],
  t: Messages,
  times: TimeTexts,
  zoneOf: (site: string) => string,
): StatusView['days'] {
  const days = new Map<string, object[]>();
  for (const occurrence of occurrences) {
    const due = times.at(occurrence.dueAt, zoneOf(occurrence.site));
    const items = days.get(due.day) ?? [];
    days.set(due.day, items);
    items.push({
      due,
      channel: occurrence.channel,
      kind: t.upcoming[occurrence.channel],
      rule: occurrence.rule,
      site: occurrence.site,
      caseId: occurrence.caseId,
    });
  }
  return [...days].map(([day, items]) => ({ day, items }));
}

const rest = (count: number, shown: number, t: Messages): string | null =>
  count > shown ? t.upcoming.more(count - shown) : null;
