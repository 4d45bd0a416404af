import { describe, expect, test } from 'vitest'
import type { CubeCell } from '#modules/indicators/index.ts'
import { publicBounds, tablesBuilder } from '#stats/disclosure/index.ts'
import { highsSolver } from './highs-solver.ts'
import { cellsOf, madeUpCountry, treeOf } from './made-up-country.ts'
import type { ProtectedCell, Rule } from './model.ts'
import type { Policy } from './primary.ts'
import { type Circumstances, release } from './release.ts'

const rule: Rule = {
  audience: 'public',
  topic: 'results',
  minimum: 10,
  groupDisclosure: true,
  sensitive: false,
  protectBelow: 1,
  protectAbove: 2,
  dominance: null,
  decimals: null,
  reason: { lv: '', en: '' },
}
const policy: Policy = { rule, publicLevels: new Set(['school', 'municipality']) }

function cell(values: readonly number[], more: Partial<CubeCell> = {}): CubeCell {
  const counts = Map.groupBy(
    values.toSorted((a, b) => a - b),
    (value) => value,
  )
  return {
    indicator: 'ACH-05',
    version: 1,
    schoolYear: 2026,
    level: 'school',
    unitId: 1,
    subject: 'maths',
    breakdown: '-',
    category: '-',
    borders: 'both',
    n: values.length,
    sumY: values.reduce((a, b) => a + b, 0),
    sumYY: values.reduce((a, b) => a + b * b, 0),
    values: [...counts.keys()],
    counts: [...counts.values()].map((people) => people.length),
    facts: null,
    sumW: null,
    sumWW: null,
    sumWY: null,
    ...more,
  }
}
const spread = (n: number) => Array.from({ length: n }, (_, at) => at % 5)

const solver = await highsSolver()
const everyLevel = new Set(['school', 'municipality', 'region', 'state'])

function under(policies: Record<string, Policy>, more: Partial<Circumstances> = {}): Circumstances {
  const kinds = { 'ACH-05': 'mean', 'ACH-10': 'share', 'CTX-01': 'count' } as const
  const indicators = Object.entries(kinds).map(([code, kind]) => [code, { code, kind }] as const)
  return {
    indicators: new Map(indicators),
    policies: new Map(Object.entries(policies)),
    hierarchies: [],
    earlier: [],
    solver,
    kept: new Map(),
    ...more,
  }
}
const tell = (cells: readonly CubeCell[], by: Policy = policy, more: Partial<Circumstances> = {}) =>
  release(cells, 'public', under({ 'ACH-05': by }, more)).told
const one = (found: CubeCell, by: Policy = policy) => tell([found], by)[0]!

test('ten pupils are told, nine are too few, and nothing of the nine is left in the cell', () => {
  expect(one(cell(spread(10))).absent).toBeNull()
  expect(one(cell(spread(9)))).toMatchObject({
    absent: 'too_few',
    n: null,
    sumY: null,
    sumYY: null,
    values: null,
    counts: null,
  })
})

test('where everybody has the same result the figure is hidden: it would tell it of each of them', () => {
  expect(one(cell(Array(30).fill(0))).absent).toBe('same_for_all')
  expect(one({ ...cell(Array(30).fill(7)), values: null, counts: null }).absent).toBe('same_for_all')
})

test('a figure that two people nearly make up alone is hidden where the rule asks', () => {
  const dominated = cell([...Array(20).fill(1), 100, 90])
  expect(one(dominated).absent).toBeNull()
  const strict = { ...policy, rule: { ...rule, dominance: { people: 2, share: 0.85 } } }
  expect(one(dominated, strict).absent).toBe('few_dominate')
  expect(one(cell(spread(22)), strict).absent).toBeNull()
})

test('a level without a decision to publish is not public, however many pupils there are', () => {
  expect(one(cell(spread(500), { level: 'state' })).absent).toBe('not_public')
})

test('one category too few hides its sister, because the total is known', () => {
  const girls = cell(spread(30), { breakdown: 'sex', category: 'female' })
  const boys = cell(spread(4), { breakdown: 'sex', category: 'male' })
  const other = cell(spread(30), { breakdown: 'sex', category: 'female', unitId: 2 })
  const found = tell([cell(spread(34)), girls, boys, other])
  expect(found.map(({ absent }) => absent)).toEqual([null, 'would_reveal', 'too_few', null])
})

test('a school with few pupils is not told by subtraction: the smallest of its neighbours is hidden with it', () => {
  const schools = [4, 60, 25, 90].map((n, unitId) => cell(spread(n), { unitId }))
  const whole = cell(spread(179), { level: 'municipality', unitId: 9 })
  const tree = new Map([0, 1, 2, 3].map((id) => [`school:${id}`, 'municipality:9']))
  const found = tell([...schools, whole], policy, { hierarchies: [tree] })
  expect(found.map(({ absent }) => absent)).toEqual(['too_few', null, 'would_reveal', null, null])
})

test('a municipality whose only school is not public is not public either, and takes a neighbour with it', () => {
  const units = [
    cell(spread(50), { unitId: 1 }),
    cell(spread(60), { unitId: 2 }),
    cell(spread(70), { unitId: 3 }),
    cell(spread(50), { level: 'municipality', unitId: 11 }),
    cell(spread(130), { level: 'municipality', unitId: 12 }),
    cell(spread(180), { level: 'state', unitId: 0 }),
  ]
  const tree = new Map([
    ['school:1', 'municipality:11'],
    ['school:2', 'municipality:12'],
    ['school:3', 'municipality:12'],
    ['municipality:11', 'state:0'],
    ['municipality:12', 'state:0'],
  ])
  const decided = { ...policy, publicLevels: new Set(['municipality', 'state']) }
  const found = tell(units, decided, { hierarchies: [tree] })
  expect(found.map(({ absent }) => absent)).toEqual([
    ...Array(3).fill('not_public'),
    ...Array(2).fill('would_reveal'),
    null,
  ])
})

test('pupils of no known school are a cell too: few of them are not told by subtraction', () => {
  const units = [
    cell(spread(40), { unitId: 1 }),
    cell(spread(60), { unitId: 2 }),
    cell(spread(103), { level: 'municipality', unitId: 9 }),
  ]
  const tree = new Map([1, 2].map((id) => [`school:${id}`, 'municipality:9']))
  const found = tell(units, policy, { hierarchies: [tree] })
  expect(found.map(({ absent }) => absent)).toEqual(['would_reveal', null, null])
})

test('a municipality told as it was and as it is today is linked: the merged one gives its small part away', () => {
  const plain = (n: number, more: Partial<CubeCell>) =>
    cell(spread(n), { ...more, values: null, counts: null })
  const units = [
    plain(4, { unitId: 1 }),
    plain(56, { unitId: 2 }),
    plain(40, { unitId: 3 }),
    plain(4, { level: 'municipality', unitId: 11 }),
    plain(96, { level: 'municipality', unitId: 12 }),
    plain(100, { level: 'municipality', unitId: 13 }),
  ]
  const then = new Map([
    ['school:1', 'municipality:11'],
    ['school:2', 'municipality:12'],
    ['school:3', 'municipality:12'],
  ])
  const today = new Map([1, 2, 3].map((id) => [`school:${id}`, 'municipality:13']))
  const of = (trees: Circumstances['hierarchies']) =>
    tell(units, policy, { hierarchies: trees }).map(({ absent }) => absent)
  expect(of([then])).toEqual(['too_few', null, null, 'too_few', null, null])
  const both = of([then, today])
  expect(both.slice(0, 1).concat(both[3]!)).toEqual(['too_few', 'too_few'])
  expect(both[4] === 'would_reveal' || both[5] === 'would_reveal').toBe(true)
})

test('parts that hold more people than their total are refused, not published', () => {
  const units = [cell(spread(40), { unitId: 1 }), cell(spread(30), { level: 'municipality', unitId: 9 })]
  const tree = new Map([['school:1', 'municipality:9']])
  expect(() => tell(units, policy, { hierarchies: [tree] })).toThrow(/more people/)
})

test('a share counts those who are so and those who are not: both stay uncertain where either is few', () => {
  const share = (hits: number, n: number, more: Partial<CubeCell>) =>
    cell([], { indicator: 'ACH-10', n, sumY: hits, sumYY: hits, values: null, counts: null, ...more })
  const units = [
    share(30, 30, { unitId: 1 }),
    share(20, 40, { unitId: 2 }),
    share(35, 50, { unitId: 3 }),
    share(85, 120, { level: 'municipality', unitId: 9 }),
  ]
  const tree = new Map([1, 2, 3].map((id) => [`school:${id}`, 'municipality:9']))
  const strict = { rule, publicLevels: everyLevel }
  const { told } = release(units, 'public', under({ 'ACH-10': strict }, { hierarchies: [tree] }))
  expect(told.map(({ absent }) => absent)).toEqual(['same_for_all', 'would_reveal', null, null])
})

test('two indicators about the same people: what one tells, the other cannot hide', () => {
  const share = (hits: number, n: number, more: Partial<CubeCell>) =>
    cell([], { indicator: 'ACH-10', n, sumY: hits, sumYY: hits, values: null, counts: null, ...more })
  const number = (n: number, more: Partial<CubeCell>) => ({ ...share(0, n, more), indicator: 'CTX-01' })
  const both = [
    share(5, 7, { unitId: 1 }),
    share(20, 30, { unitId: 2 }),
    share(25, 37, { level: 'municipality' }),
    number(7, { unitId: 1 }),
    number(30, { unitId: 2 }),
    number(37, { level: 'municipality' }),
  ]
  const indicators = new Map([
    ['ACH-10', { code: 'ACH-10', kind: 'share' as const, people: 'enrolled' }],
    ['CTX-01', { code: 'CTX-01', kind: 'count' as const, people: 'enrolled' }],
  ])
  const tree = new Map([1, 2].map((id) => [`school:${id}`, 'municipality:1']))
  const lenient = { rule: { ...rule, minimum: 5, groupDisclosure: false }, publicLevels: everyLevel }
  const { told } = release(
    both,
    'public',
    under(
      { 'ACH-10': { rule, publicLevels: everyLevel }, 'CTX-01': lenient },
      { indicators, hierarchies: [tree] },
    ),
  )
  expect(told.map(({ absent }) => absent)).toEqual(['too_few', 'would_reveal', null, null, null, null])
  const other = both.map((each, at) => (at === 3 ? { ...each, n: 8 } : each))
  expect(() =>
    release(other, 'public', under({ 'ACH-10': lenient, 'CTX-01': lenient }, { indicators })),
  ).toThrow(/same people/)
})

test('a distribution with a value that only a few have is hidden; the mean is still told', () => {
  const found = one(cell([...spread(50), 9]))
  expect(found).toMatchObject({ absent: null, n: 51, spreadAbsent: 'too_few', values: null, counts: null })
  expect(one(cell(spread(50)))).toMatchObject({ spreadAbsent: null, counts: [10, 10, 10, 10, 10] })
})

test('a hidden distribution is not told by subtraction: another is hidden with it', () => {
  const rare = cell([...spread(50), 9, 9], { unitId: 1 })
  const units = [rare, cell(spread(100), { unitId: 2 }), cell(spread(75), { unitId: 3 })]
  const whole = cell([...spread(225), ...Array(12).fill(9)], { level: 'municipality', unitId: 9 })
  const far = cell([...spread(0), ...Array(10).fill(9)], { unitId: 4 })
  const tree = new Map([1, 2, 3, 4].map((id) => [`school:${id}`, 'municipality:9']))
  const found = tell(
    [...units, far, whole],
    { ...policy, rule: { ...rule, groupDisclosure: false } },
    {
      hierarchies: [tree],
    },
  )
  expect(found.map(({ absent }) => absent)).toEqual(Array(5).fill(null))
  expect(found.filter(({ spreadAbsent }) => spreadAbsent !== null).length).toBeGreaterThanOrEqual(2)
})

test('a rule for one audience is not used for another', () => {
  const foreign = { ...rule, audience: 'press' as 'public' }
  expect(() => one(cell(spread(50)), { ...policy, rule: foreign })).toThrow(/press/)
})

test('told means and deviations are rounded as the rule says, and everything is derived from the rounded ones', () => {
  const values = [0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 3]
  const rounded = one(cell(values), { ...policy, rule: { ...rule, decimals: 1 } })
  expect(rounded.spreadAbsent).toBe('too_few')
  expect(rounded.sumY! / 11).toBeCloseTo(2.1, 12)
  const sd = Math.sqrt((rounded.sumYY! - rounded.sumY! ** 2 / 11) / 10)
  expect(sd).toBeCloseTo(1.4, 12)
})

test('hits are people and are never rounded', () => {
  const share = cell([], { indicator: 'ACH-10', n: 30, sumY: 17, sumYY: 17, values: null, counts: null })
  const { told } = release(
    [share],
    'public',
    under({ 'ACH-10': { ...policy, rule: { ...rule, decimals: 0 } } }),
  )
  expect(told[0]).toMatchObject({ absent: null, n: 30, sumY: 17 })
})

test('a figure told again for one pupil more would tell that pupil’s result: it is hidden, unless rounding hides it', () => {
  const before = cell(spread(30), { values: null, counts: null })
  const after = cell([...spread(30), 4], { values: null, counts: null })
  const again = (now: CubeCell, decimals: number | null) =>
    tell([now], { ...policy, rule: { ...rule, decimals } }, { earlier: [before] })[0]!.absent
  expect(again(before, null)).toBeNull()
  expect(again(after, null)).toBe('would_reveal')
  expect(again(after, 2)).toBe('would_reveal')
  expect(again(after, 1)).toBeNull()
  expect(again(cell(spread(40), { values: null, counts: null }), null)).toBeNull()
})

test('a definition that was raised to a new version is about the same people: told again for one more, the figure is hidden', () => {
  const before = cell(spread(30), { version: 1, values: null, counts: null })
  const now = (n: number) => cell(spread(n), { version: 2, values: null, counts: null })
  const again = (figure: CubeCell) => tell([figure], policy, { earlier: [before] })[0]!.absent
  expect(again(now(31))).toBe('would_reveal')
  expect(again(now(40))).toBeNull()
  expect(again(now(30))).toBeNull()
})

test('what was told under an older version of the definition is no help in hiding others either', () => {
  const schools = [4, 60, 25, 90].map((n, unitId) =>
    cell(spread(n), { unitId, version: 2, values: null, counts: null }),
  )
  const whole = cell(spread(179), {
    level: 'municipality',
    unitId: 9,
    version: 2,
    values: null,
    counts: null,
  })
  const tree = new Map([0, 1, 2, 3].map((id) => [`school:${id}`, 'municipality:9']))
  const earlier = [{ ...schools[2]!, version: 1 }]
  const found = tell([...schools, whole], policy, { hierarchies: [tree], earlier })
  expect(found.map(({ absent }) => absent)).toEqual(['too_few', 'would_reveal', null, null, null])
})

test('what an earlier release told cannot be hidden again, and is no help in hiding others', () => {
  const schools = [4, 60, 25, 90].map((n, unitId) => cell(spread(n), { unitId, values: null, counts: null }))
  const whole = cell(spread(179), { level: 'municipality', unitId: 9, values: null, counts: null })
  const tree = new Map([0, 1, 2, 3].map((id) => [`school:${id}`, 'municipality:9']))
  const found = tell([...schools, whole], policy, { hierarchies: [tree], earlier: [schools[2]!] })
  expect(found.map(({ absent }) => absent)).toEqual(['too_few', 'would_reveal', null, null, null])
  const { attack } = release(
    [...schools, whole],
    'public',
    under({ 'ACH-05': policy }, { hierarchies: [tree], earlier: [schools[0]!] }),
  )
  expect(attack.alreadyTold).toBeGreaterThan(0)
})

test('what follows from earlier releases alone stops no later one: it is counted, and hidden all the same', () => {
  const girls = cell(spread(12), { breakdown: 'sex', category: 'female' })
  const boys = cell(spread(8), { breakdown: 'sex', category: 'male' })
  const whole = cell(spread(20))
  const { told, attack } = release(
    [whole, girls, boys],
    'public',
    under({ 'ACH-05': policy }, { earlier: [whole, girls] }),
  )
  expect(told.map(({ absent }) => absent)).toEqual([null, null, 'too_few'])
  expect(attack).toMatchObject({ leaks: 0, alreadyTold: 1 })
})

describe.each([1, 2])('a made-up country, %i', (seed) => {
  const country = madeUpCountry(seed, 8, 3)
  const hierarchies = [treeOf(country)]
  const results = cellsOf(country, { indicator: 'ACH-05' }, true)
  const shares = cellsOf(
    { ...country, pupils: country.pupils.map((pupil) => ({ ...pupil, value: Math.min(1, pupil.value) })) },
    { indicator: 'ACH-10' },
    false,
  )
  const enrolled = cellsOf(country, { indicator: 'CTX-01', subject: '-' }, false)
  const counted = {
    ...policy,
    rule: { ...rule, minimum: 5, groupDisclosure: false },
    publicLevels: everyLevel,
  }
  const asked = { ...policy, publicLevels: everyLevel }
  const circumstances = under({ 'ACH-05': asked, 'ACH-10': asked, 'CTX-01': counted }, { hierarchies })
  const cells = [...results, ...shares, ...enrolled]
  const { told, attack } = release(cells, 'public', circumstances)
  const of = (code: string) => told.filter(({ indicator }) => indicator === code)

  test('something is hidden, most is told, and the attack found no leak', () => {
    expect(attack).toMatchObject({ leaks: 0, alreadyTold: 0 })
    expect(of('CTX-01').some(({ absent }) => absent === 'would_reveal')).toBe(true)
    const schools = of('CTX-01').filter(({ level, breakdown }) => level !== 'school' || breakdown === '-')
    expect(schools.filter(({ absent }) => absent === null).length).toBeGreaterThan(schools.length / 2)
  })

  test('from all counts told, nobody can narrow a hidden small one below its interval', () => {
    for (const { cell, low, high } of narrowed(of('CTX-01'), enrolled, ({ n }) => n)) {
      if (cell.n >= 5) continue
      expect([cell.unitId, low <= Math.max(0, cell.n - 1), high >= cell.n + 2]).toEqual([
        cell.unitId,
        true,
        true,
      ])
    }
  })

  test('the sums behind hidden means stay open: no equation holds one of them alone', () => {
    for (const { cell, low, high } of narrowed(of('ACH-05'), results, ({ n }) => n)) {
      expect([cell.unitId, high - low > 0]).toEqual([cell.unitId, true])
    }
  })

  test('hits and misses stay open where a share is hidden for what it says', () => {
    const reasons = new Set(['too_few', 'same_for_all'])
    const hidden = of('ACH-10')
    for (const part of [({ sumY }: CubeCell) => sumY!, ({ n, sumY }: CubeCell) => n - sumY!]) {
      for (const { cell, absent, low, high } of narrowed(hidden, shares, part)) {
        if (reasons.has(absent)) expect([cell.unitId, high > low]).toEqual([cell.unitId, true])
      }
    }
  })

  test('whatever is told has the minimum of people, and every value of a told distribution too', () => {
    for (const { absent, n, counts } of of('ACH-05')) {
      if (absent === null) expect(n).toBeGreaterThanOrEqual(10)
      for (const people of counts ?? []) expect(people).toBeGreaterThanOrEqual(10)
    }
  })

  test('the order of cells changes nothing', () => {
    const back = release(cells.toReversed(), 'public', { ...circumstances, kept: new Map() })
    expect(back.told.toReversed()).toEqual(told)
    expect({ ...back.attack, seconds: 0 }).toEqual({ ...attack, seconds: 0 })
  })

  test('made again after itself it says the same: what was told stays told', () => {
    const earlier = told.filter(({ absent }) => absent === null) as unknown as CubeCell[]
    const again = release(cells, 'public', { ...circumstances, earlier })
    expect(again.told).toEqual(told)
  })

  /** What linear programmes find out about each hidden cell, from sums described here anew. */
  function narrowed(
    shown: readonly ProtectedCell[],
    truth: readonly CubeCell[],
    count: (cell: CubeCell) => number,
  ) {
    const builder = tablesBuilder()
    const spot = ({ level, unitId, category }: Pick<CubeCell, 'level' | 'unitId' | 'category'>) =>
      `${level}:${unitId} ${category}`
    const numbers = new Map(truth.map((cell) => [spot(cell), builder.cell(spot(cell), count(cell))]))
    const [tree] = hierarchies
    const parts = new Map<string, string[]>()
    const add = (total: string, by: string, part: string) =>
      parts.set(`${total}|${by}`, [...(parts.get(`${total}|${by}`) ?? []), part])
    for (const cell of truth) {
      const unit = `${cell.level}:${cell.unitId}`
      const around = tree!.get(unit)
      if (around) add(`${around} ${cell.category}`, 'place', spot(cell))
      if (cell.category !== '-') add(`${unit} -`, 'sex', spot(cell))
    }
    for (const [key, members] of parts) {
      const total = numbers.get(key.split('|')[0]!)!
      builder.total(
        total,
        members.map((member) => numbers.get(member)!),
      )
    }
    const tables = builder.build()
    const hidden = new Uint8Array(tables.values.length)
    const place = (cell: Pick<CubeCell, 'level' | 'unitId' | 'category'>) =>
      tables.order[numbers.get(spot(cell))!]!
    for (const cell of shown) hidden[place(cell)] = cell.absent === null ? 0 : 1
    const bounds = publicBounds(tables, hidden, solver)
    return shown.flatMap((each) => {
      if (each.absent === null) return []
      const cell = truth.find((other) => spot(other) === spot(each))!
      return [{ cell, absent: each.absent, low: bounds.low[place(cell)]!, high: bounds.high[place(cell)]! }]
    })
  }
})
