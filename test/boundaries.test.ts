import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { violations } from '../scripts/boundaries.ts'

const folder = mkdtempSync(join(tmpdir(), 'ikms-house-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A house with one planted file; returns the sentences that are read out. */
function planted(files: Record<string, string>): string[] {
  const house = mkdtempSync(join(folder, 'planted-'))
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(house, 'src', file)), { recursive: true })
    writeFileSync(join(house, 'src', file), text)
  }
  return violations(house)
}

test('the house as it stands breaks no rule', () => {
  expect(violations(join(import.meta.dirname, '..'))).toEqual([])
})

const plants: [rule: RegExp, files: Record<string, string>][] = [
  [/stats is arithmetic/, { 'stats/a.ts': `import { z } from 'zod'` }],
  [/stats is arithmetic/, { 'stats/a.ts': `import { readFileSync } from 'node:fs'` }],
  [/stats is arithmetic/, { 'stats/a.ts': `import { Sex } from '#terms/sex.ts'` }],
  [/terms are words/, { 'terms/a.ts': `import pg from 'pg'` }],
  [/db stands on stats and terms/, { 'db/a.ts': `import { Problem } from '#http/problem.ts'` }],
  [/http stands on/, { 'http/a.ts': `import { x } from '#modules/registry/index.ts'` }],
  [/synth makes rows/, { 'synth/a.ts': `import { x } from '#db/connection.ts'` }],
  [/a module stands on/, { 'modules/growth/a.ts': `import { Page } from '#web/root.tsx'` }],
  [/a module enters another/, { 'modules/growth/a.ts': `import { x } from '#modules/registry/store.ts'` }],
  [/a module enters another/, { 'modules/growth/a.ts': `const x = await import('../registry/store.ts')` }],
  [/the portal shares stats/, { 'web/a.tsx': `import { x } from '#modules/registry/index.ts'` }],
  [/the portal shares stats/, { 'web/a.tsx': `export { x } from '#db/connection.ts'` }],
  [/the portal never imports pg/, { 'web/a.tsx': `import pg from 'pg'` }],
  [/only wiring knows everything/, { 'modules/growth/a.ts': `import { newServer } from '../../server.ts'` }],
  [/SQL of a module/, { 'modules/growth/routes.ts': 'await tx.query(`select 1`)' }],
  [/never run in a circle/, { 'terms/a.ts': `import './b.ts'`, 'terms/b.ts': `import './a.ts'` }],
]

test.each(plants)('a planted violation is refused: %s', (rule, files) => {
  const found = planted(files)
  expect(found.length).toBeGreaterThan(0)
  expect(found.join('\n')).toMatch(rule)
})

test('what the rules allow is let through: types in the portal, model.ts, stores with SQL', () => {
  expect(
    planted({
      'web/a.tsx': `import type { Database } from '#db/connection.ts'\nimport { Cell } from '#terms/cell.ts'\nimport { Unit } from '#modules/publications/model.ts'`,
      'modules/growth/store.ts': 'await tx.query(`select 1`)',
      'modules/growth/a.ts': `import { x } from '#modules/registry/index.ts'`,
    }),
  ).toEqual([])
})
