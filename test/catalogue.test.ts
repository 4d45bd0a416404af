import { expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { frameworkIndicators } from '#terms/framework-indicators.ts'
import { catalogue } from '../src/catalogue.ts'
import { newDatabase } from './database.ts'

const series = (stem: string, last: number) =>
  Array.from({ length: last }, (_, at) => `${stem}-${String(at + 1).padStart(2, '0')}`)

/** Every code of the catalogue that the framework and the school network ask for. */
const asked = [
  ...series('ACH', 16),
  ...series('CON', 7),
  ...series('EQU', 8),
  ...series('TEA', 2),
  ...series('STF', 7),
  ...series('PRG', 2),
  ...series('ACC', 3),
  ...series('SAF', 4),
  ...series('RES', 4),
  ...series('ADM', 3),
  ...series('LEA', 2),
  ...series('COO', 1),
  ...series('NET', 20),
]
/** What must have figures by now, where there are facts. */
const mustBeLive = [
  ...series('CON', 6),
  ...series('STF', 7),
  ...series('ACH', 16),
  ...series('EQU', 4),
  'EQU-06',
  'EQU-07',
  'EQU-08',
  'TEA-02',
  'PRG-01',
  'PRG-02',
  'SAF-03',
  'SAF-04',
  'RES-02',
  'RES-03',
  'ADM-03',
  ...series('NET', 16),
  'NET-18',
]
const live = new Map(catalogue.map((definition) => [definition.code, definition]))

test('every code that was asked for is listed once, with what brings it', () => {
  expect(frameworkIndicators.map(({ code }) => code).sort()).toEqual(asked.toSorted())
})

test('what can be computed from the records there are is live', () => {
  expect(mustBeLive.filter((code) => !live.has(code))).toEqual([])
})

test('every live indicator of achievement and equity stands in the framework’s list', () => {
  const listed = new Set(frameworkIndicators.map(({ code }) => code))
  const missing = catalogue.filter(({ code, area }) => area.startsWith('purpose.') && !listed.has(code))
  expect(missing.map(({ code }) => code)).toEqual([])
})

test('a live indicator stands under the criterion the framework says', () => {
  const elsewhere = frameworkIndicators.flatMap(({ code, criterion }) => {
    const found = live.get(code)
    return found && found.area !== criterion ? [`${code}: ${found.area}, not ${criterion}`] : []
  })
  expect(elsewhere).toEqual([])
})

test('no code is there twice, and each says everything a reader needs, in both languages', () => {
  expect(live.size).toBe(catalogue.length)
  for (const { code, name, short, definition, doesNotSay, of, source, owner } of catalogue) {
    for (const words of [name, short, definition, doesNotSay, of, source, owner!]) {
      expect(words.lv.length, code).toBeGreaterThan(2)
      expect(words.en.length, code).toBeGreaterThan(2)
      expect(words.lv, code).not.toBe(words.en)
    }
  }
})

test('of every indicator it is decided where it is public, and a rule says what must be hidden', async () => {
  const db = await newDatabase()
  const { rows } = await asJob(db, (tx) =>
    tx.query<{ decided: string[]; topics: string[] }>(
      `select array(select distinct code || ' ' || level from publications.decision where valid @> '2026-11-22'::date) as decided,
              array(select topic from disclosure.rule where audience = 'public' and valid @> '2026-11-22'::date) as topics`,
    ),
  )
  const { decided, topics } = rows[0]!
  const gaps = catalogue.flatMap(({ code, levels, topic }) => [
    ...levels.filter((level) => !decided.includes(`${code} ${level}`)).map((level) => `${code} ${level}`),
    ...(topics.includes(topic) ? [] : [`${code} ${topic}`]),
  ])
  expect(gaps).toEqual([])
})
