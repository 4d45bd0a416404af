import { describe, expect, test } from 'vitest'
import { publicBounds, suppress, tablesBuilder } from '#stats/disclosure/index.ts'
import { randomHierarchy } from '#stats/disclosure/worlds.ts'
import { guard, NotProved } from './guard.ts'
import { highsSolver } from './highs-solver.ts'

const solver = await highsSolver(100)

/** A total of three parts; the first must be hidden. `told` names cells that can be hidden no more. */
function demanded(told: Record<string, 'earlier' | 'in this release'>) {
  const builder = tablesBuilder()
  const parts = [3, 20, 30].map((count, at) => builder.cell(`part ${at}`, count))
  builder.total(builder.cell('total', 53), parts)
  const tables = builder.build()
  const marks = (isMarked: (key: string) => boolean) =>
    Uint8Array.from(tables.keys, (key) => (isMarked(key) ? 1 : 0))
  const size = tables.keys.length
  const answer = guard(
    {
      tables,
      primary: marks((key) => key === 'part 0'),
      lower: new Float64Array(size).fill(1),
      upper: new Float64Array(size).fill(2),
      untold: new Uint8Array(size),
      fixed: marks((key) => key in told),
      earlier: marks((key) => told[key] === 'earlier'),
      together: new Int32Array(size).fill(-1),
    },
    { solver, kept: new Map() },
  )
  return { ...answer, hiddenKeys: tables.keys.filter((_, cell) => answer.hidden[cell] !== 0) }
}

test('the cheapest neighbour is hidden with the small part', () => {
  expect(demanded({}).hiddenKeys).toEqual(['part 0', 'part 1'])
})

test('a neighbour that was told before stays, and the next is hidden', () => {
  expect(demanded({ 'part 1': 'earlier' }).hiddenKeys).toEqual(['part 0', 'part 2'])
})

test('where everything around must be told, it is not proved safe, naming the cell and never its number', () => {
  const all = { total: 'in this release', 'part 1': 'in this release', 'part 2': 'in this release' } as const
  expect(() => demanded(all)).toThrow(NotProved)
  const refusal = (() => {
    try {
      demanded(all)
    } catch (error) {
      return error as NotProved
    }
  })()
  expect(refusal!.keys).toEqual(['part 0'])
  expect(refusal!.message).not.toMatch(/\b3\b/)
})

test('what follows from earlier releases alone stops nothing: the part is hidden all the same, and counted', () => {
  const found = demanded({ total: 'earlier', 'part 1': 'earlier', 'part 2': 'earlier' })
  expect(found).toMatchObject({ hiddenKeys: ['part 0'], alreadyTold: 1 })
})

describe.each([1, 2, 3, 4, 5, 6])('a random hierarchy, %i: counts below five must stay uncertain', (seed) => {
  const size = { regions: 2, towns: 3, schools: 4, groups: 3 }
  const demandOf = (isBackwards: boolean) => {
    const tables = randomHierarchy(seed, size, isBackwards)
    const count = tables.keys.length
    return {
      tables,
      primary: Uint8Array.from(tables.values, (n) => (n > 0 && n < 5 ? 1 : 0)),
      lower: new Float64Array(count).fill(1),
      upper: new Float64Array(count).fill(2),
      untold: new Uint8Array(count),
      fixed: new Uint8Array(count),
      earlier: new Uint8Array(count),
      together: new Int32Array(count).fill(-1),
    }
  }
  const demand = demandOf(false)
  const guarded = guard(demand, { solver, kept: new Map() })
  const hiddenOf = ({ keys }: { keys: readonly string[] }, hidden: Uint8Array) =>
    keys.filter((_, cell) => hidden[cell] !== 0)

  test('mending hides more than the pattern it began with, and never less', () => {
    const { tables, primary, lower, upper } = demand
    const of = (amounts: Float64Array) => amounts.map((amount, cell) => (primary[cell] ? amount : 0))
    const pattern = suppress(tables, primary, { lower: of(lower), upper: of(upper), solver })
    expect(hiddenOf(tables, guarded.hidden)).toEqual(expect.arrayContaining(hiddenOf(tables, pattern.hidden)))
  })
  test('programmes that share nothing with the search narrow no small count below its interval', () => {
    const { tables, primary } = demand
    const { low, high } = publicBounds(tables, guarded.hidden, solver)
    const narrow = tables.keys.filter((_, cell) => {
      const n = tables.values[cell]!
      return primary[cell] && (low[cell]! > Math.max(0, n - 1) || high[cell]! < n + 2)
    })
    expect(narrow).toEqual([])
  })
  test('two runs say the same, and so does one of the same tables in another order', () => {
    expect(guard(demandOf(false), { solver, kept: new Map() })).toEqual(guarded)
    const backwards = demandOf(true)
    const other = guard(backwards, { solver, kept: new Map() })
    expect(hiddenOf(backwards.tables, other.hidden)).toEqual(hiddenOf(demand.tables, guarded.hidden))
  })
})
