import { describe, expect, it } from 'vitest';
import { createReminderSite } from '../../../src/civicrm/reminder-site.ts';
import { reminderSiteOf } from '../../support/api-sites-under-test.ts';
import { WATCHED } from '../../support/mirror-source-contract.ts';
import { describeReminderSite } from '../../support/reminder-site-contract.ts';
import { openSandboxIn } from '../../support/sandbox-in-zone.ts';
import { createApiDesk } from '../../support/site-desk.ts';

describeReminderSite('a sandbox in Paris', async () => reminderSiteOf(await openSandboxIn('Europe/Paris')));

describe('the record of a mail', () => {
  it('is not pretended: a key that may not write is told so', async () => {
    const { connect, close } = await openSandboxIn('Europe/Paris');
    try {
      const desk = createApiDesk(connect());
      const person = await desk.addPerson({ firstName: 'Amina', lastName: 'A' });
      const caseId = await desk.openCase(WATCHED, [person], person);
      const record = {
        ...{ occurrenceId: 'email-1', caseId, recipientId: person, sentAt: '2026-03-02 08:30:00' },
        ...{ subject: 'Reminder sent', details: '' },
      };
      await createReminderSite(connect()).recordMail(record);
      const limited = createReminderSite(connect('limited'));
      const refused = limited.recordMail({ ...record, occurrenceId: 'email-2' });
      await expect(refused).rejects.toMatchObject({ name: 'AppError' });
      const file = await createReminderSite(connect()).readCase(caseId);
      expect(file?.activities.filter(({ type }) => type === 'Reminder Sent')).toHaveLength(1);
    } finally {
      await close();
    }
  });
});
