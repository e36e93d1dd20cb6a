import { AppError } from '../base/errors.ts';
import type { CaseFile } from '../case/case-file.ts';
import type { MailRecord, ReminderSite } from './ports.ts';

export interface MemoryReminderSite extends ReminderSite {
  readonly records: readonly MailRecord[];
  put(caseFile: CaseFile): void;
  find(caseId: number): CaseFile | undefined;
  /** Leaves an activity for that mail on no case, as a dying site does; answers its id. */
  strand(occurrenceId: string): number;
  /** Thrown by reading or by recording until it is taken back with null. */
  fail(what: 'reading' | 'recording', error: Error | null): void;
}

/** The twin of `createReminderSite`: cases in memory, and a fault for the next calls if wanted. */
export function createMemoryReminderSite(): MemoryReminderSite {
  const files = new Map<number, CaseFile>();
  const records: MailRecord[] = [];
  const ids = new Map<string, number>();
  const faults = new Map<string, Error>();
  const read = <Value>(value: Value): Promise<Value> => {
    const fault = faults.get('reading');
    return fault === undefined ? Promise.resolve(value) : Promise.reject(fault);
  };
  const idOf = (occurrenceId: string): number => {
    const id = ids.get(occurrenceId) ?? 900 + ids.size;
    ids.set(occurrenceId, id);
    return id;
  };
  return {
    records,
    put: (caseFile) => files.set(caseFile.id, caseFile),
    strand: idOf,
    find: (caseId) => files.get(caseId),
    fail(what, error) {
      if (error === null) faults.delete(what);
      else faults.set(what, error);
    },
    async *readOpenCases(caseTypes) {
      const isWatched = (file: CaseFile) => caseTypes?.includes(file.caseType) !== false;
      const isOpen = (file: CaseFile) => !file.isDeleted && file.statusGrouping === 'Opened';
      yield await read([...files.values()].filter((file) => isOpen(file) && isWatched(file)));
    },
    readCase: (caseId) => read(files.get(caseId) ?? null),
    readLabels: (caseFile, activity) => read({ caseType: caseFile.caseType, activityType: activity.type }),
    async recordMail(record) {
      await Promise.resolve();
      const fault = faults.get('recording');
      if (fault !== undefined) throw fault;
      if (!records.some(({ occurrenceId }) => occurrenceId === record.occurrenceId)) {
        if (!files.has(record.caseId)) {
          ids.delete(record.occurrenceId);
          throw new AppError('remote-rejected', `There is no case ${record.caseId} to file it on.`);
        }
        records.push(record);
      }
      return idOf(record.occurrenceId);
    },
  };
}
