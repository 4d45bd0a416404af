import { expect, test } from 'vitest'
import { agreement, referenceJson } from '#test/setup/reference.ts'
import { difference, meanOf, momentsOf, varianceOf } from '../describe/index.ts'
import { philox } from '../numeric/random.ts'
import { sum } from '../numeric/sum.ts'
import {
  addImputed,
  differences,
  type ImputedMoments,
  imputedDifference,
  imputedMean,
  imputedMoments,
  subtractImputed,
} from './imputed.ts'
import { combinePlausibleValues } from './plausible-values.ts'

/** A group from its members' plausible values. */
function groupOf(members: readonly (readonly number[])[]): ImputedMoments {
  const values = members[0]!.map((_, at) => members.map((member) => member[at]!))
  const squares = values.map((each) => sum(each.map((y) => y * y)))
  return imputedMoments(members.length, sum(squares) / squares.length, values.map(sum))
}

test('a case worked by hand: two pupils, two plausible values', () => {
  // means 2 and 4, variances 2 and 2: within 2 / 2 = 1, between 2, total 1 + 1.5 · 2 = 4
  const found = imputedMean(groupOf([[1, 3], [3, 5]])) // biome-ignore format: a row a pupil
  expect(found.mean).toBe(3)
  expect(found.standardError).toBeCloseTo(2, 12)
})
agreement('agrees with R, mitools::MIcombine, in the error of Rubin’s rules', () => {
  const { inputs, expected, tolerance } = referenceJson<{
    inputs: { estimate_per_pv: number[]; sampling_se_per_pv: number[] }
    expected: { estimate: number; se: number; mitools_se: number }
    tolerance: number
  }>('methods/08_plausible_values_rubin.json')
  const { estimate_per_pv: estimates, sampling_se_per_pv: errors } = inputs
  const within = sum(errors.map((error) => error ** 2)) / errors.length
  const sampled = { ...difference(momentsOf([1, 2, 4]), momentsOf([1, 2])), standardError: Math.sqrt(within) }
  const { standardError } = imputedDifference({ ...sampled, df: Infinity }, estimates)
  expect(Math.abs(standardError! - expected.se)).toBeLessThan(tolerance)
  expect(Math.abs(standardError! - expected.mitools_se)).toBeLessThan(tolerance)
})

const random = philox(5)
const members = (n: number) =>
  Array.from({ length: n }, () => Array.from({ length: 10 }, () => 500 + 100 * random.normal()))

test('sums are enough: the same as from every plausible value by itself', () => {
  const people = members(40)
  const each = Array.from({ length: 10 }, (_, at) => momentsOf(people.map((member) => member[at]!)))
  const whole = combinePlausibleValues(
    each.map(({ n, sum }) => sum / n),
    each.map((moments) => varianceOf(moments)! / moments.n),
    39,
  )
  const found = imputedMean(groupOf(people))
  expect(found.mean).toBeCloseTo(whole.value, 9)
  expect(found.standardError).toBeCloseTo(whole.standardError, 9)
  expect([found.low, found.high]).toEqual([expect.closeTo(whole.low, 8), expect.closeTo(whole.high, 8)])
})
test('groups add up and can be taken apart again', () => {
  const [a, b] = [members(12), members(30)]
  const [whole, added] = [groupOf([...a, ...b]), addImputed(groupOf(a), groupOf(b))]
  const close = (one: ImputedMoments, other: ImputedMoments) => {
    expect(imputedMean(one).mean).toBeCloseTo(imputedMean(other).mean!, 8)
    expect(imputedMean(one).standardError).toBeCloseTo(imputedMean(other).standardError!, 8)
  }
  close(added, whole)
  close(subtractImputed(whole, groupOf(b)), groupOf(a))
})
test('values that are known add nothing to the error, also beside a group whose values are not', () => {
  const known: ImputedMoments = { moments: momentsOf([480, 520, 560]), sums: null }
  expect(imputedMean(known)).toEqual(meanOf(known.moments))
  expect(differences(known, known)).toBeNull()
  expect(differences(groupOf(members(5)), known)).toHaveLength(10)
  expect(addImputed(known, known)).toEqual({ moments: momentsOf([480, 520, 560, 480, 520, 560]), sums: null })
})

test('planted means and gaps lie in their 95 % intervals in 93 to 97 of 100 rounds; without the second part too rarely', () => {
  const draw = philox(42)
  const rounds = 1000
  const hit = { mean: 0, gap: 0, short: 0 }
  for (let round = 0; round < rounds; round++) {
    // ability normal around the mean of the group with deviation 1, measured with reliability 0.6; plausible values from what is then known
    const reliability = 0.6
    const noise = Math.sqrt(1 / reliability - 1)
    const group = (mean: number, n: number) =>
      Array.from({ length: n }, () => mean + draw.normal() + noise * draw.normal())
    const [measured, other] = [group(0.3, 60), group(0, 50)]
    // scaling knows the mean of a group no better than its pupils tell, and each plausible value draws it anew
    const plausible = (scores: readonly number[]) => {
      const { n, sum: total } = momentsOf(scores)
      const means = Array.from(
        { length: 10 },
        () => total / n + Math.sqrt(1 / reliability / n) * draw.normal(),
      )
      return scores.map((score) =>
        means.map((mean) => mean + reliability * (score - mean) + Math.sqrt(1 - reliability) * draw.normal()),
      )
    }
    const [a, b] = [groupOf(plausible(measured)), groupOf(plausible(other))]
    const own = imputedMean(a)
    const sampled = difference(a.moments, b.moments)
    const gap = imputedDifference(sampled, differences(a, b))
    if (own.low! <= 0.3 && 0.3 <= own.high!) hit.mean++
    if (gap.low! <= 0.3 && 0.3 <= gap.high!) hit.gap++
    if (sampled.low! <= 0.3 && 0.3 <= sampled.high!) hit.short++
  }
  for (const held of [hit.mean, hit.gap]) {
    expect(held / rounds).toBeGreaterThan(0.93)
    expect(held / rounds).toBeLessThan(0.975)
  }
  expect(hit.short / rounds).toBeLessThan(0.92)
})
