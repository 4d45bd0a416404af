import { exactSum } from '../numeric/sum.ts'

/** Mean of one group; absent numbers are null. */
export interface GroupMean {
  /** values that count, whatever their share */
  readonly count: number
  /** null for a group without values */
  readonly mean: number | null
  /** sampling error of the mean, √(spread / n); null below two values */
  readonly standardError: number | null
}

/**
 * Means by group, each value with its share: a person who was in two places counts in both, in each for the
 * share of time spent there. With equal shares the error is standard deviation / √n.
 *
 * @param values  finite, one for each row
 * @param group   group of each row, whole numbers 0 … groups − 1
 * @param shares  0–1, one for each row; default 1; rows of share 0 do not count
 * @throws        RangeError if lengths differ, a number is not finite or a share is outside 0–1
 */
export function groupMeans(
  values: ArrayLike<number>,
  group: ArrayLike<number>,
  groups: number,
  shares?: ArrayLike<number>,
): GroupMean[] {
  const members = membersOf(group, groups, values.length)
  for (let i = 0; i < values.length; i++) {
    const share = shares ? shares[i]! : 1
    if (!Number.isFinite(values[i]) || !(share >= 0 && share <= 1)) {
      throw new RangeError('groupMeans requires finite values and shares from 0 to 1')
    }
  }
  return members.map((all) => {
    const rows = shares ? all.filter((i) => shares[i]! > 0) : all
    const share = rows.map((i) => (shares ? shares[i]! : 1))
    const count = rows.length
    if (count === 0) return { count, mean: null, standardError: null }
    const whole = exactSum(share)
    const mean = exactSum(rows.map((i, k) => values[i]! * share[k]!)) / whole
    if (count === 1) return { count, mean, standardError: null }
    const squares = exactSum(rows.map((i, k) => (share[k]! * (values[i]! - mean)) ** 2))
    return { count, mean, standardError: Math.sqrt((squares * count) / (count - 1)) / whole }
  })
}

/** Rows of each group; RangeError unless every row has a group from 0 to groups − 1. */
export function membersOf(group: ArrayLike<number>, groups: number, rows: number): number[][] {
  if (!Number.isInteger(groups) || groups < 1 || group.length !== rows) {
    throw new RangeError('groups require a number of groups and the group of each row')
  }
  const members: number[][] = Array.from({ length: groups }, () => [])
  for (let i = 0; i < rows; i++) {
    const own = members[group[i]!]
    if (!own) throw new RangeError(`groups require whole numbers from 0 to ${groups - 1}`)
    own.push(i)
  }
  return members
}
