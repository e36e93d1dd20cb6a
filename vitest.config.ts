import { defineConfig } from 'vitest/config';

/** One project per kind of test; `npm test -- --project unit` runs one kind alone. */
const project = (
  name: string,
  options: { testTimeout: number; globalSetup?: string; oneByOne?: boolean },
) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    testTimeout: options.testTimeout,
    hookTimeout: 60_000,
    ...(options.oneByOne === true ? { fileParallelism: false } : {}),
    ...(options.globalSetup === undefined ? {} : { globalSetup: options.globalSetup }),
  },
});

export default defineConfig({
  test: {
    projects: [
      project('unit', { testTimeout: 20_000 }),
      project('integration', { testTimeout: 60_000, globalSetup: 'test/support/private-postgres.ts' }),
      project('e2e', { testTimeout: 180_000 }),
      // The real sites are shared by all files and reset before each: one file at a time, after the other projects.
      project('civicrm', {
        testTimeout: 120_000,
        oneByOne: true,
        globalSetup: 'test/support/real-sites-setup.ts',
      }),
      project('browser', { testTimeout: 120_000 }),
    ],
  },
});
