/** The two editions of CiviCRM that were measured: version and the CMS around it. */
export type EditionName = '5.77-wordpress' | '6.20-standalone';

/** One behaviour that is not the same in both. */
interface Difference<Value> {
  readonly what: string;
  /** The first version known to answer as 6.20 does; null: somewhere between 5.77 and 6.20. `cms`: it is the CMS, not the version. */
  readonly since: `${number}.${number}` | 'cms' | null;
  readonly older: Value;
  readonly newer: Value;
}

const difference = <const Value>(
  what: string,
  since: Difference<Value>['since'],
  older: Value,
  newer: Value,
): Difference<Value> => ({ what, since, older, newer });

/** Every difference that matters to this project. What is not in here was equal when both were asked. */
export const DIFFERENCES = {
  errorStatus: difference<'masked' | 'real'>(
    'WordPress sends 200 for most errors, since its own early "200 OK" wins; only the body tells them.',
    'cms',
    'masked',
    'real',
  ),
  queryRoutes: difference<boolean>(
    'Without clean URLs WordPress takes the path from the query: /index.php?civiwp=CiviCRM&q=civicrm/….',
    'cms',
    true,
    false,
  ),
  errorId: difference<boolean>('The body of an error has the key error_id.', null, false, true),
  resultKeys: difference<boolean>(
    'The body of a success has the keys errors, max_error_level and is_blocking_error.',
    '6.18',
    false,
    true,
  ),
  malformedParams: difference<'error page' | 'answer'>(
    'Malformed JSON in params: an HTML page with 500, or a JSON answer with 400.',
    '6.20',
    'error page',
    'answer',
  ),
  keylessReads: difference<'refused' | 'empty'>(
    'Contact, Email, Relationship and Note read without a key: refused, or answered with no rows, as an empty site would.',
    null,
    'refused',
    'empty',
  ),
  unknownParameter: difference<'setter' | 'name'>(
    'An unknown parameter "wherre" is called "setWherre" or "wherre" in the error.',
    null,
    'setter',
    'name',
  ),
  reloadsFields: difference<boolean>('reload of a write takes a list of fields too.', null, false, true),
  countsMatches: difference<boolean>('The answer of save has countMatched.', null, false, true),
  caseStartTime: difference<boolean>(
    'Case.start_date keeps a time of day: 2026-03-01 00:00:00 instead of 2026-03-01.',
    null,
    false,
    true,
  ),
  entityList: difference<boolean>(
    'Which entities a site has, from ACL to WorldRegion, was written down in full.',
    null,
    false,
    true,
  ),
  newerFields: difference<boolean>(
    'Entities have fields that came after 5.77, such as Case.my_case_role and RelationshipType.weight.',
    null,
    false,
    true,
  ),
  caseAnswer: difference<'stored row' | 'sent fields'>(
    'A write of a case answers the whole row as it is stored, or id and the fields that were sent.',
    null,
    'stored row',
    'sent fields',
  ),
  unfiledAnswer: difference<0 | ''>(
    'case_id in the answer of an update that took an activity off its case.',
    null,
    0,
    '',
  ),
  fileDefinitions: difference<boolean>(
    'CaseType.get of APIv4 shows definitions that are in files; else they read null, and only APIv3 has them.',
    '6.3',
    false,
    true,
  ),
  definitionText: difference<'encoded' | 'kept'>(
    'A definition sent as XML text is stored with its angle brackets encoded, which nothing can read, or as it is.',
    null,
    'encoded',
    'kept',
  ),
  trashedCaseActivities: difference<'kept' | 'trashed'>(
    'The activities of a case that an update puts in the trash.',
    null,
    'kept',
    'trashed',
  ),
  stepSubjects: difference<boolean>(
    'A step of a timeline may give its activity a subject (default_subject).',
    '6.17',
    false,
    true,
  ),
  defaultPriority: difference<boolean>(
    'The priority Normal is marked as the default on a new site.',
    null,
    false,
    true,
  ),
  roleContactTypes: difference<boolean>(
    'The relationship types of the shipped case roles ask for an individual as contact A.',
    null,
    true,
    false,
  ),
  pledgeWriteOff: difference<boolean>(
    'A new site has the activity type "Pledge write-off"; the values of later types are one higher.',
    null,
    false,
    true,
  ),
  version: difference<string>('What Domain.get says of a site that was measured.', null, '5.77.0', '6.20.0'),
  peopleOfFewRights: difference<boolean>(
    'The site that was measured held three people of few permissions from the start.',
    'cms',
    false,
    true,
  ),
} as const;

export type DifferenceName = keyof typeof DIFFERENCES;
