import { emailRules, phoneRules } from './address-rules.ts';
import { activityContactRules, activityRules, caseActivityRules } from './activity-rules.ts';
import { caseContactRules, caseRules } from './case-rules.ts';
import { caseTypeRules } from './case-type-rules.ts';
import { contactRules } from './contact-rules.ts';
import { customFieldRules, customGroupRules } from './custom-rules.ts';
import {
  entityTagRules,
  groupContactRules,
  groupRules,
  locationTypeRules,
  optionGroupRules,
  optionValueRules,
  tagRules,
} from './list-rules.ts';
import { relationshipRules, relationshipTypeRules } from './relationship-rules.ts';
import { reminderRules } from './reminder-rules.ts';
import type { EntityRules } from './rules.ts';

const RULES: Readonly<Record<string, EntityRules>> = {
  ActionSchedule: reminderRules,
  Activity: activityRules,
  ActivityContact: activityContactRules,
  Case: caseRules,
  CaseActivity: caseActivityRules,
  CaseContact: caseContactRules,
  CaseType: caseTypeRules,
  Contact: contactRules,
  CustomField: customFieldRules,
  CustomGroup: customGroupRules,
  Email: emailRules,
  EntityTag: entityTagRules,
  Group: groupRules,
  GroupContact: groupContactRules,
  LocationType: locationTypeRules,
  OptionGroup: optionGroupRules,
  OptionValue: optionValueRules,
  Phone: phoneRules,
  Relationship: relationshipRules,
  RelationshipType: relationshipTypeRules,
  Tag: tagRules,
};

/** What CiviCRM does around the rows of an entity; nothing for most. */
export const rulesOf = (entity: string): EntityRules => RULES[entity] ?? {};
