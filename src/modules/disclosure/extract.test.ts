import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { asActor } from '#db/actor.ts'
import { philox } from '#stats/numeric/random.ts'
import { newDatabase } from '#test/database.ts'
import { assess, ExtractRefused, makeExtract, makeFinestExtract, suggest } from './extract.ts'
import type { ExtractColumn, ExtractSource } from './extract-columns.ts'
import { extractCsv } from './extract-csv.ts'
import { extractDemand } from './extract-store.ts'

const db = await newDatabase()
const demandFor = (purpose: Parameters<typeof extractDemand>[1]) =>
  asActor(db, { tier: 'public', requestId: 'test' }, (tx) => extractDemand(tx, purpose, '2026-11-22'))
const research = await demandFor('research')

const all = () => '*'
const column = (
  name: string,
  role: ExtractColumn['role'],
  values: readonly string[],
  more: Partial<ExtractColumn> = {},
): ExtractColumn => ({ name, role, values, ...more })

/** Pupils of a made-up country: where, how old, and what nobody should learn of them. */
function pupils(count: number, seed = 1): ExtractSource {
  const random = philox(seed)
  const draw = (of: number) => Math.floor(random.uniform() * of)
  const drawn = Array.from({ length: count }, () => ({
    municipality: `M${draw(6)}`,
    birth: `${2010 + draw(4)}-${String(1 + draw(12)).padStart(2, '0')}`,
    sex: draw(2) ? 'female' : 'male',
    support: ['none', 'none', 'some', 'much'][draw(4)]!,
    mark: `${1 + draw(10)}`,
  }))
  const of = (name: 'municipality' | 'birth' | 'sex' | 'support' | 'mark') => drawn.map((each) => each[name])
  return {
    persons: drawn.map((_, at) => `pupil-${at}`),
    columns: [
      column('municipality', 'quasi', of('municipality'), {
        coarser: [(m) => (m < 'M3' ? 'west' : 'east'), all],
      }),
      column('birth', 'quasi', of('birth'), { coarser: [(month) => month.slice(0, 4), all] }),
      column('sex', 'quasi', of('sex'), { coarser: [all] }),
      column('support', 'sensitive', of('support')),
      column('mark', 'sensitive', of('mark'), { ordered: true }),
    ],
  }
}
const source = pupils(1200)
const rowsOf = (text: string) => parse(text, { bom: true, columns: true }) as Record<string, string>[]
const csvOf = (extract: Parameters<typeof extractCsv>[0]) => [...extractCsv(extract)].join('')

test('what an extract must meet is dated data: public use asks for ten alike, a secure room for three', async () => {
  expect(research).toEqual({ k: 5, distinct: 2, entropy: 1.5, distance: 0.3, leftOut: 0.02, alone: 0.05 })
  expect(await demandFor('public_use')).toMatchObject({ k: 10 })
  expect(await demandFor('secure_room')).toMatchObject({ k: 3 })
  await expect(
    asActor(db, { tier: 'public', requestId: 'test' }, (tx) => extractDemand(tx, 'research', '1980-01-01')),
  ).rejects.toThrow('nothing is said')
})

test('four pupils, two of them alike: the report is counted by hand', () => {
  const report = assess(
    {
      persons: ['a', 'b', 'c', 'd'],
      columns: [
        column('town', 'quasi', ['x', 'x', 'y', 'y']),
        column('age', 'quasi', ['7', '7', '7', '8']),
        column('support', 'sensitive', ['yes', 'no', 'no', 'no']),
      ],
    },
    research,
  )
  expect(report).toMatchObject({
    rows: 4,
    k: 1,
    failing: ['k', 'distinct', 'entropy', 'alone'],
    sensitive: [{ name: 'support', distinct: 1, entropy: 1, distance: 0.25, alone: 0.25 }],
    risk: { average: 0.75, largest: 1, expected: 3, unique: 2, below: 1 },
  })
  expect(report.known).toEqual([
    { columns: ['age'], unique: 1, share: 0.25 },
    { columns: ['support'], unique: 1, share: 0.25 },
    { columns: ['town'], unique: 0, share: 0 },
    { columns: ['town', 'age'], unique: 2, share: 0.5 },
    { columns: ['town', 'support'], unique: 2, share: 0.5 },
    { columns: ['age', 'support'], unique: 2, share: 0.5 },
    { columns: ['town', 'age', 'support'], unique: 4, share: 1 },
  ])
})

test('months of birth single pupils out; the suggestions say how to join them, at the least loss first', () => {
  expect(assess(source, research).failing).toContain('k')
  expect(() => makeExtract(source, {}, research)).toThrow(ExtractRefused)
  const found = suggest(source, research)
  expect(found.length).toBeGreaterThan(0)
  expect(found.map(({ loss }) => loss)).toEqual(found.map(({ loss }) => loss).toSorted((a, b) => a - b))
  for (const { levels, leftOut } of found) {
    const made = makeExtract(source, levels, research)
    expect(made.report.failing).toEqual([])
    expect(made.leftOut).toBe(leftOut)
  }
})

/** What somebody who knows all quasi-identifiers of a pupil finds in a file: counted from the text alone. */
function classesOf(text: string): Record<string, string>[][] {
  return [
    ...Map.groupBy(
      rowsOf(text),
      ({ municipality, birth, sex }) => `${municipality}|${birth}|${sex}`,
    ).values(),
  ]
}
const entropyOf = (values: readonly string[]) => {
  const shares = [...Map.groupBy(values, (value) => value).values()].map(
    (same) => same.length / values.length,
  )
  return Math.exp(-shares.reduce((sum, share) => sum + share * Math.log(share), 0))
}

test('whatever comes in, what is written meets the demand, counted anew from the file', () => {
  let made = 0
  fc.assert(
    fc.property(
      fc.integer({ min: 60, max: 500 }),
      fc.nat(1000),
      fc.constantFrom(3, 5, 10),
      (count, seed, k) => {
        const drawn = pupils(count, seed)
        const demand = { ...research, k }
        const [best] = suggest(drawn, demand)
        if (!best) return
        made += 1
        const written = csvOf(makeExtract(drawn, best.levels, demand))
        const rows = rowsOf(written)
        expect(rows.length).toBeGreaterThanOrEqual(count * (1 - demand.leftOut))
        for (const alike of classesOf(written)) {
          expect(alike.length).toBeGreaterThanOrEqual(k)
          for (const name of ['support', 'mark'] as const) {
            const values = alike.map((row) => row[name]!)
            expect(new Set(values).size).toBeGreaterThanOrEqual(demand.distinct)
            expect(entropyOf(values)).toBeGreaterThanOrEqual(demand.entropy - 1e-9)
          }
          const support = (of: readonly Record<string, string>[], value: string) =>
            of.filter((row) => row.support === value).length / of.length
          const apart = ['none', 'some', 'much'].map((value) =>
            Math.abs(support(alike, value) - support(rows, value)),
          )
          expect(apart.reduce((a, b) => a + b, 0) / 2).toBeLessThanOrEqual(demand.distance + 1e-9)
        }
      },
    ),
    { numRuns: 40 },
  )
  expect(made).toBeGreaterThan(20)
})

test('two extracts of the same pupils share no pseudonym, and the order of rows says nothing', () => {
  const { levels } = suggest(source, research)[0]!
  const [one, two] = [0, 1].map(() => rowsOf(csvOf(makeExtract(source, levels, research)))) as [
    Record<string, string>[],
    Record<string, string>[],
  ]
  const names = one.map(({ pseudonym }) => pseudonym)
  expect(new Set(names).size).toBe(one.length)
  expect(new Set(names).isDisjointFrom(new Set(two.map(({ pseudonym }) => pseudonym)))).toBe(true)
  expect(names).toEqual(names.toSorted())
  // the same rows in another order: hardly any stands at its old place
  const line = ({ municipality, birth, sex, support, mark }: Record<string, string>) =>
    [municipality, birth, sex, support, mark].join()
  expect(one.map(line).toSorted()).toEqual(two.map(line).toSorted())
  const stayed = one.filter((row, at) => line(row) === line(two[at]!)).length
  expect(stayed).toBeLessThan(one.length / 4)
})

test('no name of a person is in the file, and neither are values as they were where they were made coarser', () => {
  const { levels } = suggest(source, research)[0]!
  const written = csvOf(makeExtract(source, levels, research))
  expect(written).not.toContain('pupil-')
  expect(levels.birth).toBeGreaterThan(0)
  expect(written).not.toMatch(/\d{4}-\d{2}/)
})

test('a number of a person declared as something else is refused, and so are several rows of one person', () => {
  const codes = source.persons.map((person) => `${person}@school`)
  const named = { ...source, columns: [...source.columns, column('note', 'sensitive', codes)] }
  const levels = { municipality: 2, birth: 2, sex: 1 }
  expect(() => makeExtract(named, levels, research)).toThrow('alone')
  expect(assess(named, research).known[0]).toEqual({ columns: ['note'], unique: 1200, share: 1 })
  const twice = { ...source, persons: source.persons.map((_, at) => `${at % 600}`) }
  expect(() => assess(twice, research)).toThrow('one row a person')
})

test('a column that is the same for everybody alike is refused: it would be learnt without finding anybody', () => {
  const same = source.columns.map((each) =>
    each.name === 'support'
      ? column(
          'support',
          'sensitive',
          each.values.map(() => 'much'),
        )
      : each,
  )
  const levels = { municipality: 2, birth: 2, sex: 1 }
  expect(() => makeExtract({ ...source, columns: same }, levels, research)).toThrow('distinct, entropy')
})

test('unknown levels and columns, ragged and empty sources are refused', () => {
  expect(() => makeExtract(source, { support: 1 }, research)).toThrow('levels of its columns')
  expect(() => makeExtract(source, { sex: 2 }, research)).toThrow(RangeError)
  expect(() => assess({ persons: [], columns: [] }, research)).toThrow(RangeError)
  expect(() => assess({ persons: ['a', 'b'], columns: [column('x', 'quasi', ['1'])] }, research)).toThrow(
    RangeError,
  )
  const unnested = column('x', 'quasi', ['a', 'b'], { coarser: [() => 'c', (value) => value] })
  expect(() => suggest({ persons: ['1', '2'], columns: [unnested] }, research)).toThrow('only join')
})

test('a file is written in pieces with one header; text that a spreadsheet would run is defused', () => {
  const many = pupils(4500)
  const odd = many.columns.map((each) =>
    each.name === 'sex'
      ? { ...each, values: each.values.map((sex) => (sex === 'male' ? '=1+1' : sex)) }
      : each,
  )
  const extract = makeExtract({ ...many, columns: odd }, { birth: 1, municipality: 1 }, research)
  const pieces = [...extractCsv(extract)]
  expect(pieces.length).toBe(3)
  const rows = rowsOf(pieces.join(''))
  expect(rows.length).toBe(4500 - extract.leftOut)
  expect(Object.keys(rows[0]!)).toEqual(['pseudonym', 'municipality', 'birth', 'sex', 'support', 'mark'])
  expect(new Set(rows.map(({ sex }) => sex))).toEqual(new Set(['female', "'=1+1"]))
  expect(pieces.join('').match(/pseudonym/g)).toHaveLength(1)
})

test('the finest extract is that of the first suggestion; a number of a person in it refuses all forms, and says so', () => {
  const key = Buffer.alloc(32, 7)
  const { extract, levels } = makeFinestExtract(source, research, key)
  expect(levels).toEqual(suggest(source, research)[0]!.levels)
  expect(extract).toEqual(makeExtract(source, levels, research, key))
  const numbered = column('points', 'sensitive', [...source.persons.keys()].map(String), { ordered: true })
  const withNumber = { ...source, columns: [...source.columns.slice(0, 3), numbered] }
  const refusal = () => makeFinestExtract(withNumber, { ...research, distance: 1 }, key)
  expect(suggest(withNumber, { ...research, distance: 1 })).not.toEqual([])
  expect(refusal).toThrow(ExtractRefused)
  expect(refusal).toThrow('does not meet its demand: alone')
})
