import { z } from 'zod';

const day = z
  .string()
  .regex(/^(day -?\d+|\d{4}-\d{2}-\d{2})$/, 'Expected a day such as "day 4" or 2026-03-05')
  .meta({
    description:
      'A day: "day 4" is the fourth day after the one on which the case was opened ("day 0"), or a date such as 2026-03-05.',
  });
const activity = z
  .string()
  .min(1)
  .meta({ description: 'The name of an activity type, as in the case type.' });
const person = z
  .string()
  .min(1)
  .meta({ description: 'What you call the person. On a site a contact of that name is made for the test.' });

const dueDetails = z.strictObject({
  on: day,
  for: person
    .optional()
    .meta({ description: 'Who it is assigned to: the name of a person, or "nobody". Left out: anybody.' }),
  status: z
    .string()
    .optional()
    .meta({ description: 'The name of its activity status. Left out: any open one.' }),
  subject: z.string().optional().meta({ description: 'Its subject. Left out: any.' }),
});
const dueStep = z
  .record(activity, z.union([day, dueDetails]))
  .refine((value) => Object.keys(value).length === 1, 'Expected one step, as in "- Phone Call: day 4"')
  .meta({
    description: 'A step and its day, as in "Phone Call: day 4", or with more: {on: day 4, for: Ada}.',
  });

const expectation = z
  .strictObject({
    day: day
      .optional()
      .meta({ description: 'The day on which one looks at the case. Left out: the day of the last event.' }),
    due: z.array(dueStep).optional().meta({
      description: 'All activities that are still open, in any order: one that is missing or too many fails.',
    }),
    overdue: z
      .array(activity)
      .optional()
      .meta({ description: 'All open activities whose day has passed. [] says that there is none.' }),
    completed: z
      .array(activity)
      .optional()
      .meta({ description: 'Activities that are completed; others may be, too.' }),
    absent: z.array(activity).optional().meta({ description: 'Activity types of which the case has none.' }),
    sequence: z
      .string()
      .optional()
      .meta({ description: 'The step for which the sequence waits, or "finished".' }),
    status: z.string().optional().meta({ description: 'The name of the case status, as in Closed.' }),
    ended: z
      .union([day, z.literal('never')])
      .optional()
      .meta({ description: 'The end date of the case, or "never" when it has none.' }),
  })
  .meta({ description: 'What must be true then. Only what is written here is checked.' });

const EVENTS = [
  'completed',
  'marked',
  'added',
  'trashed',
  'status',
  'timelineAdded',
  'startMovesTo',
] as const;

const event = z
  .strictObject({
    on: day.meta({ description: 'The day on which it happens.' }),
    completed: activity
      .optional()
      .meta({ description: 'This activity is completed: of several open ones the earliest.' }),
    marked: activity.optional().meta({ description: 'This activity gets the status that "as" names.' }),
    as: z
      .string()
      .optional()
      .meta({ description: 'With "marked": the name of the activity status, as in Cancelled.' }),
    added: activity.optional().meta({ description: 'An activity of this type is added by hand.' }),
    due: day
      .optional()
      .meta({ description: 'With "added": the day it is for. Left out: the day on which it is added.' }),
    trashed: activity.optional().meta({ description: 'This activity is deleted (moved to the trash).' }),
    status: z.string().optional().meta({ description: 'The case gets this status.' }),
    timelineAdded: z
      .string()
      .optional()
      .meta({ description: 'This activity set, by name or label, is added to the case.' }),
    startMovesTo: day
      .optional()
      .meta({ description: 'The start date is changed to this day, with "Change Case Start Date".' }),
    then: expectation.optional(),
  })
  .refine((value) => EVENTS.filter((key) => value[key] !== undefined).length === 1, {
    message: `Expected exactly one of ${EVENTS.join(', ')}`,
  })
  .refine((value) => (value.marked === undefined) === (value.as === undefined), {
    message: 'Expected "marked" and "as" together',
  })
  .refine((value) => value.due === undefined || value.added !== undefined, {
    message: 'Expected "due" only with "added"',
  })
  .meta({ description: 'One thing that happens to the case.' });

const processTest = z
  .strictObject({
    name: z.string().min(1).meta({ description: 'What the test shows, in a few words.' }),
    given: z
      .strictObject({
        opened: z.iso.date().meta({ description: 'The start date of the case, as in 2026-03-02.' }),
        by: person
          .optional()
          .meta({ description: 'Who opens the case. Left out: somebody whom the test does not name.' }),
        roles: z.record(z.string(), person).optional().meta({
          description: 'Who gets which role right after the opening, as in "Benefits Adviser: Ben".',
        }),
      })
      .meta({ description: 'The case at the beginning.' }),
    when: z.array(event).optional().meta({ description: 'What happens then, in the order of time.' }),
    then: expectation.optional().meta({
      description: 'What must be true in the end, or right after the opening when nothing happens.',
    }),
  })
  .meta({ description: 'One case from its opening on, and what must be true of it.' });

export const specificationSchema = z
  .strictObject({
    caseType: z.string().optional().meta({
      description: 'The file of the case type, from here. Left out: the XML beside this file with its name.',
    }),
    site: z
      .strictObject({
        activityStatuses: z
          .array(z.string())
          .optional()
          .meta({ description: 'Activity statuses that the site has beside those of a fresh CiviCRM.' }),
      })
      .optional()
      .meta({ description: 'What the site must have for these tests.' }),
    tests: z.array(processTest).min(1).meta({ description: 'The tests.' }),
  })
  .meta({
    title: 'Process tests of a CiviCase case type',
    description: 'What a case type must do, told by examples.',
  });

export type Specification = z.output<typeof specificationSchema>;
export type ProcessTest = z.output<typeof processTest>;
export type TestEvent = z.output<typeof event>;
export type Expectation = z.output<typeof expectation>;
export type DueDetails = z.output<typeof dueDetails>;

/** For editors: a sentence on every key. */
export const specificationJsonSchema = (): object => z.toJSONSchema(specificationSchema);
