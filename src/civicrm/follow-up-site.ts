import { z } from 'zod';
import { silentLogger, type Logger } from '../base/logger.ts';
import type { FollowUpSite } from '../follow-up/ports.ts';
import { listCaseIds, readCaseFiles } from './case-files.ts';
import type { SiteClient } from './client.ts';
import { createOccurrenceActivities } from './occurrence-activity.ts';

const CASES_PER_READ = 100;
/** Cases and follow-ups of a real site. The custom field for origin keys is made before the first write. */
export function createFollowUpSite(client: SiteClient, logger: Logger = silentLogger): FollowUpSite {
  const activities = createOccurrenceActivities(client, logger);
  return {
    async *readOpenCases(caseTypes) {
      const types = caseTypes ?? (await listCaseTypes(client));
      const ids = await listCaseIds(client, { caseTypes: types, openOnly: true });
      for (let from = 0; from < ids.length; from += CASES_PER_READ)
        yield await readCaseFiles(client, ids.slice(from, from + CASES_PER_READ));
    },
    readCases: (ids) => readCaseFiles(client, ids),
    writeFollowUp: (followUp) => activities.write(followUp),
    discardFollowUp: (originKey) => activities.discardHalf(originKey),
  };
}

async function listCaseTypes(client: SiteClient): Promise<readonly string[]> {
  const rows = await client.get('CaseType', { select: ['name'], limit: 0 }, z.object({ name: z.string() }));
  return rows.map(({ name }) => name);
}
