import { AppError } from '../base/errors.ts';
import type { Activity, ActivityStatusClass, CaseFile } from '../case/case-file.ts';
import type { FollowUp, FollowUpSite } from './ports.ts';

export interface MemoryFollowUpSite extends FollowUpSite {
  /** Puts a case in, or in place of the one with its id. */
  put(caseFile: CaseFile): void;
  remove(caseId: number): void;
  find(caseId: number): CaseFile | undefined;
  cases(): readonly CaseFile[];
  /** Leaves an activity with that key on no case, as a dying site does; answers its id. */
  strand(originKey: string): number;
  /** Where the activity of that key stands; null: on no case, undefined: nowhere. */
  placeOf(originKey: string): { readonly id: number; readonly caseId: number | null } | undefined;
}

/** Activity statuses that the site knows, and their classes. */
const STATUSES: Readonly<Record<string, ActivityStatusClass>> = {
  Scheduled: 'incomplete',
  Completed: 'completed',
  Cancelled: 'cancelled',
};
const TYPES: readonly string[] = ['Open Case', 'Meeting', 'Phone Call', 'Email', 'Follow up'];

/** The twin of `createFollowUpSite` without a site. New activities get ids from 1,001 on. */
export function createMemoryFollowUpSite(cases: readonly CaseFile[] = []): MemoryFollowUpSite {
  const files = new Map(cases.map((caseFile) => [caseFile.id, caseFile]));
  const halves = new Map<string, number>();
  let lastId = 1000;
  const nextId = (): number => (lastId += 1);

  const placeOf = (
    originKey: string,
  ): { readonly id: number; readonly caseId: number | null } | undefined => {
    for (const { id: caseId, activities } of files.values()) {
      const found = activities.find((activity) => activity.originKey === originKey);
      if (found !== undefined) return { id: found.id, caseId };
    }
    const half = halves.get(originKey);
    return half === undefined ? undefined : { id: half, caseId: null };
  };

  return {
    placeOf,
    async *readOpenCases(caseTypes) {
      await Promise.resolve();
      for (const caseFile of [...files.values()]) {
        const isWatched = caseTypes?.includes(caseFile.caseType) !== false;
        if (isWatched && !caseFile.isDeleted && caseFile.statusGrouping === 'Opened') yield [caseFile];
      }
    },
    readCases: (ids) => Promise.resolve([...new Set(ids)].flatMap((id) => files.get(id) ?? [])),
    async writeFollowUp(followUp) {
      await Promise.resolve();
      const present = placeOf(followUp.originKey);
      if (typeof present?.caseId === 'number') return present.id;
      if (!TYPES.includes(followUp.activityType) || !(followUp.status in STATUSES))
        throw new AppError('invalid-input', 'The site lacks the activity type or the status.');
      halves.delete(followUp.originKey);
      const caseFile = files.get(followUp.caseId);
      if (caseFile === undefined)
        throw new AppError('remote-rejected', `There is no case ${followUp.caseId} to file it on.`);
      const id = present?.id ?? nextId();
      files.set(caseFile.id, {
        ...caseFile,
        activities: [...caseFile.activities, asActivity(id, followUp)],
      });
      return id;
    },
    discardFollowUp: (originKey) => Promise.resolve(void halves.delete(originKey)),
    put: (caseFile) => void files.set(caseFile.id, caseFile),
    remove: (caseId) => void files.delete(caseId),
    find: (caseId) => files.get(caseId),
    cases: () => [...files.values()],
    strand(originKey) {
      const id = nextId();
      halves.set(originKey, id);
      return id;
    },
  };
}

function asActivity(id: number, followUp: FollowUp): Activity {
  return {
    id,
    type: followUp.activityType,
    status: followUp.status,
    statusClass: STATUSES[followUp.status] ?? 'incomplete',
    subject: followUp.subject,
    details: followUp.details,
    dateTime: followUp.dateTime,
    durationMinutes: null,
    location: null,
    medium: null,
    priority: 'Normal',
    isAuto: false,
    isDeleted: false,
    sourceContactId: 1,
    targetContactIds: followUp.targetContactIds,
    assigneeContactIds: followUp.assigneeContactIds,
    modifiedDate: followUp.dateTime,
    originKey: followUp.originKey,
  };
}
