import { expect, test } from 'vitest'
import { tablesBuilder } from '#stats/disclosure/index.ts'
import { guard, ReleaseRefused } from './guard.ts'
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

test('where everything around must be told, the release is refused, naming the cell and never its number', () => {
  const all = { total: 'in this release', 'part 1': 'in this release', 'part 2': 'in this release' } as const
  expect(() => demanded(all)).toThrow(ReleaseRefused)
  const refusal = (() => {
    try {
      demanded(all)
    } catch (error) {
      return error as ReleaseRefused
    }
  })()
  expect(refusal!.keys).toEqual(['part 0'])
  expect(refusal!.message).not.toMatch(/\b3\b/)
})

test('what follows from earlier releases alone stops nothing: the part is hidden all the same, and counted', () => {
  const found = demanded({ total: 'earlier', 'part 1': 'earlier', 'part 2': 'earlier' })
  expect(found).toMatchObject({ hiddenKeys: ['part 0'], alreadyTold: 1 })
})
