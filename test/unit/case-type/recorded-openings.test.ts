import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { presentSimulation, simulateOpening, type CaseTypeDefinition } from '../../../src/case-type/index.ts';

const FOLDER = new URL('../../../../shared/civicrm/recordings/timeline/', import.meta.url);

interface Recording {
  readonly caseType: { readonly definition: CaseTypeDefinition };
  readonly open: readonly RecordedOpening[];
}
interface RecordedOpening {
  readonly start_date: string;
  readonly case: Readonly<Record<string, unknown>> & { readonly subject: string };
  readonly activities: readonly (Readonly<Record<string, unknown>> & {
    readonly activity_date_time: string;
    readonly target_contact_id: readonly string[] | null;
  })[];
  readonly roles: readonly unknown[];
}

const files = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => name.endsWith('.json')) : [];

describe.skipIf(files.length === 0)('openings recorded from CiviCRM (needs ../shared/civicrm)', () => {
  it.each(files)('%s opens with the same activities and roles', (file) => {
    const recording = JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as Recording;
    for (const recorded of recording.open) {
      // Only a step that a sequence made lacks the client; it carries the moment of the recording.
      const bySequence = recorded.activities.find((activity) => activity.target_contact_id === null);
      const simulated = simulateOpening({
        definition: recording.caseType.definition,
        startDate: recorded.start_date,
        subject: recorded.case.subject,
        ...(bySequence === undefined ? {} : { now: bySequence.activity_date_time }),
      });
      const { id: _id, start_date: caseStart, ...recordedCase } = recorded.case;
      const expected = {
        start_date: recorded.start_date,
        case: { ...recordedCase, start_date: String(caseStart).slice(0, 10) },
        activities: recorded.activities,
        roles: recorded.roles,
        failure: null,
      };
      expect(presentSimulation(simulated)).toEqual(expected);
    }
  });
});
