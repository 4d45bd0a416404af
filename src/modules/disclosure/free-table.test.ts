import { expect, test } from 'vitest'
import { asActor, asJob } from '#db/actor.ts'
import type { Keys } from '#db/keys.ts'
import { registryFreeData } from '#modules/registry/index.ts'
import {
  noiseTable,
  noisyCount,
  noisyInterval,
  publicBounds,
  tablesBuilder,
} from '#stats/disclosure/index.ts'
import type { Level } from '#terms/level.ts'
import { newDatabase } from '#test/database.ts'
import { makeMovingPupils, movingCountry } from '#test/moving-pupils.ts'
import { type Counted, truthOf, unitsOf } from '#test/noisy-answers.ts'
import { catalogue } from '../../catalogue.ts'
import { computeFreeTables } from './free-compute.ts'
import { combinations, type FreeQuestion, type FreeRow } from './free-table.ts'
import { askFreeTable, currentFreeVersion, listFreeDataSets } from './free-table-store.ts'
import { highsSolver } from './highs-solver.ts'
import { OtherRecordKeys, recordKeys } from './record-keys.ts'

const { schoolYear } = movingCountry
const keys: Keys = { current: '1', keys: { 1: Buffer.alloc(32, 7) } }
const db = await newDatabase()
await makeMovingPupils(db)
const report = await computeFreeTables(db, keys, registryFreeData)

const asPublic = <T>(work: Parameters<typeof asActor<T>>[2]) =>
  asActor(db, { tier: 'public', requestId: 'test' }, work)
const version = (await asPublic(currentFreeVersion))!.id
const dataSets = await asPublic((tx) => listFreeDataSets(tx, version, '2026-11-22'))
const dataSet = dataSets.find(({ code }) => code === 'school-changes')!
const sensitive = dataSets.find(({ code }) => code === 'repeated-grades')!
const noise = dataSet.noise[0]!
const table = noiseTable(noise)
const units = await unitsOf(db)

const ask = (question: Partial<FreeQuestion> & { level: Level }, of = units) =>
  asPublic((tx) =>
    askFreeTable(
      tx,
      version,
      { dataSet, schoolYear, by: [], where: {}, ...question },
      of.filter(({ level }) => level === question.level).map(({ id }) => id),
    ),
  )

/** Who changed school, found another way than the module does: pupil by pupil, from the register as it is. */
const { rows: moved } = await db.jobPool.query<Omit<Counted, 'key'> & { person: string }>(
  `select now.institution_id as school, v.sex, now.grade::text as grade, l.person_key::text as person
     from registry.learner l join registry.learner_version v using (learner_id)
     join registry.enrolment now on now.learner_id = l.learner_id and now.school_year = 2026
     join registry.enrolment before on before.learner_id = l.learner_id and before.school_year = 2025
    where now.institution_id <> before.institution_id`,
)
const { keyOf } = recordKeys(keys, 'changed_school', null)
const people: Counted[] = moved.map((each) => ({ ...each, key: keyOf(each.person) }))
const inCell = (schools: ReadonlySet<number>, [sex, grade]: readonly string[]) =>
  people.filter(
    (p) => schools.has(p.school) && [p.sex, '-'].includes(sex!) && [p.grade, '-'].includes(grade!),
  )

/** Every row that anybody can ask for: four ways to cut, four levels. */
const cuts = [[], ['sex'], ['grade'], ['sex', 'grade']]
const every = cuts.flatMap((by) =>
  units.flatMap((unit) => combinations({ dataSet, by, where: {} }).map((cut) => ({ unit, by, cut }))),
)

test('the pupils who changed school are there, and the register alone would show small groups of them', () => {
  expect(people.length).toBeGreaterThan(200)
  const sizes = every.map(({ unit, cut }) => inCell(unit.schools, cut).length)
  expect(sizes.filter((n) => n > 0 && n < noise.minimum).length).toBeGreaterThan(50)
  expect(sizes).toContain(0)
  expect(report).toMatchObject({ changed: true, parts: 2, newParts: 2 })
})

test('every row of every table is the true count with the noise of its people, as the arithmetic says', async () => {
  for (const level of ['state', 'region', 'municipality', 'school'] as const) {
    for (const by of cuts) {
      const rows = await ask({ level, by })
      const own = every.filter((each) => each.unit.level === level && each.by === by)
      expect(rows.length).toBe(own.length)
      rows.forEach((row, at) => {
        const { n, key } = truthOf(inCell(own[at]!.unit.schools, own[at]!.cut))
        const answer = noisyCount(n, key, table)
        expect(row.unitId).toBe(own[at]!.unit.id)
        if (answer > 0 && answer < noise.minimum)
          expect(row.cell).toMatchObject({ n: null, absent: 'too_few' })
        else expect(row.cell).toMatchObject({ n: answer, absent: null, ...noisyInterval(answer, table) })
      })
    }
  }
})

test('the same people have the same answer however they are asked for', async () => {
  const all = await ask({ level: 'municipality', by: ['sex', 'grade'] })
  const girls = await ask({ level: 'municipality', by: ['grade'], where: { sex: 'female' } })
  const ninth = await ask({ level: 'municipality', where: { sex: 'female', grade: '9' } })
  const isGirl = ({ cell }: FreeRow) => cell.categories.sex === 'female'
  expect(girls).toEqual(all.filter(isGirl))
  expect(ninth).toEqual(girls.filter(({ cell }) => cell.categories.grade === '9'))
})

test('totals have a noise of their own: the answers do not add up', async () => {
  const sum = (rows: readonly FreeRow[]) => rows.reduce((total, { cell }) => total + (cell.n ?? 0), 0)
  const parts = sum(await ask({ level: 'municipality' }))
  const [state] = await ask({ level: 'state' })
  expect(Math.abs(state!.cell.n! - people.length)).toBeLessThanOrEqual(noise.most)
  expect(parts).not.toBe(state!.cell.n)
})

test('a row stands there whether or not anybody stands behind it, and nobody stays nobody', async () => {
  const rows = await ask({ level: 'school', by: ['sex', 'grade'] })
  expect(rows.length).toBe(movingCountry.schools * 3 * 13)
  const emptySchool = units.find(({ level, id }) => level === 'school' && id === 12)!
  expect(inCell(emptySchool.schools, ['-', '-'])).toEqual([])
  const own = rows.filter(({ unitId }) => unitId === 12)
  expect(own.every(({ cell }) => cell.n === 0 && cell.absent === null)).toBe(true)
  // what the database itself hands to the public has no row for a 0, be it a true one or one made by noise
  const { rows: raw } = await db.publicPool.query<{ answer: number | null }>(
    `select answer from disclosure.free_cells($1, 'school-changes', 2026::smallint, 'school', null, '{t,t}', '{null,null}')`,
    [version],
  )
  expect(raw.filter(({ answer }) => answer === 0)).toEqual([])
  const nonzero = rows.filter(({ cell }) => cell.n !== 0)
  expect(raw.length).toBe(nonzero.length)
  const truly = every.filter(({ unit, by, cut }) => {
    return unit.level === 'school' && by.length === 2 && inCell(unit.schools, cut).length > 0
  })
  expect(truly.length).toBeGreaterThan(raw.length)
})

test('a sensitive data set tells nothing below ten; a year without one before has no data, a unit not yet there no number', async () => {
  const staying = await ask({ level: 'school', dataSet: sensitive })
  expect(staying.every(({ cell: { n } }) => n === null || n === 0 || n >= 10)).toBe(true)
  expect(staying.some(({ cell }) => cell.absent === 'too_few')).toBe(true)
  const earlier = await ask({ level: 'school', schoolYear: 2025 })
  expect(new Set(earlier.map(({ cell }) => cell.absent))).toEqual(new Set(['unavailable']))
  const rows = await asPublic((tx) =>
    askFreeTable(tx, version, { dataSet, schoolYear, level: 'school', by: [], where: {} }, [1, 999]),
  )
  expect(rows[1]!.cell).toMatchObject({ n: null, absent: 'not_applicable' })
})

test('whoever speaks SQL as the public gets noise or nothing: no atom, no key, no noise row, no sum of units', async () => {
  const refused = (sql: string) => expect(db.publicPool.query(sql), sql).rejects.toThrow('permission denied')
  for (const sql of [
    'select n from disclosure.free_atom',
    'select key_sum from disclosure.free_atom',
    'select thresholds from disclosure.noise_row',
    'select part_hash from disclosure.free_part',
    'select key_id from disclosure.population',
    'insert into disclosure.noise_row values (default)',
    `update disclosure.free_pointer set free_version_id = 1`,
  ]) {
    await refused(sql)
  }
  // several units or categories are several rows, each with the noise of its own people
  const { rows } = await db.publicPool.query<{ unit_id: number }>(
    `select unit_id from disclosure.free_cells($1, 'school-changes', 2026::smallint, 'school', '{1,2}', '{f,f}', '{null,null}')`,
    [version],
  )
  expect(rows.map(({ unit_id }) => unit_id).toSorted()).toEqual([1, 2])
})

/** How many whole numbers are still possible for each small group, when every answer is known and some things more. */
async function possibleNumbers(known: 'answers' | 'and pupils exactly' | 'and some of the same exactly') {
  const solver = await highsSolver()
  const builder = tablesBuilder()
  const groups = units
    .filter(({ level }) => level === 'school')
    .flatMap(({ id, schools }) =>
      combinations({ dataSet, by: ['sex', 'grade'], where: {} }).map((cut) => {
        const n = inCell(schools, cut).length
        return { school: id, cut, n, cell: builder.cell(`${id} ${cut.join(' ')}`, n) }
      }),
    )
  const fact = (schools: ReadonlySet<number>, [sex, grade]: string[], low: number, high: number) => {
    const own = groups.filter(
      ({ school, cut }) =>
        schools.has(school) && [cut[0], '-'].includes(sex!) && [cut[1], '-'].includes(grade!),
    )
    builder.fact(
      own.map(({ cell }) => cell),
      own.map(() => 1),
      low,
      high,
    )
  }
  for (const { unit, cut } of every) {
    const { n, key } = truthOf(inCell(unit.schools, cut))
    const { low, high } = noisyInterval(noisyCount(n, key, table), table)
    fact(unit.schools, cut, low, high)
  }
  if (known === 'and pupils exactly') {
    // CTX-01 tells how many pupils a school has, five or more: those who came cannot be more
    const { rows } = await db.jobPool.query<{ school: number; sex: string; n: number }>(
      `select institution_id as school, sex, count(*)::int as n
         from registry.enrolment join registry.learner_version using (learner_id)
        where school_year = 2026 group by 1, 2 having count(*) >= 5`,
    )
    for (const { school, sex, n } of rows) fact(new Set([school]), [sex, '-'], 0, n)
  }
  if (known === 'and some of the same exactly') {
    for (const { unit, by, cut } of every) {
      const { length: n } = inCell(unit.schools, cut)
      if (by.length < 2 && n >= noise.minimum) fact(unit.schools, cut, n, n)
    }
  }
  const tables = builder.build()
  const small = groups.filter(({ n }) => n > 0 && n < noise.minimum)
  const at = small.map(({ cell }) => tables.order[cell]!)
  const { low, high } = publicBounds(tables, new Uint8Array(groups.length).fill(1), solver, at)
  expect(small.length).toBeGreaterThan(50)
  return at.map((cell) => high[cell]! - low[cell]! + 1)
}

test('the attacker with every answer, as intervals, leaves no small group fewer than four possible numbers', async () => {
  expect(Math.min(...(await possibleNumbers('answers')))).toBeGreaterThanOrEqual(4)
})
test('nor with the exact numbers of pupils of every school beside them: that is another population', async () => {
  expect(Math.min(...(await possibleNumbers('and pupils exactly')))).toBeGreaterThanOrEqual(4)
})
test('were the same population told exactly as well, where it is large, small groups would be found out', async () => {
  expect(Math.min(...(await possibleNumbers('and some of the same exactly')))).toBe(1)
})

test('the same bank gives the same parts and keeps the version in force', async () => {
  expect(await computeFreeTables(db, keys, registryFreeData)).toMatchObject({ changed: false, newParts: 0 })
})

test('a corrected record changes the answers about its people only', async () => {
  const before = await ask({ level: 'school', by: ['sex', 'grade'] })
  const [gone] = moved
  await asJob(db, async (tx) => {
    await tx.query(`insert into intake.import (source, mapping, data_kind, file_name, state)
                    values ('correction', '{}', 'made_up', 'correction.csv', 'merged')`)
    await tx.query(
      `update registry.enrolment set superseded_by = 2 where school_year = 2025 and learner_id =
         (select learner_id from registry.learner where person_key = $1::uuid)`,
      [gone!.person],
    )
  })
  const done = await computeFreeTables(db, keys, registryFreeData)
  expect(done).toMatchObject({ changed: true, newParts: 1 }) // nobody who stayed in a grade was corrected
  const now = (await asPublic(currentFreeVersion))!.id
  const after = await asPublic((tx) =>
    askFreeTable(
      tx,
      now,
      { dataSet, schoolYear, level: 'school', by: ['sex', 'grade'], where: {} },
      units.filter(({ level }) => level === 'school').map(({ id }) => id),
    ),
  )
  const changed = after.filter((row, at) => JSON.stringify(row) !== JSON.stringify(before[at]))
  expect(changed.length).toBeLessThanOrEqual(1)
  for (const { unitId, cell } of changed) {
    expect([unitId, cell.categories]).toEqual([gone!.school, { sex: gone!.sex, grade: gone!.grade }])
  }
})

test('one regime for each population and topic, for life', async () => {
  const refused = (sql: string) => expect(db.jobPool.query(sql), sql).rejects.toThrow()
  await expect(
    db.jobPool.query(`insert into disclosure.rule (audience, topic, minimum, group_disclosure, valid, reason_lv, reason_en)
                      values ('public', 'school_changes', 5, false, '[1990-01-01,)', '', '')`),
  ).rejects.toThrow('it cannot be released exactly as well')
  await expect(
    db.jobPool.query(`insert into disclosure.data_set values
      ('pupils', 'learners_on_1_october', 'free', 'pupils', false, '', '', '[1990-01-01,)')`),
  ).rejects.toThrow('foreign key')
  await refused(`insert into disclosure.data_set values
    ('results-cut', 'changed_school', 'free', 'results', false, '', '', '[1990-01-01,)')`)
  await refused(`update disclosure.population set regime = 'free' where population = 'learners_on_1_october'`)
  await refused(`update disclosure.population set regime = 'fixed' where population = 'changed_school'`)
})

test('every indicator counts people who are told exactly: no topic of the catalogue is that of a free data set', async () => {
  const { rows } = await db.publicPool.query<{ topic: string; regime: string }>(
    'select topic, regime from disclosure.data_set',
  )
  const regimes = new Map(rows.map(({ topic, regime }) => [topic, regime]))
  for (const { code, topic } of catalogue) expect([code, regimes.get(topic)]).toEqual([code, 'fixed'])
  const counted = registryFreeData.map((each) => each.dataSet).toSorted()
  expect(counted).toEqual(dataSets.map(({ code }) => code))
})

test('noise that was answered with is never changed; another begins with a later year', async () => {
  const insert = (year: number) =>
    db.jobPool.query(`insert into disclosure.noise values ('school-changes', ${year}, 3, 1, 0, 5, '', '')`)
  await expect(insert(2026)).rejects.toThrow('has been answered')
  await expect(db.jobPool.query(`update disclosure.noise set most = 6`)).rejects.toThrow('never changed')
  await expect(db.jobPool.query(`delete from disclosure.noise`)).rejects.toThrow('never changed')
  await insert(2030)
  const [latest] = await asPublic((tx) => listFreeDataSets(tx, version, '2026-11-22')).then((found) =>
    found.filter(({ code }) => code === 'school-changes').map((each) => each.noise.at(-1)!),
  )
  expect(latest).toMatchObject({ fromYear: 2030, most: 3 })
})

test('a key file with another key is refused: the same people would have a second noise', async () => {
  const other: Keys = { current: '1', keys: { 1: Buffer.alloc(32, 8) } }
  await expect(computeFreeTables(db, other, registryFreeData)).rejects.toThrow(OtherRecordKeys)
  const without: Keys = { current: '2', keys: { 2: Buffer.alloc(32, 7) } }
  await expect(computeFreeTables(db, without, registryFreeData)).rejects.toThrow('has no key 1')
  // a new key for everything else leaves the record keys as they are
  const rotated: Keys = { current: '2', keys: { ...keys.keys, 2: Buffer.alloc(32, 8) } }
  expect(await computeFreeTables(db, rotated, registryFreeData)).toMatchObject({ changed: false })
  const origin = { update: `update disclosure.population set key_mark = 'x' where key_id is not null` }
  await expect(db.jobPool.query(origin.update)).rejects.toThrow('for life')
})
