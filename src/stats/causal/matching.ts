export interface MatchInput {
  /** n scores on which to be near, e.g. propensity on the logit scale */
  readonly score: ArrayLike<number>
  readonly treated: ArrayLike<boolean | number>
  /** n labels that must be equal, e.g. grade and sex joined; default none */
  readonly exact?: ArrayLike<number | string>
  /** controls per treated unit, default 1 */
  readonly ratio?: number
  /** furthest allowed, in standard deviations of the score over all units; default 0.2 */
  readonly caliper?: number
  /** may a control serve several treated units? default true */
  readonly replacement?: boolean
}

/** Who is compared with whom. */
export interface Matches {
  readonly sets: readonly { readonly treated: number; readonly controls: readonly number[] }[]
  /** treated units without anybody near enough */
  readonly unmatched: readonly number[]
  /** n weights: 1 for matched treated units, 1 / (controls of the set) per use for controls, otherwise 0 */
  readonly weights: Float64Array
}

/**
 * Nearest-neighbour matching within a caliper. Without replacement the treated with the highest scores, who
 * have fewest controls near, choose first. Ties go to the control that comes first in the data.
 *
 * @throws RangeError if shapes do not fit, scores are not finite, a side is empty or options are out of range
 * @see    Austin (2011), Multivariate Behavioral Research 46, 399–424 (caliper 0.2 SD of the logit)
 */
export function matchNearest(input: MatchInput): Matches {
  const { score, treated, exact, ratio = 1, caliper = 0.2, replacement = true } = input
  const n = score.length
  if (treated.length !== n || (exact && exact.length !== n))
    throw new RangeError('matchNearest requires one entry per unit')
  if (!(Number.isInteger(ratio) && ratio >= 1) || !(caliper > 0)) {
    throw new RangeError('matchNearest requires one or more controls per treated unit and a caliper above 0')
  }
  const reach = caliper === Infinity ? Infinity : caliper * spread(score)
  const cells = new Map<number | string, { treated: number[]; controls: number[] }>()
  for (let i = 0; i < n; i++) {
    const label = exact?.[i] ?? ''
    const cell = cells.get(label) ?? { treated: [], controls: [] }
    cell[treated[i] ? 'treated' : 'controls'].push(i)
    cells.set(label, cell)
  }
  const lists = [...cells.values()]
  if (lists.every((cell) => cell.treated.length === 0) || lists.every((cell) => cell.controls.length === 0)) {
    throw new RangeError('matchNearest requires treated and control units')
  }
  const sets: { treated: number; controls: number[] }[] = []
  const unmatched: number[] = []
  const weights = new Float64Array(n)
  for (const cell of lists) {
    const sorted = cell.controls.sort((a, b) => score[a]! - score[b]! || a - b)
    const free = freePlaces(sorted.length)
    for (const unit of cell.treated.sort((a, b) => score[b]! - score[a]! || a - b)) {
      const controls = nearest(sorted, free, score, score[unit]!, reach, ratio)
      if (controls.length === 0) {
        unmatched.push(unit)
        continue
      }
      weights[unit] = 1
      for (const at of controls) {
        weights[sorted[at]!]! += 1 / controls.length
        if (!replacement) free.take(at)
      }
      sets.push({ treated: unit, controls: controls.map((at) => sorted[at]!) })
    }
  }
  sets.sort((a, b) => a.treated - b.treated)
  return { sets, unmatched: unmatched.sort((a, b) => a - b), weights }
}

/**
 * Places 0 … m − 1 of which some are taken: finds the next free one upwards or downwards in next to no time,
 * because every search shortens the way for later ones.
 */
function freePlaces(m: number) {
  // Shifted by one: 0 and m + 1 stand for "none", beyond either end.
  const up = Int32Array.from({ length: m + 2 }, (_, at) => at)
  const down = up.slice()
  const follow = (links: Int32Array, from: number) => {
    let at = from
    while (links[at] !== at) {
      links[at] = links[links[at]!]!
      at = links[at]!
    }
    return at
  }
  return {
    /** first free place at or above `at`; m if there is none */
    above: (at: number) => follow(up, at + 1) - 1,
    /** last free place at or below `at`; −1 if there is none */
    below: (at: number) => follow(down, at + 1) - 1,
    take(at: number) {
      up[at + 1] = at + 2
      down[at + 1] = at
    },
  }
}

/** Places in the sorted list of the nearest free controls within reach, at most `ratio`. */
function nearest(
  sorted: readonly number[],
  free: ReturnType<typeof freePlaces>,
  score: ArrayLike<number>,
  goal: number,
  reach: number,
  ratio: number,
) {
  const start = firstAtLeast(sorted, score, goal)
  let above = free.above(start)
  let below = free.below(start - 1)
  const found: number[] = []
  const distance = (at: number) => Math.abs(score[sorted[at]!]! - goal)
  while (found.length < ratio) {
    const up = above < sorted.length ? distance(above) : Infinity
    const down = below >= 0 ? distance(below) : Infinity
    if (Math.min(up, down) > reach || Math.min(up, down) === Infinity) break
    const takeUp = up < down || (up === down && sorted[above]! < sorted[below]!)
    found.push(takeUp ? above : below)
    if (takeUp) above = free.above(above + 1)
    else below = free.below(below - 1)
  }
  return found
}

function firstAtLeast(sorted: readonly number[], score: ArrayLike<number>, goal: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (score[sorted[middle]!]! < goal) low = middle + 1
    else high = middle
  }
  return low
}

function spread(score: ArrayLike<number>): number {
  let mean = 0
  for (let i = 0; i < score.length; i++) {
    if (!Number.isFinite(score[i])) throw new RangeError('matchNearest requires finite scores')
    mean += score[i]! / score.length
  }
  let squares = 0
  for (let i = 0; i < score.length; i++) squares += (score[i]! - mean) ** 2
  return Math.sqrt(squares / Math.max(1, score.length - 1))
}
