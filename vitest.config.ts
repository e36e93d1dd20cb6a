import { delimiter } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

type Options = NonNullable<TestProjectInlineConfiguration['test']>;

/** One project per kind of test; `npm test -- --project unit` runs one kind alone. */
const project = (name: string, options: Options): TestProjectInlineConfiguration => ({
  test: { name, include: [`test/${name}/**/*.test.ts`], hookTimeout: 60_000, ...options },
});

/** Those that take a minute come first, so that the end is not one of them alone; the others as vitest would have them. */
class LongestFirst extends BaseSequencer {
  static readonly longest = [
    'differential',
    'killed-processes',
    'demo',
    'recordings',
    'verify',
    'site-contract',
    'cut-servers',
    'migration-ports',
    'occurrence-ports',
    'truth',
  ];

  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { longest } = LongestFirst;
    const rank = ({ project: { name }, moduleId }: TestSpecification) => {
      const index = longest.findIndex((file) => moduleId.endsWith(`/${file}.test.ts`));
      return name !== 'civicrm' || index === -1 ? longest.length : index;
    };
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other));
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      project('unit', { testTimeout: 20_000 }),
      project('integration', { testTimeout: 60_000, globalSetup: 'test/support/private-postgres.ts' }),
      project('e2e', { testTimeout: 180_000 }),
      // A file has a pair of real sites to itself and resets it, so that as many files run at a time as there are pairs.
      project('civicrm', {
        testTimeout: 120_000,
        maxWorkers: process.env['TEST_CIVICRM_SITES']?.split(delimiter).length ?? 2,
        sequence: { groupOrder: 1 },
        globalSetup: 'test/support/real-sites-setup.ts',
        setupFiles: 'test/support/real-sites-pair.ts',
      }),
      project('browser', { testTimeout: 120_000 }),
    ],
  },
});
