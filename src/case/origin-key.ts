/** Records of a CiviCRM site that carry an origin key of ours in a custom field. */
export type OriginEntity = 'Case' | 'Activity' | 'Contact';

export const ORIGIN_ENTITIES: readonly OriginEntity[] = ['Case', 'Activity', 'Contact'];

/** Names of custom groups are unique on a site, whatever they extend: hence one name per entity. */
export const ORIGIN_GROUPS = {
  Case: 'Civicase_Bridge_Case',
  Activity: 'Civicase_Bridge_Activity',
  Contact: 'Civicase_Bridge_Contact',
} as const satisfies Record<OriginEntity, string>;

export const ORIGIN_FIELD = 'origin_key';

/** The path by which APIv4 reads, writes and matches the key, e.g. `Civicase_Bridge_Activity.origin_key`. */
export function originField<Entity extends OriginEntity>(
  entity: Entity,
): `${(typeof ORIGIN_GROUPS)[Entity]}.${typeof ORIGIN_FIELD}` {
  return `${ORIGIN_GROUPS[entity]}.${ORIGIN_FIELD}`;
}

/** Where a mirrored record came from. */
export interface Origin {
  /** Name of the source site in the configuration. */
  readonly site: string;
  readonly entity: OriginEntity;
  readonly id: number;
}

/** `riverside/Case/12`. Renaming a site in the configuration therefore starts its mirrors afresh. */
export function mirrorKey(origin: Origin): string {
  return `${origin.site}/${origin.entity}/${origin.id}`;
}

/** The origin that `mirrorKey` wrote; null for an empty field or a key of another kind. */
export function readMirrorKey(key: string | null): Origin | null {
  const match = /^(.+)\/(Case|Activity|Contact)\/([1-9]\d*)$/.exec(key ?? '');
  if (match === null) return null;
  return { site: match[1] ?? '', entity: match[2] as OriginEntity, id: Number(match[3]) };
}

/** Key of an activity that an occurrence made: the follow-up itself, or the record of a mail. */
export function occurrenceKey(occurrenceId: string): string {
  return `occurrence/${occurrenceId}`;
}
