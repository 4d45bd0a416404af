import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { memoryFolder } from './test/setup/memory-folder.ts'

// A file at a time for every core (by itself vitest leaves one idle), as far as the connections of one cluster go.
const maxWorkers = Math.min(8, availableParallelism())

// Databases live a few seconds and are made by the hundred: in memory, unless somebody says where.
const temporary = process.env.TMPDIR ?? memoryFolder()
if (temporary) process.env.TMPDIR = temporary

/**
 * Two projects: `unit` needs nothing but the code; `system` gets one PostgreSQL cluster, a migrated template
 * database and a copy of it per file (test/setup/cluster.ts). Folders decide: tests in src/stats, src/terms,
 * src/synth and src/web are unit, everything else is system.
 */
export default defineConfig({
  test: {
    reporters: ['default', './test/setup/count-reporter.ts'],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/{stats,terms,synth,web}/**/*.test.{ts,tsx}'],
          maxWorkers,
          testTimeout: 120_000,
          isolate: false, // nothing in them outlives a call: modules are loaded once a process, not once a file
        },
      },
      {
        test: {
          name: 'system',
          include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'test/**/*.test.ts'],
          exclude: ['src/stats/**', 'src/terms/**', 'src/synth/**', 'src/web/**'],
          globalSetup: ['test/setup/cluster.ts'],
          setupFiles: ['test/setup/each-file.ts'],
          env: {
            IKMS_CHECK_ANSWERS: '1', // the portal checks every answer of the API against its schema (src/web/read.ts)
            NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules/.cache/compiled'), // as scripts/lib/ground.mjs
          },
          maxWorkers,
          testTimeout: 300_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 60_000 } }, // by itself a second, which a busy machine does not have
        },
      },
    ],
  },
})
