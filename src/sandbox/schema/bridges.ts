/** One reference of a bridge entity: its column, the entities that it may point to, and the column that says which. */
export interface BridgeReference {
  readonly column: string;
  readonly targets: Readonly<Record<string, string>>;
  readonly typeColumn?: string;
}

export interface Bridge {
  /** In the order of the table's columns; joining one end leads to the other. */
  readonly ends: readonly (readonly [BridgeReference, BridgeReference])[];
}

const to = (column: string, entity: string): BridgeReference => ({ column, targets: { [entity]: '' } });

const pair = (first: BridgeReference, second: BridgeReference): Bridge => ({
  ends: [
    [first, second],
    [second, first],
  ],
});

const tagged: BridgeReference = {
  column: 'entity_id',
  typeColumn: 'entity_table',
  targets: { Contact: 'civicrm_contact', Activity: 'civicrm_activity', Case: 'civicrm_case' },
};

/** The bridge entities, as `Entity.get` names them. */
export const BRIDGES: Readonly<Record<string, Bridge>> = {
  ActivityContact: pair(to('activity_id', 'Activity'), to('contact_id', 'Contact')),
  CaseActivity: pair(to('case_id', 'Case'), to('activity_id', 'Activity')),
  CaseContact: pair(to('case_id', 'Case'), to('contact_id', 'Contact')),
  GroupContact: pair(to('group_id', 'Group'), to('contact_id', 'Contact')),
  EntityTag: pair(tagged, to('tag_id', 'Tag')),
  // The joined contact is the near one; the far one is the contact that the call is about.
  RelationshipCache: { ends: [[to('near_contact_id', 'Contact'), to('far_contact_id', 'Contact')]] },
};
