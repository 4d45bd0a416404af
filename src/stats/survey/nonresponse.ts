import { quantile } from '#stats/numeric/quantile.ts'
import { sum } from '#stats/numeric/sum.ts'
import { type Label, type Numbered, numberLabels, requireWeights } from './design.ts'

/** Weights of those who answered, carrying those who did not. */
export interface NonresponseWeights {
  /** 0 for those who did not answer; sums within each adjusted cell are those before */
  readonly weights: Float64Array
  /** label of each cell, its weighted response rate (0–1) and its answers */
  readonly cells: readonly {
    readonly cell: Label
    readonly rate: number
    readonly answered: number
    readonly joined: boolean
  }[]
}

export interface NonresponseInput {
  readonly weights: ArrayLike<number>
  /** did the unit answer? */
  readonly answered: ArrayLike<boolean | number>
  /** units thought to be alike, e.g. school × grade × sex */
  readonly cells: ArrayLike<Label>
  /** coarser cells, used where a cell has fewer than `least` answers, e.g. the stratum */
  readonly coarser?: ArrayLike<Label>
  /** fewest answers of a cell that stands alone, default 5 with coarser cells, otherwise 1 */
  readonly least?: number
}

/**
 * Nonresponse weights by adjustment cells: within a cell those who answered are raised by
 * Σ weights ÷ Σ weights of those who answered. Cells with too few answers are joined with all other thin
 * cells of their coarser cell, and where those are too few together, with the whole coarser cell.
 *
 * @returns  weights whose total is that of all units asked
 * @throws   RangeError if a cell has nobody who answered, even joined
 */
export function nonresponseWeights(input: NonresponseInput): NonresponseWeights {
  const { weights, answered, cells, coarser } = input
  const n = weights.length
  requireWeights(weights, 'nonresponseWeights')
  for (const given of [answered, cells, coarser]) {
    if (given && given.length !== n) throw new RangeError('nonresponseWeights requires one entry per unit')
  }
  const least = Math.max(1, input.least ?? (coarser ? 5 : 1))
  const fine = numberLabels(n, (unit) => cells[unit]!)
  const answers = new Int32Array(fine.count)
  for (let unit = 0; unit < n; unit++) if (answered[unit] && weights[unit]! > 0) answers[fine.of[unit]!]!++
  const joined = joinThin(fine, answers, least, coarser)
  const asked = new Map<Label, number>()
  const given = new Map<Label, { weight: number; count: number }>()
  for (let unit = 0; unit < n; unit++) {
    const cell = joined[unit]!
    asked.set(cell, (asked.get(cell) ?? 0) + weights[unit]!)
    const now = given.get(cell) ?? { weight: 0, count: 0 }
    if (answered[unit]) given.set(cell, { weight: now.weight + weights[unit]!, count: now.count + 1 })
  }
  for (const [cell, total] of asked) {
    if (total > 0 && !(given.get(cell)?.weight ?? 0)) {
      throw new RangeError(`nonresponseWeights requires an answer in every cell: join cell ${cell}`)
    }
  }
  const adjusted = Float64Array.from({ length: n }, (_, unit) => {
    if (!answered[unit] || weights[unit] === 0) return 0
    return (weights[unit]! * asked.get(joined[unit]!)!) / given.get(joined[unit]!)!.weight
  })
  const report = [...asked].map(([cell, total]) => {
    const { weight = 0, count = 0 } = given.get(cell) ?? {}
    return {
      cell,
      rate: total > 0 ? weight / total : 0,
      answered: count,
      joined: !fine.labels.includes(cell),
    }
  })
  return { weights: adjusted, cells: report }
}

/** The cell of each unit after thin ones are joined; joined cells are labelled by their coarser cell. */
function joinThin(
  { of, labels }: Numbered,
  answers: Int32Array,
  least: number,
  coarser?: ArrayLike<Label>,
): Label[] {
  const isThin = (unit: number) => answers[of[unit]!]! < least
  if (!coarser) return Array.from(of, (cell) => labels[cell]!)
  const thinAnswers = new Map<Label, number>()
  const counted = new Set<number>()
  for (let unit = 0; unit < of.length; unit++) {
    if (!isThin(unit) || counted.has(of[unit]!)) continue
    counted.add(of[unit]!)
    thinAnswers.set(coarser[unit]!, (thinAnswers.get(coarser[unit]!) ?? 0) + answers[of[unit]!]!)
  }
  return Array.from(of, (cell, unit) => {
    const above = coarser[unit]!
    const thin = thinAnswers.get(above)
    if (thin === undefined) return labels[cell]!
    if (thin < least) return `all of ${above}`
    return isThin(unit) ? `rest of ${above}` : labels[cell]!
  })
}

/**
 * Trims weights to multiples of their median and spreads what was cut over the others, so that the sum stays.
 *
 * @param limits  default 0.3 and 3 times the median of the weights above 0
 * @returns       weights and how many stand at a limit; `converged` false when 50 rounds did not settle
 * @throws        RangeError if weights are negative, all 0, or limits are not around 1
 */
export function trimWeights(weights: ArrayLike<number>, limits = { low: 0.3, high: 3 }) {
  requireWeights(weights, 'trimWeights')
  if (!(limits.low >= 0 && limits.low <= 1 && limits.high >= 1))
    throw new RangeError('trimWeights requires limits around 1')
  const trimmed = Float64Array.from(weights)
  const total = sum(trimmed)
  const median = quantile(trimmed.filter((w) => w > 0).sort(), 0.5)
  const low = limits.low * median
  const high = limits.high * median
  let limited = 0
  for (let round = 0; round < 50; round++) {
    const clipped = trimmed.map((w) => (w > 0 ? Math.min(high, Math.max(low, w)) : 0))
    const missing = total - sum(clipped)
    const room = clipped.map((w) => (w > low && w < high ? w : 0))
    const free = sum(room)
    limited = clipped.reduce((count, w) => count + (w === low || w === high ? 1 : 0), 0)
    if (Math.abs(missing) <= 1e-12 * total || free === 0) {
      return { weights: clipped, limited, converged: Math.abs(missing) <= 1e-9 * total }
    }
    for (let unit = 0; unit < trimmed.length; unit++)
      trimmed[unit] = clipped[unit]! + (missing * room[unit]!) / free
  }
  return { weights: trimmed, limited, converged: false }
}
