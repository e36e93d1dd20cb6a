import type { JsonObject } from '../../base/json.ts';
import { groupBy } from './align.ts';
import type { ChangeTopic, FieldChange } from './change.ts';
import type { SubjectKind } from './subject.ts';
import { TIMELINE_ELEMENT } from './timeline-marks.ts';

/** Which fields of an item are one subject of talk. */
const TOPICS: Readonly<Partial<Record<SubjectKind, Readonly<Record<string, ChangeTopic>>>>> = {
  step: {
    name: 'type',
    reference_activity: 'due',
    reference_offset: 'due',
    default_assignee_type: 'assignee',
    default_assignee_relationship: 'assignee',
    default_assignee_contact: 'assignee',
    status: 'status',
    default_subject: 'subject',
    label: 'label',
    order: 'order',
    reference_select: 'reference-select',
  },
  'activity-type': { max_instances: 'limit' },
  'case-role': { manager: 'manager', creator: 'creator', groups: 'groups' },
  'activity-set': {
    label: 'label',
    timeline: 'timeline',
    sequence: 'sequence',
    [TIMELINE_ELEMENT]: 'timeline-element',
  },
};

export interface TopicChange {
  readonly topic: ChangeTopic;
  readonly fields: readonly FieldChange[];
  readonly beside: JsonObject;
}

/** Changed fields by what they are about; a field that CiviCRM does not know is a topic of its own. */
export function byTopic(
  what: SubjectKind,
  item: JsonObject,
  fields: readonly FieldChange[],
): readonly TopicChange[] {
  const known = TOPICS[what] ?? {};
  const topicOf = (key: string): ChangeTopic | undefined =>
    Object.hasOwn(known, key) ? known[key] : undefined;
  const groups = groupBy(fields, ({ key }) => topicOf(key) ?? `field ${key}`);
  return Array.from(groups, ([group, changed]) => {
    const topic = topicOf(changed[0]?.key ?? '') ?? 'field';
    // Without a label something goes by its name.
    const beside = Object.entries(item).filter(
      ([key]) =>
        (topicOf(key) === group || (group === 'label' && key === 'name')) &&
        changed.every((field) => field.key !== key),
    );
    return { topic, fields: changed, beside: Object.fromEntries(beside) };
  });
}
