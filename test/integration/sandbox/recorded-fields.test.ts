import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createSandbox } from '../../../src/sandbox/index.ts';
import { createStandingClock } from '../../support/standing-clock.ts';

const FOLDER = new URL('../../../../shared/civicrm/recordings/fields/', import.meta.url);
/** Entities that the sandbox refuses. */
const BEYOND = ['ActionSchedule', 'File', 'MessageTemplate', 'Note'];
/** Fields that the sandbox lacks: two custom fields of the recorded site, and one that went away before 6.20. */
const LACKING = ['Bridge_Origin.origin_key', 'Bridge_Origin.risk', 'domain_id'];

const files = existsSync(FOLDER)
  ? readdirSync(FOLDER).filter((name) => !BEYOND.includes(name.split('.')[0] ?? ''))
  : [];

test.skipIf(files.length === 0)(
  'as 5.77 the sandbox knows the fields of the recorded site (skipped where ../shared/civicrm is missing)',
  async () => {
    const sandbox = createSandbox({
      name: 'siteA',
      edition: '5.77-wordpress',
      apiKey: 'administrator',
      clock: createStandingClock(0),
      random: () => 0.5,
    });
    try {
      for (const file of files) {
        const [entity = '', action = ''] = file.split('.');
        const text = readFileSync(new URL(file, FOLDER), 'utf8');
        const recorded = (JSON.parse(text) as readonly { readonly name: string }[]).map(({ name }) => name);
        const known = sandbox.handle(entity, 'getFields', { action, select: ['name'] }).values;
        expect(known.map(({ name }) => name).toSorted(), file).toEqual(
          recorded.filter((name) => !LACKING.includes(name)).toSorted(),
        );
      }
    } finally {
      await sandbox.close();
    }
  },
);
