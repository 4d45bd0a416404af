import { expect, test } from 'vitest'
import type { CubeCell } from '#modules/indicators/model.ts'
import { type ProgrammeSolver, publicBounds, SolverGaveUp, tablesBuilder } from '#stats/disclosure/index.ts'
import { philox } from '#stats/numeric/random.ts'
import { figureKey } from './figure.ts'
import { highsSolver } from './highs-solver.ts'
import { cellsOf, madeUpCountry, treeOf } from './made-up-country.ts'
import type { ProtectedCell } from './model.ts'
import type { Policy } from './primary.ts'
import { type Circumstances, release } from './release.ts'

/** A solver that may take no step at all. */
const noSteps: ProgrammeSolver = {
  open: () => ({
    solve() {
      throw new SolverGaveUp('no steps')
    },
    close() {},
  }),
}
const solver = await highsSolver(100)

const policy: Policy = {
  rule: {
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
  },
  publicLevels: new Set(['school', 'municipality', 'region', 'state']),
}
const country = madeUpCountry(10, 4, 3)
const tree = treeOf(country)
const pupils = country.pupils.map((pupil) => ({ ...pupil, value: Math.min(1, pupil.value) }))
const shares = cellsOf({ ...country, pupils }, { indicator: 'ACH-10' }, false)
const enrolled = cellsOf(country, { indicator: 'CTX-01', subject: '-' }, false)
/** Told before, chosen without any care: between these and the rest some shares need programmes for their proof. */
const random = philox(110)
const earlier = shares.filter(({ n }) => random.uniform() < 0.15 && n >= 10)

function releasedWith(solver: ProgrammeSolver) {
  const circumstances: Circumstances = {
    indicators: new Map([
      ['ACH-10', { code: 'ACH-10', kind: 'share' }],
      ['CTX-01', { code: 'CTX-01', kind: 'count' }],
    ]),
    policies: new Map([
      ['ACH-10', policy],
      ['CTX-01', policy],
    ]),
    hierarchies: [tree],
    earlier,
    solver,
    kept: new Map(),
  }
  return release([...shares, ...enrolled], 'public', circumstances)
}

test('without a step for the solver a release is made: what is not proved safe is hidden with its linked figures, and said', () => {
  const { told, attack } = releasedWith(noSteps)
  expect(attack.leaks).toBe(0)
  expect(attack.withheld).toMatchObject([{ indicators: ['ACH-10'], schoolYear: 2026, subject: 'maths' }])
  const [withheld] = attack.withheld!
  expect(withheld!.figures).toBeGreaterThan(0)
  expect(withheld!.counts.join()).toMatch(/^ACH-10.*school\|/)
  expect(withheld!.counts.join()).not.toMatch(/school:\d/)
  const reasons = told.filter(({ indicator }) => indicator === 'ACH-10').map(({ absent }) => absent)
  expect(reasons.filter((reason) => reason === 'would_reveal').length).toBeGreaterThanOrEqual(
    withheld!.figures,
  )
  // figures of other people go out as always
  expect(told.some(({ indicator, absent }) => indicator === 'CTX-01' && absent === null)).toBe(true)
})

test('such a release tells no programme more about any share than earlier releases alone', () => {
  const { told } = releasedWith(noSteps)
  const now = told.filter(({ indicator, absent }) => indicator === 'ACH-10' && absent === null)
  const known = new Set(earlier.map(figureKey))
  for (const part of [({ sumY }: CubeCell) => sumY!, ({ n, sumY }: CubeCell) => n - sumY!]) {
    const before = boundsWhere((cell) => known.has(figureKey(cell)), part)
    const after = boundsWhere(
      (cell) => known.has(figureKey(cell)) || now.some((shown) => figureKey(shown) === figureKey(cell)),
      part,
    )
    expect(after).toEqual(before)
  }
})

test('with a solver the same figures are told, and nothing is hidden for want of a proof', () => {
  const { told, attack } = releasedWith(solver)
  expect(attack.withheld).toEqual([])
  const isTold = ({ indicator, absent }: ProtectedCell) => indicator === 'ACH-10' && absent === null
  expect(told.filter(isTold).length).toBeGreaterThan(earlier.length)
})

/** What linear programmes find out about every share, from totals described here anew. */
function boundsWhere(isTold: (cell: CubeCell) => boolean, count: (cell: CubeCell) => number) {
  const builder = tablesBuilder()
  const spot = (unit: string, category: string) => `${unit} ${category}`
  const numbers = new Map<string, number>()
  const totals = new Map<string, number[]>()
  for (const cell of shares) {
    const unit = `${cell.level}:${cell.unitId}`
    const number = builder.cell(spot(unit, cell.category), count(cell))
    numbers.set(spot(unit, cell.category), number)
    const around = tree.get(unit)
    const lies = [
      ...(around ? [`${spot(around, cell.category)}|place`] : []),
      ...(cell.category === '-' ? [] : [`${spot(unit, '-')}|sex`]),
    ]
    for (const total of lies) totals.set(total, [...(totals.get(total) ?? []), number])
  }
  for (const [total, parts] of totals) builder.total(numbers.get(total.split('|')[0]!)!, parts)
  const tables = builder.build()
  const hidden = new Uint8Array(tables.values.length)
  for (const cell of shares) {
    const number = numbers.get(spot(`${cell.level}:${cell.unitId}`, cell.category))!
    hidden[tables.order[number]!] = isTold(cell) ? 0 : 1
  }
  const { low, high } = publicBounds(tables, hidden, solver)
  return { low, high }
}
