import type { CaseFile } from '../../src/case/case-file.ts';
import type { CaseDesk } from './follow-up-site-contract.ts';
import { madeActivity, madeCase, madeContact } from './made-case.ts';

/** The desk of a site in memory that only knows whole case files. */
export function createMemoryCaseDesk(site: {
  put(caseFile: CaseFile): void;
  find(caseId: number): CaseFile | undefined;
}): CaseDesk {
  const people = new Map<number, ReturnType<typeof madeContact>>();
  let lastId = 100;
  const nextId = (): number => (lastId += 1);
  return {
    addPerson(fields) {
      const id = nextId();
      people.set(id, madeContact(id, fields));
      return Promise.resolve(id);
    },
    openCase(caseType, clientIds, creatorId) {
      const id = nextId();
      const opening = madeActivity(nextId(), { type: 'Open Case', sourceContactId: creatorId });
      site.put(madeCase({ id, caseType, clientIds, activities: [opening], contacts: new Map(people) }));
      return Promise.resolve(id);
    },
    editCase(id, { status, ...fields }) {
      const statusGrouping = status === 'Closed' ? 'Closed' : 'Opened';
      site.put({
        ...site.find(id)!,
        ...fields,
        ...(status === undefined ? {} : { status, statusGrouping }),
      });
      return Promise.resolve();
    },
  };
}
