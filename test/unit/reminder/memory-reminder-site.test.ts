import { createMemoryReminderSite } from '../../../src/reminder/memory-reminder-site.ts';
import { createMemoryCaseDesk } from '../../support/memory-case-desk.ts';
import { WATCHED } from '../../support/mirror-source-contract.ts';
import { describeReminderSite } from '../../support/reminder-site-contract.ts';

describeReminderSite('a site in memory', () => {
  const site = createMemoryReminderSite();
  return Promise.resolve({
    connect: () => site,
    desk: createMemoryCaseDesk(site),
    strand: (occurrenceId) => Promise.resolve(site.strand(occurrenceId)),
    placesOf: async (occurrenceId) => {
      const filed = site.records.filter((record) => record.occurrenceId === occurrenceId);
      return Promise.all(
        filed.map(async (record) => ({ id: await site.recordMail(record), caseId: record.caseId })),
      );
    },
    // In memory nothing forgets a record.
    trash: () => Promise.resolve(),
    labels: { caseType: WATCHED, activityType: 'Open Case' },
    close: () => Promise.resolve(),
  });
});
