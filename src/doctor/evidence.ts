import type { JsonObject } from '../base/json.ts';
import type { Answer, Door, PathStyle, Reply } from './ports.ts';

/** What civicase.yaml says of a site, as far as the doctor looks at it. */
export interface SiteFacts {
  readonly url: string;
  /** What is wrong with the address itself; null: nothing. */
  readonly urlComplaint: string | null;
  /** Whether the keys can stand in a header: no blank, no line break, not empty. */
  readonly isKeySendable: boolean;
  readonly hasSiteKey: boolean;
  /** Null: to be found. */
  readonly pathStyle: PathStyle | null;
  readonly timeZone: string;
  /** Whether `timeZone` stands in civicase.yaml, and is not only this machine's. */
  readonly isTimeZoneSet: boolean;
  readonly jobs: readonly Job[];
  /** Sites that are mirrored to this one and whose cases may have several clients. */
  readonly sourcesWithSeveralClients: readonly string[];
  /** Whether a mirror to this site makes contacts. */
  readonly makesContacts: boolean;
}

export const JOBS = ['mirror-from', 'mirror-to', 'follow-ups', 'reminders', 'migrate'] as const;
/** What the bridge does on a site. */
export type Job = (typeof JOBS)[number];

/** One call of the batch: its rows, or CiviCRM's words of refusal. */
export type CallOutcome =
  | { readonly kind: 'rows'; readonly rows: readonly JsonObject[] }
  | { readonly kind: 'refused'; readonly status: number; readonly message: string };

/** How a request of a certain length arrived. */
export interface LengthTrial {
  readonly bytes: number;
  readonly arrived: boolean;
  readonly reply: Reply;
}

/** All that the questions brought to light; null: not asked, because something before it failed. */
export interface Evidence {
  readonly facts: SiteFacts;
  /** Ours, at the moment of the batch. */
  readonly now: number;
  /** Every door at the configured address that was knocked at, with what answered. */
  readonly attempts: readonly { readonly door: Door; readonly reply: Reply }[];
  /** The door behind which CiviCRM is. */
  readonly door: Door | null;
  /** CiviCRM answers here, though not at the configured address. */
  readonly elsewhere: Door | null;
  /** What authx says about the key. */
  readonly identity: Reply | null;
  /** A call that is wrong on purpose, sent alone. */
  readonly wrongCall: Reply | null;
  readonly batch: Reply | null;
  readonly calls: Readonly<Record<string, CallOutcome>>;
  /** Longest first, until one arrived. */
  readonly lengths: readonly LengthTrial[];
}

/** Round trips of the small questions, in the order asked. */
export function roundTrips({ attempts, identity, wrongCall }: Evidence): readonly number[] {
  return [attempts.at(-1)?.reply ?? null, identity, wrongCall]
    .filter((reply): reply is Answer => reply?.kind === 'answer')
    .map(({ millis }) => millis);
}

export const rowsOf = (evidence: Evidence, call: string): readonly JsonObject[] | null => {
  const outcome = evidence.calls[call];
  return outcome?.kind === 'rows' ? outcome.rows : null;
};
