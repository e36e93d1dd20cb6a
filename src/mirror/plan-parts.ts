import type { JsonValue } from '../base/json.ts';
import type { CaseFile } from '../case/case-file.ts';
import { mergeFields } from './fields.ts';
import type { ContactMap } from './fields.ts';
import type { Fields, IdLink, LinkedEntity, MirroredCase, MirrorWrite, TargetNames } from './ports.ts';

export interface CaseSituation {
  /** The case on the source. */
  readonly file: CaseFile;
  /** The same case as it now is on the target. */
  readonly there: CaseFile;
  readonly sourceSite: string;
  readonly row: Pick<MirroredCase, 'state' | 'foreignActivityIds' | 'ourClientIds' | 'ourRoles'>;
  /** By `linkName`. */
  readonly links: ReadonlyMap<string, IdLink>;
  readonly names: TargetNames;
  readonly map: ContactMap;
  readonly problems: ReadonlyMap<number, string>;
  /** Activities that are no more on the source's case but still exist on the source. */
  readonly existing: ReadonlySet<number>;
  /** By origin key, mirrored activities that are on the target but not on this case: they are filed on several. */
  readonly elsewhere: ReadonlyMap<string, number>;
  /** Origin keys that another case of the group is about to create: filed on this case in the next round. */
  readonly claimed: ReadonlySet<string>;
  /** Fields in conflict since the first look of this run (`linkName` + field): they stay as they are. */
  readonly frozen: ReadonlySet<string> | null;
}

export type Purpose = 'create' | 'adopt' | 'update' | 'remove';

export interface PlannedWrite {
  readonly entity: LinkedEntity;
  /** 0 for a record that only the target has. */
  readonly sourceId: number;
  readonly purpose: Purpose;
  readonly write: MirrorWrite;
}

interface PlannedLink {
  readonly entity: LinkedEntity;
  readonly sourceId: number;
  readonly targetId: number;
  readonly desired: Fields;
  readonly actual: Fields;
  readonly inConflict: readonly string[];
}

export interface PlanPart {
  readonly writes: readonly PlannedWrite[];
  readonly links: readonly PlannedLink[];
  readonly conflicts: readonly PlannedConflict[];
  readonly rejects: readonly PlannedReject[];
}

interface PlannedConflict {
  readonly entity: LinkedEntity;
  readonly sourceId: number;
  readonly targetId: number;
  readonly field: string;
  readonly sourceValue: JsonValue;
  readonly targetValue: JsonValue;
}

export interface PlannedReject {
  readonly entity: LinkedEntity;
  readonly sourceId: number;
  readonly reason: string;
}

export const linkName = (entity: LinkedEntity, sourceId: number) => `${entity}/${sourceId}`;

/** Merges one linked record, honouring conflicts that were found earlier in the run. */
export function planFields(
  situation: CaseSituation,
  record: { readonly entity: LinkedEntity; readonly sourceId: number; readonly targetId: number },
  desired: Fields,
  actual: Fields,
): { readonly write: Fields; readonly part: PlanPart } {
  const { frozen, row } = situation;
  const name = linkName(record.entity, record.sourceId);
  const known = situation.links.get(name);
  // A link noted by a run that died may name another of the records that the target made itself.
  const link = frozen === null && known?.targetId === record.targetId ? known : null;
  const merged = mergeFields(desired, actual, link, row.state !== 'mirrored');
  const write =
    frozen === null
      ? merged.write
      : Object.fromEntries(Object.entries(merged.write).filter(([field]) => !frozen.has(`${name}/${field}`)));
  const inConflict = Object.keys(desired).filter(
    (field) =>
      frozen?.has(`${name}/${field}`) === true ||
      merged.conflicts.some((conflict) => conflict.field === field),
  );
  const link_: PlannedLink = { ...record, desired, actual, inConflict };
  const conflicts = merged.conflicts.map((conflict) => ({ ...record, ...conflict }));
  return { write, part: { writes: [], links: [link_], conflicts, rejects: [] } };
}

export function withWrites(
  part: PlanPart,
  writes: readonly MirrorWrite[],
  record: { readonly entity: LinkedEntity; readonly sourceId: number },
  purpose: Purpose,
): PlanPart {
  const planned = writes.map((write) => ({
    entity: record.entity,
    sourceId: record.sourceId,
    purpose,
    write,
  }));
  return { ...part, writes: [...part.writes, ...planned] };
}

export const nothing: PlanPart = { writes: [], links: [], conflicts: [], rejects: [] };

export function rejected(
  record: { readonly entity: LinkedEntity; readonly sourceId: number },
  reason: string,
): PlanPart {
  return { ...nothing, rejects: [{ entity: record.entity, sourceId: record.sourceId, reason }] };
}

export function joinParts(parts: readonly PlanPart[]): PlanPart {
  return {
    writes: parts.flatMap((part) => part.writes),
    links: parts.flatMap((part) => part.links),
    conflicts: parts.flatMap((part) => part.conflicts),
    rejects: parts.flatMap((part) => part.rejects),
  };
}

export function isEmpty(fields: Fields): boolean {
  return Object.keys(fields).length === 0;
}
