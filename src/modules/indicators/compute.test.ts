import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import { importFile, loadMapping } from '#modules/intake/index.ts'
import { ofTerritoriesOnly } from '#terms/breakdowns.ts'
import { newDatabase } from '#test/database.ts'
import { testKeys } from '#test/world.ts'
import { catalogue } from '../../catalogue.ts'
import { compute } from './compute.ts'
import type { Definition } from './define.ts'
import { cubeCells, currentCube } from './store.ts'

const folder = await mkdtemp(join(tmpdir(), 'ikms-compute-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

const header = 'lea,school,student,sex,age_months,alevel_chemistry,gcse_mean'
/** Two municipalities, three schools; results that a reader can add up by hand. */
const rows = [
  '1,1,1,F,0,10,7',
  '1,1,2,F,1,8,6',
  '1,1,3,M,2,6,6',
  '1,2,4,M,3,4,5',
  '1,2,5,F,4,2,4.5',
  '2,3,6,M,5,0,3.25',
  '2,3,7,F,6,8,7',
]

async function bank(db: Database, lines: readonly string[], name = 'bank.csv') {
  const file = join(folder, name)
  writeFileSync(file, `${[header, ...lines].join('\n')}\n`)
  return importFile({ db, keys: testKeys, file, mapping: await loadMapping('samples/results.mapping.json') })
}

/** All cells of the current cube, by key. */
async function cells(db: Database) {
  const found = await asJob(db, async (tx) => cubeCells(tx, (await currentCube(tx))!.id, {}))
  return new Map(
    found.map((cell) => [
      [cell.indicator, cell.schoolYear, cell.level, cell.unitId, cell.subject, cell.category].join(' '),
      cell,
    ]),
  )
}

const hashes = async (db: Database) =>
  (
    await db.jobPool.query<{ hash: string }>(
      `select encode(part_hash, 'hex') as hash from indicators.part order by 1`,
    )
  ).rows

const inOrder = await newDatabase()
await bank(inOrder, rows)
const first = await compute(inOrder, catalogue)

test('a case worked by hand: the mean of the state, of a municipality and of a school', async () => {
  const found = [...(await cells(inOrder)).values()].filter(
    (cell) => cell.indicator === 'ACH-05' && cell.subject === 'alevel-chemistry' && cell.category === '-',
  )
  const of = (level: string) =>
    found
      .filter((cell) => cell.level === level)
      .map(({ n, sumY, sumYY, values, counts }) => ({ n, sumY, sumYY, values, counts }))
  expect(of('state')).toEqual([
    { n: 7, sumY: 38, sumYY: 284, values: [0, 2, 4, 6, 8, 10], counts: [1, 1, 1, 1, 2, 1] },
  ])
  expect(of('municipality').map(({ n, sumY }) => [n, sumY])).toEqual(
    expect.arrayContaining([
      [5, 30],
      [2, 8],
    ]),
  )
  expect(of('school').map(({ n, sumY }) => [n, sumY])).toEqual(
    expect.arrayContaining([
      [3, 24],
      [2, 6],
      [2, 8],
    ]),
  )
})

test('every additive figure adds up: schools to municipalities to the state, girls and boys to all', async () => {
  const found = [...(await cells(inOrder)).values()]
  const totals = Map.groupBy(
    found,
    (c) => `${c.indicator} ${c.schoolYear} ${c.subject} ${c.breakdown} ${c.category} ${c.level}`,
  )
  const sum = (key: string) => {
    const group = totals.get(key)!
    return [group.reduce((t, c) => t + c.n, 0), group.reduce((t, c) => t + (c.sumY ?? 0), 0)]
  }
  for (const key of [...totals.keys()].filter((each) => each.endsWith(' state'))) {
    const stem = key.slice(0, -'state'.length)
    const isOfTerritories = ofTerritoriesOnly.some((each) => key.includes(` ${each} `))
    for (const level of isOfTerritories ? ['municipality'] : ['municipality', 'school']) {
      const [n, y] = sum(stem + level)
      expect(n, stem + level).toBe(sum(key)[0])
      expect(y, stem + level).toBeCloseTo(sum(key)[1]!, 9)
    }
  }
  const bySex = new Set(
    catalogue.filter(({ breakdowns }) => breakdowns.includes('sex')).map(({ code }) => code),
  )
  for (const cell of found.filter(({ breakdown, indicator }) => breakdown === '-' && bySex.has(indicator))) {
    const parts = found.filter(
      (c) =>
        c.breakdown === 'sex' &&
        [c.indicator, c.schoolYear, c.level, c.unitId, c.subject].join() ===
          [cell.indicator, cell.schoolYear, cell.level, cell.unitId, cell.subject].join(),
    )
    expect(parts.reduce((t, c) => t + c.n, 0)).toBe(cell.n)
  }
})

test('a second compute of the same bank changes nothing', async () => {
  const second = await compute(inOrder, catalogue)
  expect(second).toMatchObject({ changed: false, newParts: 0, parts: first.parts, cells: first.cells })
  expect(second.cube).toEqual(first.cube)
})

test('the order of lines in the file does not change a bit of any figure', async () => {
  const reversed = await newDatabase()
  await bank(reversed, rows.toReversed())
  await compute(reversed, catalogue)
  // Internal ids are given in the order of lines, so units are compared by what they hold.
  const content = async (db: Database) =>
    [...(await cells(db)).values()].map(({ unitId: _id, ...cell }) => JSON.stringify(cell)).sort()
  expect(await content(reversed)).toEqual(await content(inOrder))
})

test('a corrected result makes new parts; the cube of before can still be read as it was', async () => {
  const before = await asJob(inOrder, async (tx) =>
    cubeCells(tx, first.cube!.id, { indicator: 'ACH-05', level: 'state' }),
  )
  const known = await hashes(inOrder)
  await bank(inOrder, rows.with(5, '2,3,6,M,5,2,3.25'))
  const corrected = await compute(inOrder, catalogue)
  expect(corrected.changed).toBe(true)
  expect(corrected.cube!.asOfImport).toBeGreaterThan(first.cube!.asOfImport)
  // The number of pupils and the earlier test are the same parts as before.
  expect(corrected.newParts).toBeLessThan(corrected.parts)
  expect(await hashes(inOrder)).toEqual(expect.arrayContaining(known))
  expect(
    await asJob(inOrder, async (tx) =>
      cubeCells(tx, first.cube!.id, { indicator: 'ACH-05', level: 'state' }),
    ),
  ).toEqual(before)
})

test('an empty bank has nothing to compute', async () => {
  expect(await compute(await newDatabase(), catalogue)).toMatchObject({ cube: null, parts: 0 })
})

test('a formula that changes under the same version is refused', async () => {
  const changed = catalogue.map(
    (each): Definition => (each.code === 'CTX-01' ? { ...each, hash: 'other' } : each),
  )
  await expect(compute(inOrder, changed)).rejects.toThrow(
    /CTX-01 version 2 has changed: give it a new version/,
  )
})

test('a definition that makes more cells a year than allowed is refused and leaves nothing', async () => {
  const parts = await hashes(inOrder)
  const wide: Definition[] = [{ ...catalogue.find(({ code }) => code === 'ACH-05')!, code: 'WIDE-01' }]
  await expect(compute(inOrder, wide, { mostCells: 10 })).rejects.toThrow(
    /^WIDE-01 makes 18 cells in \d{4}; at most 10 are allowed$/,
  )
  expect(await hashes(inOrder)).toEqual(parts)
})
