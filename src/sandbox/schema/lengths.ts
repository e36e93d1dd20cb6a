/** Characters that a text column takes, by entity: `length: its fields`. Longer texts are cut and end in `...`. */
export const LENGTHS: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  Contact: {
    8: 'sic_code',
    32: 'legal_identifier',
    64: 'external_identifier first_name middle_name last_name formal_title',
    128: 'organization_name nick_name legal_name household_name',
    255: 'source job_title user_unique_id',
  },
  Email: { 254: 'email' },
  Phone: { 16: 'phone_ext', 32: 'phone' },
  LocationType: { 64: 'name display_name vcard_name', 255: 'description' },
  CaseType: { 64: 'name title', 255: 'description' },
  Case: { 128: 'subject' },
  Activity: { 64: 'phone_number', 255: 'subject result', 2048: 'location' },
  Relationship: { 255: 'description' },
  RelationshipType: { 64: 'name_a_b label_a_b name_b_a label_b_a', 255: 'description' },
  OptionGroup: { 64: 'name', 255: 'title' },
  OptionValue: { 255: 'name grouping icon color', 512: 'label value' },
  CustomGroup: { 64: 'name', 128: 'title', 255: 'icon' },
  CustomField: { 64: 'name', 255: 'label default_value attributes filter' },
  Group: { 64: 'name source', 255: 'title frontend_title' },
  Tag: { 128: 'name label', 255: 'description color' },
};
