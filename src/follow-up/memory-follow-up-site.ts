import type { Activity, CaseFile } from '../case/case-file.ts';
import type { FollowUp, FollowUpSite } from './ports.ts';

export interface MemoryFollowUpSite extends FollowUpSite {
  /** Puts a case in, or in place of the one with its id. */
  put(caseFile: CaseFile): void;
  remove(caseId: number): void;
  find(caseId: number): CaseFile | undefined;
}

/** The twin of `createFollowUpSite` without a site. New activities get ids from 1,001 on. */
export function createMemoryFollowUpSite(cases: readonly CaseFile[] = []): MemoryFollowUpSite {
  const files = new Map(cases.map((caseFile) => [caseFile.id, caseFile]));
  let lastId = 1000;

  return {
    async *readOpenCases(caseTypes) {
      await Promise.resolve();
      for (const caseFile of [...files.values()]) {
        const isWatched = caseTypes?.includes(caseFile.caseType) !== false;
        if (isWatched && !caseFile.isDeleted && caseFile.statusGrouping === 'Opened') yield [caseFile];
      }
    },
    readCases: (ids) => Promise.resolve(ids.flatMap((id) => files.get(id) ?? [])),
    writeFollowUp(followUp) {
      const all = [...files.values()].flatMap((caseFile) => caseFile.activities);
      const present = all.find((activity) => activity.originKey === followUp.originKey);
      if (present !== undefined) return Promise.resolve(present.id);
      const caseFile = files.get(followUp.caseId);
      if (caseFile === undefined) throw new Error(`There is no case ${followUp.caseId}`);
      lastId += 1;
      files.set(caseFile.id, {
        ...caseFile,
        activities: [...caseFile.activities, asActivity(lastId, followUp)],
      });
      return Promise.resolve(lastId);
    },
    put: (caseFile) => void files.set(caseFile.id, caseFile),
    remove: (caseId) => void files.delete(caseId),
    find: (caseId) => files.get(caseId),
  };
}

function asActivity(id: number, followUp: FollowUp): Activity {
  return {
    id,
    type: followUp.activityType,
    status: followUp.status,
    statusClass: followUp.status === 'Completed' ? 'completed' : 'incomplete',
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
