import { describe, expect, it } from 'vitest';
import type { Contact } from '../../../src/case/case-file.ts';
import { whySuppressed } from '../../../src/reminder/suppression.ts';
import { madeContact } from '../../support/made-case.ts';

const SETTINGS = { mailOptedOut: false };

describe('whether somebody may be mailed', () => {
  it('is so when nothing speaks against it', () => {
    expect(whySuppressed(madeContact(1), SETTINGS)).toBeNull();
  });

  it.each<[string, Partial<Contact>]>([
    ['the recipient is deleted', { isDeleted: true }],
    ['the recipient is deceased', { isDeceased: true }],
    ['the recipient is not to be e-mailed', { doNotEmail: true }],
    ['the recipient has opted out', { isOptOut: true }],
    ['the recipient has no e-mail address', { email: null }],
    ['the recipient has no e-mail address', { email: ' ' }],
    ['the e-mail address is on hold', { emailOnHold: true }],
  ])('is not so because %s', (reason, change) => {
    expect(whySuppressed(madeContact(1, change), SETTINGS)).toBe(reason);
  });

  it('is not so for a contact that is gone', () => {
    expect(whySuppressed(undefined, SETTINGS)).toBe('the recipient is gone');
  });

  it('leaves an opt-out of bulk mail aside when the configuration says so', () => {
    expect(whySuppressed(madeContact(1, { isOptOut: true }), { mailOptedOut: true })).toBeNull();
  });
});
