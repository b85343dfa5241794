import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      'controller/**/*.test.ts',
      'tests/**/*.test.ts',
      'scripts/**/*.test.ts',
      'examples/**/*.test.ts',
    ],
    // Much of the time is waiting for servers, disks and clocks; by default one core of two would be left out.
    maxWorkers: '100%',
    testTimeout: 30_000,
    hookTimeout: 60_000,
    reporters:
      process.env.CI === 'true' ? ['default', ['json', { outputFile: '.vitest/results.json' }]] : ['default'],
    // No test may read the user's or the machine's git configuration, credentials or colours.
    env: {
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
      NO_COLOR: '1',
      AWS_EC2_METADATA_DISABLED: 'true',
    },
  },
});
