import type { JsonObject } from '../../src/base/json.ts';

export interface DemoPerson {
  readonly key: string;
  readonly lastName: string;
  readonly contact: JsonObject;
  readonly email: JsonObject | null;
}

const person = (
  key: string,
  first: string,
  last: string,
  options: { email?: string | null; contact?: JsonObject; mail?: JsonObject } = {},
): DemoPerson => {
  const address = options.email === undefined ? `${key}@example.org` : options.email;
  return {
    key,
    lastName: last,
    contact: {
      contact_type: 'Individual',
      first_name: first,
      last_name: last,
      external_identifier: `demo-${key}`,
      preferred_language: 'en_US',
      ...options.contact,
    },
    email: address === null ? null : { email: address, is_primary: true, ...options.mail },
  };
};

/** Who opens the cases and holds the roles; one of them reads French. */
export const WORKERS: readonly DemoPerson[] = [
  person('nadia', 'Nadia', 'Haddad'),
  person('colin', 'Colin', 'Byrne'),
  person('elise', 'Élise', 'Moreau', { contact: { preferred_language: 'fr_FR' } }),
];

/** The clients; the last three must get no mail, each for a reason of their own. */
export const CLIENTS: readonly DemoPerson[] = [
  person('amara', 'Amara', 'Nwosu'),
  person('jakub', 'Jakub', 'Wójcik'),
  person('leila', 'Leïla', 'Benali', { contact: { preferred_language: 'fr_FR' } }),
  person('owen', 'Owen', "O'Neill & Sons"),
  person('petra', 'Petra', 'Lindqvist', { contact: { do_not_email: true } }),
  person('samir', 'Samir', 'Rahman', { mail: { on_hold: 1 } }),
  person('dora', 'Dora', 'Silva', { email: null }),
];
