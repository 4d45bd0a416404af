import { expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { newDatabase } from '#test/database.ts'
import { makePlantedRegister, plantRegister, schools } from '#test/planted-register.ts'
import { compute } from './compute.ts'
import { count, current } from './define.ts'
import { type SchoolFeatures, similarSchools } from './similar.ts'
import { similarState, similarTo } from './similar-store.ts'

const school = (institution: number, more: Partial<SchoolFeatures> = {}): SchoolFeatures => ({
  institution,
  kind: 'general',
  region: 1,
  pupils: 300,
  preschool: 0,
  early: 0.6,
  upper: 0.1,
  special: 0.02,
  notFullTime: 0,
  urbanisation: 2,
  context: null,
  ...more,
})
const nearest = (schools: readonly SchoolFeatures[], own: number) =>
  similarSchools(schools).find(({ institution }) => institution === own)!

test('a case worked by hand: of three that differ in one thing each, the nearest is the one whose difference weighs least', () => {
  const found = nearest(
    [
      school(1, { pupils: 100 }),
      school(2, { pupils: 200 }), // ln 2 of ln 4: half of the range of sizes, weight 0.3
      school(3, { pupils: 100, urbanisation: 6 }), // all of the range, weight 0.2
      school(4, { pupils: 400, upper: 1 }), // all of the range of size, and of upper secondary, weight 0.1
    ],
    1,
  )
  expect(found.others).toEqual([2, 3, 4])
  expect(found.distances.map((d) => Number(d.toFixed(6)))).toEqual(
    [Math.sqrt(0.3 / 4), Math.sqrt(0.2), Math.sqrt(0.3 + 0.1)].map((d) => Number(d.toFixed(6))),
  )
})

test('only schools of one kind are compared, and with fewer than three others nobody is', () => {
  const special = [5, 6, 7].map((id) => school(id, { kind: 'special' }))
  const general = [1, 2, 3, 4].map((id) => school(id, { pupils: 100 * id }))
  const found = similarSchools([...general, ...special])
  expect(found.map(({ institution }) => institution)).toEqual([1, 2, 3, 4])
  expect(new Set(found.flatMap(({ others }) => others))).toEqual(new Set([1, 2, 3, 4]))
})

test('of the sixty nearest those of the own region come first, and thirty are kept', () => {
  const many = Array.from({ length: 100 }, (_, at) => school(at + 1, { pupils: 100 + at, region: at % 4 }))
  const { others } = nearest(many, 1)
  expect(others).toHaveLength(30)
  const regions = others.map((id) => (id - 1) % 4)
  expect(regions.slice(0, 15)).toEqual(Array(15).fill(0))
  expect(regions.slice(15)).not.toContain(0)
})

test('the context of families tells schools apart where it is known; nowhere known, nothing of it counts', () => {
  const same = [
    school(1, { context: 1 }),
    school(2, { context: 5 }),
    school(3, { context: 1.1 }),
    school(4, { context: 3 }),
  ]
  const on = nearest(same, 1)
  expect(on).toMatchObject({ withContext: true, others: [3, 4, 2] })
  const off = nearest(
    same.map((each) => ({ ...each, context: null })),
    1,
  )
  expect(off.withContext).toBe(false)
  expect(off.distances).toEqual([0, 0, 0])
})

const words = { lv: 'vārdi', en: 'words' }
const enrolled = count({
  code: 'TST-01',
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
  levels: ['state', 'school'],
  by: [],
  lines: 'select 1',
  facts: `select institution_id, '-' as subject, null::float8 as y from registry.enrolment e
           where e.school_year = $2 and e.main and ${current('e')}`,
})

test('while the linkage with context is off it counts nowhere; switched on it does, and pages know that something changed', async () => {
  const db = await newDatabase()
  const planted = plantRegister(3)
  await makePlantedRegister(db, planted)
  // families of one school are far better off than those of the others
  await asJob(db, (tx) =>
    tx.query(
      `insert into records.context (learner_id, school_year, quintile, import_id, line, row_hash)
       select distinct learner_id, school_year, case when institution_id = $1 then 5 else 1 end, 1, 1, 1
         from registry.enrolment where school_year = 2025 and main and valid @> '2024-10-01'::date`,
      [schools[2].id],
    ),
  )
  const read = async () => {
    const { cube } = await compute(db, [enrolled], { day: '2026-11-22' })
    return asJob(db, async (tx) => ({
      similar: (await similarTo(tx, cube!.id, 2025, schools[0].id))!,
      state: await similarState(tx, cube!.id),
    }))
  }
  const off = await read()
  expect(off.similar.withContext).toBe(false)
  await asJob(db, (tx) =>
    tx.query(`insert into rights.linkage_switch (linkage, is_on, reason) values ('context', true, 'test')`),
  )
  const on = await read()
  expect(on.similar.withContext).toBe(true)
  expect(on.state).not.toBe(off.state)
  const far = (of: typeof on, id: number) => of.similar.others.find((each) => each.id === id)!.distance
  expect(far(on, schools[2].id)).toBeGreaterThan(far(off, schools[2].id))
  expect(far(on, schools[1].id)).toBeLessThan(far(off, schools[1].id))
  expect(await read()).toEqual(on)
})
