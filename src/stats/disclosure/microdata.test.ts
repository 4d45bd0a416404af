import fc from 'fast-check'
import { expect, test } from 'vitest'
import { agreement, referenceJson } from '#test/setup/reference.ts'
import { diversity, equivalenceClasses, identificationRisk, kAnonymity, unicity } from './microdata.ts'
import { recodingAt, recodings } from './recode.ts'

interface Expected {
  k: number
  distinct_l: number
  entropy_l: number
  t_variational: number
  classes: Record<string, number>
}
interface Fixture {
  inputs: {
    rows: [string, number, string, string][]
    generalisation_fig2_zip_age: string[][]
    generalisation_fig3_zip_age: string[][]
  }
  expected: { fig2: Expected; fig3: Expected }
}

/** The same value, the same code. */
function codesOf(values: readonly string[]): number[] {
  const known = [...new Set(values)]
  return values.map((value) => known.indexOf(value))
}

agreement('agrees with Machanavajjhala et al. (2007), figures 2 and 3', () => {
  const { inputs, expected } = referenceJson<Fixture>('methods/10_k_anonymity_l_diversity.json')
  const condition = codesOf(inputs.rows.map((row) => row[3]))
  for (const [generalised, answer] of [
    [inputs.generalisation_fig2_zip_age, expected.fig2],
    [inputs.generalisation_fig3_zip_age, expected.fig3],
  ] as const) {
    const classes = equivalenceClasses([0, 1].map((at) => codesOf(generalised.map((row) => row[at]!))))
    const found = diversity(classes, condition)
    expect(kAnonymity(classes)).toBe(answer.k)
    expect([...classes.sizes]).toEqual(Object.values(answer.classes))
    expect(found.distinct).toBe(answer.distinct_l)
    expect(Math.abs(found.entropy - answer.entropy_l)).toBeLessThan(1e-3)
    expect(Math.abs(found.distance - answer.t_variational)).toBeLessThan(1e-3)
  }
})
test('the risk of four records, two of them alike, is counted by hand', () => {
  const classes = equivalenceClasses([
    [0, 0, 1, 1],
    [5, 5, 5, 6],
  ])
  expect([...classes.classOf]).toEqual([0, 0, 1, 2])
  expect(identificationRisk(classes, 2)).toEqual({
    average: 0.75,
    largest: 1,
    expected: 3,
    unique: 2,
    below: 0.5,
  })
})
test('for values in order a class at one end is farther than one in the middle', () => {
  const classes = equivalenceClasses([[0, 0, 1, 1, 2, 2]])
  const { distance, orderedDistance } = diversity(classes, [0, 0, 1, 1, 2, 2])
  expect(distance).toBeCloseTo(2 / 3, 12)
  // all at one end: 2/3 must move by one step and 1/3 by two … of two steps in all
  expect(orderedDistance).toBeCloseTo((2 / 3 + 1 / 3) / 2, 12)
})

const records = fc
  .array(fc.tuple(fc.nat(3), fc.nat(3), fc.nat(2)), { minLength: 1, maxLength: 60 })
  .map((rows) => [0, 1, 2].map((at) => rows.map((row) => row[at]!)))

test('one column more never makes records more alike', () => {
  fc.assert(
    fc.property(records, ([a, b]) => {
      expect(kAnonymity(equivalenceClasses([a!, b!]))).toBeLessThanOrEqual(
        kAnonymity(equivalenceClasses([a!])),
      )
    }),
  )
})
test('recodings found are exactly the finest of all that meet the demand', () => {
  fc.assert(
    fc.property(records, fc.integer({ min: 2, max: 4 }), ([a, b, sensitive], k) => {
      const levels = (column: number[]) => [column, column.map((code) => code >> 1), column.map(() => 0)]
      const columns = [
        { name: 'a', levels: levels(a!) },
        { name: 'b', levels: levels(b!) },
      ]
      const meets = ([x, y]: readonly number[]) => {
        const classes = equivalenceClasses([columns[0]!.levels[x!]!, columns[1]!.levels[y!]!])
        return kAnonymity(classes) >= k && diversity(classes, sensitive!).distinct >= 2
      }
      const all = [0, 1, 2].flatMap((x) => [0, 1, 2].map((y) => [x, y])).filter(meets)
      const finest = all.filter(
        ([x, y]) => !all.some(([u, v]) => u! <= x! && v! <= y! && (u !== x || v !== y)),
      )
      const found = recodings(columns, { k, sensitive: [{ codes: sensitive!, distinct: 2 }], suppressed: 0 })
      expect(found.map(({ levels }) => levels).sort()).toEqual(finest.sort())
    }),
  )
})
test('a few odd records are left out rather than everything made coarse', () => {
  const town = [...Array<number>(99).fill(0), 1]
  const columns = [{ name: 'town', levels: [town, town.map(() => 0)] }]
  expect(recodings(columns, { k: 5 })).toEqual([{ levels: [0], loss: 0, leftOut: [99] }])
  expect(recodings(columns, { k: 5, suppressed: 0 })).toEqual([{ levels: [1], loss: 1, leftOut: [] }])
})
test('a class that differs too much from all records is refused by its distance', () => {
  const group = Array.from({ length: 20 }, (_, at) => (at < 10 ? 0 : 1))
  const columns = [{ name: 'group', levels: [group, group.map(() => 0)] }]
  const demand = { k: 5, sensitive: [{ codes: group, distance: 0.3 }] }
  expect(recodings(columns, demand).map(({ levels }) => levels)).toEqual([[1]])
})
test('a class with one value for nearly everybody has enough values but too little entropy', () => {
  const illness = Array.from({ length: 40 }, (_, at) => (at < 20 ? (at === 0 ? 1 : 0) : at % 2))
  const town = Array.from({ length: 40 }, (_, at) => (at < 20 ? 0 : 1))
  const columns = [{ name: 'town', levels: [town, town.map(() => 0)] }]
  const levels = (demand: object) =>
    recodings(columns, { k: 5, suppressed: 0, sensitive: [{ codes: illness, ...demand }] }).map(
      (each) => each.levels,
    )
  expect(levels({ distinct: 2 })).toEqual([[0]])
  expect(levels({ distinct: 2, entropy: 1.5 })).toEqual([[1]])
  expect(
    recodingAt(columns, [0], { k: 5, suppressed: 0, sensitive: [{ codes: illness, entropy: 1.5 }] }),
  ).toBeNull()
  expect(recodingAt(columns, [1], { k: 5, suppressed: 0 })).toEqual({ levels: [1], loss: 1, leftOut: [] })
})
test('for values in order a class of neighbours is nearer than one of extremes', () => {
  const marks = Array.from({ length: 40 }, (_, at) => (at < 20 ? 4 + (at % 2) : at % 10))
  const group = Array.from({ length: 40 }, (_, at) => (at < 20 ? 0 : 1))
  const columns = [{ name: 'group', levels: [group] }]
  const met = (ordered: boolean) =>
    recodingAt(columns, [0], { k: 5, sensitive: [{ codes: marks, distance: 0.35, ordered }] }) !== null
  expect([met(true), met(false)]).toEqual([true, false])
})
test('every sensitive column must be met, not the first alone', () => {
  const columns = [{ name: 'all', levels: [Array<number>(20).fill(0)] }]
  const mixed = Array.from({ length: 20 }, (_, at) => at % 2)
  const same = Array<number>(20).fill(0)
  const sensitive = [mixed, same].map((codes) => ({ codes, distinct: 2 }))
  expect(recodings(columns, { k: 5, sensitive })).toEqual([])
})
test('what somebody knows of a person singles out more the more it is', () => {
  const columns = [
    [0, 0, 1, 1],
    [0, 1, 0, 1],
    [0, 0, 0, 0],
  ]
  expect(unicity(columns, 1).map(({ unique }) => unique)).toEqual([0, 0, 0])
  expect(unicity(columns, 2)).toEqual([
    { columns: [0, 1], unique: 4 },
    { columns: [0, 2], unique: 0 },
    { columns: [1, 2], unique: 0 },
  ])
  fc.assert(
    fc.property(records, (drawn) => {
      const [most] = unicity(drawn, 2)
      expect(unicity(drawn, 3)[0]!.unique).toBeGreaterThanOrEqual(most!.unique)
      const { sizes } = equivalenceClasses(most!.columns.map((at) => drawn[at]!))
      expect(most!.unique).toBe([...sizes].filter((size) => size === 1).length)
    }),
  )
  expect(() => unicity(columns, 4)).toThrow(RangeError)
  expect(() => unicity(Array(30).fill([0]), 3)).toThrow('at most 1000')
})
test('columns of different length, no codes, and levels that separate what was joined are refused', () => {
  expect(() => equivalenceClasses([])).toThrow(RangeError)
  expect(() => equivalenceClasses([[1], [1, 2]])).toThrow(RangeError)
  expect(() => equivalenceClasses([[0.5]])).toThrow(RangeError)
  expect(() => diversity(equivalenceClasses([[0]]), [])).toThrow(RangeError)
  expect(() => identificationRisk(equivalenceClasses([[]]), 5)).toThrow(RangeError)
  expect(() =>
    recodings(
      [
        {
          name: 'a',
          levels: [
            [0, 0],
            [0, 1],
          ],
        },
      ],
      { k: 1 },
    ),
  ).toThrow('only join')
  expect(() => recodings([], { k: 1 })).toThrow(RangeError)
})
