import type { JsonValue } from '../../base/json.ts';

/** The entities that a 6.20 Standalone site has, known to the sandbox or not. */
export const ENTITY_NAMES: readonly string[] = `
ACL ACLEntityRole ActionSchedule Activity ActivityContact Address Afform AfformBehavior
AfformSubmission AfformSubmissionData AuthxCredential Batch BouncePattern BounceType Case
CaseActivity CaseContact CaseType Contact ContactType Country County Currency CustomField
CustomGroup Dashboard DashboardContact DedupeException DedupeRule DedupeRuleGroup Discount Domain
Email Entity EntityBatch EntityFile EntitySet EntityTag ExampleData Extension File Group
GroupContact GroupNesting GroupOrganization GroupSubscription Household IM Individual Job JobLog
LocBlock LocationType Log MailSettings Mailing MailingAB MailingComponent MailingEventBounce
MailingEventConfirm MailingEventDelivered MailingEventOpened MailingEventQueue MailingEventReply
MailingEventSubscribe MailingEventTrackableURLOpen MailingEventUnsubscribe MailingGroup MailingJob
MailingTrackableURL Managed Mapping MappingField MessageTemplate Navigation Note OpenID OptionGroup
OptionValue Order OrderCompletionMetadata Organization PCP PCPBlock Permission Phone PreferencesDate
PriceField PriceFieldValue PriceSet PriceSetEntity PrintLabel Queue QueueItem RecentItem
Relationship RelationshipCache RelationshipType Role RolePermission Route SavedSearch SearchDisplay
SearchParamSet SearchSegment Session Setting SiteEmailAddress SiteToken SmsProvider StateProvince
StatusPreference SubscriptionHistory System Tag TaggedEntity Totp Translation TranslationSource
UFField UFGroup UFJoin UFMatch User UserJob UserRole Website WordReplacement WorkflowMessage
WorldRegion
`
  .trim()
  .split(/\s+/);

/** CiviMail and CiviCase. */
export const ENABLED_COMPONENTS: readonly number[] = [4, 7];

/** Settings of a fresh site that are worth reading from outside. */
export const SETTINGS: Readonly<Record<string, JsonValue>> = {
  lcMessages: 'en_US',
  weekBegins: '0',
  defaultCurrency: 'USD',
  civicaseNaturalActivityTypeSort: 'default',
  civicaseShowCaseActivities: false,
  civicaseRedactActivityEmail: 'default',
  civicaseAllowMultipleClients: 'default',
  max_attachments: 3,
  fiscalYearStart: { M: 1, d: 1 },
  enable_components: ['CiviCase', 'CiviMail'],
  activity_assignee_notification: '1',
  activity_assignee_notification_ics: '0',
  dateformatDatetime: '%B %E%f, %Y %l:%M %P',
  dateformatFull: '%B %E%f, %Y',
  dateformatshortdate: '%m/%d/%Y',
  display_name_format:
    '{contact.prefix_id:label}{ }{contact.first_name}{ }{contact.last_name}{ }{contact.suffix_id:label}',
  sort_name_format: '{contact.last_name}{, }{contact.first_name}{ }{contact.suffix_id:label}',
  contact_undelete: 1,
  do_not_notify_assignees_for: [],
  defaultContactCountry: null,
  languageLimit: null,
  uiLanguages: null,
  inheritLocale: '0',
};
