/** Option lists that CiviCRM holds in code, not in option groups: `id|name|label|icon|grouping`, `@list` above its options. */
export const FIXED_LISTS = String.raw`
@contact_type
Household|Household|Household|fa-home|
Individual|Individual|Individual|fa-user|
Organization|Organization|Organization|fa-building|
@party_type
Household|Household|Household||
Individual|Individual|Individual||
Organization|Organization|Organization||
@contact_sub_type
@no_options
@base_module
sequentialcreditnotes|sequentialcreditnotes|Sequential credit notes||
greenwich|greenwich|Theme: Greenwich||
recaptcha|recaptcha|reCAPTCHA||
org.civicrm.flexmailer|org.civicrm.flexmailer|FlexMailer||
civi_case|civi_case|CiviCase||
civi_mail|civi_mail|CiviMail||
legacybatchentry|legacybatchentry|Legacy Batch Data Entry||
standaloneusers|standaloneusers|CiviCRM Standalone Users||
authx|authx|AuthX||
org.civicrm.search_kit|org.civicrm.search_kit|SearchKit||
org.civicrm.afform|org.civicrm.afform|Form Core||
civicrm|civicrm|CiviCRM Core||
@preferred_mail_format
Both|Both|Both||
HTML|HTML|HTML||
Text|Text|Text||
@yes_or_no
1|1|Yes||
0|0|No||
@on_hold
0|0|No||
1|1|On Hold Bounce||
2|2|On Hold Opt Out||
@is_permission_a_b
0|None|None||
2|View only|View only|fa-eye|
1|View and update|View and update|fa-pencil-square|
@orientation
a_b|a_b|A to B||
b_a|b_a|B to A||
@OptionGroup.data_type
Integer|Integer|Integer||
String|String|String||
Date|Date|Date||
Time|Time|Time||
Timestamp|Timestamp|Timestamp||
Money|Money|Money||
Email|Email|Email||
@option_value_fields
name|name|name||
label|label|label||
description|description|description||
icon|icon|icon||
color|color|color||
grouping|grouping|grouping||
@component_id
9|CiviCampaign|CiviCampaign||
7|CiviCase|CiviCase||
2|CiviContribute|CiviContribute||
1|CiviEvent|CiviEvent||
4|CiviMail|CiviMail||
3|CiviMember|CiviMember||
6|CiviPledge|CiviPledge||
8|CiviReport|CiviReport||
@CustomGroup.extends
Activity|Activity|Activities|fa-tasks|activity_type_id
Relationship|Relationship|Relationships|fa-handshake-o|relationship_type_id
Contribution|Contribution|Contributions||financial_type_id
ContributionRecur|ContributionRecur|Recurring Contributions||
Group|Group|Groups|fa-users|
Membership|Membership|Memberships||membership_type_id
Event|Event|Events||event_type_id
Participant|Participant|Participants||
Pledge|Pledge|Pledges||
Address|Address|Addresses|fa-map-marker|
Phone|Phone|Phones|fa-phone|
Email|Email|Emails|fa-envelope-o|
IM|IM|Ims|fa-comments-o|
OpenID|OpenID|Open IDs|fa-openid|
Campaign|Campaign|Campaigns||campaign_type_id
Contact|Contact|Contacts|fa-address-book-o|
Individual|Individual|Individual|fa-user|contact_sub_type
Household|Household|Household|fa-home|contact_sub_type
Organization|Organization|Organization|fa-building|contact_sub_type
Case|Case|Cases|fa-folder-open|case_type_id
Mailing|Mailing|Mailing|fa-envelope-o|
@style
Tab|Tab|Tab||
Inline|Inline|Inline||
Tab with table|Tab with table|Tab with table||
@CustomField.data_type
String|Alphanumeric|Alphanumeric||
Int|Integer|Integer||
Float|Number|Number||
Money|Money|Money||
Memo|Note|Note||
Date|Date|Date||
Boolean|Yes or No|Yes or No||
StateProvince|State/Province|State/Province||
Country|Country|Country||
Currency|Currency|Currency||
File|File|File||
Link|Link|Link||
ContactReference|Contact Reference|Contact Reference||
EntityReference|Entity Reference|Entity Reference||
@html_type
Text|Single-line input field (text or numeric)|Text|fa-i-cursor|
TextArea|Multi-line text box (textarea)|TextArea|fa-align-left|
Select|Drop-down (select list)|Select|fa-list|
Toggle|Toggle|Toggle Switch|fa-toggle-on|
Radio|Radio buttons|Radio buttons|fa-dot-circle-o|
CheckBox|Checkbox(es)|Checkbox(es)|fa-check-square-o|
Select Date|Select Date|Select Date|fa-calendar|
File|File|File|fa-file-o|
RichTextEditor|Rich Text Editor|Rich Text Editor|fa-pencil-square-o|
Autocomplete-Select|Autocomplete-Select|Autocomplete-Select|fa-search|
Link|Link|Link|fa-link|
Hidden|Hidden|Hidden|fa-eye-slash|
@CustomField.date_format
mm/dd/yy|mm/dd/yy|mm/dd/yy (12/31/2009)||
dd/mm/yy|dd/mm/yy|dd/mm/yy (31/12/2009)||
yy-mm-dd|yy-mm-dd|yy-mm-dd (2009-12-31)||
dd-mm-yy|dd-mm-yy|dd-mm-yy (31-12-2009)||
dd.mm.yy|dd.mm.yy|dd.mm.yy (31.12.2009)||
M d, yy|M d, yy|M d, yy (Dec 31, 2009)||
d M yy|d M yy|d M yy (31 Dec 2009)||
MM d, yy|MM d, yy|MM d, yy (December 31, 2009)||
d MM yy|d MM yy|d MM yy (31 December 2009)||
DD, d MM yy|DD, d MM yy|DD, d MM yy (Thursday, 31 December 2009)||
mm/dd|mm/dd|mm/dd (12/31)||
dd-mm|dd-mm|dd-mm (31-12)||
yy-mm|yy-mm|yy-mm (2009-12)||
M yy|M yy|M yy (Dec 2009)||
yy|yy|yy (2009)||
@time_format
1|1|12 Hours||
2|2|24 Hours||
@CustomField.serialize
0|0|none||
1|1|separator_bookend||
2|2|separator_trimmed||
3|3|json||
4|4|php||
5|5|comma||
@fk_entity_on_delete
set_null|set_null|Delete reference||
cascade|cascade|Delete entity||
@Group.visibility
User and User Admin Only|User and User Admin Only|User and User Admin Only||
Public Pages|Public Pages|Public Pages||
@GroupContact.status
Added|Added|Added||
Removed|Removed|Removed||
Pending|Pending|Pending||
`;
