/** Activity types that every CiviCRM with CiviCase has, by name. */
export const SEED_ACTIVITY_TYPES: readonly string[] = [
  'Meeting',
  'Phone Call',
  'Email',
  'SMS',
  'Inbound Email',
  'Open Case',
  'Follow up',
  'Change Case Type',
  'Change Case Status',
  'Change Case Start Date',
  'Change Case Subject',
  'Assign Case Role',
  'Remove Case Role',
  'Print PDF Letter',
  'Merge Case',
  'Reassigned Case',
  'Link Cases',
  'Change Case Tags',
  'Add Client To Case',
  'Case Client Removed',
  'Change Custom Data',
  'Reminder Sent',
];

/** What CiviCRM makes when somebody sends something; as a step it is a record of nothing sent. */
export const SENDING_TYPES: ReadonlySet<string> = new Set([
  'Email',
  'SMS',
  'Inbound Email',
  'Print PDF Letter',
]);

/** What CiviCRM files itself to record a change; as a step it records a change that did not happen. */
export const RECORD_TYPES: ReadonlySet<string> = new Set([
  'Change Case Type',
  'Change Case Status',
  'Change Case Start Date',
  'Change Case Subject',
  'Change Case Tags',
  'Assign Case Role',
  'Remove Case Role',
  'Add Client To Case',
  'Case Client Removed',
  'Change Custom Data',
  'Link Cases',
  'Merge Case',
  'Reassigned Case',
  'Reminder Sent',
]);

/** Names that people misspell by their label. */
export const SEED_LABELS: ReadonlyMap<string, string> = new Map([
  ['Ongoing', 'Open'],
  ['Resolved', 'Closed'],
  ['No-show', 'No_show'],
  ['Outbound SMS', 'SMS'],
]);

/** Two spellings of one name: they differ by case, spaces, dashes or underscores only. */
export const spelling = (name: string): string => name.toLowerCase().replace(/[\s_-]+/g, '');
