import { factAt, NEWEST_KNOWN, OLDEST_KNOWN, standingOf } from '../edition/index.ts';
import { judgeClock, judgeZone } from './clock-checks.ts';
import { readDefinitions } from './definitions.ts';
import { failure, fine, untold, warning, type Check, type Finding, type Verdict } from './check.ts';
import { roundTrips, rowsOf, type Evidence } from './evidence.ts';
import { readReply } from './read-reply.ts';

/** What a site may have wrong for somebody whom it lets in. */
export const SITE_CHECKS: readonly Check[] = [
  {
    code: 'version',
    title: 'CiviCRM',
    needs: ['user-account'],
    judge: (evidence) => {
      const version = rowsOf(evidence, 'domain')?.[0]?.['version'];
      if (typeof version !== 'string')
        return untold('only a user with "administer CiviCRM" is told the version');
      switch (standingOf(version)) {
        case 'older':
          return warning({
            found: `CiviCRM ${version} is older than ${OLDEST_KNOWN}, the oldest that civicase was tried with.`,
            cure: `Upgrade CiviCRM to ${OLDEST_KNOWN} or later, or rehearse everything on a copy of that site first.`,
          });
        case 'newer':
          return fine(`${version}, newer than ${NEWEST_KNOWN}, the newest that civicase was tried with`);
        case 'known':
        case undefined:
          return fine([version, ...lacksOf(version)].join('; '));
      }
    },
  },
  {
    code: 'errors-told',
    title: 'Errors',
    needs: ['user-account'],
    judge: ({ wrongCall }) => {
      const reading = wrongCall === null ? null : readReply(wrongCall);
      if (reading?.kind !== 'api' || reading.outcome.kind !== 'refused')
        return untold('a wrong call was not refused');
      return /^Sorry an error occurred/i.test(reading.outcome.message)
        ? warning({
            found: 'The site hides the reasons of its errors from this key.',
            cure: 'Give the user\'s role the permission "view debug output".',
          })
        : fine('told in full');
    },
  },
  {
    code: 'http-statuses',
    title: 'HTTP statuses',
    needs: ['user-account'],
    judge: ({ wrongCall }) => {
      if (wrongCall?.kind !== 'answer' || readReply(wrongCall).kind !== 'api')
        return untold('a wrong call got no answer');
      return wrongCall.status === 200
        ? fine(
            'masked: errors come with status 200, as WordPress does; civicase reads the answer, other monitors must too',
          )
        : fine('real');
    },
  },
  { code: 'clock', title: 'Clock', needs: ['user-account'], judge: judgeClock },
  { code: 'time-zone', title: 'Time zone', needs: ['clock'], judge: judgeZone },
  {
    code: 'civicase',
    title: 'CiviCase',
    needs: ['user-account'],
    judge: (evidence) => {
      const rows = rowsOf(evidence, 'civicase');
      if (rows === null) return untold('only a user with "access CiviCRM" is told the components');
      return rows.length > 0
        ? fine('enabled')
        : failure(
            'The component CiviCase is off.',
            'Enable CiviCase under Administer, System Settings, Components.',
          );
    },
  },
  { code: 'case-types', title: 'Case types', needs: ['civicase'], judge: judgeCaseTypes },
  {
    code: 'multiple-clients',
    title: 'Clients of a case',
    needs: ['civicase'],
    judge: (evidence) => {
      const row = rowsOf(evidence, 'clients')?.[0];
      if (row === undefined) return untold('only a user with "administer CiviCRM" is told the setting');
      const isOn = row['value'] === '1' || row['value'] === 1 || row['value'] === true;
      const sources = evidence.facts.sourcesWithSeveralClients;
      if (isOn) return fine('may be several; each of them gets the reminders to the client');
      if (sources.length === 0) return fine('one per case');
      return warning({
        found: `Cases of ${sources.join(' and ')} may have several clients, but the forms of this site know one per case.`,
        cure: 'Set "Allow Multiple Case Clients" here to the same as there, under Administer, CiviCase, CiviCase Settings.',
      });
    },
  },
  { code: 'body-limit', title: 'Request length', needs: ['user-account'], judge: judgeLengths },
  {
    code: 'speed',
    title: 'Round trip',
    needs: ['user-account'],
    judge: (evidence) => {
      const trips = [...roundTrips(evidence)].sort((left, right) => left - right);
      const middle = trips[Math.floor(trips.length / 2)];
      if (middle === undefined) return untold('nothing was timed');
      const shown = `${Math.round(middle)} ms`;
      return middle > SLOW_MILLIS
        ? warning({
            found: `The site is slow: a small call takes ${shown}.`,
            cure: 'Look for what slows the site (PHP opcache, a busy or far database), and set timeoutSeconds higher and concurrency lower meanwhile.',
          })
        : fine(`${shown} for a small call`);
    },
  },
];

/** What this version does not do yet, and the newest does. */
const lacksOf = (version: string): readonly string[] =>
  [
    factAt('fileDefinitions', version) === false ? 'definitions in files come through APIv3' : null,
    factAt('caseStartTime', version) === false ? 'start dates have no time of day' : null,
    factAt('stepSubjects', version) === false ? 'subjects of steps (default_subject) do nothing' : null,
  ].filter((lack) => lack !== null);

/** CiviCRM answers a small call in 50 to 150 ms wherever it runs well. */
const SLOW_MILLIS = 1000;

function judgeCaseTypes(evidence: Evidence): Verdict {
  const definitions = readDefinitions(evidence);
  if (definitions === null) return untold('the key may not read them');
  const findings = definitions.flatMap(({ name, state }): Finding[] => {
    switch (state.kind) {
      case 'broken':
        return [
          {
            found: `The definition of the case type "${name}" does not parse (${state.why}): every later write of any case type fails.`,
            cure: `Delete "${name}" on the page of case types, or write its definition again with civicase plan and apply.`,
          },
        ];
      case 'lost':
        return [
          {
            found: `The case type "${name}" has no definition, neither in the database nor in a file that CiviCRM finds.`,
            cure: `Enable the extension whose file xml/case/${name}.xml defines it, or write a definition with civicase plan and apply.`,
          },
        ];
      case 'stored':
      case 'file':
        return [];
    }
  });
  if (findings.length > 0) return warning(...findings);
  const inFiles = definitions.filter(({ state }) => state.kind === 'file').map(({ name }) => name);
  const rest =
    inFiles.length === 0 ? '' : `; in files, which civicase reads and never changes: ${inFiles.join(', ')}`;
  return fine(`${definitions.length}, all of them parse${rest}`);
}

function judgeLengths({ lengths }: Evidence): Verdict {
  const [longest] = lengths;
  if (longest === undefined) return untold('nothing was sent');
  const arrived = lengths.find((trial) => trial.arrived);
  if (arrived === longest)
    return fine('1 MB arrives whole, in one form field, so that max_input_vars does not count');
  const reading = readReply(longest.reply);
  if (reading.kind === 'api' && reading.outcome.kind === 'refused' && reading.outcome.status === 403)
    return untold('the key may not make the call that tells');
  const status = longest.reply.kind === 'answer' ? longest.reply.status : 0;
  const cure =
    reading.kind === 'api'
      ? 'Raise post_max_size in php.ini to 8M or more.'
      : status === 413
        ? 'Raise the limit of the web server (nginx: client_max_body_size, Apache: LimitRequestBody) to 2 MB or more.'
        : 'Raise the limit of whatever refuses long requests in front of the site (ModSecurity: SecRequestBodyNoFilesLimit).';
  return warning({
    found: `Requests of ${kilobytes(longest.bytes)} do not arrive whole (${status === 0 ? 'no answer' : `status ${status}`}); ${arrived === undefined ? `nor do those of ${kilobytes(lengths.at(-1)?.bytes ?? 0)}` : `${kilobytes(arrived.bytes)} do`}: a long batch would fail.`,
    cure,
  });
}

const kilobytes = (bytes: number) => (bytes >= 1_000_000 ? `${bytes / 1_000_000} MB` : `${bytes / 1000} kB`);
