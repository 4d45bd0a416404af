import { CHUNK, rowPosterior } from './expectation.ts'
import type { FreeParameters } from './layout.ts'
import type { ScoreTask } from './missing-information.ts'
import { populationPositions, populationScore } from './population-scores.ts'
import type { RowProblem } from './row-problem.ts'
import type { ScoreTables } from './score-tables.ts'

/** Adds Σ over the rows of the chunks `from` … `to` − 1 of weight × s s′, s being the expected score given the answers. */
export function addExpectedScores(
  { problem, free, values, tables }: ScoreTask,
  from: number,
  to: number,
  products: Float64Array,
): void {
  const { work, patterns } = problem
  const size = free.positions.length
  const scores = new Float64Array(size * CHUNK)
  const room = {
    posterior: new Float64Array(work.points),
    population: new Float64Array(work.points),
    positions: populationPositions(problem, free),
  }
  const touched = new Uint8Array(size)
  for (let chunk = from; chunk < to; chunk++) {
    const first = chunk * CHUNK
    const rows = Math.min(CHUNK, patterns.rowCount - first)
    scores.fill(0)
    touched.fill(0)
    for (let i = 0; i < rows; i++) {
      rowScores(problem, free, values, tables, chunk, first + i, i, scores, touched, room)
    }
    const active: number[] = []
    for (let a = 0; a < size; a++) if (touched[a] === 1) active.push(a)
    addProducts(scores, active, rows, size, products)
  }
}

interface Room {
  readonly posterior: Float64Array
  readonly population: Float64Array
  readonly positions: readonly number[]
}

/** Writes √weight × expected score of one row into column i of `scores` (free × CHUNK). */
function rowScores(
  problem: RowProblem,
  free: FreeParameters,
  values: Float64Array,
  tables: ScoreTables,
  chunk: number,
  row: number,
  i: number,
  scores: Float64Array,
  touched: Uint8Array,
  { posterior, population, positions }: Room,
): void {
  const { work, patterns, layout } = problem
  const points = work.points
  const lo = work.low[chunk]!
  const hi = work.high[chunk]!
  const items = layout.curves.length
  const root = Math.sqrt(patterns.weight[row]!)
  rowPosterior(work, row, lo, hi, posterior)
  for (let j = 0; j < items; j++) {
    const position = patterns.answer[row * items + j]!
    if (position < 0) continue
    const from = free.blockAt[j]!
    const end = free.blockAt[j + 1]!
    let at = tables.at[layout.responseAt[j]! + position]!
    for (let a = from; a < end; a++) {
      scores[a * CHUNK + i] = root * inner(posterior, tables.table, at, lo, hi)
      touched[a] = 1
      at += points
    }
  }
  const first = free.blockAt[items]!
  positions.forEach((position, k) => {
    if (!populationScore(problem, values, position, patterns.priorClass[row]!, population)) return
    scores[(first + k) * CHUNK + i] = root * inner(posterior, population, 0, lo, hi)
    touched[first + k] = 1
  })
}

function inner(posterior: Float64Array, table: Float64Array, at: number, lo: number, hi: number): number {
  let even = 0
  let odd = 0
  let q = lo
  for (; q + 1 < hi; q += 2) {
    even += posterior[q]! * table[at + q]!
    odd += posterior[q + 1]! * table[at + q + 1]!
  }
  if (q < hi) even += posterior[q]! * table[at + q]!
  return even + odd
}

/** products += scores × scores′ for the active parameters, two by two. */
function addProducts(
  scores: Float64Array,
  active: readonly number[],
  rows: number,
  size: number,
  products: Float64Array,
): void {
  for (let a = 0; a < active.length; a += 2) {
    const a0 = active[a]!
    const a1 = active[Math.min(a + 1, active.length - 1)]!
    for (let b = 0; b <= a; b += 2) {
      const b0 = active[b]!
      const b1 = active[Math.min(b + 1, active.length - 1)]!
      let s00 = 0
      let s01 = 0
      let s10 = 0
      let s11 = 0
      for (let i = 0; i < rows; i++) {
        const u = scores[a0 * CHUNK + i]!
        const v = scores[a1 * CHUNK + i]!
        const w = scores[b0 * CHUNK + i]!
        const z = scores[b1 * CHUNK + i]!
        s00 += u * w
        s01 += u * z
        s10 += v * w
        s11 += v * z
      }
      products[a0 * size + b0]! += s00
      if (b1 !== b0 && b1 <= a0) products[a0 * size + b1]! += s01
      if (a1 !== a0) {
        products[a1 * size + b0]! += s10
        if (b1 !== b0) products[a1 * size + b1]! += s11
      }
    }
  }
}
