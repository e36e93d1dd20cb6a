import { failure, fine, type Check } from './check.ts';
import type { Evidence } from './evidence.ts';
import type { Door } from './ports.ts';
import { readReply, type Reading } from './read-reply.ts';

/** From the address to a CiviCRM that answers: each of these stands in the way of all that come after it. */
export const REACH_CHECKS: readonly Check[] = [
  {
    code: 'address',
    title: 'Address',
    needs: [],
    judge: ({ facts: { url, urlComplaint } }) => {
      if (urlComplaint === null) return fine(url);
      const front = frontOf(url);
      return failure(
        `The url ${urlComplaint}.`,
        front === null
          ? 'Set url to the address of the front page, such as https://example.org.'
          : `Set url to "${front}", the address of the front page.`,
      );
    },
  },
  {
    code: 'connection',
    title: 'Connection',
    needs: ['address'],
    judge: (evidence) => {
      const reading = obstacle(evidence);
      if (reading === null) return fine('answers');
      if (reading.kind === 'silence')
        return failure(
          `Nothing answers at this address (${reading.code}).`,
          silenceCure(reading.code, evidence),
        );
      const spoken = /plain HTTP request was sent to HTTPS port|speaking plain HTTP to an SSL/i;
      if (evidence.attempts.some(({ reply }) => reply.kind === 'answer' && spoken.test(reply.text)))
        return failure(
          'The port speaks https, but the url says http.',
          `Set url to "${asHttps(evidence.facts.url)}".`,
        );
      return fine('answers');
    },
  },
  {
    code: 'web-password',
    title: 'Web server',
    needs: ['connection'],
    judge: (evidence) => {
      const reading = obstacle(evidence) ?? identityObstacle(evidence);
      return reading?.kind === 'challenge'
        ? failure(
            `The web server wants a user name and a password of its own (${reading.scheme} in the header Authorization) before it lets anybody in.`,
            'Exempt the paths /civicrm/ajax and /civicrm/authx from that password (nginx: auth_basic off); they have the API key.',
          )
        : fine('asks for no password of its own');
    },
  },
  {
    code: 'login-page',
    title: 'Login page',
    needs: ['connection'],
    judge: (evidence) => {
      const reading = obstacle(evidence) ?? identityObstacle(evidence);
      if (reading?.kind === 'login page')
        return failure(
          `A login page${titled(reading.title)} answers in place of CiviCRM.`,
          'Let calls to /civicrm/ajax and /civicrm/authx pass the login (single sign-on, members only) that stands in front of the site.',
        );
      if (reading?.kind === 'redirect' && reading.isToLogin)
        return failure(
          `Calls are sent on to a login (${shownAddress(reading.to)}).`,
          'Let calls to /civicrm/ajax and /civicrm/authx pass the login (single sign-on, members only) that stands in front of the site.',
        );
      return fine('none in the way');
    },
  },
  {
    code: 'redirect',
    title: 'Redirects',
    needs: ['connection', 'login-page'],
    judge: (evidence) => {
      const reading = obstacle(evidence) ?? identityObstacle(evidence);
      if (reading?.kind !== 'redirect') return fine('none');
      const target = redirectTarget(evidence, reading.to);
      return failure(
        `The site redirects every call to ${shownAddress(reading.to)}; redirects are not followed, the key would go along.`,
        target === null
          ? "Set url to the address that the browser shows in the end, on the site's front page."
          : `Set url to "${target}".`,
      );
    },
  },
  {
    code: 'maintenance',
    title: 'Maintenance',
    needs: ['connection'],
    judge: (evidence) => {
      const reading = obstacle(evidence) ?? identityObstacle(evidence) ?? batchObstacle(evidence);
      if (reading?.kind === 'closed' || reading?.kind === 'maintenance page')
        return failure(
          `The site is closed for maintenance${titled(reading.kind === 'closed' ? reading.message : reading.title)}.`,
          'Wait until the maintenance is over, or switch maintenance mode off (in the CMS, or the setting core_maintenance_mode).',
        );
      return isClosedToOthers(evidence)
        ? {
            kind: 'findings',
            severity: 'warning',
            findings: [
              {
                found: 'The site is closed for maintenance; this key may pass.',
                cure: 'Switch maintenance mode off when the work is done (in the CMS, or the setting core_maintenance_mode): meanwhile scheduled jobs stand still.',
              },
            ],
          }
        : fine('open');
    },
  },
  {
    code: 'paths',
    title: 'Paths',
    needs: ['connection', 'web-password', 'login-page', 'redirect', 'maintenance'],
    judge: (evidence) => {
      const { door, elsewhere, facts, attempts } = evidence;
      if (door !== null) return fine(`CiviCRM answers, paths are ${door.style}`);
      const tried = attempts
        .map(({ door: one, reply }) => `${one.style} (${said(readReply(reply))})`)
        .join(', ');
      return failure(
        `No CiviCRM answers at ${facts.url}. Tried: ${tried}.`,
        elsewhere !== null
          ? elsewhereCure(elsewhere, evidence)
          : attempts.some(({ reply }) => reply.kind === 'answer' && reply.status >= 500)
            ? "Look into the logs of the site's web server and PHP: the site itself fails."
            : "Set url to the site's front page, and path to auto; check that CiviCRM is installed there.",
      );
    },
  },
];

/** What answers in place of CiviCRM; null where CiviCRM does. Of several doors the reading that explains most. */
function obstacle({ attempts, door, elsewhere, facts }: Evidence): Reading | null {
  if (door !== null || attempts.length === 0) return null;
  const readings = attempts.map(({ reply }) => readReply(reply));
  const telling = readings.find(({ kind }) => kind !== 'other' && kind !== 'redirect');
  // A CMS redirects some of its paths for reasons of its own; only where every path is, the site is elsewhere.
  const redirects = readings.filter(({ kind }) => kind === 'redirect');
  const isOtherStyle = elsewhere !== null && elsewhere.url === frontOf(facts.url);
  const isEverywhere = redirects.length === readings.length && !isOtherStyle;
  return telling ?? (isEverywhere ? redirects[0] : readings.find(({ kind }) => kind === 'other')) ?? null;
}

/** A web server may guard the key's route alone. */
function identityObstacle({ identity }: Evidence): Reading | null {
  if (identity === null) return null;
  const reading = readReply(identity);
  return reading.kind === 'identity' ? null : reading;
}

function batchObstacle({ batch }: Evidence): Reading | null {
  const reading = batch === null ? null : readReply(batch);
  return reading?.kind === 'closed' ? reading : null;
}

function isClosedToOthers({ attempts, calls }: Evidence): boolean {
  const knock = attempts.at(-1)?.reply;
  if (knock !== undefined && readReply(knock).kind === 'closed') return true;
  const setting = calls['maintenance'];
  return setting?.kind === 'rows' && ['1', 1, true].some((on) => setting.rows[0]?.['value'] === on);
}

function frontOf(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, host, pathname } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:') return null;
  return `${protocol}//${host}${pathname.replace(/\/civicrm(\/.*)?$/, '').replace(/\/+$/, '')}`;
}

const asHttps = (url: string) => url.replace(/^http:/, 'https:');

/** By code of Node: what people did. */
const SILENCES: Readonly<Record<string, string>> = {
  ENOTFOUND: 'Check the name of the host in url: no such name is known.',
  EAI_AGAIN: 'Check the name of the host in url, and the DNS of this machine.',
  ECONNREFUSED: 'Check host and port in url, and whether the web server runs.',
  TIMEOUT: "Check host and port in url, whether a firewall drops the calls, and the site's timeoutSeconds.",
  CERT_HAS_EXPIRED: "Renew the site's certificate: it has expired.",
  ERR_TLS_CERT_ALTNAME_INVALID: 'Set url to a name that the certificate is for.',
  DEPTH_ZERO_SELF_SIGNED_CERT:
    'Give the site a certificate that is not signed by itself, or name its authority in NODE_EXTRA_CA_CERTS.',
  SELF_SIGNED_CERT_IN_CHAIN: "Name the site's certificate authority in NODE_EXTRA_CA_CERTS.",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'Have the web server send its whole chain of certificates, or name the authority in NODE_EXTRA_CA_CERTS.',
};

function silenceCure(code: string, { elsewhere, facts }: Evidence): string {
  if (elsewhere !== null) return `Set url to "${elsewhere.url}", where CiviCRM answers.`;
  if (code === 'EPROTO' && facts.url.startsWith('https:'))
    return `Set url to "${facts.url.replace(/^https:/, 'http:')}", or a port that speaks https: this one does not.`;
  return SILENCES[code] ?? 'Check host and port in url, and whether the web server runs.';
}

function redirectTarget({ attempts }: Evidence, to: string): string | null {
  const first = attempts.find(({ reply }) => readReply(reply).kind === 'redirect');
  const base = first?.door.url;
  if (base === undefined || !URL.canParse(to, `${base}/`)) return null;
  const target = new URL(to, `${base}/`);
  const front = target.pathname.replace(/\/(?:civicrm\/.*|index\.php)?$/, '');
  const url = `${target.origin}${front}`;
  return url === base ? null : url;
}

function elsewhereCure(elsewhere: Door, { facts }: Evidence): string {
  if (elsewhere.url !== facts.url.replace(/\/+$/, ''))
    return `Set url to "${elsewhere.url}", where CiviCRM answers.`;
  return `Set path to ${elsewhere.style}, or to auto: that is how this site addresses CiviCRM.`;
}

function shownAddress(to: string): string {
  return to === '' ? 'nowhere' : to;
}

const titled = (title: string) => (title === '' ? '' : ` ("${title}")`);

function said(reading: Reading): string {
  switch (reading.kind) {
    case 'other':
      return reading.title === ''
        ? `status ${reading.status}`
        : `status ${reading.status}, "${reading.title}"`;
    case 'redirect':
      return `redirected to ${shownAddress(reading.to)}`;
    case 'silence':
      return reading.code;
    case 'login page':
    case 'maintenance page':
      return reading.kind;
    case 'challenge':
      return 'a password is asked for';
    case 'api':
    case 'closed':
    case 'identity':
    case 'refusal':
      return 'CiviCRM';
    default:
      return reading satisfies never;
  }
}
