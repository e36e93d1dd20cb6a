const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

export const english = {
  product: 'civicase-bridge',
  skip: 'Skip to the content',
  languageLabel: 'Language',
  asOf: 'As of',
  logout: 'Log out',
  jsonTwin: 'This page as JSON',
  login: {
    title: 'Log in',
    label: 'Login token',
    hint: 'It was printed once, when “civicase up” first started. If it is lost, stop the server and run “civicase up --new-token”.',
    button: 'Log in',
    wrong: 'This is not the token. Check that all of it was copied.',
    tooMany: 'Too many attempts. Wait a quarter of an hour, then try again.',
  },
  status: {
    title: 'Status',
    allWell: 'Nothing needs you.',
    needsYou: 'Needs you',
    sitesDown: (count: number): string => plural(count, 'site cannot be used', 'sites cannot be used'),
    failedOnes: (count: number): string =>
      plural(count, 'follow-up or reminder failed', 'follow-ups or reminders failed'),
    unknownOnes: (count: number): string =>
      plural(count, 'mail may or may not have been sent', 'mails may or may not have been sent'),
    heldBack: (count: number): string => plural(count, 'case is held back', 'cases are held back'),
    unfinished: (count: number): string =>
      plural(count, 'migration was not finished', 'migrations were not finished'),
  },
  sites: {
    title: 'Sites',
    name: 'Site',
    state: 'State',
    version: 'CiviCRM',
    address: 'Address',
    asking: 'Being asked',
    ready: 'Ready',
    limited: 'Limited',
    unusable: 'Not usable',
    unknownVersion: 'not shown to this key',
    empty: 'No site is configured. Add one under “sites” in civicase.yaml, then run “civicase doctor”.',
  },
  mirrors: {
    title: 'Mirrors',
    name: 'Mirror',
    lane: 'From → to',
    caseTypes: 'Case types',
    lastRun: 'Last pass',
    behind: 'Behind by',
    linked: 'Cases',
    rejects: 'Held back',
    never: 'never',
    upToDate: 'up to date',
    empty:
      'No mirror is configured. Name two sites under “pairs” in civicase.yaml, then run “civicase mirror run”.',
  },
  upcoming: {
    title: 'Coming up',
    due: 'Due',
    kind: 'Kind',
    rule: 'Rule',
    site: 'Site',
    caseNumber: 'Case',
    activity: 'Follow-up',
    email: 'Reminder',
    more: (count: number): string => `and ${count} more`,
    noRules:
      'There are no rules. Write some under “rules” in civicase.yaml; “civicase followups run --dry-run” shows what they would do.',
    empty: 'Nothing is planned for the coming days. “civicase reminders preview” looks further ahead.',
  },
  troubles: {
    title: 'Failed or unknown',
    state: 'State',
    reason: 'Why',
    since: 'Since',
    failed: 'Failed',
    unknown: 'Unknown',
    empty: 'None.',
  },
  runs: {
    title: 'Recent migrations',
    caseType: 'Case type',
    site: 'To site',
    state: 'State',
    running: 'Not finished',
    done: 'Done',
    'rolled-back': 'Rolled back',
    unfinishedHint: 'apply the same plan again to go on',
    empty: 'No migration was run from here. Begin with “civicase plan SOURCE TARGET --case-type NAME”.',
  },
  error: {
    title: 'That did not work',
    notFound: 'There is no such page.',
    internal: 'Something went wrong inside the server. Its log says what.',
    back: 'To the status page',
  },
};

/** Every text of the console. English is the measure: the compiler misses what another language lacks. */
export type Messages = typeof english;
