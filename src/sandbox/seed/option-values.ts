/**
 * Option groups and values of a fresh CiviCRM 6.20 Standalone site with CiviCase and CiviMail:
 * tab-separated: `@id, group, title, rest as JSON`, below it `id, name, label, value, weight, rest as JSON`. A label `=` equals the name, a name
 * `~` is NULL.
 */
export const OPTION_VALUES = String.raw`
@1	preferred_communication_method	Preferred Communication Method	
1	Phone	=	1	1
2	Email	=	2	2
3	Postal Mail	=	3	3
4	SMS	=	4	4
5	Fax	=	5	5
@2	activity_type	Activity Type	{"description":"Activities track interactions with contacts. Some activity types are reserved for use by automated processes, others can be freely configured.","data_type":"Integer","option_value_fields":"name,label,description,icon"}
6	Meeting	=	1	1	{"is_reserved":1,"icon":"fa-slideshare"}
7	Phone Call	=	2	2	{"is_reserved":1,"icon":"fa-phone"}
8	Email	=	3	3	{"filter":1,"description":"Email sent.","is_reserved":1,"icon":"fa-envelope-o"}
9	SMS	Outbound SMS	4	4	{"filter":1,"description":"Text message (SMS) sent.","is_reserved":1,"icon":"fa-mobile"}
10	Event Registration	=	5	5	{"filter":1,"description":"Online or offline event registration.","is_reserved":1,"component_id":1}
11	Contribution	=	6	6	{"filter":1,"description":"Online or offline contribution.","is_reserved":1,"component_id":2}
12	Membership Signup	=	7	7	{"filter":1,"description":"Online or offline membership signup.","is_reserved":1,"component_id":3}
13	Membership Renewal	=	8	8	{"filter":1,"description":"Online or offline membership renewal.","is_reserved":1,"component_id":3}
14	Tell a Friend	=	9	9	{"filter":1,"description":"Send information about a contribution campaign or event to a friend.","is_reserved":1}
15	Pledge Acknowledgment	=	10	10	{"filter":1,"description":"Send Pledge Acknowledgment.","is_reserved":1,"component_id":6}
16	Pledge Reminder	=	11	11	{"filter":1,"description":"Send Pledge Reminder.","is_reserved":1,"component_id":6}
17	Inbound Email	=	12	12	{"filter":1,"description":"Inbound Email.","is_reserved":1}
18	Open Case	=	13	13	{"description":"","is_reserved":1,"component_id":7,"icon":"fa-folder-open-o"}
19	Follow up	=	14	14	{"description":"","is_reserved":1,"component_id":7,"icon":"fa-share-square-o"}
20	Change Case Type	=	15	15	{"description":"","is_reserved":1,"component_id":7,"icon":"fa-random"}
21	Change Case Status	=	16	16	{"description":"","is_reserved":1,"component_id":7,"icon":"fa-pencil-square-o"}
24	Membership Renewal Reminder	=	17	17	{"filter":1,"description":"offline membership renewal reminder.","is_reserved":1,"component_id":3}
25	Change Case Start Date	=	18	18	{"description":"","is_reserved":1,"component_id":7,"icon":"fa-calendar"}
26	Bulk Email	=	19	19	{"filter":1,"description":"Bulk Email Sent.","is_reserved":1}
27	Assign Case Role	=	20	20	{"description":"","is_reserved":1,"component_id":7,"icon":"fa-user-plus"}
28	Remove Case Role	=	21	21	{"description":"","is_reserved":1,"component_id":7,"icon":"fa-user-times"}
29	Print PDF Letter	Print/Merge Document	22	22	{"description":"Export letters and other printable documents.","is_reserved":1,"icon":"fa-file-pdf-o"}
30	Merge Case	=	23	23	{"description":"","is_reserved":1,"component_id":7,"icon":"fa-compress"}
31	Reassigned Case	=	24	24	{"description":"","is_reserved":1,"component_id":7,"icon":"fa-user-circle-o"}
32	Link Cases	=	25	25	{"description":"","is_reserved":1,"component_id":7,"icon":"fa-link"}
33	Change Case Tags	=	26	26	{"description":"","is_reserved":1,"component_id":7,"icon":"fa-tags"}
34	Add Client To Case	=	27	26	{"description":"","is_reserved":1,"component_id":7,"icon":"fa-users"}
35	Survey	=	28	27	{"description":"","is_reserved":1,"component_id":9}
36	Canvass	=	29	28	{"description":"","is_reserved":1,"component_id":9}
37	PhoneBank	=	30	29	{"description":"","is_reserved":1,"component_id":9}
38	WalkList	=	31	30	{"description":"","is_reserved":1,"component_id":9}
39	Petition	Petition Signature	32	31	{"description":"","is_reserved":1,"component_id":9}
23	Change Custom Data	=	33	33	{"description":"","is_reserved":1,"component_id":7,"icon":"fa-table"}
40	Mass SMS	=	34	34	{"filter":1,"description":"Mass SMS","is_reserved":1}
41	Change Membership Status	=	35	35	{"filter":1,"description":"Change Membership Status.","is_reserved":1,"component_id":3}
42	Change Membership Type	=	36	36	{"filter":1,"description":"Change Membership Type.","is_reserved":1,"component_id":3}
43	Cancel Recurring Contribution	=	37	37	{"filter":1,"description":"","is_reserved":1,"component_id":2}
44	Update Recurring Contribution Billing Details	=	38	38	{"filter":1,"description":"","is_reserved":1,"component_id":2}
45	Update Recurring Contribution	=	39	39	{"filter":1,"description":"","is_reserved":1,"component_id":2}
46	Reminder Sent	=	40	40	{"filter":1,"description":"","is_reserved":1}
47	Export Accounting Batch	=	41	41	{"filter":1,"description":"Export Accounting Batch","is_reserved":1,"component_id":2}
48	SMS delivery	=	44	44	{"filter":1,"description":"SMS delivery","is_reserved":1}
49	Inbound SMS	=	45	45	{"filter":1,"description":"Inbound SMS","is_reserved":1}
50	Payment	=	46	46	{"filter":1,"description":"Additional payment recorded for event or membership fee.","is_reserved":1,"component_id":2}
51	Refund	=	47	47	{"filter":1,"description":"Refund recorded for event or membership fee.","is_reserved":1,"component_id":2}
52	Change Registration	=	48	48	{"filter":1,"description":"Changes to an existing event registration.","is_reserved":1,"component_id":1}
53	Downloaded Invoice	=	49	49	{"filter":1,"description":"Downloaded Invoice.","is_reserved":1}
54	Emailed Invoice	=	50	50	{"filter":1,"description":"Emailed Invoice.","is_reserved":1}
55	Contact Merged	=	51	51	{"filter":1,"description":"Contact Merged","is_reserved":1}
56	Contact Deleted by Merge	=	52	52	{"filter":1,"description":"Contact was merged into another contact","is_reserved":1}
22	Change Case Subject	=	53	53	{"description":"","is_reserved":1,"component_id":7,"icon":"fa-pencil-square-o"}
57	Failed Payment	=	54	54	{"filter":1,"description":"Failed Payment","is_reserved":1,"component_id":2}
58	Case Client Removed	Case Client was removed from Case	55	55	{"description":"Case client was removed from a case","component_id":7,"icon":"fa-trash"}
59	Pledge write-off	=	56	56	{"filter":1,"description":"Write-off Pledge.","is_reserved":1,"component_id":6}
861	Medical evaluation	=	57	58	{"component_id":7}
862	Mental health evaluation	=	59	60	{"component_id":7}
863	Secure temporary housing	=	61	62	{"component_id":7}
864	Income and benefits stabilization	=	63	64	{"component_id":7}
865	Long-term housing plan	=	65	66	{"component_id":7}
866	ADC referral	=	67	68	{"component_id":7}
@3	gender	Gender	{"description":"CiviCRM is pre-configured with standard options for individual gender (Male, Female, Other). Modify these options as needed for your installation.","data_type":"Integer"}
60	Female	=	1	1
61	Male	=	2	2
62	Other	=	3	3
@4	instant_messenger_service	Instant Messenger (IM) screen-names	{"description":"Commonly-used messaging apps are listed here. Administrators may define as many additional providers as needed."}
63	Yahoo	=	1	1	{"is_default":null}
64	Msn	MSN	2	2	{"is_default":null}
65	Aim	AIM	3	3	{"is_default":null}
66	Gtalk	GTalk	4	4	{"is_default":null}
67	Jabber	=	5	5	{"is_default":null}
68	Skype	=	6	6	{"is_default":null}
@5	mobile_provider	Mobile Phone Providers	{"description":"When recording mobile phone numbers for contacts, it may be useful to include the Mobile Phone Service Provider (e.g. Cingular, Sprint, etc.). CiviCRM is installed with the most commonly encountered service providers. Administrators may define as many additional providers as needed."}
69	Sprint	=	1	1
70	Verizon	=	2	2
71	Cingular	=	3	3
@6	individual_prefix	Individual contact prefixes	{"description":"CiviCRM is pre-configured with standard options for individual contact prefixes (Ms., Mr., Dr. etc.). Customize these options and add new ones as needed for your installation."}
72	Mrs.	=	1	1
73	Ms.	=	2	2
74	Mr.	=	3	3
75	Dr.	=	4	4
@7	individual_suffix	Individual contact suffixes	{"description":"CiviCRM is pre-configured with standard options for individual contact name suffixes (Jr., Sr., II etc.). Customize these options and add new ones as needed for your installation."}
76	Jr.	=	1	1
77	Sr.	=	2	2
78	II	=	3	3
79	III	=	4	4
80	IV	=	5	5
81	V	=	6	6
82	VI	=	7	7
83	VII	=	8	8
@8	acl_role	ACL Role	
84	Everyone	=	0	1	{"is_reserved":1}
85	Admin	Administrator	1	2
86	Auth	Authenticated	2	3	{"is_reserved":1}
@9	accept_creditcard	Accepted Credit Cards	{"description":"The following credit card options will be offered to contributors using Online Contribution pages. You will need to verify which cards are accepted by your chosen Payment Processor and update these entries accordingly. IMPORTANT: These options do not control credit card/payment method choices for sites and/or contributors using the PayPal Express service (e.g. where billing information is collected on the Payment Processor\\'s website)."}
87	Visa	=	1	1
88	MasterCard	=	2	2
89	Amex	=	3	3
90	Discover	=	4	4
@10	payment_instrument	Payment Methods	{"description":"You may choose to record the payment method used for each contribution and fee. Reserved payment methods are required - you may modify their labels but they can not be deleted (e.g. Check, Credit Card, Debit Card). If your site requires additional payment methods, you can add them here. You can associate each payment method with a Financial Account which specifies where the payment is going (e.g. a bank account for checks and cash).","data_type":"Integer"}
91	Credit Card	=	1	1	{"grouping":"[\"card_type_id\",\"pan_truncation\"]","is_reserved":1}
92	Debit Card	=	2	2	{"is_reserved":1}
93	Cash	=	3	3
94	Check	=	4	4	{"grouping":"[\"check_number\"]","is_default":1,"is_reserved":1}
95	EFT	=	5	5
@11	contribution_status	Contribution Status	{"is_locked":1}
96	Completed	=	1	1	{"is_reserved":1}
97	Pending	=	2	2	{"is_reserved":1}
98	Cancelled	=	3	3	{"is_reserved":1}
99	Failed	=	4	4	{"is_reserved":1}
100	Refunded	=	7	7	{"is_reserved":1}
101	Partially paid	=	8	8	{"is_reserved":1}
102	Pending refund	=	9	9	{"is_reserved":1}
103	Chargeback	=	10	10	{"is_reserved":1}
104	Template	=	11	11	{"description":"Status for contribution records which represent a template for a recurring contribution rather than an actual contribution. This status is transitional, to ensure that said contributions don\\'t appear in reports. The is_template field is the preferred way to find and filter these contributions.","is_reserved":1}
@12	pcp_status	PCP Status	{"is_locked":1}
105	Waiting Review	=	1	1	{"is_reserved":1}
106	Approved	=	2	2	{"is_reserved":1}
107	Not Approved	=	3	3	{"is_reserved":1}
@13	pcp_owner_notify	PCP owner notifications	{"is_locked":1}
108	owner_chooses	Owner chooses whether to receive notifications	1	1	{"is_default":1,"is_reserved":1}
109	all_owners	Notifications are sent to ALL owners	2	2	{"is_reserved":1}
110	no_notifications	Notifications are NOT available	3	3	{"is_reserved":1}
@14	participant_role	Participant Role	{"description":"Define participant roles for events here (e.g. Attendee, Host, Speaker...). You can then assign roles and search for participants by role.","data_type":"Integer"}
111	Attendee	=	1	1	{"filter":1}
112	Volunteer	=	2	2	{"filter":1}
113	Host	=	3	3	{"filter":1}
114	Speaker	=	4	4	{"filter":1}
@15	event_type	Event Type	{"description":"Use Event Types to categorize your events. Event feeds can be filtered by Event Type and participant searches can use Event Type as a criteria.","data_type":"Integer"}
115	Conference	=	1	1
116	Exhibition	=	2	2
117	Fundraiser	=	3	3
118	Meeting	=	4	4
119	Performance	=	5	5
120	Workshop	=	6	6
@16	contact_view_options	Contact View Options	{"is_locked":1}
121	activity	Activities	1	1
122	rel	Relationships	2	2
123	group	Groups	3	3
124	note	Notes	4	4
125	tag	Tags	5	5
126	log	Change Log	6	6
127	CiviContribute	Contributions	7	7
128	CiviMember	Memberships	8	8
129	CiviEvent	Events	9	9
130	CiviCase	Cases	10	10
131	CiviPledge	Pledges	13	13
132	CiviMail	Mailings	14	14
@17	contact_smart_group_display	Contact Smart Group View Options	{"is_locked":1}
133	showondemand	Show Smart Groups on Demand	1	1
134	alwaysshow	Always Show Smart Groups	2	2
135	hide	Hide Smart Groups	3	3
@18	contact_edit_options	Contact Edit Options	{"is_locked":1}
136	CustomData	Custom Data	1	1
137	Address	=	2	2
138	CommunicationPreferences	Communication Preferences	3	3
139	Notes	=	4	4
140	Demographics	=	5	5
141	TagsAndGroups	Tags and Groups	6	6
142	Email	=	7	7	{"filter":1}
143	Phone	=	8	8	{"filter":1}
144	IM	Instant Messenger	9	9	{"filter":1}
145	OpenID	Open ID	10	10	{"filter":1}
146	Website	=	11	11	{"filter":1}
147	Prefix	=	12	12	{"filter":2}
148	Formal Title	=	13	13	{"filter":2}
149	First Name	=	14	14	{"filter":2}
150	Middle Name	=	15	15	{"filter":2}
151	Last Name	=	16	16	{"filter":2}
152	Suffix	=	17	17	{"filter":2}
@19	advanced_search_options	Advanced Search Options	{"is_locked":1}
153	location	Address Fields	1	1
154	custom	Custom Fields	2	2
155	activity	Activities	3	4
156	relationship	Relationships	4	5
157	notes	Notes	5	6
158	changeLog	Change Log	6	7
159	CiviContribute	Contributions	7	8
160	CiviMember	Memberships	8	9
161	CiviEvent	Events	9	10
162	CiviCase	Cases	10	11
163	demographics	Demographics	13	15
164	CiviPledge	Pledges	15	17
165	contactType	Contact Type	16	18
166	groups	Groups	17	19
167	tags	Tags	18	20
168	CiviMail	Mailing	19	21
@20	user_dashboard_options	User Dashboard Options	{"is_locked":1}
169	Groups	=	1	1
170	CiviContribute	Contributions	2	2
171	CiviMember	Memberships	3	3
172	CiviEvent	Events	4	4
173	Permissioned Orgs	My Contacts / Organizations	5	5
174	CiviPledge	Pledges	7	7
175	PCP	Personal Campaign Pages	8	8
176	Assigned Activities	=	9	9
177	Invoices / Credit Notes	=	10	10
@21	address_options	Addressing Options	
178	street_address	Street Address	1	1
179	supplemental_address_1	Supplemental Address 1	2	2
180	supplemental_address_2	Supplemental Address 2	3	3
181	supplemental_address_3	Supplemental Address 3	4	4
182	city	City	5	5
183	postal_code	Postal Code	6	6
184	postal_code_suffix	Postal Code Suffix	7	7
185	county	County	8	8
186	state_province	State/Province	9	9
187	country	Country	10	10
188	geo_code_1	Latitude	11	11
189	geo_code_2	Longitude	12	12
190	address_name	Address Name	13	13
191	street_address_parsing	Street Address Parsing	14	14
@22	group_type	Group Type	
192	Access Control	=	1	1	{"is_reserved":1}
193	Mailing List	=	2	2	{"is_reserved":1}
@23	custom_search	Custom Search	
194	CRM_Contact_Form_Search_Custom_Sample	=	1	1	{"description":"Household Name and State"}
195	CRM_Contact_Form_Search_Custom_ContributionAggregate	=	2	2	{"description":"Contribution Aggregate"}
196	CRM_Contact_Form_Search_Custom_Group	=	4	4	{"description":"Include / Exclude Search"}
197	CRM_Contact_Form_Search_Custom_PostalMailing	=	5	5	{"description":"Postal Mailing"}
198	CRM_Contact_Form_Search_Custom_Proximity	=	6	6	{"description":"Proximity Search"}
199	CRM_Contact_Form_Search_Custom_EventAggregate	=	7	7	{"description":"Event Aggregate"}
200	CRM_Contact_Form_Search_Custom_ActivitySearch	=	8	8	{"description":"Activity Search","is_active":0}
201	CRM_Contact_Form_Search_Custom_PriceSet	=	9	9	{"description":"Price Set Details for Event Participants"}
202	CRM_Contact_Form_Search_Custom_ZipCodeRange	=	10	10	{"description":"Zip Code Range"}
203	CRM_Contact_Form_Search_Custom_DateAdded	=	11	11	{"description":"Date Added to CiviCRM"}
204	CRM_Contact_Form_Search_Custom_MultipleValues	=	12	12	{"description":"Custom Group Multiple Values Listing"}
205	CRM_Contact_Form_Search_Custom_ContribSYBNT	=	13	13	{"description":"Contributions made in Year X and not Year Y"}
206	CRM_Contact_Form_Search_Custom_TagContributions	=	14	14	{"description":"Find Contribution Amounts by Tag"}
207	CRM_Contact_Form_Search_Custom_FullText	=	15	15	{"description":"Full-text Search"}
@24	activity_status	Activity Status	{"data_type":"Integer","option_value_fields":"name,label,description,color"}
208	Scheduled	=	1	1	{"is_default":1,"is_reserved":1}
209	Completed	=	2	2	{"filter":1,"is_reserved":1}
210	Cancelled	=	3	3	{"filter":2,"is_reserved":1}
211	Left Message	=	4	4
212	Unreachable	=	5	5	{"filter":2}
213	Not Required	=	6	6	{"filter":2}
214	Available	=	7	7
215	No_show	No-show	8	8	{"filter":2}
@25	case_type	Case Type	
@26	case_status	Case Status	{"option_value_fields":"name,label,description,color"}
216	Open	Ongoing	1	1	{"grouping":"Opened","is_default":1,"is_reserved":1}
217	Closed	Resolved	2	2	{"grouping":"Closed","is_reserved":1}
218	Urgent	=	3	3	{"grouping":"Opened"}
@27	participant_listing	Participant Listing	
219	Name Only	=	1	1	{"description":"CRM_Event_Page_ParticipantListing_Name","is_reserved":1}
220	Name and Email	=	2	2	{"description":"CRM_Event_Page_ParticipantListing_NameAndEmail","is_reserved":1}
221	Name, Status and Register Date	=	3	3	{"description":"CRM_Event_Page_ParticipantListing_NameStatusAndDate","is_reserved":1}
@28	safe_file_extension	Safe File Extension	
222	jpg	=	1	1
223	jpeg	=	2	2
224	png	=	3	3
225	gif	=	4	4
226	txt	=	5	5
227	pdf	=	6	6
228	doc	=	7	7
229	xls	=	8	8
230	rtf	=	9	9
231	csv	=	10	10
232	ppt	=	11	11
233	docx	=	12	12
234	xlsx	=	13	13
235	odt	=	14	14
236	ics	=	15	15
237	pptx	=	16	16
238	ico	=	17	17
@29	mapping_type	Mapping Type	{"is_locked":1}
239	Search Builder	=	1	1	{"is_reserved":1}
240	Import Contact	=	2	2	{"is_reserved":1}
241	Import Activity	=	3	3	{"is_reserved":1}
242	Import Contribution	=	4	4	{"is_reserved":1}
243	Import Membership	=	5	5	{"is_reserved":1}
244	Import Participant	=	6	6	{"is_reserved":1}
245	Export Contact	=	7	7	{"is_reserved":1}
246	Export Contribution	=	8	8	{"is_reserved":1}
247	Export Membership	=	9	9	{"is_reserved":1}
248	Export Participant	=	10	10	{"is_reserved":1}
249	Export Pledge	=	11	11	{"is_reserved":1}
250	Export Case	=	12	12	{"is_reserved":1}
251	Export Activity	=	14	14	{"is_reserved":1}
@30	wysiwyg_editor	WYSIWYG Editor	
252	Textarea	=	1	1	{"is_reserved":1}
253	CKEditor	CKEditor 4	2	2	{"is_reserved":1}
@31	recur_frequency_units	Recurring Frequency Units	
254	day	=	day	1	{"is_reserved":1}
255	week	=	week	2	{"is_reserved":1}
256	month	=	month	3	{"is_reserved":1}
257	year	=	year	4	{"is_reserved":1}
@32	phone_type	Phone Type	
258	Phone	=	1	1
259	Mobile	=	2	2
260	Fax	=	3	3
261	Pager	=	4	4
262	Voicemail	=	5	5
@33	custom_data_type	Custom Data Type	
@34	visibility	Visibility	
263	public	Public	1	1
264	admin	Admin	2	2
@35	mail_protocol	Mail Protocol	
265	IMAP	=	1	1
266	Maildir	=	2	2
267	POP3	=	3	3
268	Localdir	=	4	4
@36	priority	Priority	
269	Urgent	=	1	1
270	Normal	=	2	2	{"is_default":1}
271	Low	=	3	3
@37	redaction_rule	Redaction Rule	
272	city_	Vancouver	city_	1	{"is_active":0}
273	date_	/(19|20)(\d{2})-(\d{1,2})-(\d{1,2})/	date_	2	{"filter":1,"is_active":0}
@38	report_template	Report Template	
274	CRM_Report_Form_Contact_Summary	Constituent Report (Summary)	contact/summary	1	{"description":"Provides a list of address and telephone information for constituent records in your system."}
275	CRM_Report_Form_Contact_Detail	Constituent Report (Detail)	contact/detail	2	{"description":"Provides contact-related information on contributions, memberships, events and activities."}
276	CRM_Report_Form_Activity	Activity Details Report	activity	3	{"description":"Provides a list of constituent activity including activity statistics for one/all contacts during a given date range(required)"}
277	CRM_Report_Form_Walklist_Walklist	Walk / Phone List Report	walklist	4	{"description":"Provides a detailed report for your walk/phonelist for targeted contacts","is_active":0}
278	CRM_Report_Form_Contact_CurrentEmployer	Current Employer Report	contact/currentEmployer	5	{"description":"Provides detail list of employer employee relationships along with employment details Ex Join Date"}
279	CRM_Report_Form_Contribute_Summary	Contribution Summary Report	contribute/summary	6	{"description":"Groups and totals contributions by criteria including contact, time period, financial type, contributor location, etc.","component_id":2}
280	CRM_Report_Form_Contribute_Detail	Contribution Detail Report	contribute/detail	7	{"description":"Lists specific contributions by criteria including contact, time period, financial type, contributor location, etc. Contribution summary report points to this report for contribution details.","component_id":2}
281	CRM_Report_Form_Contribute_Repeat	Repeat Contributions Report	contribute/repeat	8	{"description":"Given two date ranges, shows contacts who contributed in both the date ranges with the amount contributed in each and the percentage increase / decrease.","component_id":2}
282	CRM_Report_Form_Contribute_OrganizationSummary	Contributions by Organization Report	contribute/organizationSummary	9	{"description":"Displays a detailed list of contributions grouped by organization, which includes contributions made by employees for the organisation.","component_id":2}
283	CRM_Report_Form_Contribute_HouseholdSummary	Contributions by Household Report	contribute/householdSummary	10	{"description":"Displays a detailed list of contributions grouped by household which includes contributions made by members of the household.","component_id":2}
284	CRM_Report_Form_Contribute_TopDonor	Top Donors Report	contribute/topDonor	11	{"description":"Provides a list of the top donors during a time period you define. You can include as many donors as you want (for example, top 100 of your donors).","component_id":2}
285	CRM_Report_Form_Contribute_Sybunt	SYBUNT Report	contribute/sybunt	12	{"description":"SYBUNT means some year(s) but not this year. Provides a list of constituents who donated at some time in the history of your organization but did not donate during the time period you specify.","component_id":2}
286	CRM_Report_Form_Contribute_Lybunt	LYBUNT Report	contribute/lybunt	13	{"description":"LYBUNT means last year but not this year. Provides a list of constituents who donated last year but did not donate during the time period you specify as the current year.","component_id":2}
287	CRM_Report_Form_Contribute_SoftCredit	Soft Credit Report	contribute/softcredit	14	{"description":"Shows contributions made by contacts that have been soft-credited to other contacts.","component_id":2}
288	CRM_Report_Form_Member_Summary	Membership Report (Summary)	member/summary	15	{"description":"Provides a summary of memberships by type and Member Since.","component_id":3}
289	CRM_Report_Form_Member_Detail	Membership Report (Detail)	member/detail	16	{"description":"Provides a list of members along with their membership status and membership details (Member Since, Membership Start Date, Membership Expiration Date). Can also display contributions (payments) associated with each membership.","component_id":3}
290	CRM_Report_Form_Member_Lapse	Membership Report (Lapsed)	member/lapse	17	{"description":"Provides a list of memberships that lapsed or will lapse before the date you specify.","component_id":3}
291	CRM_Report_Form_Event_ParticipantListing	Event Participant Report (List)	event/participantListing	18	{"description":"Provides lists of participants for an event.","component_id":1}
292	CRM_Report_Form_Event_Summary	Event Income Report (Summary)	event/summary	19	{"description":"Provides an overview of event income. You can include key information such as event ID, registration, attendance, and income generated to help you determine the success of an event.","component_id":1}
293	CRM_Report_Form_Event_Income	Event Income Report (Detail)	event/income	20	{"description":"Helps you to analyze the income generated by an event. The report can include details by participant type, status and payment method.","component_id":1}
294	CRM_Report_Form_Pledge_Detail	Pledge Detail Report	pledge/detail	21	{"description":"List of pledges including amount pledged, pledge status, next payment date, balance due, total amount paid etc.","component_id":6}
295	CRM_Report_Form_Pledge_Pbnp	Pledged but not Paid Report	pledge/pbnp	22	{"description":"Pledged but not Paid Report","component_id":6}
296	CRM_Report_Form_Contact_Relationship	Relationship Report	contact/relationship	23	{"description":"Relationship Report"}
297	CRM_Report_Form_Case_Summary	Case Summary Report	case/summary	24	{"description":"Provides a summary of cases and their duration by date range, status, staff member and / or case role.","component_id":7}
298	CRM_Report_Form_Case_TimeSpent	Case Time Spent Report	case/timespent	25	{"description":"Aggregates time spent on case and / or non-case activities by activity type and contact.","component_id":7}
299	CRM_Report_Form_Case_Demographics	Contact Demographics Report	case/demographics	26	{"description":"Demographic breakdown for case clients (and or non-case contacts) in your database. Includes custom contact fields.","component_id":7}
300	CRM_Report_Form_Contact_Log	Database Log Report	contact/log	27	{"description":"Log of contact and activity records created or updated in a given date range."}
301	CRM_Report_Form_ActivitySummary	Activity Summary Report	activitySummary	28	{"description":"Shows activity statistics by type / date"}
302	CRM_Report_Form_Contribute_Bookkeeping	Bookkeeping Transactions Report	contribute/bookkeeping	29	{"description":"Shows Bookkeeping Transactions Report","component_id":2}
303	CRM_Report_Form_Event_ParticipantListCount	Participant list Count Report	event/participantlist	31	{"description":"Shows the Participant list with Participant Count.","component_id":1}
304	CRM_Report_Form_Event_IncomeCountSummary	Income Count Summary Report	event/incomesummary	32	{"description":"Shows the Income Summary of events with Count.","component_id":1}
305	CRM_Report_Form_Case_Detail	Case Detail Report	case/detail	33	{"description":"Case Details","component_id":7}
306	CRM_Report_Form_Mailing_Bounce	Mail Bounce Report	Mailing/bounce	34	{"description":"Bounce Report for mailings","component_id":4}
307	CRM_Report_Form_Mailing_Summary	Mail Summary Report	Mailing/summary	35	{"description":"Summary statistics for mailings","component_id":4}
308	CRM_Report_Form_Mailing_Opened	Mail Opened Report	Mailing/opened	36	{"description":"Display contacts who opened emails from a mailing","component_id":4}
309	CRM_Report_Form_Mailing_Clicks	Mail Click-Through Report	Mailing/clicks	37	{"description":"Display clicks from each mailing","component_id":4}
310	CRM_Report_Form_Contact_LoggingSummary	Contact Logging Report (Summary)	logging/contact/summary	38	{"description":"Contact modification report for the logging infrastructure (summary).","is_active":0}
311	CRM_Report_Form_Contact_LoggingDetail	Contact Logging Report (Detail)	logging/contact/detail	39	{"description":"Contact modification report for the logging infrastructure (detail).","is_active":0}
312	CRM_Report_Form_Campaign_SurveyDetails	Survey Report (Detail)	survey/detail	43	{"description":"Detailed report for canvassing, phone-banking, walk lists or other surveys.","component_id":9}
313	CRM_Report_Form_Contribute_PCP	Personal Campaign Page Report	contribute/pcp	44	{"description":"Summarizes amount raised and number of contributors for each Personal Campaign Page.","component_id":2}
314	CRM_Report_Form_Pledge_Summary	Pledge Summary Report	pledge/summary	45	{"description":"Groups and totals pledges by criteria including contact, time period, pledge status, location, etc.","component_id":6}
315	CRM_Report_Form_Contribute_History	Contribution Aggregate by Relationship	contribute/history	46	{"description":"List contact's donation history, grouped by year, along with contributions attributed to any of the contact's related contacts.","component_id":2}
316	CRM_Report_Form_Mailing_Detail	Mail Detail Report	mailing/detail	47	{"description":"Provides reporting on Intended and Successful Deliveries, Unsubscribes and Opt-outs, Replies and Forwards.","component_id":4}
317	CRM_Report_Form_Member_ContributionDetail	Contribution and Membership Details	member/contributionDetail	48	{"description":"Contribution details for any type of contribution, plus associated membership information for contributions which are in payment for memberships.","component_id":3}
318	CRM_Report_Form_Contribute_Recur	Recurring Contributions Report	contribute/recur	49	{"description":"Provides information about the status of recurring contributions","component_id":2}
319	CRM_Report_Form_Contribute_RecurSummary	Recurring Contributions Summary	contribute/recursummary	49	{"description":"Provides simple summary for each payment instrument for which there are recurring contributions (e.g. Credit Card, Standing Order, Direct Debit, etc., NULL), showing within a given date range.","component_id":2}
320	CRM_Report_Form_Contribute_DeferredRevenue	Deferred Revenue Details	contribute/deferredrevenue	50	{"description":"Deferred Revenue Details Report","component_id":2}
@39	email_greeting	Email Greeting Type	
321	Dear {contact.first_name}	=	1	1	{"filter":1,"is_default":1}
322	Dear {contact.prefix_id:label} {contact.first_name} {contact.last_name}	=	2	2	{"filter":1}
323	Dear {contact.prefix_id:label} {contact.last_name}	=	3	3	{"filter":1}
324	Customized	=	4	4	{"is_reserved":1}
325	Dear {contact.household_name}	=	5	5	{"filter":2,"is_default":1}
@40	postal_greeting	Postal Greeting Type	
326	Dear {contact.first_name}	=	1	1	{"filter":1,"is_default":1}
327	Dear {contact.prefix_id:label} {contact.first_name} {contact.last_name}	=	2	2	{"filter":1}
328	Dear {contact.prefix_id:label} {contact.last_name}	=	3	3	{"filter":1}
329	Customized	=	4	4	{"is_reserved":1}
330	Dear {contact.household_name}	=	5	5	{"filter":2,"is_default":1}
@41	addressee	Addressee Type	
331	{contact.prefix_id:label}{ }{contact.first_name}{ }{contact.middle_name}{ }{contact.last_name}{ }{contact.suffix_id:label}	=	1	1	{"filter":1,"is_default":1}
332	{contact.household_name}	=	2	2	{"filter":2,"is_default":1}
333	{contact.organization_name}	=	3	3	{"filter":3,"is_default":1}
334	Customized	=	4	4	{"is_reserved":1}
@42	contact_autocomplete_options	Autocomplete Contact Search	{"is_locked":1}
335	email	Email Address	2	2
336	phone	Phone	3	3
337	street_address	Street Address	4	4
338	city	City	5	5
339	state_province	State/Province	6	6
340	country	Country	7	7
341	postal_code	Postal Code	8	8
@43	contact_reference_options	Contact Reference Autocomplete Options	{"is_locked":1}
342	email	Email Address	2	2
343	phone	Phone	3	3
344	street_address	Street Address	4	4
345	city	City	5	5
346	state_province	State/Province	6	6
347	country	Country	7	7
348	postal_code	Postal Code	8	8
@44	website_type	Website Type	
349	Work	=	1	1	{"is_default":1}
350	Main	=	2	2
351	Social	=	3	3
@45	tag_used_for	Tag Used For	{"is_locked":1}
352	Contact	Contacts	civicrm_contact	1
353	Activity	Activities	civicrm_activity	2
354	Case	Cases	civicrm_case	3
355	File	Attachments	civicrm_file	4
356	Event	Events	civicrm_event	5
357	MessageTemplate	Message Templates	civicrm_msg_template	6
881	Afform	Afforms	Afform	7	{"filter":1,"is_reserved":1}
893	SavedSearch	Saved Searches	civicrm_saved_search	8
@46	note_used_for	Note Used For	{"is_locked":1}
358	Contact	Contacts	civicrm_contact	1
359	Relationship	Relationships	civicrm_relationship	2
360	Participant	Participants	civicrm_participant	3
361	Contribution	Contributions	civicrm_contribution	4
362	Note	Notes	civicrm_note	5
@47	currencies_enabled	Currencies Enabled	
363	USD	USD ($)	USD	1	{"is_default":1}
364	CAD	CAD ($)	CAD	2
365	EUR	EUR (€)	EUR	3
366	GBP	GBP (£)	GBP	4
367	JPY	JPY (¥)	JPY	5
@48	event_badge	Event Name Badge	
368	CRM_Event_Badge_Simple	Name Only	1	1	{"description":"Simple Event Name Badge","is_reserved":1}
369	CRM_Event_Badge_NameTent	Name Tent	2	2	{"description":"Name Tent","is_reserved":1}
370	CRM_Event_Badge_Logo	With Logo	3	3	{"description":"You can set your own background image","is_reserved":1}
371	CRM_Event_Badge_Logo5395	5395 with Logo	4	4	{"description":"Avery 5395 compatible labels with logo (4 up by 2, 59.2mm x 85.7mm)","is_reserved":1}
@49	note_privacy	Privacy levels for notes	
372	None	=	0	1	{"is_default":1,"is_reserved":1}
373	Author Only	=	1	2	{"is_reserved":1}
@50	campaign_type	Campaign Type	
374	Direct Mail	=	1	1
375	Referral Program	=	2	1
376	Constituent Engagement	=	3	1
@51	campaign_status	Campaign Status	
377	Planned	=	1	1
378	In Progress	=	2	1
379	Completed	=	3	1
380	Cancelled	=	4	1
@52	system_extensions	CiviCRM Extensions	
@53	mail_approval_status	CiviMail Approval Status	
381	Approved	=	1	1	{"is_default":1,"is_reserved":1,"component_id":4}
382	Rejected	=	2	2	{"is_reserved":1,"component_id":4}
383	None	=	3	3	{"is_reserved":1,"component_id":4}
@54	engagement_index	Engagement Index	
384	1	=	1	1
385	2	=	2	2
386	3	=	3	3
387	4	=	4	4
388	5	=	5	5
@55	cg_extend_objects	Objects a custom group extends to	
867	civicrm_case	Cases	Case	1	{"grouping":"case_type_id","is_reserved":1}
894	civicrm_mailing	Mailing	Mailing	2	{"is_reserved":1}
@56	paper_size	Paper Size	
389	letter	Letter	{"metric":"in","width":8.5,"height":11}	1	{"filter":null,"is_default":1}
390	legal	Legal	{"metric":"in","width":8.5,"height":14}	2	{"filter":null}
391	ledger	Ledger	{"metric":"in","width":17,"height":11}	3	{"filter":null}
392	tabloid	Tabloid	{"metric":"in","width":11,"height":17}	4	{"filter":null}
393	executive	Executive	{"metric":"in","width":7.25,"height":10.5}	5	{"filter":null}
394	folio	Folio	{"metric":"in","width":8.5,"height":13}	6	{"filter":null}
395	envelope-9	Envelope #9	{"metric":"pt","width":638.93,"height":278.93}	7	{"filter":null}
396	envelope-10	Envelope #10	{"metric":"pt","width":684,"height":297}	8	{"filter":null}
397	envelope-11	Envelope #11	{"metric":"pt","width":747,"height":324}	9	{"filter":null}
398	envelope-12	Envelope #12	{"metric":"pt","width":792,"height":342}	10	{"filter":null}
399	envelope-14	Envelope #14	{"metric":"pt","width":828,"height":360}	11	{"filter":null}
400	envelope-b4	Envelope ISO B4	{"metric":"pt","width":1000.63,"height":708.66}	12	{"filter":null}
401	envelope-b5	Envelope ISO B5	{"metric":"pt","width":708.66,"height":498.9}	13	{"filter":null}
402	envelope-b6	Envelope ISO B6	{"metric":"pt","width":498.9,"height":354.33}	14	{"filter":null}
403	envelope-c3	Envelope ISO C3	{"metric":"pt","width":1298.27,"height":918.42}	15	{"filter":null}
404	envelope-c4	Envelope ISO C4	{"metric":"pt","width":918.42,"height":649.13}	16	{"filter":null}
405	envelope-c5	Envelope ISO C5	{"metric":"pt","width":649.13,"height":459.21}	17	{"filter":null}
406	envelope-c6	Envelope ISO C6	{"metric":"pt","width":459.21,"height":323.15}	18	{"filter":null}
407	envelope-dl	Envelope ISO DL	{"metric":"pt","width":623.622,"height":311.811}	19	{"filter":null}
408	a0	ISO A0	{"metric":"pt","width":2383.94,"height":3370.39}	20	{"filter":null}
409	a1	ISO A1	{"metric":"pt","width":1683.78,"height":2383.94}	21	{"filter":null}
410	a2	ISO A2	{"metric":"pt","width":1190.55,"height":1683.78}	22	{"filter":null}
411	a3	ISO A3	{"metric":"pt","width":841.89,"height":1190.55}	23	{"filter":null}
412	a4	ISO A4	{"metric":"pt","width":595.28,"height":841.89}	24	{"filter":null}
413	a5	ISO A5	{"metric":"pt","width":419.53,"height":595.28}	25	{"filter":null}
414	a6	ISO A6	{"metric":"pt","width":297.64,"height":419.53}	26	{"filter":null}
415	a7	ISO A7	{"metric":"pt","width":209.76,"height":297.64}	27	{"filter":null}
416	a8	ISO A8	{"metric":"pt","width":147.4,"height":209.76}	28	{"filter":null}
417	a9	ISO A9	{"metric":"pt","width":104.88,"height":147.4}	29	{"filter":null}
418	a10	ISO A10	{"metric":"pt","width":73.7,"height":104.88}	30	{"filter":null}
419	b0	ISO B0	{"metric":"pt","width":2834.65,"height":4008.19}	31	{"filter":null}
420	b1	ISO B1	{"metric":"pt","width":2004.09,"height":2834.65}	32	{"filter":null}
421	b2	ISO B2	{"metric":"pt","width":1417.32,"height":2004.09}	33	{"filter":null}
422	b3	ISO B3	{"metric":"pt","width":1000.63,"height":1417.32}	34	{"filter":null}
423	b4	ISO B4	{"metric":"pt","width":708.66,"height":1000.63}	35	{"filter":null}
424	b5	ISO B5	{"metric":"pt","width":498.9,"height":708.66}	36	{"filter":null}
425	b6	ISO B6	{"metric":"pt","width":354.33,"height":498.9}	37	{"filter":null}
426	b7	ISO B7	{"metric":"pt","width":249.45,"height":354.33}	38	{"filter":null}
427	b8	ISO B8	{"metric":"pt","width":175.75,"height":249.45}	39	{"filter":null}
428	b9	ISO B9	{"metric":"pt","width":124.72,"height":175.75}	40	{"filter":null}
429	b10	ISO B10	{"metric":"pt","width":87.87,"height":124.72}	41	{"filter":null}
430	c0	ISO C0	{"metric":"pt","width":2599.37,"height":3676.54}	42	{"filter":null}
431	c1	ISO C1	{"metric":"pt","width":1836.85,"height":2599.37}	43	{"filter":null}
432	c2	ISO C2	{"metric":"pt","width":1298.27,"height":1836.85}	44	{"filter":null}
433	c3	ISO C3	{"metric":"pt","width":918.43,"height":1298.27}	45	{"filter":null}
434	c4	ISO C4	{"metric":"pt","width":649.13,"height":918.43}	46	{"filter":null}
435	c5	ISO C5	{"metric":"pt","width":459.21,"height":649.13}	47	{"filter":null}
436	c6	ISO C6	{"metric":"pt","width":323.15,"height":459.21}	48	{"filter":null}
437	c7	ISO C7	{"metric":"pt","width":229.61,"height":323.15}	49	{"filter":null}
438	c8	ISO C8	{"metric":"pt","width":161.57,"height":229.61}	50	{"filter":null}
439	c9	ISO C9	{"metric":"pt","width":113.39,"height":161.57}	51	{"filter":null}
440	c10	ISO C10	{"metric":"pt","width":79.37,"height":113.39}	52	{"filter":null}
441	ra0	ISO RA0	{"metric":"pt","width":2437.8,"height":3458.27}	53	{"filter":null}
442	ra1	ISO RA1	{"metric":"pt","width":1729.13,"height":2437.8}	54	{"filter":null}
443	ra2	ISO RA2	{"metric":"pt","width":1218.9,"height":1729.13}	55	{"filter":null}
444	ra3	ISO RA3	{"metric":"pt","width":864.57,"height":1218.9}	56	{"filter":null}
445	ra4	ISO RA4	{"metric":"pt","width":609.45,"height":864.57}	57	{"filter":null}
446	sra0	ISO SRA0	{"metric":"pt","width":2551.18,"height":3628.35}	58	{"filter":null}
447	sra1	ISO SRA1	{"metric":"pt","width":1814.17,"height":2551.18}	59	{"filter":null}
448	sra2	ISO SRA2	{"metric":"pt","width":1275.59,"height":1814.17}	60	{"filter":null}
449	sra3	ISO SRA3	{"metric":"pt","width":907.09,"height":1275.59}	61	{"filter":null}
450	sra4	ISO SRA4	{"metric":"pt","width":637.8,"height":907.09}	62	{"filter":null}
@57	pdf_format	PDF Page Format	
451	default_invoice_pdf_format	Invoice PDF Format	{"metric":"px","margin_top":10,"margin_bottom":0,"margin_left":65,"margin_right":0}	1	{"is_reserved":1}
@58	label_format	Mailing Label Format	
452	3475	Avery 3475	{"paper-size":"a4","orientation":"portrait","font-name":"dejavusans","font-size":10,"font-style":"","metric":"mm","lMargin":0,"tMargin":5,"NX":3,"NY":8,"SpaceX":0,"SpaceY":0,"width":70,"height":36,"lPadding":5.08,"tPadding":5.08}	1	{"grouping":"Avery","filter":null,"is_reserved":1}
453	5160	Avery 5160	{"paper-size":"letter","orientation":"portrait","font-name":"dejavusans","font-size":8,"font-style":"","metric":"in","lMargin":0.21975,"tMargin":0.5,"NX":3,"NY":10,"SpaceX":0.14,"SpaceY":0,"width":2.5935,"height":1,"lPadding":0.20,"tPadding":0.20}	2	{"grouping":"Avery","filter":null,"is_reserved":1}
454	5161	Avery 5161	{"paper-size":"letter","orientation":"portrait","font-name":"dejavusans","font-size":8,"font-style":"","metric":"in","lMargin":0.175,"tMargin":0.5,"NX":2,"NY":10,"SpaceX":0.15625,"SpaceY":0,"width":4,"height":1,"lPadding":0.20,"tPadding":0.20}	3	{"grouping":"Avery","filter":null,"is_reserved":1}
455	5162	Avery 5162	{"paper-size":"letter","orientation":"portrait","font-name":"dejavusans","font-size":8,"font-style":"","metric":"in","lMargin":0.1525,"tMargin":0.88,"NX":2,"NY":7,"SpaceX":0.195,"SpaceY":0,"width":4,"height":1.33,"lPadding":0.20,"tPadding":0.20}	4	{"grouping":"Avery","filter":null,"is_reserved":1}
456	5163	Avery 5163	{"paper-size":"letter","orientation":"portrait","font-name":"dejavusans","font-size":8,"font-style":"","metric":"in","lMargin":0.18,"tMargin":0.5,"NX":2,"NY":5,"SpaceX":0.14,"SpaceY":0,"width":4,"height":2,"lPadding":0.20,"tPadding":0.20}	5	{"grouping":"Avery","filter":null,"is_reserved":1}
457	5164	Avery 5164	{"paper-size":"letter","orientation":"portrait","font-name":"dejavusans","font-size":12,"font-style":"","metric":"in","lMargin":0.156,"tMargin":0.5,"NX":2,"NY":3,"SpaceX":0.1875,"SpaceY":0,"width":4,"height":3.33,"lPadding":0.20,"tPadding":0.20}	6	{"grouping":"Avery","filter":null,"is_reserved":1}
458	8600	Avery 8600	{"paper-size":"letter","orientation":"portrait","font-name":"dejavusans","font-size":8,"font-style":"","metric":"mm","lMargin":7.1,"tMargin":19,"NX":3,"NY":10,"SpaceX":9.5,"SpaceY":3.1,"width":66.6,"height":25.4,"lPadding":5.08,"tPadding":5.08}	7	{"grouping":"Avery","filter":null,"is_reserved":1}
459	L7160	Avery L7160	{"paper-size":"a4","orientation":"portrait","font-name":"dejavusans","font-size":9,"font-style":"","metric":"in","lMargin":0.28,"tMargin":0.6,"NX":3,"NY":7,"SpaceX":0.1,"SpaceY":0,"width":2.5,"height":1.5,"lPadding":0.20,"tPadding":0.20}	8	{"grouping":"Avery","filter":null,"is_reserved":1}
460	L7161	Avery L7161	{"paper-size":"a4","orientation":"portrait","font-name":"dejavusans","font-size":9,"font-style":"","metric":"in","lMargin":0.28,"tMargin":0.35,"NX":3,"NY":6,"SpaceX":0.1,"SpaceY":0,"width":2.5,"height":1.83,"lPadding":0.20,"tPadding":0.20}	9	{"grouping":"Avery","filter":null,"is_reserved":1}
461	L7162	Avery L7162	{"paper-size":"a4","orientation":"portrait","font-name":"dejavusans","font-size":9,"font-style":"","metric":"in","lMargin":0.18,"tMargin":0.51,"NX":2,"NY":8,"SpaceX":0.1,"SpaceY":0,"width":3.9,"height":1.33,"lPadding":0.20,"tPadding":0.20}	10	{"grouping":"Avery","filter":null,"is_reserved":1}
462	L7163	Avery L7163	{"paper-size":"a4","orientation":"portrait","font-name":"dejavusans","font-size":9,"font-style":"","metric":"in","lMargin":0.18,"tMargin":0.6,"NX":2,"NY":7,"SpaceX":0.1,"SpaceY":0,"width":3.9,"height":1.5,"lPadding":0.20,"tPadding":0.20}	11	{"grouping":"Avery","filter":null,"is_reserved":1}
@59	activity_contacts	Activity Contacts	{"is_locked":1}
465	Activity Targets	=	3	1
464	Activity Source	=	2	2
463	Activity Assignees	=	1	3
@60	account_relationship	Account Relationship	
466	Income Account is	=	1	1	{"is_default":1,"description":"Income Account is","is_reserved":1,"component_id":2}
467	Credit/Contra Revenue Account is	=	2	2	{"description":"Credit/Contra Revenue Account is","is_reserved":1,"component_id":2}
468	Accounts Receivable Account is	=	3	3	{"description":"Accounts Receivable Account is","is_reserved":1,"component_id":2}
469	Credit Liability Account is	=	4	4	{"description":"Credit Liability Account is","is_reserved":1,"is_active":0,"component_id":2}
470	Expense Account is	=	5	5	{"description":"Expense Account is","is_reserved":1,"component_id":2}
471	Asset Account is	=	6	6	{"description":"Asset Account is","is_reserved":1,"component_id":2}
472	Cost of Sales Account is	=	7	7	{"description":"Cost of Sales Account is","is_reserved":1,"component_id":2}
473	Premiums Inventory Account is	=	8	8	{"description":"Premiums Inventory Account is","is_reserved":1,"component_id":2}
474	Discounts Account is	=	9	9	{"description":"Discounts Account is","is_reserved":1,"component_id":2}
475	Sales Tax Account is	=	10	10	{"description":"Sales Tax Account is","is_reserved":1,"component_id":2}
476	Chargeback Account is	=	11	11	{"description":"Chargeback Account is","is_reserved":1,"component_id":2}
477	Deferred Revenue Account is	=	12	12	{"description":"Deferred Revenue Account is","is_reserved":1,"component_id":2}
478	Accounts Payable Account is	=	13	13	{"description":"Accounts Payable Account is","is_reserved":1,"component_id":2}
@61	event_contacts	Event Recipients	
479	participant_role	Participant Role	1	1
@62	conference_slot	Conference Slot	
480	Morning Sessions	=	1	1
481	Evening Sessions	=	2	2
@63	batch_type	Batch Type	{"is_locked":1}
482	Contribution	=	1	1
483	Membership	=	2	2
484	Pledge Payment	=	3	3
@64	batch_mode	Batch Mode	{"is_locked":1}
485	Manual Batch	=	1	1	{"description":"Manual Batch","is_reserved":1,"component_id":2}
486	Automatic Batch	=	2	2	{"description":"Automatic Batch","is_reserved":1,"component_id":2}
@65	batch_status	Batch Status	{"is_locked":1}
487	Open	=	1	1
488	Closed	=	2	2
489	Data Entry	=	3	3
490	Reopened	=	4	4
491	Exported	=	5	5
@66	sms_api_type	Api Type	
492	http	=	1	1	{"filter":null,"is_reserved":1}
493	xml	=	2	2	{"filter":null,"is_reserved":1}
494	smtp	=	3	3	{"filter":null,"is_reserved":1}
@67	sms_provider_name	Sms Provider Internal Name	
@68	auto_renew_options	Auto Renew Options	{"is_locked":1}
495	Renewal Reminder (non-auto-renew memberships only)	=	1	1	{"is_default":null}
496	Auto-renew Memberships Only	=	2	2	{"is_default":null}
497	Reminder for Both	=	3	3	{"is_default":null}
@69	financial_account_type	Financial Account Type	
498	Asset	=	1	1	{"description":"Things you own","is_reserved":1,"component_id":2}
499	Liability	=	2	2	{"description":"Things you owe, like a grant still to be disbursed","is_reserved":1,"component_id":2}
500	Revenue	=	3	3	{"is_default":1,"description":"Income from contributions and sales of tickets and memberships","is_reserved":1,"component_id":2}
501	Cost of Sales	=	4	4	{"description":"Costs incurred to get revenue, e.g. premiums for donations, dinner for a fundraising dinner ticket","is_reserved":1,"component_id":2}
502	Expenses	=	5	5	{"description":"Things that are paid for that are consumable, e.g. grants disbursed","is_reserved":1,"component_id":2}
@70	financial_item_status	Financial Item Status	{"is_locked":1}
503	Paid	=	1	1	{"description":"Paid","is_reserved":1,"component_id":2}
504	Unpaid	=	3	1	{"description":"Unpaid","is_reserved":1,"component_id":2}
505	Partially paid	=	2	2	{"description":"Partially paid","is_reserved":1,"component_id":2}
@71	label_type	Label Type	
506	Event Badge	=	1	1	{"is_default":null}
@72	name_badge	Name Badge Format	
507	Avery 5395	=	{"name":"Avery 5395","paper-size":"a4","metric":"mm","lMargin":15,"tMargin":26,"NX":2,"NY":4,"SpaceX":10,"SpaceY":5,"width":83,"height":57,"font-size":12,"orientation":"portrait","font-name":"helvetica","font-style":"","lPadding":3,"tPadding":3}	1
508	A6 Badge Portrait 150x106	=	{"paper-size":"a4","orientation":"landscape","font-name":"times","font-size":6,"font-style":"","NX":2,"NY":1,"metric":"mm","lMargin":25,"tMargin":27,"SpaceX":0,"SpaceY":35,"width":106,"height":150,"lPadding":5,"tPadding":5}	2
509	Fattorini Name Badge 100x65	=	{"paper-size":"a4","orientation":"portrait","font-name":"times","font-size":6,"font-style":"","NX":2,"NY":4,"metric":"mm","lMargin":6,"tMargin":19,"SpaceX":0,"SpaceY":0,"width":100,"height":65,"lPadding":0,"tPadding":0}	3
510	Hanging Badge 3-3/4" x 4-3"/4	=	{"paper-size":"a4","orientation":"portrait","font-name":"times","font-size":6,"font-style":"","NX":2,"NY":2,"metric":"mm","lMargin":10,"tMargin":28,"SpaceX":0,"SpaceY":0,"width":96,"height":121,"lPadding":5,"tPadding":5}	4
@73	communication_style	Communication Style	
511	formal	Formal	1	1	{"is_default":1}
512	familiar	Familiar	2	2
@74	msg_mode	Message Mode	
513	Email	=	Email	1	{"is_default":1,"is_reserved":1}
514	SMS	=	SMS	2	{"is_reserved":1}
515	User Preference	=	User_Preference	3	{"is_reserved":1}
@75	contact_date_reminder_options	Contact Date Reminder Options	{"is_locked":1}
516	Actual date only	=	1	1	{"filter":null,"is_reserved":1}
517	Each anniversary	=	2	2	{"filter":null,"is_reserved":1}
@76	wysiwyg_presets	WYSIWYG Editor Presets	
518	default	Default	1	1	{"filter":null,"is_default":1,"is_reserved":1}
519	civimail	CiviMail	2	2	{"filter":null,"is_reserved":1,"component_id":4}
520	civievent	CiviEvent	3	3	{"filter":null,"is_reserved":1,"component_id":1}
@77	relative_date_filters	Relative Date Filters	
521	this.day	Today	this.day	1	{"filter":null}
522	this.week	This week	this.week	2	{"filter":null}
523	this.month	This calendar month	this.month	3	{"filter":null}
524	this.quarter	This quarter	this.quarter	4	{"filter":null}
525	this.fiscal_year	This fiscal year	this.fiscal_year	5	{"filter":null}
526	this.year	This calendar year	this.year	6	{"filter":null}
527	previous.day	Yesterday	previous.day	7	{"filter":null}
528	previous.week	Previous week	previous.week	8	{"filter":null}
529	previous.month	Previous calendar month	previous.month	9	{"filter":null}
530	previous.quarter	Previous quarter	previous.quarter	10	{"filter":null}
531	previous.fiscal_year	Previous fiscal year	previous.fiscal_year	11	{"filter":null}
532	previous.year	Previous calendar year	previous.year	12	{"filter":null}
533	ending.week	Last 7 days including today	ending.week	13	{"filter":null}
534	ending.month	Last 30 days including today	ending_30.day	14	{"filter":null}
535	ending_2.month	Last 60 days including today	ending_60.day	15	{"filter":null}
536	ending.quarter	Last 90 days including today	ending_90.day	16	{"filter":null}
537	ending.year	Last 12 months including today	ending.year	17	{"filter":null}
538	ending_2.year	Last 2 years including today	ending_2.year	18	{"filter":null}
539	ending_3.year	Last 3 years including today	ending_3.year	19	{"filter":null}
540	starting.day	Tomorrow	starting.day	20	{"filter":null}
541	next.week	Next week	next.week	21	{"filter":null}
542	next.month	Next calendar month	next.month	22	{"filter":null}
543	next.quarter	Next quarter	next.quarter	23	{"filter":null}
544	next.fiscal_year	Next fiscal year	next.fiscal_year	24	{"filter":null}
545	next.year	Next calendar year	next.year	25	{"filter":null}
546	starting.week	Next 7 days including today	starting.week	26	{"filter":null}
547	starting.month	Next 30 days including today	starting.month	27	{"filter":null}
548	starting_2.month	Next 60 days including today	starting_2.month	28	{"filter":null}
549	starting.quarter	Next 90 days including today	starting.quarter	29	{"filter":null}
550	starting.year	Next 12 months including today	starting.year	30	{"filter":null}
551	current.week	Current week to-date	current.week	31	{"filter":null}
552	current.month	Current calendar month to-date	current.month	32	{"filter":null}
553	current.quarter	Current quarter to-date	current.quarter	33	{"filter":null}
554	current.year	Current calendar year to-date	current.year	34	{"filter":null}
555	earlier.day	To end of yesterday	earlier.day	35	{"filter":null}
556	earlier.week	To end of previous week	earlier.week	36	{"filter":null}
557	earlier.month	To end of previous calendar month	earlier.month	37	{"filter":null}
558	earlier.quarter	To end of previous quarter	earlier.quarter	38	{"filter":null}
559	earlier.year	To end of previous calendar year	earlier.year	39	{"filter":null}
560	greater.day	From start of current day	greater.day	40	{"filter":null}
561	greater.week	From start of current week	greater.week	41	{"filter":null}
562	greater.month	From start of current calendar month	greater.month	42	{"filter":null}
563	greater.quarter	From start of current quarter	greater.quarter	43	{"filter":null}
564	greater.year	From start of current calendar year	greater.year	44	{"filter":null}
565	less.week	To end of current week	less.week	45	{"filter":null}
566	less.month	To end of current calendar month	less.month	46	{"filter":null}
567	less.quarter	To end of current quarter	less.quarter	47	{"filter":null}
568	less.year	To end of current calendar year	less.year	48	{"filter":null}
569	previous_2.day	Previous 2 days	previous_2.day	49	{"filter":null}
570	previous_2.week	Previous 2 weeks	previous_2.week	50	{"filter":null}
571	previous_2.month	Previous 2 calendar months	previous_2.month	51	{"filter":null}
572	previous_2.quarter	Previous 2 quarters	previous_2.quarter	52	{"filter":null}
573	previous_2.year	Previous 2 calendar years	previous_2.year	53	{"filter":null}
574	previous_2.fiscal_year	Previous 2 fiscal years	previous_2.fiscal_year	54	{"filter":null}
575	previous_before.day	Day prior to yesterday	previous_before.day	55	{"filter":null}
576	previous_before.week	Week prior to previous week	previous_before.week	56	{"filter":null}
577	previous_before.month	Month prior to previous calendar month	previous_before.month	57	{"filter":null,"is_default":null}
578	previous_before.quarter	Quarter prior to previous quarter	previous_before.quarter	58	{"filter":null}
579	previous_before.year	Year prior to previous calendar year	previous_before.year	59	{"filter":null}
580	previous_before.fiscal_year	Fiscal year prior to previous fiscal year	previous_before.fiscal_year	60	{"filter":null}
581	greater_previous.week	From end of previous week	greater_previous.week	61	{"filter":null}
582	greater_previous.month	From end of previous calendar month	greater_previous.month	62	{"filter":null}
583	greater_previous.quarter	From end of previous quarter	greater_previous.quarter	63	{"filter":null}
584	greater_previous.year	From end of previous calendar year	greater_previous.year	64	{"filter":null}
@78	pledge_status	Pledge Status	{"is_locked":1}
585	Completed	=	1	1	{"is_reserved":1}
586	Pending	=	2	2	{"is_reserved":1}
587	Cancelled	=	3	3	{"is_reserved":1}
588	In Progress	=	5	4	{"is_reserved":1}
589	Overdue	=	6	5	{"is_reserved":1}
@79	contribution_recur_status	Recurring Contribution Status	{"is_locked":1}
590	Completed	=	1	1	{"is_reserved":1}
591	Pending	=	2	2	{"is_reserved":1}
592	Cancelled	=	3	3	{"is_reserved":1}
593	Failed	=	4	4	{"is_reserved":1}
594	In Progress	=	5	5	{"is_reserved":1}
595	Overdue	=	6	6	{"is_reserved":1}
596	Processing	=	7	7	{"is_reserved":1}
597	Failing	=	8	8	{"is_reserved":1}
@80	environment	Environment	
598	Production	=	Production	1	{"filter":null,"is_default":1,"description":"Production Environment","is_reserved":1}
599	Staging	=	Staging	2	{"filter":null,"description":"Staging Environment","is_reserved":1}
600	Development	=	Development	3	{"filter":null,"description":"Development Environment","is_reserved":1}
@81	activity_default_assignee	Activity default assignee	
601	NONE	None	1	1	{"is_default":1}
602	BY_RELATIONSHIP	By relationship to case client	2	1
603	SPECIFIC_CONTACT	Specific contact	3	1
604	USER_CREATING_THE_CASE	User creating the case	4	1
@82	entity_batch_extends	Entity Batch Extends	
605	civicrm_financial_trxn	Financial Transactions	civicrm_financial_trxn	1	{"is_default":1,"component_id":2}
@83	file_type	File Type	{"data_type":"Integer"}
@84	languages	Languages	{"description":"List of Languages"}
606	ab_GE	Abkhaz	ab	1	{"is_active":0}
607	aa_ET	Afar	aa	2	{"is_active":0}
608	af_ZA	Afrikaans	af	3
609	ak_GH	Akan	ak	4	{"is_active":0}
610	sq_AL	Albanian	sq	5
611	am_ET	Amharic	am	6	{"is_active":0}
612	ar_EG	Arabic	ar	7
613	an_ES	Aragonese	an	8	{"is_active":0}
614	hy_AM	Armenian	hy	9	{"is_active":0}
615	as_IN	Assamese	as	10	{"is_active":0}
616	av_RU	Avaric	av	11	{"is_active":0}
617	ae_XX	Avestan	ae	12	{"is_active":0}
618	ay_BO	Aymara	ay	13	{"is_active":0}
619	az_AZ	Azerbaijani	az	14	{"is_active":0}
620	bm_ML	Bambara	bm	15	{"is_active":0}
621	ba_RU	Bashkir	ba	16	{"is_active":0}
622	eu_ES	Basque	eu	17	{"is_active":0}
623	be_BY	Belarusian	be	18	{"is_active":0}
624	bn_BD	Bengali	bn	19	{"is_active":0}
625	bh_IN	Bihari	bh	20	{"is_active":0}
626	bi_VU	Bislama	bi	21	{"is_active":0}
627	bs_BA	Bosnian	bs	22	{"is_active":0}
628	br_FR	Breton	br	23	{"is_active":0}
629	bg_BG	Bulgarian	bg	24
630	my_MM	Burmese	my	25	{"is_active":0}
631	ca_ES	Catalan; Valencian	ca	26
632	ch_GU	Chamorro	ch	27	{"is_active":0}
633	ce_RU	Chechen	ce	28	{"is_active":0}
634	ny_MW	Chichewa; Chewa; Nyanja	ny	29	{"is_active":0}
635	zh_CN	Chinese (China)	zh	30
636	zh_TW	Chinese (Taiwan)	zh	31
637	cv_RU	Chuvash	cv	32	{"is_active":0}
638	kw_GB	Cornish	kw	33	{"is_active":0}
639	co_FR	Corsican	co	34	{"is_active":0}
640	cr_CA	Cree	cr	35	{"is_active":0}
641	hr_HR	Croatian	hr	36
642	cs_CZ	Czech	cs	37
643	da_DK	Danish	da	38
644	dv_MV	Divehi; Dhivehi; Maldivian;	dv	39	{"is_active":0}
645	nl_NL	Dutch (Netherlands)	nl	40
646	nl_BE	Dutch (Belgium)	nl	41
647	dz_BT	Dzongkha	dz	42	{"is_active":0}
648	en_AU	English (Australia)	en	43
649	en_CA	English (Canada)	en	44
650	en_GB	English (United Kingdom)	en	45
651	en_US	English (United States)	en	46	{"is_default":1}
652	eo_XX	Esperanto	eo	47	{"is_active":0}
653	et_EE	Estonian	et	48
654	ee_GH	Ewe	ee	49	{"is_active":0}
655	fo_FO	Faroese	fo	50	{"is_active":0}
656	fj_FJ	Fijian	fj	51	{"is_active":0}
657	fi_FI	Finnish	fi	52
658	fr_CA	French (Canada)	fr	53
659	fr_FR	French (France)	fr	54
660	ff_SN	Fula; Fulah; Pulaar; Pular	ff	55	{"is_active":0}
661	gl_ES	Galician	gl	56	{"is_active":0}
662	ka_GE	Georgian	ka	57	{"is_active":0}
663	de_DE	German	de	58
664	de_CH	German (Swiss)	de	59
665	el_GR	Greek, Modern	el	60
666	gn_PY	Guarani­	gn	61	{"is_active":0}
667	gu_IN	Gujarati	gu	62	{"is_active":0}
668	ht_HT	Haitian; Haitian Creole	ht	63	{"is_active":0}
669	ha_NG	Hausa	ha	64	{"is_active":0}
670	he_IL	Hebrew (modern)	he	65
671	hz_NA	Herero	hz	66	{"is_active":0}
672	hi_IN	Hindi	hi	67
673	ho_PG	Hiri Motu	ho	68	{"is_active":0}
674	hu_HU	Hungarian	hu	69
675	ia_XX	Interlingua	ia	70	{"is_active":0}
676	id_ID	Indonesian	id	71
677	ie_XX	Interlingue	ie	72	{"is_active":0}
678	ga_IE	Irish	ga	73	{"is_active":0}
679	ig_NG	Igbo	ig	74	{"is_active":0}
680	ik_US	Inupiaq	ik	75	{"is_active":0}
681	io_XX	Ido	io	76	{"is_active":0}
682	is_IS	Icelandic	is	77	{"is_active":0}
683	it_IT	Italian	it	78
684	iu_CA	Inuktitut	iu	79	{"is_active":0}
685	ja_JP	Japanese	ja	80
686	jv_ID	Javanese	jv	81	{"is_active":0}
687	kl_GL	Kalaallisut, Greenlandic	kl	82	{"is_active":0}
688	kn_IN	Kannada	kn	83	{"is_active":0}
689	kr_NE	Kanuri	kr	84	{"is_active":0}
690	ks_IN	Kashmiri	ks	85	{"is_active":0}
691	kk_KZ	Kazakh	kk	86	{"is_active":0}
692	km_KH	Khmer	km	87
693	ki_KE	Kikuyu, Gikuyu	ki	88	{"is_active":0}
694	rw_RW	Kinyarwanda	rw	89	{"is_active":0}
695	ky_KG	Kirghiz, Kyrgyz	ky	90	{"is_active":0}
696	kv_RU	Komi	kv	91	{"is_active":0}
697	kg_CD	Kongo	kg	92	{"is_active":0}
698	ko_KR	Korean	ko	93	{"is_active":0}
699	ku_IQ	Kurdish	ku	94	{"is_active":0}
700	kj_NA	Kwanyama, Kuanyama	kj	95	{"is_active":0}
701	la_VA	Latin	la	96	{"is_active":0}
702	lb_LU	Luxembourgish, Letzeburgesch	lb	97	{"is_active":0}
703	lg_UG	Luganda	lg	98	{"is_active":0}
704	li_NL	Limburgish, Limburgan, Limburger	li	99	{"is_active":0}
705	ln_CD	Lingala	ln	100	{"is_active":0}
706	lo_LA	Lao	lo	101	{"is_active":0}
707	lt_LT	Lithuanian	lt	102
708	lu_CD	Luba-Katanga	lu	103	{"is_active":0}
709	lv_LV	Latvian	lv	104	{"is_active":0}
710	gv_IM	Manx	gv	105	{"is_active":0}
711	mk_MK	Macedonian	mk	106	{"is_active":0}
712	mg_MG	Malagasy	mg	107	{"is_active":0}
713	ms_MY	Malay	ms	108	{"is_active":0}
714	ml_IN	Malayalam	ml	109	{"is_active":0}
715	mt_MT	Maltese	mt	110	{"is_active":0}
716	mi_NZ	Māori	mi	111	{"is_active":0}
717	mr_IN	Marathi	mr	112	{"is_active":0}
718	mh_MH	Marshallese	mh	113	{"is_active":0}
719	mn_MN	Mongolian	mn	114	{"is_active":0}
720	na_NR	Nauru	na	115	{"is_active":0}
721	nv_US	Navajo, Navaho	nv	116	{"is_active":0}
722	nb_NO	Norwegian Bokmål	nb	117
723	nd_ZW	North Ndebele	nd	118	{"is_active":0}
724	ne_NP	Nepali	ne	119	{"is_active":0}
725	ng_NA	Ndonga	ng	120	{"is_active":0}
726	nn_NO	Norwegian Nynorsk	nn	121	{"is_active":0}
727	no_NO	Norwegian	no	122	{"is_active":0}
728	ii_CN	Nuosu	ii	123	{"is_active":0}
729	nr_ZA	South Ndebele	nr	124	{"is_active":0}
730	oc_FR	Occitan (after 1500)	oc	125	{"is_active":0}
731	oj_CA	Ojibwa	oj	126	{"is_active":0}
732	cu_BG	Old Church Slavonic, Church Slavic, Church Slavonic, Old Bulgarian, Old Slavonic	cu	127	{"is_active":0}
733	om_ET	Oromo	om	128	{"is_active":0}
734	or_IN	Oriya	or	129	{"is_active":0}
735	os_GE	Ossetian, Ossetic	os	130	{"is_active":0}
736	pa_IN	Panjabi, Punjabi	pa	131	{"is_active":0}
737	pi_KH	Pali	pi	132	{"is_active":0}
738	fa_IR	Persian (Iran)	fa	133
739	pl_PL	Polish	pl	134
740	ps_AF	Pashto, Pushto	ps	135	{"is_active":0}
741	pt_BR	Portuguese (Brazil)	pt	136
742	pt_PT	Portuguese (Portugal)	pt	137
743	qu_PE	Quechua	qu	138	{"is_active":0}
744	rm_CH	Romansh	rm	139	{"is_active":0}
745	rn_BI	Kirundi	rn	140	{"is_active":0}
746	ro_RO	Romanian, Moldavian, Moldovan	ro	141
747	ru_RU	Russian	ru	142
748	sa_IN	Sanskrit	sa	143	{"is_active":0}
749	sc_IT	Sardinian	sc	144	{"is_active":0}
750	sd_IN	Sindhi	sd	145	{"is_active":0}
751	se_NO	Northern Sami	se	146	{"is_active":0}
752	sm_WS	Samoan	sm	147	{"is_active":0}
753	sg_CF	Sango	sg	148	{"is_active":0}
754	sr_RS	Serbian	sr	149
755	gd_GB	Scottish Gaelic; Gaelic	gd	150	{"is_active":0}
756	sn_ZW	Shona	sn	151	{"is_active":0}
757	si_LK	Sinhala, Sinhalese	si	152	{"is_active":0}
758	sk_SK	Slovak	sk	153
759	sl_SI	Slovene	sl	154
760	so_SO	Somali	so	155	{"is_active":0}
761	st_ZA	Southern Sotho	st	156	{"is_active":0}
762	es_ES	Spanish; Castilian (Spain)	es	157
763	es_MX	Spanish; Castilian (Mexico)	es	158
764	es_PR	Spanish; Castilian (Puerto Rico)	es	159
765	su_ID	Sundanese	su	160	{"is_active":0}
766	sw_TZ	Swahili	sw	161	{"is_active":0}
767	ss_ZA	Swati	ss	162	{"is_active":0}
768	sv_SE	Swedish	sv	163
769	ta_IN	Tamil	ta	164	{"is_active":0}
770	te_IN	Telugu	te	165
771	tg_TJ	Tajik	tg	166	{"is_active":0}
772	th_TH	Thai	th	167
773	ti_ET	Tigrinya	ti	168	{"is_active":0}
774	bo_CN	Tibetan Standard, Tibetan, Central	bo	169	{"is_active":0}
775	tk_TM	Turkmen	tk	170	{"is_active":0}
776	tl_PH	Tagalog	tl	171	{"is_active":0}
777	tn_ZA	Tswana	tn	172	{"is_active":0}
778	to_TO	Tonga (Tonga Islands)	to	173	{"is_active":0}
779	tr_TR	Turkish	tr	174
780	ts_ZA	Tsonga	ts	175	{"is_active":0}
781	tt_RU	Tatar	tt	176	{"is_active":0}
782	tw_GH	Twi	tw	177	{"is_active":0}
783	ty_PF	Tahitian	ty	178	{"is_active":0}
784	ug_CN	Uighur, Uyghur	ug	179	{"is_active":0}
785	uk_UA	Ukrainian	uk	180
786	ur_PK	Urdu	ur	181	{"is_active":0}
787	uz_UZ	Uzbek	uz	182	{"is_active":0}
788	ve_ZA	Venda	ve	183	{"is_active":0}
789	vi_VN	Vietnamese	vi	184
790	vo_XX	Volapük	vo	185	{"is_active":0}
791	wa_BE	Walloon	wa	186	{"is_active":0}
792	cy_GB	Welsh	cy	187	{"is_active":0}
793	wo_SN	Wolof	wo	188	{"is_active":0}
794	fy_NL	Western Frisian	fy	189	{"is_active":0}
795	xh_ZA	Xhosa	xh	190	{"is_active":0}
796	yi_US	Yiddish	yi	191	{"is_active":0}
797	yo_NG	Yoruba	yo	192	{"is_active":0}
798	za_CN	Zhuang, Chuang	za	193	{"is_active":0}
799	zu_ZA	Zulu	zu	194	{"is_active":0}
@85	encounter_medium	Encounter Medium	{"description":"Encounter medium for case activities (e.g. In Person, By Phone, etc.)"}
800	in_person	In Person	1	1	{"is_reserved":1}
801	phone	Phone	2	2	{"is_default":1,"is_reserved":1}
802	email	Email	3	3	{"is_reserved":1}
803	fax	Fax	4	4	{"is_reserved":1}
804	letter_mail	Letter Mail	5	5	{"is_reserved":1}
@86	msg_tpl_workflow_case	Message Template Workflow for Cases	{"description":"Message Template Workflow for Cases"}
805	case_activity	Cases - Send Copy of an Activity	1	1
@87	msg_tpl_workflow_contribution	Message Template Workflow for Contributions	{"description":"Message Template Workflow for Contributions"}
806	contribution_dupalert	Contributions - Duplicate Organization Alert	1	1
807	contribution_offline_receipt	Contributions - Receipt (off-line)	2	2
808	contribution_online_receipt	Contributions - Receipt (on-line)	3	3
809	contribution_invoice_receipt	Contributions - Invoice	4	4
810	contribution_recurring_notify	Contributions - Recurring Start and End Notification	5	5
811	contribution_recurring_cancelled	Contributions - Recurring Cancellation Notification	6	6
812	contribution_recurring_billing	Contributions - Recurring Billing Updates	7	7
813	contribution_recurring_edit	Contributions - Recurring Updates	8	8
814	pcp_notify	Personal Campaign Pages - Admin Notification	9	9
815	pcp_status_change	Personal Campaign Pages - Supporter Status Change Notification	10	10
816	pcp_supporter_notify	Personal Campaign Pages - Supporter Welcome	11	11
817	pcp_owner_notify	Personal Campaign Pages - Owner Notification	12	12
818	payment_or_refund_notification	Additional Payment Receipt or Refund Notification	13	13
@88	msg_tpl_workflow_event	Message Template Workflow for Events	{"description":"Message Template Workflow for Events"}
819	event_offline_receipt	Events - Registration Confirmation and Receipt (off-line)	1	1
820	event_online_receipt	Events - Registration Confirmation and Receipt (on-line)	2	2
821	participant_cancelled	Events - Registration Cancellation Notice	4	4
822	participant_confirm	Events - Registration Confirmation Invite	5	5
823	participant_expired	Events - Pending Registration Expiration Notice	6	6
824	participant_transferred	Events - Registration Transferred Notice	7	7
@89	msg_tpl_workflow_friend	Message Template Workflow for Tell-a-Friend	{"description":"Message Template Workflow for Tell-a-Friend"}
825	friend	Tell-a-Friend Email	1	1
@90	msg_tpl_workflow_membership	Message Template Workflow for Memberships	{"description":"Message Template Workflow for Memberships"}
826	membership_offline_receipt	Memberships - Signup and Renewal Receipts (off-line)	1	1
827	membership_online_receipt	Memberships - Receipt (on-line)	2	2
828	membership_autorenew_cancelled	Memberships - Auto-renew Cancellation Notification	3	3
829	membership_autorenew_billing	Memberships - Auto-renew Billing Updates	4	4
@91	msg_tpl_workflow_meta	Message Template Workflow for Meta Templates	{"description":"Message Template Workflow for Meta Templates"}
830	test_preview	Test-drive - Receipt Header	1	1
@92	msg_tpl_workflow_pledge	Message Template Workflow for Pledges	{"description":"Message Template Workflow for Pledges"}
831	pledge_acknowledge	Pledges - Acknowledgement	1	1
832	pledge_reminder	Pledges - Payment Reminder	2	2
@93	msg_tpl_workflow_uf	Message Template Workflow for Profiles	{"description":"Message Template Workflow for Profiles"}
833	uf_notify	Profiles - Admin Notification	1	1
@94	msg_tpl_workflow_petition	Message Template Workflow for Petition	{"description":"Message Template Workflow for Petition"}
834	petition_sign	Petition - signature added	1	1
835	petition_confirmation_needed	Petition - need verification	2	2
@95	soft_credit_type	Soft Credit Types	
836	in_honor_of	In Honor of	1	1	{"is_reserved":1}
837	in_memory_of	In Memory of	2	2	{"is_reserved":1}
838	solicited	Solicited	3	3	{"is_default":1,"is_reserved":1}
839	household	Household	4	4
840	workplace	Workplace Giving	5	5
841	foundation_affiliate	Foundation Affiliate	6	6
842	3rd-party_service	3rd-party Service	7	7
843	donor-advised_fund	Donor-advised Fund	8	8
844	matched_gift	Matched Gift	9	9
845	pcp	Personal Campaign Page	10	10	{"is_reserved":1}
846	gift	Gift	11	11	{"is_reserved":1}
@96	recent_items_providers	Recent Items Providers	
847	Contact	Contacts	Contact	1	{"filter":null,"description":"","is_reserved":1}
848	Relationship	Relationships	Relationship	1	{"filter":null,"description":"","is_reserved":1}
849	Activity	Activities	Activity	1	{"filter":null,"description":"","is_reserved":1}
850	Note	Notes	Note	1	{"filter":null,"description":"","is_reserved":1}
851	Group	Groups	Group	1	{"filter":null,"description":"","is_reserved":1}
852	Case	Cases	Case	1	{"filter":null,"description":"","is_reserved":1}
853	Contribution	Contributions	Contribution	1	{"filter":null,"description":"","is_reserved":1}
854	Participant	Participants	Participant	1	{"filter":null,"description":"","is_reserved":1}
855	Membership	Memberships	Membership	1	{"filter":null,"description":"","is_reserved":1}
856	Pledge	Pledges	Pledge	1	{"filter":null,"description":"","is_reserved":1}
857	Event	Events	Event	1	{"filter":null,"description":"","is_reserved":1}
858	Campaign	Campaigns	Campaign	1	{"filter":null,"description":"","is_reserved":1}
@97	thankyou_mode	Thank-You Modes	{"description":"Thank-you options for Contribution Pages","data_type":"String","is_reserved":0}
859	Page	=	page	1
860	Redirect	=	redirect	2
@98	afform_confirmation_type	Afform Confirmation Type	{"option_value_fields":"name,label,icon,description"}
868	redirect_to_url	Redirect to a URL	redirect_to_url	1	{"is_reserved":1,"icon":"fa-turn-up"}
869	show_confirmation_message	Show confirmation message	show_confirmation_message	2	{"is_reserved":1,"icon":"fa-message"}
@99	afform_placement	Afform Placement	{"option_value_fields":"name,label,icon,description"}
870	dashboard_dashlet	Dashboard Dashlet	dashboard_dashlet	1	{"description":"Allow CiviCRM users to add the form to their home dashboard.","is_reserved":1,"icon":"fa-tachometer"}
871	contact_summary_tab	Contact Summary Tab	contact_summary_tab	2	{"grouping":"Contact","description":"Add tab to contact summary page.","is_reserved":1,"icon":"fa-address-card-o"}
872	contact_summary_block	Contact Summary Block	contact_summary_block	3	{"grouping":"Contact","description":"Add block to main contact summary tab.","is_reserved":1,"icon":"fa-columns"}
873	contact_summary_actions	Contact Summary Actions	contact_summary_actions	4	{"grouping":"Contact","filter":1,"description":"Add to the contact summary actions menu.","is_reserved":1,"icon":"fa-bars"}
874	msg_token_single	Message Tokens	msg_token_single	5	{"description":"Allows CiviMail authors to easily link to this page","is_reserved":1,"icon":"fa-code"}
875	case_summary_block	Case Summary	case_summary_block	6	{"grouping":"Case,Contact","description":"Add to the Case Summary screen.","is_reserved":1,"icon":"fa-folder-open"}
@100	afform_container_style	Afform Container Style	{"data_type":"String","option_value_fields":"label"}
876	afform_container_style_pane	Panel Pane	af-container-style-pane	1	{"is_reserved":1}
@101	afform_submission_status	Afform Submission Status	{"option_value_fields":"name,label,icon,description"}
877	Processed	=	1	1	{"is_reserved":1,"icon":"fa-check-square-o"}
878	Pending	=	2	2	{"is_reserved":1,"icon":"fa-circle-pause"}
879	Draft	=	3	3	{"is_reserved":1,"icon":"fa-pen-to-square"}
880	Rejected	=	4	4	{"is_reserved":1,"icon":"fa-rectangle-xmark"}
@102	afform_type	Afform Type	{"option_value_fields":"name,label,icon,description"}
882	form	Submission Form	form	1	{"icon":"fa-list-alt"}
883	search	Search Form	search	2	{"icon":"fa-search"}
884	block	Field Block	block	3	{"icon":"fa-th-large"}
885	system	System Form	system	4	{"icon":"fa-lock"}
@103	search_display_type	Search Display Type	{"option_value_fields":"name,label,icon,description,grouping"}
886	crm-search-display-table	Table	table	1	{"description":"A table displays results in rows and columns, with an optional pager and selectable actions. The styling of rows and columns is highly configurable.","is_reserved":1,"icon":"fa-table"}
887	crm-search-display-list	List	list	2	{"description":"Lists are highly flexible and display results on one or more lines. Each field can be styled differently or given a custom css class.","is_reserved":1,"icon":"fa-list"}
888	crm-search-display-grid	Grid	grid	3	{"description":"Grid displays are useful for image gallery thumbnails and other content to show side-by side.","is_reserved":1,"icon":"fa-th"}
889	crm-search-display-tree	Tree	tree	4	{"description":"Tree displays are used to represent hierarchical data.","is_reserved":1,"icon":"fa-folder-tree"}
890	crm-search-display-autocomplete	Autocomplete	autocomplete	5	{"grouping":"non-viewable","description":"Autocompletes are form fields that give results from this search as the user types. Creating a display is optional and allows customization of how each result appears in the dropdown.","is_reserved":1,"icon":"fa-keyboard-o"}
891	crm-search-display-entity	DB Entity	entity	6	{"grouping":"non-viewable","description":"Creates a database table or view which can be accessed with SearchKit, the API, or SQL-based tools.","is_reserved":1,"icon":"fa-database"}
892	crm-search-display-batch	Data Entry	batch	7	{"description":"Creates a spreadsheet-like form for batch data entry.","is_reserved":1,"icon":"fa-pen-to-square"}
`;
