import type { Check, Finding, Severity, Verdict } from './check.ts';
import type { Evidence, Job } from './evidence.ts';
import { KEY_CHECKS } from './key-checks.ts';
import { REACH_CHECKS } from './reach-checks.ts';
import { SITE_CHECKS } from './site-checks.ts';

/** Every set-up mistake that the doctor knows, in the order in which they are shown. */
export const CHECKS: readonly Check[] = [
  ...REACH_CHECKS,
  ...KEY_CHECKS.filter(({ code }) => code !== 'permissions'),
  ...SITE_CHECKS,
  ...KEY_CHECKS.filter(({ code }) => code === 'permissions'),
];

/** One line of the check-list. */
export type CheckResult = { readonly code: string; readonly title: string } & (
  | { readonly state: 'fine'; readonly found: string }
  | { readonly state: Severity; readonly findings: readonly Finding[] }
  /** The site does not show it. */
  | { readonly state: 'untold'; readonly why: string }
  /** Another finding must be cured first. */
  | { readonly state: 'waiting'; readonly for: string }
);

export interface Examination {
  readonly site: string;
  readonly url: string;
  /** False: the site does not answer, refuses the key, or is no CiviCRM, so that not all could be examined. */
  readonly usable: boolean;
  readonly jobs: readonly Job[];
  readonly checks: readonly CheckResult[];
  /** What is wrong and how to cure it, two sentences each. */
  readonly findings: readonly string[];
}

/** Judges what was gathered. Pure: the same evidence gives the same list. */
export function judgeEvidence(site: string, evidence: Evidence): Examination {
  const checks: CheckResult[] = [];
  const stopped = new Map<string, string>();
  for (const check of CHECKS) {
    const first = check.needs.map((code) => stopped.get(code)).find((code) => code !== undefined);
    const result = first === undefined ? resultOf(check, check.judge(evidence)) : waiting(check, first);
    checks.push(result);
    if (result.state === 'failure') stopped.set(check.code, check.title);
    if (result.state === 'waiting') stopped.set(check.code, result.for);
  }
  return {
    site,
    url: evidence.facts.url,
    usable: !stopped.has('user-account'),
    jobs: evidence.facts.jobs,
    checks,
    findings: checks.flatMap((one) =>
      'findings' in one ? one.findings.map(({ found, cure }) => `${found} ${cure}`) : [],
    ),
  };
}

function resultOf({ code, title }: Check, verdict: Verdict): CheckResult {
  switch (verdict.kind) {
    case 'fine':
      return { code, title, state: 'fine', found: verdict.found };
    case 'findings':
      return { code, title, state: verdict.severity, findings: verdict.findings };
    case 'untold':
      return { code, title, state: 'untold', why: verdict.why };
    default:
      return verdict satisfies never;
  }
}

const waiting = ({ code, title }: Check, first: string): CheckResult => ({
  code,
  title,
  state: 'waiting',
  for: first,
});
