/**
 * The fields of the entities that the sandbox knows, as getFields of a CiviCRM 6.20 Standalone site lists them:
 * `name|data type|flags|reference|default|input type|title|label if different|rest as JSON`, one field a line,
 * `@Entity` above its fields.
 *
 * Flags: n nullable, r required on create, q called required on get, o read-only, x calculated (type Extra), f filter, g only on get,
 * c only on create, 1-5 how a list is stored (1 bookend, 5 comma). Reference: `>Entity` foreign key,
 * `#group` option group, `*Entity` options from the rows of an entity, `%list` one of the fixed lists.
 */
export const FIELD_TABLE = String.raw`
@Contact
id|Integer|o|||DisplayOnly|Contact ID|
contact_type|String|no|%contact_type||DisplayOnly|Contact Type|
external_identifier|String|n|||Text|External Identifier|
display_name|String|no|||DisplayOnly|Display Name|
organization_name|String|n|||Text|Organization Name|
contact_sub_type|String|n1|%contact_sub_type||Select|Contact Subtype|
first_name|String|n|||Text|First Name|
middle_name|String|n|||Text|Middle Name|
last_name|String|n|||Text|Last Name|
do_not_email|Boolean|||false|CheckBox|Do Not Email|
do_not_phone|Boolean|||false|CheckBox|Do Not Phone|
do_not_mail|Boolean|||false|CheckBox|Do Not Mail|
do_not_sms|Boolean|||false|CheckBox|Do Not Sms|
do_not_trade|Boolean|||false|CheckBox|Do Not Trade|
is_opt_out|Boolean|||false|CheckBox|No Bulk Emails (User Opt Out)|Is Opt Out
legal_identifier|String|n|||Text|Legal Identifier|
sort_name|String|no|||DisplayOnly|Sort Name|
nick_name|String|n|||Text|Nickname|
legal_name|String|n|||Text|Legal Name|
image_URL|Text|n|||File|Image Url|Image
preferred_communication_method|String|n1|#preferred_communication_method||Select|Preferred Communication Method|
preferred_language|String|n|#languages||Select|Preferred Language|
hash|String|no|||DisplayOnly|Contact Hash|
api_key|String|no|||DisplayOnly|Api Key|API KEY
source|String|n|||Text|Contact Source|
prefix_id|Integer|n|#individual_prefix||Select|Individual Prefix|
suffix_id|Integer|n|#individual_suffix||Select|Individual Suffix|
formal_title|String|n|||Text|Formal Title|
communication_style_id|Integer|n|#communication_style||Select|Communication Style|
email_greeting_id|Integer|n|#email_greeting||Select|Email Greeting ID|
email_greeting_custom|String|n|||Text|Email Greeting Custom|
email_greeting_display|String|no|||DisplayOnly|Email Greeting|
postal_greeting_id|Integer|n|#postal_greeting||Select|Postal Greeting ID|
postal_greeting_custom|String|n|||Text|Postal Greeting Custom|
postal_greeting_display|String|no|||DisplayOnly|Postal Greeting|
addressee_id|Integer|n|#addressee||Select|Addressee ID|
addressee_custom|String|n|||Text|Addressee Custom|
addressee_display|String|no|||DisplayOnly|Addressee|
job_title|String|n|||Text|Job Title|
gender_id|Integer|n|#gender||Select|Gender ID|Gender
birth_date|Date|n|||Date|Birth Date|
is_deceased|Boolean|||false|CheckBox|Deceased / Closed|Is Deceased / Closed
deceased_date|Date|n|||Date|Deceased / Closed Date|
household_name|String|n|||Text|Household Name|
primary_contact_id|Integer|no|>Contact||DisplayOnly|Household Primary Contact ID|Household Primary Contact
sic_code|String|n|||Text|Sic Code|SIC Code
user_unique_id|String|n|||Text|Unique ID (OpenID)|
employer_id|Integer|n|>Contact||EntityRef|Current Employer ID|Current Employer
is_deleted|Boolean|||false|CheckBox|Contact is in Trash|
created_date|Timestamp|no|||DisplayOnly|Created Date|
modified_date|Timestamp|no||"now"|DisplayOnly|Modified Date|
preferred_mail_format|String|n|%preferred_mail_format|"Both"|Select|Preferred Mail Format|
address_primary|Integer|nx|>Address|||Primary Address ID|Primary Address
address_billing|Integer|nx|>Address|||Billing Address ID|Billing Address
email_primary|Integer|nx|>Email|||Primary Email ID|Primary Email
email_billing|Integer|nx|>Email|||Billing Email ID|Billing Email
phone_primary|Integer|nx|>Phone|||Primary Phone ID|Primary Phone
phone_billing|Integer|nx|>Phone|||Billing Phone ID|Billing Phone
im_primary|Integer|nx|>IM|||Primary IM ID|Primary IM
im_billing|Integer|nx|>IM|||Billing IM ID|Billing IM
groups|Array|nfg|*Group||Select|Groups|In Groups|{"operators": ["IN", "NOT IN"]}
age_years|Integer|noxg|||Number|Age (years)|
next_birthday|Integer|noxg|||Number|Next Birthday in (days)|
tags|Array|nfg|*Tag||Select|Tags|With Tags|{"operators": ["IN", "NOT IN"]}
contact_names|String|nfg|||Text|Full Text Search: All Contact Names|All Contact Names|{"operators": ["CONTAINS", "LIKE", "MATCHES"]}
@Email
id|Integer|o|||DisplayOnly|Email ID|
contact_id|Integer|n|>Contact||EntityRef|Contact ID|Contact
location_type_id|Integer|nr|*LocationType|1|Select|Email Location Type|
email|String|nr|||Email|Email|
is_primary|Boolean|||false|Radio|Is Primary|
is_billing|Boolean|||false|CheckBox|Is Billing Email?|
on_hold|Integer||%on_hold|0|Select|On Hold|
is_bulkmail|Boolean|||false|CheckBox|Use for Bulk Mail|
hold_date|Timestamp|no|||DisplayOnly|Hold Date|
reset_date|Timestamp|n|||Date|Reset Date|
signature_text|Text|n|||TextArea|Signature Text|
signature_html|Text|n|||TextArea|Signature Html|Signature HTML
@Phone
id|Integer|o|||DisplayOnly|Phone ID|
contact_id|Integer|n|>Contact||EntityRef|Contact ID|Contact
location_type_id|Integer|nr|*LocationType|"1"|Select|Location Type ID|Location Type
is_primary|Boolean|||false|Radio|Is Primary|
is_billing|Boolean|||false|CheckBox|Is Billing Phone|
mobile_provider_id|Integer|n|||Number|Mobile Provider|
phone|String|nr|||Text|Phone|
phone_ext|String|n|||Text|Phone Extension|
phone_numeric|String|no|||DisplayOnly|Phone Numeric|Phone (Numbers only)
phone_type_id|Integer|n|#phone_type||Select|Phone Type ID|Phone Type
@LocationType
id|Integer|o|||DisplayOnly|Location Type ID|
name|String|rq|||Text|Location Type|
display_name|String|rq|||Text|Display Name|
vcard_name|String|n|||Text|vCard Location Type|
description|String|n|||Text|Description|
is_reserved|Boolean|||false|CheckBox|Location Type is Reserved?|Reserved
is_active|Boolean|||true|CheckBox|Location Type is Active?|Enabled
is_default|Boolean|||false|CheckBox|Default Location Type?|Default
@CaseType
id|Integer|o|||DisplayOnly|Case Type ID|
name|String|rq|||Text|Case Type Name|
title|String|rq|||Text|Case Type Title|
description|String|n|||Text|Case Type Description|
is_active|Boolean|||true|CheckBox|Case Type Is Active|Enabled
is_reserved|Boolean|||false|CheckBox|Case Type Is Reserved|
weight|Integer|||1|Number|Order|
definition|Blob|n||||Case Type Definition|
has_base|Boolean|noxg||||Is Packaged|
base_module|String|noxg|%base_module|||Packaged Extension|
local_modified_date|Timestamp|noxg||||Locally modified|Locally Modified
@Case
id|Integer|o|||DisplayOnly|Case ID|
case_type_id|Integer|rq|>CaseType*CaseType||Select|Case Type ID|Case Type
subject|String|n|||Text|Case Subject|
start_date|Timestamp|n||"now"|Date|Case Start Date|
end_date|Date|n|||Date|Case End Date|
details|Text|n|||RichTextEditor|Details|
status_id|Integer|rq|#case_status|1|Select|Case Status|
is_deleted|Boolean|||false|CheckBox|Case is in the Trash|
created_date|Timestamp|no|||DisplayOnly|Created Date|
modified_date|Timestamp|no||"now"|DisplayOnly|Modified Date|
tags|Array|nfg|*Tag||Select|Tags|With Tags|{"operators": ["IN", "NOT IN"]}
case_manager_id|Integer|nxg|>Contact||EntityRef|Case Manager||{"operators": ["=", "!=", "IN", "NOT IN", "IS EMPTY", "IS NOT EMPTY", "IS NULL", "IS NOT NULL"]}
my_case_role|String|nxg||||My Role|
is_my_case|Boolean|nxg|||Toggle|Is My Case|
is_my_managed_case|Boolean|nxg|||Toggle|I Am Case Manager|
creator_id|Integer|nrxc|>Contact|"user_contact_id"|EntityRef|Case Creator|
contact_id|Array|nrxc|>Contact||EntityRef|Case Clients|
location|String|nxc|||Text|Activity Location|
medium_id|Integer|nxc|#encounter_medium|||Activity Medium|
duration|Integer|nxc|||Number|Activity Duration|
@CaseContact
id|Integer|o|||DisplayOnly|Case Contact ID|
case_id|Integer|rq|>Case||EntityRef|Case ID|Case
contact_id|Integer|rq|>Contact||EntityRef|Contact ID|Contact
@CaseActivity
id|Integer|o|||DisplayOnly|Case Activity ID|
case_id|Integer|rq|>Case||EntityRef|Case ID|Case
activity_id|Integer|rq|>Activity||EntityRef|Activity ID|Activity
@Activity
id|Integer|o|||DisplayOnly|Activity ID|
source_record_id|Integer|no|||DisplayOnly|Source Record|
activity_type_id|Integer|r|#activity_type||Select|Activity Type ID|Activity Type
subject|String|n|||Text|Subject|
activity_date_time|Timestamp|n||"now"|Date|Activity Date|
duration|Integer|n|||Number|Duration|
location|String|n|||Text|Location|
phone_id|Integer|n|>Phone||EntityRef|Phone ID (called)|Phone (called)
phone_number|String|n|||Text|Phone (called) Number|
details|Text|n|||RichTextEditor|Details|
status_id|Integer|n|#activity_status||Select|Activity Status|
priority_id|Integer|n|#priority||Select|Priority|
parent_id|Integer|no|>Activity||DisplayOnly|Parent Activity ID|Parent Activity
is_test|Boolean|||false|CheckBox|Test|
medium_id|Integer|n|#encounter_medium||Select|Activity Medium|
is_auto|Boolean|||false|CheckBox|Auto|
relationship_id|Integer|n|>Relationship||EntityRef|Relationship ID|Relationship
is_current_revision|Boolean|||true|CheckBox|Is current (unused)|
original_id|Integer|no|>Activity||DisplayOnly|Original ID (unused)|Original Activity
result|String|n|||Text|Result|
is_deleted|Boolean|||false|CheckBox|Activity is in the Trash|
engagement_level|Integer|n|#engagement_index||Select|Engagement Index|
weight|Integer|n|||Number|Order|
is_star|Boolean|||false|CheckBox|Is Starred|
created_date|Timestamp|n||"now"|Date|Created Date|
modified_date|Timestamp|no||"now"|DisplayOnly|Modified Date|
source_contact_id|Integer|nrx|>Contact||EntityRef|Source Contact|Added by|{"operators": ["=", "!=", "<>", "IN", "NOT IN"]}
target_contact_id|Integer|nx5|>Contact||EntityRef|Target Contacts|With Contacts|{"operators": ["=", "!=", "IN", "NOT IN", "CONTAINS", "NOT CONTAINS", "CONTAINS ONE OF", "NOT CONTAINS ONE OF", "IS EMPTY", "IS NOT EMPTY", "IS NULL", "IS NOT NULL"]}
assignee_contact_id|Integer|nx5|>Contact||EntityRef|Assignee Contacts|Assigned to|{"operators": ["=", "!=", "IN", "NOT IN", "CONTAINS", "NOT CONTAINS", "CONTAINS ONE OF", "NOT CONTAINS ONE OF", "IS EMPTY", "IS NOT EMPTY", "IS NULL", "IS NOT NULL"]}
all_contact_id|Integer|nxg5|>Contact||EntityRef|Activity Contacts|All Activity Contacts|{"operators": ["CONTAINS", "NOT CONTAINS", "CONTAINS ONE OF", "NOT CONTAINS ONE OF", "IS EMPTY", "IS NOT EMPTY", "IS NULL", "IS NOT NULL"]}
target_contact_count|Integer|nxg||||Target Contact Count|
assignee_contact_count|Integer|nxg||||Assignee Contact Count|
tags|Array|nfg|*Tag||Select|Tags|With Tags|{"operators": ["IN", "NOT IN"]}
_depth|Integer|noxg|||Number|Depth|
_descendents|Integer|noxg|||Number|Descendents|
case_id|Integer|nx|>Case||EntityRef|Case ID|File on Case
@ActivityContact
id|Integer|o|||DisplayOnly|Activity Contact ID|
activity_id|Integer|rq|>Activity||EntityRef|Activity ID|Activity
contact_id|Integer|rq|>Contact||EntityRef|Contact ID|Contact
record_type_id|Integer|n|#activity_contacts||Select|Activity Contact Type|Contact Role
@Relationship
id|Integer|o|||DisplayOnly|Relationship ID|
contact_id_a|Integer|rq|>Contact||EntityRef|Contact A ID|Contact A
contact_id_b|Integer|rq|>Contact||EntityRef|Contact B ID|Contact B
relationship_type_id|Integer|rq|>RelationshipType*RelationshipType||Select|Relationship Type ID|Relationship Type
start_date|Date|n|||Date|Relationship Start Date|
end_date|Date|n|||Date|Relationship End Date|
is_active|Boolean|||true|CheckBox|Relationship Is Active|Enabled
description|String|n|||Text|Relationship Description|
is_permission_a_b|Integer||%is_permission_a_b|0|Radio|Contact A has Permission Over Contact B|
is_permission_b_a|Integer||%is_permission_a_b|0|Radio|Contact B has Permission Over Contact A|
case_id|Integer|n|>Case||EntityRef|Case ID|Case
created_date|Timestamp|||"now"||Created Date|
modified_date|Timestamp|o||"now"|DisplayOnly|Relationship Modified Date|
is_current|Boolean|nxg|||Toggle|Current|Is Current
@RelationshipType
id|Integer|o|||DisplayOnly|Relationship Type ID|
name_a_b|String|nr|||Text|Relationship Type Name A to B|
label_a_b|String|n|||Text|Relationship Type Label A to B|
name_b_a|String|nr|||Text|Relationship Type Name B to A|
label_b_a|String|n|||Text|Relationship Type Label B to A|
description|String|n|||Text|Relationship Description|
contact_type_a|String|n|%party_type||Select|Contact Type for Contact A|
contact_type_b|String|n|%party_type||Select|Contact Type for Contact B|
contact_sub_type_a|String|n|%no_options||Select|Contact Subtype A|
contact_sub_type_b|String|n|%no_options||Select|Contact Subtype B|
is_reserved|Boolean|||false|CheckBox|Relationship Type is Reserved|
is_active|Boolean|||true|CheckBox|Relationship Type is Active|Enabled
weight|Integer|||0|Number|Order|
has_base|Boolean|noxg||||Is Packaged|
base_module|String|noxg|%base_module|||Packaged Extension|
local_modified_date|Timestamp|noxg||||Locally modified|Locally Modified
@RelationshipCache
id|Integer|o|||DisplayOnly|Relationship Cache ID|
relationship_id|Integer|roq|>Relationship||DisplayOnly|Relationship ID|Relationship
relationship_type_id|Integer|roq|>RelationshipType||DisplayOnly|Relationship Type ID|Relationship Type
orientation|String|roq|%orientation||DisplayOnly|Orientation (a_b or b_a)|
near_contact_id|Integer|roq|>Contact||DisplayOnly|Contact ID (Near side)|Contact (Near side)
near_relation|String|no|*Relation||DisplayOnly|Relationship Name (to related contact)|Relationship to contact
far_contact_id|Integer|roq|>Contact||DisplayOnly|Contact ID (Far side)|Contact (Far side)
far_relation|String|no|*Relation||DisplayOnly|Relationship Name (from related contact)|Relationship from contact
is_active|Boolean|o||true|DisplayOnly|Relationship Is Active|Enabled
start_date|Date|no|||DisplayOnly|Relationship Start Date|
end_date|Date|no|||DisplayOnly|Relationship End Date|
case_id|Integer|no|>Case||DisplayOnly|Case ID|Case
is_current|Boolean|nxg|||Toggle|Current|Is Current
description|String|nxg|||Text|Relationship Description|
relationship_created_date|Timestamp|nxg|||Date|Created Date|
relationship_modified_date|Timestamp|nxg|||Date|Relationship Modified Date|
permission_near_to_far|Integer|nxg|%is_permission_a_b|||Permission to access related contact|
permission_far_to_near|Integer|nxg|%is_permission_a_b|||Permission to be accessed by related contact|
@OptionGroup
id|Integer|o|||DisplayOnly|Option Group ID|
name|String|q|||Text|Option Group Name|
title|String|n|||Text|Option Group Title||{"required_if": "empty($values.name)"}
description|Text|n|||Text|Option Group Description|
data_type|String|n|%OptionGroup.data_type||Select|Data Type|
is_reserved|Boolean|||true|CheckBox|Option Group Is Reserved|Reserved
is_active|Boolean|||true|CheckBox|Enabled|
is_locked|Boolean|||false|CheckBox|Option Group Is Locked|Locked
option_value_fields|String|n5|%option_value_fields|"name,label,description"|Select|Option Value Fields|
has_base|Boolean|noxg||||Is Packaged|
base_module|String|noxg|%base_module|||Packaged Extension|
local_modified_date|Timestamp|noxg||||Locally modified|Locally Modified
@OptionValue
id|Integer|o|||DisplayOnly|Option Value ID|
option_group_id|Integer|rq|>OptionGroup*OptionGroup||Select|Option Group ID|Option Group
label|String|rq|||Text|Option Label|
value|String|q|||Text|Option Value|
name|String|n|||Text|Option Name|
grouping|String|n|||Text|Option Grouping Name|
filter|Integer|n||0|Number|Filter|
is_default|Boolean|n||false|CheckBox|Option is Default?|Default
weight|Integer|q|||Number|Order|
description|Text|n|||TextArea|Option Description|
is_optgroup|Boolean|n||false|CheckBox|Option is Header?|
is_reserved|Boolean|n||false|CheckBox|Option Is Reserved?|
is_active|Boolean|n||true|CheckBox|Option Is Active|Enabled
component_id|Integer|n|>Component%component_id||Select|Component ID|Component
visibility_id|Integer|n|#visibility||Select|Option Visibility|
icon|String|n|||Text|Icon|
color|String|n|||Text|Color|
has_base|Boolean|noxg||||Is Packaged|
base_module|String|noxg|%base_module|||Packaged Extension|
local_modified_date|Timestamp|noxg||||Locally modified|Locally Modified
payment_instrument_fields|Array|noxg||||Payment Instrument Fields|
@CustomGroup
id|Integer|o|||DisplayOnly|Custom Group ID|
name|String|q|||Text|Custom Group Name|
title|String|rq|||Text|Custom Group Title|
extends|String||%CustomGroup.extends|"Contact"|Select|Custom Group Extends|
extends_entity_column_id|Integer|n|||ChainSelect|Custom Group Subtype List|
extends_entity_column_value|String|n1|%no_options||ChainSelect|Custom Group Subtype|
style|String||%style|"Inline"|Select|Custom Group Style|
collapse_display|Boolean|||false|CheckBox|Collapse Custom Group?|
help_pre|Text|n|||TextArea|Custom Group Pre Text|
help_post|Text|n|||TextArea|Custom Group Post Text|
weight|Integer|||1|Number|Order|
is_active|Boolean|||true|Toggle|Custom Group Is Active?|Enabled
table_name|String|no|||DisplayOnly|Table Name|
is_multiple|Boolean|||false|Toggle|Allow multiple records|
min_multiple|Integer|n|||Number|Minimum Multiple Records|
max_multiple|Integer|n|||Number|Maximum Multiple Records|
collapse_adv_display|Boolean|||false|CheckBox|Collapse Group Display|
created_id|Integer|n|>Contact||EntityRef|Created By Contact ID|Created By
created_date|Timestamp|no||"now"|DisplayOnly|Custom Group Created Date|
is_reserved|Boolean|||false|Toggle|Reserved Group?|
is_public|Boolean|||true|Toggle|Custom Group Is Public?|
icon|String|n|||Text|Icon|
has_base|Boolean|noxg||||Is Packaged|
base_module|String|noxg|%base_module|||Packaged Extension|
local_modified_date|Timestamp|noxg||||Locally modified|Locally Modified
@CustomField
id|Integer|o|||DisplayOnly|Custom Field ID|
custom_group_id|Integer|rq|>CustomGroup*CustomGroup||Select|Custom Group ID|Custom Group
name|String|q|||Text|Custom Field Name|
label|String|rq|||Text|Custom Field Label|
data_type|String|q|%CustomField.data_type|"String"|Select|Data Type|
html_type|String|q|%html_type||Select|HTML Type|Field Input Type
default_value|String|n|||Text|Custom Field Default|
is_required|Boolean|||false|Toggle|Required|
is_searchable|Boolean|||false|Toggle|Optimize for Search|
is_search_range|Boolean|||false|Toggle|Search by Range|
weight|Integer|||1|Number|Order|
help_pre|Text|n|||TextArea|Custom Field Pre Text|
help_post|Text|n|||TextArea|Custom Field Post Text|
attributes|String|n|||Text|Custom Field Attributes|
is_active|Boolean|n||true|Toggle|Enabled|
is_view|Boolean|||false|Toggle|View Only|
file_is_public|Boolean|||false|Toggle|File Is Public|
options_per_line|Integer|n|||Number|Field Options Per Line|
text_length|Integer|n|||Number|Database field length|
start_date_years|Integer|n|||Number|Field Start Date|
end_date_years|Integer|n|||Number|Field End Date|
date_format|String|n|%CustomField.date_format||Select|Field Data Format|
time_format|Integer|n|%time_format||Select|Field Time Format|
note_columns|Integer|n|||Number|Field Note Columns|
note_rows|Integer|n|||Number|Field Note Rows|
column_name|String|no|||DisplayOnly|Field Column Name|
option_group_id|Integer|n|>OptionGroup*OptionGroup||EntityRef|Field Option Group ID|Field Option Group
serialize|Integer||%CustomField.serialize|0|Select|Serialize|
filter|String|n|||Text|Field Filter|
in_selector|Boolean|||false|CheckBox|Field Display|
control_field|String|n|||Select|Depends on|
fk_entity|String|n|||Text|Entity|
fk_entity_on_delete|String||%fk_entity_on_delete|"set_null"|Select|On Referenced Entity Delete|
has_base|Boolean|noxg||||Is Packaged|
base_module|String|noxg|%base_module|||Packaged Extension|
local_modified_date|Timestamp|noxg||||Locally modified|Locally Modified
option_values|Array|nxc||||Option Values|
@Group
id|Integer|o|||DisplayOnly|Group ID|
name|String|q|||Text|Group Name||{"required_if": "empty($values.title)"}
title|String||||Text|Group Title||{"required_if": "empty($values.name)"}
description|Text|n|||TextArea|Group Description|
source|String|n|||Text|Group Source|
saved_search_id|Integer|n|>SavedSearch||EntityRef|Saved Search ID|Saved Search
is_active|Boolean|||true|CheckBox|Group Enabled|Enabled
visibility|String|n|%Group.visibility|"User and User Admin Only"|Select|Group Visibility Setting|
where_clause|Text|no|||DisplayOnly|Group Where Clause|
select_tables|Text|no4|||DisplayOnly|Tables For Select Clause|
where_tables|Text|no4|||DisplayOnly|Tables For Where Clause|
group_type|String|n1|#group_type||Select|Group Type|
cache_date|Timestamp|no|||DisplayOnly|Group Cache Date|
cache_fill_took|Float|no|||DisplayOnly|Seconds taken by last cache fill|
refresh_date|Timestamp|no|||DisplayOnly|Next Group Refresh Time|
parents|Text|n5|>Group||EntityRef|Group Parents|Parent Groups
children|Text|no5|>Group||DisplayOnly|Group Children|Child Groups
is_hidden|Boolean|||false|CheckBox|Group is Hidden|
is_reserved|Boolean|||false|CheckBox|Group is Reserved|
created_id|Integer|n|>Contact||EntityRef|Created By Contact ID|Created By
modified_id|Integer|no|>Contact||DisplayOnly|Modified By Contact ID|Modified By
frontend_title|String||||Text|Public Group Title||{"required_if": "empty($values.title)"}
frontend_description|Text|n|||TextArea|Public Group Description|
contact_count|Integer|noxg|||||Contact Count
cache_expired|Boolean|noxg|||||Cache Expired
_depth|Integer|noxg|||Number|Depth|
_descendents|Integer|noxg|||Number|Descendents|
has_base|Boolean|noxg||||Is Packaged|
base_module|String|noxg|%base_module|||Packaged Extension|
local_modified_date|Timestamp|noxg||||Locally modified|Locally Modified
@GroupContact
id|Integer|o|||DisplayOnly|Group Contact ID|
group_id|Integer|rq|>Group*Group||Select|Group ID|Group
contact_id|Integer|rq|>Contact||EntityRef|Contact ID|Contact
status|String|n|%GroupContact.status|"Added"|Select|Group Contact Status|
location_id|Integer|n|>LocBlock||EntityRef|Location ID|Location
email_id|Integer|n|>Email||EntityRef|Email ID|Email
@Tag
id|Integer|o|||DisplayOnly|Tag ID|
name|String|q|||Text|Tag Name||{"required_if": "empty($values.label)"}
label|String|q|||Text|Tag Label||{"required_if": "empty($values.name)"}
description|String|n|||Text|Description|
parent_id|Integer|n|>Tag*Tag||EntityRef|Parent Tag ID|Parent Tag
is_selectable|Boolean|||true|CheckBox|Display Tag?|
is_reserved|Boolean|||false|CheckBox|Reserved|
is_tagset|Boolean|||false|CheckBox|Tagset|
used_for|String|n5|#tag_used_for|"civicrm_contact"|Select|Used For|
created_id|Integer|n|>Contact||EntityRef|Created By Contact ID|Created By
color|String|n|||Color|Color|
created_date|Timestamp|no||"now"|DisplayOnly|Tag Created Date|Created Date
_depth|Integer|noxg|||Number|Depth|
_descendents|Integer|noxg|||Number|Descendents|
has_base|Boolean|noxg||||Is Packaged|
base_module|String|noxg|%base_module|||Packaged Extension|
local_modified_date|Timestamp|noxg||||Locally modified|Locally Modified
@EntityTag
id|Integer|o|||DisplayOnly|Entity Tag ID|
entity_table|String|n|#tag_used_for|"civicrm_contact"|Select|Entity Table|
entity_id|Integer|rq|||EntityRef|Entity ID|
tag_id|Integer|rq|>Tag*Tag||Select|Tag ID|Tag
@Domain
id|Integer|o|||DisplayOnly|Domain ID|
name|String|nr|||Text|Domain Name|
description|String|n|||Text|Domain Description|
version|String|nr|||Text|CiviCRM Version|
contact_id|Integer|n|>Contact||EntityRef|Contact ID|Contact
locales|Text|n2|||TextArea|Supported Languages|
locale_custom_strings|Text|n4|||TextArea|Language Customizations|
is_active|Boolean|nxg||||Active|Active Domain
@Managed
id|Integer|o|||Number|Managed ID|
module|String|r|||Select|Module|
name|String|r|||Text|Name|
entity_type|String|r|||Text|Entity Type|
entity_id|Integer|n|||Number|Entity ID|
cleanup|String|||"always"|Select|Cleanup Setting|
@ContactType
id|Integer|o|||DisplayOnly|Contact Type ID|
name|String|rq|||Text|Name|
label|String|nr|||Text|Contact Type Label|Label
description|Text|n|||TextArea|Contact Type Description|
image_URL|String|n|||Text|Contact Type Image URL|
icon|String|n|||Text|Icon|
parent_id|Integer|nr|>ContactType*ContactType||Select|Parent ID|Parent
is_active|Boolean|||true|CheckBox|Contact Type Enabled|Enabled
is_reserved|Boolean|||false|CheckBox|Contact Type is Reserved|
_depth|Integer|noxg|||Number|Depth|
_descendents|Integer|noxg|||Number|Descendents|
has_base|Boolean|noxg||||Is Packaged|
base_module|String|noxg|%base_module|||Packaged Extension|
local_modified_date|Timestamp|noxg||||Locally modified|Locally Modified
@MessageTemplate
id|Integer|o|||DisplayOnly|Message Template ID|
msg_title|String|n|||Text|Message Template Title|
msg_subject|Text|n|||Text|Message Template Subject|
msg_text|Text|n|||TextArea|Message Template Text|
msg_html|Text|n|||RichTextEditor|Message Template HTML|
is_active|Boolean|||true|CheckBox|Is Active|Enabled
workflow_id|Integer|n|||Number|Deprecated field for Message Template Workflow.|
workflow_name|String|n|||Text|Message Template Workflow Name|
is_default|Boolean|||true|CheckBox|Message Template Is Default?|Default
is_reserved|Boolean|||false|CheckBox|Message Template Is Reserved?|
is_sms|Boolean|||false|CheckBox|Message Template is used for SMS?|
pdf_format_id|Integer|n|||Select|Message Template Format|
@ActionSchedule
id|Integer|o|||DisplayOnly|Action Schedule ID|
name|String|q|||Text|Name|
title|String|n|||Text|Title||{"required_if": "empty($values.name)"}
recipient|String|n|||Select|Recipient|Limit or Add Recipients
limit_to|Integer|n|||Select|Limit To|Limit/Add
entity_value|String|nr2|||Select|Entity Value|
entity_status|String|n2|||Select|Entity Status|
start_action_offset|Integer|n||0|Number|Start Action Offset||{"required_if": "empty($values.absolute_date)"}
start_action_unit|String|n|||Select|Start Action Unit|
start_action_condition|String|n|||Select|Start Action Condition|Start Condition|{"required_if": "empty($values.absolute_date) && empty($values.start_action_date)"}
start_action_date|String|n|||Select|Start Action Date|Start Date|{"required_if": "empty($values.absolute_date)"}
is_repeat|Boolean|||false|Toggle|Repeat|
repetition_frequency_unit|String|n|||Select|Repetition Frequency Unit|
repetition_frequency_interval|Integer|n||0|Number|Repetition Frequency Interval||{"required_if": "!empty($values.is_repeat)"}
end_frequency_unit|String|n|||Select|End Frequency Unit|
end_frequency_interval|Integer|n||0|Number|End Frequency Interval||{"required_if": "!empty($values.is_repeat)"}
end_action|String|n|||Select|End Action|End Condition
end_date|String|n|||Select|End Date|
is_active|Boolean|||true|Toggle|Schedule is Active?|Enabled
recipient_manual|String|n5|||EntityRef|Recipient Manual|Manual Recipients|{"required_if": "!empty($values.limit_to) && !empty($values.recipient) && $values.recipient === \"manual\""}
recipient_listing|String|n2|||Select|Recipient Listing|Recipient Roles
body_text|Text|n|||TextArea|Reminder Text|
body_html|Text|n|||RichTextEditor|Reminder HTML||{"required_if": "!empty($values.is_active) && (empty($values.mode) || $values.mode !== \"SMS\")"}
sms_body_text|Text|n|||TextArea|SMS Reminder Text||{"required_if": "!empty($values.is_active) && !empty($values.mode) && $values.mode !== \"Email\""}
subject|String|n|||Text|Reminder Subject||{"required_if": "!empty($values.is_active) && (empty($values.mode) || $values.mode !== \"SMS\")"}
record_activity|Boolean|||false|Toggle|Record Activity|
mapping_id|String|n|||Select|Reminder For|Used For|{"required_if": "empty($values.used_for)"}
group_id|Integer|n|>Group||EntityRef|Group ID|Group|{"required_if": "!empty($values.limit_to) && !empty($values.recipient) && $values.recipient === \"group\""}
msg_template_id|Integer|n|>MessageTemplate||EntityRef|Message Template ID|Message Template
sms_template_id|Integer|n|>MessageTemplate||EntityRef|SMS Template ID|SMS Template
absolute_date|Date|n|||Date|Fixed Date for Reminder||{"required_if": "empty($values.start_action_date)"}
from_name|String|n|||Text|Reminder from Name|From Name
from_email|String|n|||Email|Reminder From Email|From Email
mode|String|n||"Email"|Select|Message Mode|
sms_provider_id|Integer|n|||Select|SMS Provider ID|SMS Provider|{"required_if": "!empty($values.is_active) && !empty($values.mode) && $values.mode !== \"Email\""}
used_for|String|n|||Text|Used For|
filter_contact_language|String|n2|||Select|Filter Contact Language|Recipients Language
communication_language|String|n|||Select|Communication Language|
created_date|Timestamp|n||"now"||Created Date|
modified_date|Timestamp|no||"now"|DisplayOnly|Modified Date|
effective_start_date|Timestamp|n|||Date|Effective start date|
effective_end_date|Timestamp|n|||Date|Effective end date|
`;
