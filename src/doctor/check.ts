import type { Evidence } from './evidence.ts';

/** `failure`: the site cannot be used. `warning`: something does not work, or will go wrong. */
export type Severity = 'failure' | 'warning';

export interface Finding {
  /** What is wrong, in one sentence. */
  readonly found: string;
  /** What to do about it, in one sentence. */
  readonly cure: string;
}

/** What one check comes to. */
export type Verdict =
  | { readonly kind: 'fine'; readonly found: string }
  | { readonly kind: 'findings'; readonly severity: Severity; readonly findings: readonly Finding[] }
  /** The site does not show it, or something else must be cured first. */
  | { readonly kind: 'untold'; readonly why: string };

/** One set-up mistake that people make: what is looked at, and what it needs to be looked at. */
export interface Check {
  readonly code: string;
  /** What it looks at, in a word or two. */
  readonly title: string;
  /** Codes of checks without which nothing can be said here. */
  readonly needs: readonly string[];
  judge(evidence: Evidence): Verdict;
}

export const fine = (found: string): Verdict => ({ kind: 'fine', found });
export const untold = (why: string): Verdict => ({ kind: 'untold', why });
export const failure = (found: string, cure: string): Verdict => ({
  kind: 'findings',
  severity: 'failure',
  findings: [{ found, cure }],
});
export const warning = (...findings: readonly Finding[]): Verdict => ({
  kind: 'findings',
  severity: 'warning',
  findings,
});
