import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Keys } from '#db/keys.ts'
import { newDatabase } from '#test/database.ts'
import { importFile } from './import.ts'
import { loadMapping } from './load-mapping.ts'
import { importReportText } from './report.ts'

const keys: Keys = { current: '1', keys: { 1: randomBytes(32) } }
const db = await newDatabase()

test('smoke', async () => {
  const mapping = await loadMapping('samples/results.mapping.json')
  const report = await importFile({ db, keys, mapping, file: 'samples/results.csv' })
  console.error(importReportText(report, 'lv'))
  expect(report.state).toBe('merged')
  const again = await importFile({ db, keys, mapping, file: 'samples/results.csv' })
  console.error(importReportText(again, 'en'))
  expect(again.state).toBe('unchanged')
})
