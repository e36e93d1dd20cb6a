/** What happens to a row when the row it points to is deleted, as in CiviCRM's tables. */
interface ForeignKey {
  readonly to: string;
  readonly onDelete: 'CASCADE' | 'SET NULL' | 'RESTRICT';
}

const cascade = (to: string): ForeignKey => ({ to, onDelete: 'CASCADE' });
const restrict = (to: string): ForeignKey => ({ to, onDelete: 'RESTRICT' });
const setNull = (to: string): ForeignKey => ({ to, onDelete: 'SET NULL' });

export const FOREIGN_KEYS: Readonly<Record<string, Readonly<Record<string, ForeignKey>>>> = {
  Email: { contact_id: cascade('Contact') },
  Phone: { contact_id: cascade('Contact') },
  Contact: { employer_id: setNull('Contact'), primary_contact_id: setNull('Contact') },
  Case: { case_type_id: restrict('CaseType') },
  CaseContact: { case_id: cascade('Case'), contact_id: cascade('Contact') },
  CaseActivity: { case_id: cascade('Case'), activity_id: cascade('Activity') },
  Activity: {
    parent_id: setNull('Activity'),
    original_id: setNull('Activity'),
    relationship_id: setNull('Relationship'),
  },
  ActivityContact: { activity_id: cascade('Activity'), contact_id: cascade('Contact') },
  Relationship: {
    contact_id_a: cascade('Contact'),
    contact_id_b: cascade('Contact'),
    relationship_type_id: cascade('RelationshipType'),
    case_id: cascade('Case'),
  },
  RelationshipCache: {
    relationship_id: cascade('Relationship'),
    relationship_type_id: cascade('RelationshipType'),
    near_contact_id: cascade('Contact'),
    far_contact_id: cascade('Contact'),
    case_id: cascade('Case'),
  },
  OptionValue: { option_group_id: cascade('OptionGroup') },
  CustomField: { custom_group_id: cascade('CustomGroup'), option_group_id: setNull('OptionGroup') },
  CustomGroup: { created_id: setNull('Contact') },
  Group: { created_id: setNull('Contact'), modified_id: setNull('Contact') },
  GroupContact: { group_id: cascade('Group'), contact_id: cascade('Contact') },
  Tag: { parent_id: restrict('Tag'), created_id: setNull('Contact') },
  EntityTag: { tag_id: cascade('Tag') },
  ContactType: { parent_id: cascade('ContactType') },
  ActionSchedule: {
    group_id: setNull('Group'),
    msg_template_id: setNull('MessageTemplate'),
    sms_template_id: setNull('MessageTemplate'),
  },
};

/** Unique indexes; text is compared under the site's collation. */
export const UNIQUE_KEYS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  Contact: [['external_identifier']],
  CaseType: [['name']],
  CaseContact: [['case_id', 'contact_id']],
  ActivityContact: [['contact_id', 'activity_id', 'record_type_id']],
  RelationshipType: [['name_a_b'], ['name_b_a']],
  OptionGroup: [['name']],
  CustomGroup: [['name'], ['title', 'extends']],
  CustomField: [
    ['label', 'custom_group_id'],
    ['name', 'custom_group_id'],
  ],
  Group: [['name'], ['title']],
  GroupContact: [['contact_id', 'group_id']],
  Tag: [['name']],
  RelationshipCache: [['relationship_id', 'orientation']],
  EntityTag: [['entity_id', 'entity_table', 'tag_id']],
  LocationType: [['name']],
  ContactType: [['name']],
  ActionSchedule: [['name']],
};

/** What else is looked up often enough to need an index; SQL expressions. */
export const INDEXES: Readonly<Record<string, readonly string[]>> = {
  Contact: ['collate_key("sort_name")', '"modified_date"'],
  Email: ['"contact_id"', 'collate_key("email")'],
  Phone: ['"contact_id"'],
  Case: ['"case_type_id"', '"modified_date"'],
  CaseContact: ['"contact_id"'],
  CaseActivity: ['"case_id", "activity_id"', '"activity_id"'],
  Activity: [
    '"activity_type_id"',
    '"activity_date_time"',
    '"modified_date"',
    '"parent_id"',
    '"original_id"',
    '"relationship_id"',
  ],
  ActivityContact: ['"activity_id", "record_type_id", "contact_id"'],
  Relationship: ['"contact_id_a"', '"contact_id_b"', '"case_id"', '"relationship_type_id"'],
  RelationshipCache: ['"relationship_id"', '"near_contact_id"', '"case_id"'],
  OptionValue: ['"option_group_id", "value"', 'collate_key("name")'],
  GroupContact: ['"group_id"'],
  EntityTag: ['"tag_id"'],
};
