import { exactSum } from '../numeric/sum.ts'
import { membersOf } from './group-means.ts'

/** Persons who started level, and what they reached on average. */
export interface PriorGroup {
  /** lowest and highest earlier score in it */
  readonly low: number
  readonly high: number
  readonly count: number
  /** mean current score */
  readonly expected: number
}

export interface AdjustedGains {
  readonly priorGroups: readonly PriorGroup[]
  /** per person the current score minus what persons of the same prior group reached on average */
  readonly residuals: Float64Array
  /** standard deviation of the residuals in the whole country */
  readonly spread: number
  readonly groups: readonly AdjustedGain[]
}

/** How far a group lies from what its persons' starting points let expect; null for a group without persons. */
export interface AdjustedGain {
  readonly count: number
  readonly mean: number | null
  readonly standardError: number | null
  /** 95 % interval */
  readonly low: number | null
  readonly high: number | null
}

/**
 * Gain adjusted for the starting point by groups of equal earlier scores (the way of Progress 8): residual to
 * the national mean of the prior group, averaged by group; the error of a mean is the national spread / √n.
 *
 * @param current      one for each person
 * @param prior        earlier scores; persons with the same score always share a prior group
 * @param priorGroups  about how many, equally large as far as ties allow; each then has two persons or more
 * @throws             RangeError if lengths differ, numbers are not finite or persons are fewer than four
 * @see                Department for Education (2024), Secondary accountability measures, Annex A
 */
export function adjustedGains(
  current: ArrayLike<number>,
  prior: ArrayLike<number>,
  group: ArrayLike<number>,
  groups: number,
  priorGroups = 34,
): AdjustedGains {
  const n = current.length
  const members = membersOf(group, groups, n)
  if (n < 4 || prior.length !== n || !Number.isInteger(priorGroups) || priorGroups < 1) {
    throw new RangeError('adjustedGains requires four or more persons with two scores each')
  }
  for (let i = 0; i < n; i++) {
    if (!Number.isFinite(current[i]) || !Number.isFinite(prior[i])) {
      throw new RangeError('adjustedGains requires finite scores, none missing')
    }
  }
  const residuals = new Float64Array(n)
  const found: PriorGroup[] = []
  for (const persons of levelGroups(prior, priorGroups)) {
    const expected = exactSum(persons.map((i) => current[i]!)) / persons.length
    for (const i of persons) residuals[i] = current[i]! - expected
    const scores = persons.map((i) => prior[i]!)
    found.push({ low: scores[0]!, high: scores[scores.length - 1]!, count: persons.length, expected })
  }
  const spread = Math.sqrt(exactSum(residuals.map((r) => r * r)) / (n - found.length))
  return {
    priorGroups: found,
    residuals,
    spread,
    groups: members.map((own) => {
      const count = own.length
      if (count === 0) return { count, mean: null, standardError: null, low: null, high: null }
      const mean = exactSum(own.map((i) => residuals[i]!)) / count
      const standardError = spread / Math.sqrt(count)
      return {
        count,
        mean,
        standardError,
        low: mean - 1.96 * standardError,
        high: mean + 1.96 * standardError,
      }
    }),
  }
}

export type Band = 'well above' | 'above' | 'close' | 'below' | 'well below'

/**
 * The word for a difference: never for its size alone, only together with its interval.
 *
 * @param difference  in standard deviations of persons' scores
 * @param low         lower end of its 95 % interval, same unit
 * @param high        upper end
 * @returns           'close' within ± `some` or where the interval holds 0; 'well' from ± `much` on
 */
export function bandOf(
  { difference, low, high }: { difference: number; low: number; high: number },
  { some = 0.2, much = 0.5 } = {},
): Band {
  if (!(low <= difference && difference <= high))
    throw new RangeError('bandOf requires low ≤ difference ≤ high')
  if (Math.abs(difference) < some || (low <= 0 && high >= 0)) return 'close'
  if (difference > 0) return difference >= much ? 'well above' : 'above'
  return difference <= -much ? 'well below' : 'below'
}

/** Persons in rising order of their earlier score, cut into groups; ties stay together, nobody stays alone. */
function levelGroups(prior: ArrayLike<number>, wanted: number): number[][] {
  const rising = Array.from(prior, (_, i) => i).sort((a, b) => prior[a]! - prior[b]!)
  const n = rising.length
  const cuts: number[][] = []
  let from = 0
  for (let g = 1; g <= wanted && from < n; g++) {
    let to = Math.max(from + 2, Math.round((g * n) / wanted))
    while (to < n && prior[rising[to]!] === prior[rising[to - 1]!]) to++
    if (n - to < 2) to = n
    cuts.push(rising.slice(from, to))
    from = to
  }
  return cuts
}
