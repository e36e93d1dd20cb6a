import { expect, it } from 'vitest';
import { deliverReminder } from '../../../src/reminder/deliver-reminder.ts';
import { previewReminders } from '../../../src/reminder/preview-reminders.ts';
import { madeActivity, madeCase, madeContact } from '../../support/made-case.ts';
import { createNotingMailer, openReminderScene } from '../../support/reminder-scene.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 1, 27, 7, 30);

it('a preview shows who would get what and when, says who would not, and writes nothing', async () => {
  const mailer = createNotingMailer();
  const scene = await openReminderScene({ now: NOW, mailer });
  const caseFile = madeCase({
    activities: [
      madeActivity(71, { dateTime: '2026-03-05 10:00:00', assigneeContactIds: [3, 5] }),
      madeActivity(70),
      madeActivity(72, { dateTime: '2026-06-01 10:00:00' }),
    ],
  });
  const contacts = new Map([
    ...caseFile.contacts,
    [5, madeContact(5, { isDeceased: true, preferredLanguage: 'fr_FR' })],
  ]);
  scene.site.put({ ...caseFile, contacts });

  const previews = await previewReminders('riverside', 30 * DAY, scene.parts);
  expect(
    previews.map(({ activityId, recipientId, dueAt, language, state, suppressed }) => ({
      activityId,
      recipientId,
      due: new Date(dueAt).toISOString(),
      language,
      state,
      suppressed,
    })),
  ).toEqual([
    {
      activityId: 70,
      recipientId: 3,
      due: '2026-02-28T07:30:00.000Z',
      language: 'en',
      state: null,
      suppressed: null,
    },
    ...[3, 5]
      .map((recipientId) => ({
        activityId: 71,
        recipientId,
        due: '2026-03-03T07:30:00.000Z',
        language: recipientId === 5 ? 'fr' : 'en',
        state: null,
        suppressed: recipientId === 5 ? 'the recipient is deceased' : null,
      }))
      .sort((one, other) => idOf(one) - idOf(other)),
  ]);
  expect(await scene.occurrences.countByState()).toEqual([]);

  const [sent = ''] = await scene.plan(madeCase());
  scene.clock.advance(DAY);
  await deliverReminder(sent, scene.parts);
  const later = await previewReminders('riverside', 30 * DAY, scene.parts);
  expect(later.map(({ occurrenceId }) => occurrenceId)).not.toContain(sent);
  await scene.store.close();

  function idOf({ recipientId }: { readonly recipientId: number }): number {
    return previews.findIndex((preview) => preview.activityId === 71 && preview.recipientId === recipientId);
  }
});
