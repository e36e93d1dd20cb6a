import type { Contact } from '../case/case-file.ts';

export interface SuppressionSettings {
  /** Mail people who opted out of bulk mailings too. CiviCRM's own reminders do; the default here is not to. */
  readonly mailOptedOut: boolean;
}

/** Why somebody gets no mail: fixed phrases that are stored and shown. */
export type SuppressionReason =
  | 'the recipient is gone'
  | 'the recipient is deleted'
  | 'the recipient is deceased'
  | 'the recipient is not to be e-mailed'
  | 'the recipient has opted out'
  | 'the recipient has no e-mail address'
  | 'the e-mail address is on hold';

/** Null: the recipient may be written to, at this address. Source of the rules: CRM/Contact/BAO/Contact.php. */
export function whySuppressed(
  recipient: Contact | undefined,
  settings: SuppressionSettings,
): SuppressionReason | null {
  if (recipient === undefined) return 'the recipient is gone';
  if (recipient.isDeleted) return 'the recipient is deleted';
  if (recipient.isDeceased) return 'the recipient is deceased';
  if (recipient.doNotEmail) return 'the recipient is not to be e-mailed';
  if (recipient.isOptOut && !settings.mailOptedOut) return 'the recipient has opted out';
  if (recipient.email === null || recipient.email.trim() === '') return 'the recipient has no e-mail address';
  return recipient.emailOnHold ? 'the e-mail address is on hold' : null;
}
