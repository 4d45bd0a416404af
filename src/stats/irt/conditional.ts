import { cholesky, choleskyInverse, choleskySolve } from '../numeric/matrix.ts'
import { summedScores } from './summed-scores.ts'

export interface ConditionalItem {
  readonly id: string
  /** easiness of scores 1, 2, …: logit of the score against 0 at ability 0; all items' together sum to 0 */
  readonly easiness: readonly number[]
  readonly errors: readonly number[]
}

export interface ConditionalCalibration {
  readonly items: readonly ConditionalItem[]
  readonly logLikelihood: number
  /** people who answered all items and have neither the least nor the largest sum: only they tell anything */
  readonly people: number
  readonly iterations: number
  readonly converged: boolean
}

/**
 * Rasch and partial credit models by conditional maximum likelihood: given the sum of scores the answers do not depend
 * on ability, so nothing is assumed about its distribution. A check on `calibrate`, for tests everybody answered whole.
 *
 * @param responses   persons × items; people with a gap are left out
 * @param ids         one per item
 * @throws            RangeError for fewer than two items, no people to go by, or an item with a score nobody has
 *                    (among those who tell anything)
 * @see               Andersen (1972), Journal of the Royal Statistical Society B 34, 42–54; Masters (1982),
 *                    Psychometrika 47, 149–174
 */
export function calibrateConditionally(responses: Int8Array, ids: readonly string[]): ConditionalCalibration {
  const data = conditionalData(responses, ids)
  let values = startingEasiness(data)
  let now = conditionalDerivatives(data, values)
  let iterations = 0
  let converged = false
  while (iterations < 100 && !converged) {
    iterations++
    const step = choleskySolve(cholesky(now.information, values.length), values.length, now.gradient)
    const gain = step.reduce((sum, x, k) => sum + x * now.gradient[k]!, 0)
    let moved = values.map((x, k) => x + step[k]!)
    let next = conditionalDerivatives(data, moved)
    for (let halving = 1; halving < 30 && !(next.value >= now.value); halving++) {
      moved = values.map((x, k) => x + step[k]! / 2 ** halving)
      next = conditionalDerivatives(data, moved)
    }
    // A gain this small is rounding: the step before was the last that mattered.
    converged = gain < 1e-12
    if (!(next.value >= now.value)) break
    values = moved
    now = next
  }
  const { easiness, errors } = centred(data, values, now.information)
  const items = ids.map((id, j) => ({
    id,
    easiness: Array.from(easiness.subarray(data.at[j]!, data.at[j + 1]!)),
    errors: Array.from(errors.subarray(data.at[j]!, data.at[j + 1]!)),
  }))
  return { items, logLikelihood: now.value, people: data.people, iterations, converged }
}

interface ConditionalData {
  readonly people: number
  /** item → its first parameter; one more entry: how many there are */
  readonly at: Int32Array
  /** sum of scores → people */
  readonly bySum: Float64Array
  /** parameter → people with that score of the item */
  readonly count: Float64Array
  /** parameter → score it belongs to */
  readonly score: Int32Array
}

function conditionalData(responses: Int8Array, ids: readonly string[]): ConditionalData {
  const items = ids.length
  if (items < 2 || responses.length === 0 || responses.length % items !== 0) {
    throw new RangeError('calibrateConditionally requires responses of persons × two or more items')
  }
  const tops = new Int32Array(items)
  responses.forEach((x, at) => {
    if (x < -1) throw new RangeError('calibrateConditionally requires scores of at least 0, or −1')
    tops[at % items] = Math.max(tops[at % items]!, x)
  })
  const at = new Int32Array(items + 1)
  tops.forEach((top, j) => {
    at[j + 1] = at[j]! + top
  })
  const most = at[items]!
  const count = new Float64Array(most)
  const bySum = new Float64Array(most + 1)
  let people = 0
  for (let from = 0; from < responses.length; from += items) {
    const own = responses.subarray(from, from + items)
    const sum = own.reduce((total, x) => total + x, 0)
    if (own.includes(-1) || sum === 0 || sum === most) continue
    people++
    bySum[sum]!++
    own.forEach((x, j) => {
      if (x > 0) count[at[j]! + x - 1]!++
    })
  }
  const score = new Int32Array(most)
  ids.forEach((id, j) => {
    let given = 0
    for (let k = at[j]!; k < at[j + 1]!; k++) {
      score[k] = k - at[j]! + 1
      if (count[k] === 0) given = Number.NaN
      given += count[k]!
    }
    if (!(given > 0 && given < people)) {
      throw new RangeError(`calibrateConditionally requires people with every score of item ${id}`)
    }
  })
  return { people, at, bySum, count, score }
}

function startingEasiness({ at, count, people }: ConditionalData): Float64Array {
  const values = new Float64Array(count.length)
  for (let j = 0; j + 1 < at.length; j++) {
    const own = count.subarray(at[j]!, at[j + 1]!)
    const none = people - own.reduce((sum, x) => sum + x, 0)
    own.forEach((x, k) => {
      values[at[j]! + k] = Math.log(x / none)
    })
  }
  return values
}

/**
 * Log-likelihood given the sums, its derivatives, and the information with 1 added along the direction that conditioning
 * leaves open (all easiness shifted in proportion to the score).
 */
function conditionalDerivatives({ at, bySum, count, score }: ConditionalData, values: Float64Array) {
  const items = at.length - 1
  // Scaled to sum 1, the elementary symmetric functions are probabilities of sums and stay in range.
  const tables = Array.from({ length: items }, (_, j) => {
    const own = Float64Array.of(1, ...values.subarray(at[j]!, at[j + 1]!).map((x) => Math.exp(x)))
    const total = own.reduce((sum, x) => sum + x, 0)
    return { share: own.map((x) => x / total), log: Math.log(total) }
  })
  const shares = tables.map(({ share }) => share)
  const logs = tables.reduce((sum, { log }) => sum + log, 0)
  const all = summedScores(shares, 1)
  let value = count.reduce((sum, n, k) => sum + n * values[k]!, 0)
  bySum.forEach((n, sum) => {
    if (n > 0) value -= n * (Math.log(all[sum]!) + logs)
  })
  const size = values.length
  const gradient = Float64Array.from(count)
  const information = new Float64Array(size * size)
  const chance = Array.from({ length: size }, () => new Float64Array(bySum.length))
  for (let j = 0; j < items; j++) {
    const rest = summedScores(shares, 1, j)
    for (let k = at[j]!; k < at[j + 1]!; k++) {
      bySum.forEach((n, sum) => {
        if (n === 0) return
        const p = (shares[j]![score[k]!]! * (rest[sum - score[k]!] ?? 0)) / all[sum]!
        chance[k]![sum] = p
        gradient[k]! -= n * p
      })
    }
    addPairs(j, at, score, bySum, shares, all, information, size)
  }
  for (let k = 0; k < size; k++) {
    for (let l = 0; l <= k; l++) {
      let apart = 0
      bySum.forEach((n, sum) => {
        apart += n * chance[k]![sum]! * chance[l]![sum]!
      })
      if (k === l)
        bySum.forEach((n, sum) => {
          information[k * size + k]! += n * chance[k]![sum]!
        })
      information[k * size + l]! += score[k]! * score[l]! - apart
      information[l * size + k] = information[k * size + l]!
    }
  }
  return { value, gradient, information }
}

/** Adds to the lower triangle the expected number of people who have a score of item j and one of an earlier item. */
function addPairs(
  j: number,
  at: Int32Array,
  score: Int32Array,
  bySum: Float64Array,
  shares: readonly Float64Array[],
  all: Float64Array,
  information: Float64Array,
  size: number,
): void {
  for (let i = 0; i < j; i++) {
    const others = shares.map((share, k) => (k === j ? Float64Array.of(1) : share))
    const rest = summedScores(others, 1, i)
    for (let k = at[j]!; k < at[j + 1]!; k++) {
      for (let l = at[i]!; l < at[i + 1]!; l++) {
        let together = 0
        bySum.forEach((n, sum) => {
          if (n > 0) together += (n * (rest[sum - score[k]! - score[l]!] ?? 0)) / all[sum]!
        })
        information[k * size + l]! += shares[j]![score[k]!]! * shares[i]![score[l]!]! * together
      }
    }
  }
}

/** Easiness shifted to sum 0, and its standard errors under that constraint. */
function centred({ score }: ConditionalData, values: Float64Array, information: Float64Array) {
  const size = values.length
  const scores = score.reduce((sum, s) => sum + s, 0)
  const shift = values.reduce((sum, x) => sum + x, 0) / scores
  const easiness = values.map((x, k) => x - shift * score[k]!)
  const covariance = choleskyInverse(cholesky(information, size), size)
  const column = new Float64Array(size)
  let total = 0
  for (let k = 0; k < size; k++) {
    for (let l = 0; l < size; l++) column[k]! += covariance[k * size + l]!
    total += column[k]!
  }
  const errors = easiness.map((_, k) => {
    const share = score[k]! / scores
    return Math.sqrt(
      Math.max(0, covariance[k * (size + 1)]! - 2 * share * column[k]! + share * share * total),
    )
  })
  return { easiness, errors }
}
