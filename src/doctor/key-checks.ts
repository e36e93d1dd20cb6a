import { failure, fine, untold, type Check } from './check.ts';
import type { Evidence } from './evidence.ts';
import { judgePermissions } from './permissions.ts';
import { readReply, type Identity, type Reading } from './read-reply.ts';

/** From a key to somebody who may do what is configured. */
export const KEY_CHECKS: readonly Check[] = [
  {
    code: 'key-text',
    title: 'API key',
    needs: ['paths'],
    judge: ({ facts: { isKeySendable } }) =>
      isKeySendable
        ? fine('can be sent')
        : failure(
            'The apiKey (or siteKey) is empty, or has a blank, a line break or a letter that no key has.',
            'Copy the key again, without anything around it; a value from a file often has a line break at its end.',
          ),
  },
  {
    code: 'authx',
    title: 'authx',
    needs: ['key-text'],
    judge: (evidence) => {
      const reading = who(evidence);
      if (reading === null) return untold('no key was sent');
      if (reading.kind === 'identity' || reading.kind === 'refusal') return fine('enabled');
      if (reading.kind === 'silence') return untold(`the call about the key got no answer (${reading.code})`);
      return failure(
        'CiviCRM answers, but nothing takes API keys there: the extension authx is not enabled.',
        'Enable the extension "AuthX" (authx) under Administer, System Settings, Extensions.',
      );
    },
  },
  {
    code: 'key-known',
    title: 'Key known',
    needs: ['authx'],
    judge: (evidence) => {
      const said = refusal(evidence);
      if (said === null || /must satisfy guard/i.test(said)) return fine('yes');
      const known = REFUSALS.find(([pattern]) => pattern.test(said));
      const [, found, cure] = known ?? [
        '',
        'The site does not let this key in',
        "Look the refusal up in CiviCRM's authx settings.",
      ];
      return failure(`${found} ("${said}").`, cure);
    },
  },
  {
    code: 'guard',
    title: 'Guard',
    needs: ['key-known'],
    judge: (evidence) => {
      const said = refusal(evidence);
      if (said === null) return fine('lets the key pass');
      const { hasSiteKey } = evidence.facts;
      return failure(
        `The site knows the key, but its guard refuses it ("${said}").`,
        hasSiteKey
          ? 'Give the key\'s user the permission "authenticate with api key", or correct siteKey: it is not the CIVICRM_SITE_KEY of that site.'
          : 'Give the key\'s user the permission "authenticate with api key", or set siteKey to the CIVICRM_SITE_KEY of that site.',
      );
    },
  },
  {
    code: 'key-arrives',
    title: 'Key arrives',
    needs: ['guard'],
    judge: (evidence) =>
      identityOf(evidence)?.contactId == null
        ? failure(
            "The site takes the calls for a stranger's: the key does not arrive.",
            'Let the header X-Civi-Auth pass every proxy, cache and firewall in front of the site.',
          )
        : fine('in the header X-Civi-Auth'),
  },
  {
    code: 'user-account',
    title: 'User account',
    needs: ['key-arrives'],
    judge: (evidence) => {
      const identity = identityOf(evidence);
      return identity?.hasUserAccount === true
        ? fine(`the key is contact ${String(identity.contactId)}'s`)
        : failure(
            `The key belongs to contact ${String(identity?.contactId)}, who has no user account, and so no permissions.`,
            'Link that contact to a user of the CMS, or give the key of a contact who is a user.',
          );
    },
  },
  {
    code: 'permissions',
    title: 'Permissions',
    needs: ['user-account', 'civicase'],
    judge: (evidence) => {
      const { missing, held, untold: unknown } = judgePermissions(evidence);
      if (missing.length > 0)
        return {
          kind: 'findings',
          severity: 'warning',
          findings: missing.map(({ name, jobs }) => ({
            found: `The key's user lacks the permission "${name}", needed for: ${jobs.join(', ')}.`,
            cure:
              name !== 'access CiviCRM' || unknown.length === 0
                ? `Give the user's role the permission "${name}".`
                : `Give the user's role the permission "${name}"; only then it shows whether it has ${quoted(unknown)}.`,
          })),
        };
      const { jobs } = evidence.facts;
      if (held.length === 0) return untold('the site shows nothing of them');
      const rest = unknown.length === 0 ? '' : `; not shown: ${quoted(unknown)}`;
      return fine(`all for ${jobs.join(', ')}${rest}`);
    },
  },
];

const quoted = (names: readonly string[]) => names.map((name) => `"${name}"`).join(', ');

/** In authx's words (Civi\Authx\Authenticator). */
const REFUSALS: readonly (readonly [RegExp, found: string, cure: string])[] = [
  [
    /invalid credential/i,
    'The site does not know this API key',
    "Check apiKey of this site, and the API key on the contact's record there; every site has keys of its own.",
  ],
  [
    /no matching user|failed to determine/i,
    'The key belongs to a contact without user account, and the site wants one',
    'Link that contact to a user of the CMS, or give the key of a contact who is a user.',
  ],
  [/user is blocked/i, "The key's user is blocked", 'Unblock that user in the CMS.'],
  [
    /is not allowed for this principal/i,
    'The site takes no API keys in this way',
    'Allow "API Key" under "Acceptable credentials (HTTP X-Header)" in CiviCRM\'s authx settings.',
  ],
  [/contact id \d+ is invalid/i, "The key's contact is deleted", 'Give the key of another contact.'],
  [
    /session.*already active/i,
    'A session of somebody else came along with the call',
    'Take out what adds cookies to calls in front of the site.',
  ],
];

/** What authx says about the key; null: it was not asked. */
function who({ identity }: Evidence): Reading | null {
  return identity === null ? null : readReply(identity);
}

function identityOf(evidence: Evidence): Identity | null {
  const reading = who(evidence);
  return reading?.kind === 'identity' ? reading.identity : null;
}

function refusal(evidence: Evidence): string | null {
  const reading = who(evidence);
  return reading?.kind === 'refusal' ? reading.message : null;
}
