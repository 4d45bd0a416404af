import { expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { newDatabase } from '#test/database.ts'
import { makeMergedCountry, pupils, schools } from '#test/merged-country.ts'
import { compute } from './compute.ts'
import { count, current, type Definition, ratio } from './define.ts'
import { cubeCells, currentCube } from './store.ts'

const db = await newDatabase()
await makeMergedCountry(db)

const words = { lv: 'vārdi', en: 'words' }
const about = {
  version: 1,
  area: 'context',
  topic: 'enrolment',
  name: words,
  short: words,
  definition: words,
  doesNotSay: words,
  of: words,
  source: words,
  better: 'neutral',
  levels: ['state', 'region', 'municipality', 'school'],
  lines: 'select 1',
} as const

/** One row a school: its pupils to so many places as its number says. */
const pupilsToPlaces: Definition = ratio({
  ...about,
  code: 'TST-01',
  unit: 'ratio',
  by: [],
  facts: `
    select institution_id, '-' as subject, count(*)::float8 as y, (institution_id % 7 + 1)::float8 as w, count(*) as n
      from registry.enrolment e
     where e.school_year = $2 and e.main and ${current('e')} group by institution_id`,
})
const enrolled: Definition = count({
  ...about,
  code: 'TST-02',
  by: [],
  facts: `
    select institution_id, '-' as subject, null::float8 as y from registry.enrolment e
     where e.school_year = $2 and e.main and ${current('e')}`,
})

const first = await compute(db, [pupilsToPlaces, enrolled], { day: '2026-11-22' })
const cells = await asJob(db, async (tx) => cubeCells(tx, (await currentCube(tx))!.id, { borders: 'all' }))

test('a ratio of the state is the sum of all pupils to the sum of all places, never a mean of ratios', () => {
  for (const year of [2024, 2025, 2026]) {
    const state = cells.find((c) => c.indicator === 'TST-01' && c.level === 'state' && c.schoolYear === year)!
    const there = schools
      .map(({ id }) => [id, pupils.filter((p) => p.school === id && p.schoolYear === year).length] as const)
      .filter(([, people]) => people > 0)
    const total = (of: (people: number, places: number) => number) =>
      there.reduce((sum, [id, people]) => sum + of(people, (id % 7) + 1), 0)
    expect(state).toMatchObject({
      n: total((people) => people),
      facts: there.length,
      sumY: total((people) => people),
      sumYY: total((people) => people ** 2),
      sumW: total((_, places) => places),
      sumWW: total((_, places) => places ** 2),
      sumWY: total((people, places) => people * places),
    })
  }
})

test('the people behind a ratio are those that a count of them finds, at every unit', () => {
  const of = (code: string) =>
    cells
      .filter((c) => c.indicator === code)
      .map((c) => [c.schoolYear, c.level, c.unitId, c.borders, c.n].join(' '))
      .sort()
  expect(of('TST-01')).toEqual(of('TST-02'))
  const sums = cells.filter((c) => c.indicator === 'TST-02').map(({ facts, sumW }) => [facts, sumW])
  expect(sums.every(([facts, sumW]) => facts === null && sumW === null)).toBe(true)
})

test('computed again, a ratio meets its own part', async () => {
  const again = await compute(db, [pupilsToPlaces, enrolled], { day: '2026-11-22' })
  expect(again).toMatchObject({ changed: false, newParts: 0, parts: first.parts })
})
