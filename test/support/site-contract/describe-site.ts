import { afterAll, beforeAll, describe } from 'vitest';
import { describeBatches } from './batches.ts';
import { describeCaseWriting } from './case-writing.ts';
import { describeCaseTypes } from './case-types.ts';
import { createDesk, type ContractSite } from './contract-site.ts';
import { describeCustomFields } from './custom-fields.ts';
import { describeDates } from './dates.ts';
import { describeErrors } from './errors.ts';
import { describeNames } from './names.ts';
import { describePaging } from './paging.ts';
import { describePermissions } from './permissions.ts';
import { describeReading } from './reading.ts';
import { describeText } from './text.ts';
import { describeTrash } from './trash.ts';
import { describeWriting } from './writing.ts';
import { describeZones } from './zones.ts';

/** The contract in two parts that take a real site equally long. */
const PARTS = {
  records: [
    describeReading,
    describePaging,
    describeWriting,
    describeCaseWriting,
    describeNames,
    describeDates,
    describeZones,
    describeText,
    describeTrash,
  ],
  site: [describeCustomFields, describeBatches, describeErrors, describePermissions, describeCaseTypes],
} as const;

/**
 * What a CiviCRM 6.20 site promises to our client: the same tests for the sandbox and for a real one; or a part of it.
 * `open` answers a fresh site whose zone is `SITE_ZONE`.
 */
export function describeSite(
  name: string,
  open: () => Promise<ContractSite>,
  parts: readonly (keyof typeof PARTS)[] = ['records', 'site'],
): void {
  describe(name, () => {
    const desk = createDesk();
    beforeAll(async () => {
      desk.open(await open());
    });
    afterAll(() => desk.close());

    for (const part of parts) for (const describePart of PARTS[part]) describePart(desk);
  });
}
