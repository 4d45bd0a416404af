import { addTo, CHUNK, collectCounts, rowPosterior } from './expectation.ts'
import type { FreeParameters } from './layout.ts'
import type { Problem } from './marginal.ts'
import type { ScoreTask } from './missing-information.ts'
import { populationPositions, populationScore } from './population-scores.ts'
import type { RowProblem } from './row-problem.ts'
import type { ScoreTables } from './score-tables.ts'

/**
 * Adds Σ over the rows `from` … `to` − 1 of weight × E[s s′ | answers], s being the complete-data score of a person.
 * Scores of two items meet at the same ability, so people are counted at every node by their answer to one item,
 * through the same tree of joint answers as in estimation, and that for every item.
 */
export function addJointScores(
  { problem, free, values, tables }: ScoreTask,
  from: number,
  to: number,
  products: Float64Array,
): void {
  const { patterns, work } = problem
  const posteriors = new Float64Array((to - from) * work.points)
  const room = new Float64Array(work.points)
  for (let row = from; row < to; row++) {
    const chunk = Math.floor(row / CHUNK)
    const lo = work.low[chunk]!
    const hi = work.high[chunk]!
    rowPosterior(work, row, lo, hi, room)
    const at = (row - from) * work.points
    for (let q = lo; q < hi; q++) posteriors[at + q] = room[q]! * patterns.weight[row]!
  }
  itemPairs(problem, free, tables, posteriors, from, to, products)
  populationPairs(problem, free, values, tables, posteriors, from, to, products)
}

/** The same within one item and within the population, from the expected counts of a pass: free × free. */
export function ownScores(
  problem: Problem,
  free: FreeParameters,
  values: Float64Array,
  tables: ScoreTables,
): Float64Array {
  const { layout, counts, work } = problem
  const products = new Float64Array(free.positions.length ** 2)
  for (let j = 0; j < layout.curves.length; j++) {
    for (let r = layout.responseAt[j]!; r < layout.responseAt[j + 1]!; r++) {
      addOuter(free, j, j, tables, r, r, counts, r * work.points, work.points, products)
    }
  }
  samePopulation(problem, free, values, products)
  return products
}

/** products[free of k][free of j] += Σ over nodes of count × score of response r × score of response s. */
function addOuter(
  free: FreeParameters,
  k: number,
  j: number,
  tables: ScoreTables,
  r: number,
  s: number,
  counts: Float64Array,
  at: number,
  points: number,
  products: Float64Array,
): void {
  const size = free.positions.length
  for (let a = free.blockAt[k]!; a < free.blockAt[k + 1]!; a++) {
    const left = tables.at[r]! + (a - free.blockAt[k]!) * points
    for (let b = free.blockAt[j]!; b < free.blockAt[j + 1]!; b++) {
      if (k === j && b > a) break
      const right = tables.at[s]! + (b - free.blockAt[j]!) * points
      let total = 0
      for (let q = 0; q < points; q++) {
        total += counts[at + q]! * tables.table[left + q]! * tables.table[right + q]!
      }
      products[Math.max(a, b) * size + Math.min(a, b)]! += total
    }
  }
}

function samePopulation(
  problem: RowProblem,
  free: FreeParameters,
  values: Float64Array,
  products: Float64Array,
): void {
  const { work, layout, population } = problem
  const positions = populationPositions(problem, free)
  const first = free.blockAt[layout.curves.length]!
  const size = free.positions.length
  const scores = positions.map(() => new Float64Array(work.points))
  for (let c = 0; c < population.groupOf.length; c++) {
    const there = positions.map((position, k) => populationScore(problem, values, position, c, scores[k]!))
    for (let a = 0; a < positions.length; a++) {
      for (let b = 0; b <= a; b++) {
        if (!there[a] || !there[b]) continue
        let total = 0
        for (let q = 0; q < work.points; q++) {
          total += work.classCounts[c * work.points + q]! * scores[a]![q]! * scores[b]![q]!
        }
        products[(first + a) * size + first + b]! += total
      }
    }
  }
}

function itemPairs(
  problem: RowProblem,
  free: FreeParameters,
  tables: ScoreTables,
  posteriors: Float64Array,
  from: number,
  to: number,
  products: Float64Array,
): void {
  const { patterns, layout, work } = problem
  const points = work.points
  const items = layout.curves.length
  const widest = layout.curves.reduce((most, { scores }) => Math.max(most, scores.length), 0)
  const joint = Array.from({ length: widest }, () => new Float64Array(patterns.nodeCount * points))
  const counts = new Float64Array(layout.responseAt.at(-1)! * points)
  patterns.order.forEach((k, place) => {
    if (free.blockAt[k] === free.blockAt[k + 1]) return
    const first = patterns.blockStart[k]!
    const scores = layout.curves[k]!.scores.length
    for (let c = 0; c < scores; c++) joint[c]!.fill(0, first * points)
    for (let chunkFrom = from; chunkFrom < to; chunkFrom += CHUNK) {
      addChunk(problem, k, first, posteriors, from, chunkFrom, Math.min(to, chunkFrom + CHUNK), joint)
    }
    for (let c = 0; c < scores; c++) {
      counts.fill(0)
      collectCounts(patterns, points, joint[c]!, first, counts)
      for (let other = place + 1; other < items; other++) {
        const j = patterns.order[other]!
        for (let s = layout.responseAt[j]!; s < layout.responseAt[j + 1]!; s++) {
          addOuter(free, k, j, tables, layout.responseAt[k]! + c, s, counts, s * points, points, products)
        }
      }
    }
  })
}

/** Adds the posteriors of a chunk to the joint answers, apart by the answer to item k. */
function addChunk(
  { patterns, layout, work }: RowProblem,
  k: number,
  first: number,
  posteriors: Float64Array,
  origin: number,
  from: number,
  to: number,
  joint: readonly Float64Array[],
): void {
  const items = layout.curves.length
  const points = work.points
  const chunk = Math.floor(from / CHUNK)
  const lo = work.low[chunk]!
  const hi = work.high[chunk]!
  for (let row = from; row < to; row++) {
    const position = patterns.answer[row * items + k]!
    if (position < 0) continue
    let leaf = patterns.start[row]!
    const end = patterns.start[row + 1]!
    while (patterns.leaves[leaf]! < first) leaf++
    const at = (row - origin) * points
    addTo(joint[position]!, patterns.leaves, leaf, end, points, posteriors, at, lo, hi)
  }
}

/** Scores of items with those of the population: people counted by their answers, weighted by the latter. */
function populationPairs(
  problem: RowProblem,
  free: FreeParameters,
  values: Float64Array,
  tables: ScoreTables,
  posteriors: Float64Array,
  from: number,
  to: number,
  products: Float64Array,
): void {
  const { patterns, layout, work } = problem
  const points = work.points
  const positions = populationPositions(problem, free)
  if (positions.length === 0) return
  const joint = new Float64Array(patterns.nodeCount * points)
  const counts = new Float64Array(layout.responseAt.at(-1)! * points)
  const score = new Float64Array(points)
  const weighted = new Float64Array(points)
  const first = free.blockAt[layout.curves.length]!
  const size = free.positions.length
  positions.forEach((position, k) => {
    joint.fill(0)
    counts.fill(0)
    let filled = -1
    let there = false
    for (let row = from; row < to; row++) {
      const c = patterns.priorClass[row]!
      if (c !== filled) there = populationScore(problem, values, position, c, score)
      filled = c
      if (!there) continue
      const chunk = Math.floor(row / CHUNK)
      const lo = work.low[chunk]!
      const hi = work.high[chunk]!
      const at = (row - from) * points
      for (let q = lo; q < hi; q++) weighted[q] = posteriors[at + q]! * score[q]!
      addTo(
        joint,
        patterns.leaves,
        patterns.start[row]!,
        patterns.start[row + 1]!,
        points,
        weighted,
        0,
        lo,
        hi,
      )
    }
    collectCounts(patterns, points, joint, 1, counts)
    for (let r = 0; r < tables.at.length; r++) {
      const j = tables.itemOf[r]!
      for (let b = free.blockAt[j]!; b < free.blockAt[j + 1]!; b++) {
        const s = tables.at[r]! + (b - free.blockAt[j]!) * points
        let total = 0
        for (let q = 0; q < points; q++) total += counts[r * points + q]! * tables.table[s + q]!
        products[(first + k) * size + b]! += total
      }
    }
  })
}
