import type { JsonObject } from '../../src/base/json.ts';
import { createSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { createStandingClock, type StandingClock } from './standing-clock.ts';

export interface ServedSandbox {
  readonly sandbox: Sandbox;
  readonly url: string;
  readonly clock: StandingClock;
  /** Makes a record and answers its id. */
  readonly create: (entity: string, values: JsonObject) => number;
  readonly update: (entity: string, id: number, values: JsonObject) => void;
}

/** A sandbox site on HTTP, at a standing instant; its key is `<name>-key`. */
export async function serveSandbox(name: string, idOffset: number): Promise<ServedSandbox> {
  const clock = createStandingClock(Date.UTC(2026, 2, 2, 12));
  const sandbox = createSandbox({ name, apiKey: `${name}-key`, idOffset, clock, random: () => 0.5 });
  const { url } = await sandbox.listen(0);
  return {
    sandbox,
    url,
    clock,
    create: (entity, values) => Number(sandbox.handle(entity, 'create', { values }).values[0]?.['id']),
    update: (entity, id, values) => {
      sandbox.handle(entity, 'update', { where: [['id', '=', id]], values });
    },
  };
}

/** Three cases with their timelines, shared people, and activities of people's own making. */
export function fillWithCases({ create }: ServedSandbox): {
  readonly cases: number[];
  readonly activities: number[];
} {
  const people = ['Ada', 'Grace', 'Emmy'].map((firstName, index) => {
    const identifier = index === 0 ? { external_identifier: 'EXT-1' } : {};
    const id = create('Contact', {
      contact_type: 'Individual',
      first_name: firstName,
      last_name: 'Q',
      ...identifier,
    });
    create('Email', { contact_id: id, email: `${firstName.toLowerCase()}@example.org`, is_primary: true });
    return id;
  });
  const person = (index: number) => people[index % people.length] ?? 0;
  const cases = people.map((clientId, index) =>
    create('Case', {
      'case_type_id:name': 'housing_support',
      contact_id: [clientId],
      creator_id: person(index + 1),
      subject: `Case ${String(index)}`,
      start_date: '2026-03-02',
    }),
  );
  const activities = cases.map((caseId, index) =>
    create('Activity', {
      'activity_type_id:name': 'Follow up',
      case_id: caseId,
      subject: `Call ${String(index)}`,
      source_contact_id: person(index + 1),
      target_contact_id: [person(index)],
      assignee_contact_id: [person(index + 2)],
      activity_date_time: '2026-03-09 09:00:00',
    }),
  );
  return { cases, activities };
}
