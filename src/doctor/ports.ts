/** How a CMS writes the paths of CiviCRM's routes; the words of civicase.yaml. */
export type PathStyle = 'clean' | 'wordpress' | 'joomla';

/** One address at which CiviCRM may answer. */
export interface Door {
  /** The front page, without a trailing slash. */
  readonly url: string;
  readonly style: PathStyle;
}

/** One form for one of CiviCRM's routes. */
export interface Question {
  /** Such as `civicrm/authx/id`. */
  readonly route: string;
  readonly form: Readonly<Record<string, string>>;
  /** False: asked as a stranger, where nobody knows yet who it is that answers. */
  readonly withKey: boolean;
}

/** Nothing whole came back. `code` is Node's, or TIMEOUT or TOO_LARGE. */
export interface Silence {
  readonly kind: 'silence';
  readonly code: string;
}

/** What came back, whatever it is. */
export interface Answer {
  readonly kind: 'answer';
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
  /** Where a redirect points. */
  readonly location: string | null;
  /** What the web server asks for with `WWW-Authenticate`. */
  readonly challenge: string | null;
  /** The `Date` header in milliseconds since 1970. */
  readonly sentAt: number | null;
  /** From the question to the last byte of the answer. */
  readonly millis: number;
}

export type Reply = Silence | Answer;

/** A site as the doctor asks it: every question once, nothing retried, no redirect followed. */
export interface ExaminedSite {
  /** Does not throw for whatever the site does. */
  ask(door: Door, question: Question): Promise<Reply>;
}
