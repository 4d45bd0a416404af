import { defineConfig } from 'vitest/config'

/**
 * Two projects: `unit` needs nothing but the code; `system` gets one PostgreSQL cluster, a migrated template
 * database and a copy of it per file (test/setup/cluster.ts). File names decide: `*.test.ts` in src/stats and
 * src/terms is unit, everything else is system.
 */
export default defineConfig({
  test: {
    reporters: ['default', './test/setup/count-reporter.ts'],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/stats/**/*.test.ts', 'src/terms/**/*.test.ts'],
          testTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'system',
          include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'test/**/*.test.ts'],
          exclude: ['src/stats/**', 'src/terms/**'],
          globalSetup: ['test/setup/cluster.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
