import { expect } from 'vitest'
import { agreement, referenceColumns, referenceJson } from '#test/setup/reference.ts'
import {
  addMoments,
  countValues,
  difference,
  effectSize,
  meanOf,
  medianRanks,
  mergeCounts,
  momentsOf,
  momentsOfCounts,
  noMoments,
  pairedChange,
  quantileOf,
} from './index.ts'

interface Chem97 {
  state: { n: number; mean: number; sd: number; quantiles_type7: Record<string, number> }
  bySex: Record<'M' | 'F', { n: number; mean: number; sd: number }>
  genderDifference_M_minus_F: { estimate: number; se: number; ci95: [number, number] }
  byLea: { lea: string; n: number; mean: number; sd: number }[]
  bySchool: { school: string; n: number; mean: number }[]
}

function results(): { score: Float64Array; sex: string[]; lea: string[]; school: string[] } {
  const columns = referenceColumns('chem97/results.csv')
  return {
    score: Float64Array.from(columns.alevel_chemistry!, Number),
    sex: columns.sex!,
    lea: columns.lea!,
    school: columns.school!,
  }
}

/** Scores by group, in file order. */
function grouped(score: Float64Array, group: readonly string[]): Map<string, number[]> {
  const groups = new Map<string, number[]>()
  score.forEach((value, i) => {
    const members = groups.get(group[i]!)
    if (members) members.push(value)
    else groups.set(group[i]!, [value])
  })
  return groups
}

agreement(
  'agrees with R 4.2.2 on chem97: mean, sd and quantiles of the state from the 131 municipalities added',
  () => {
    const { state, byLea } = referenceJson<Chem97>('chem97/reference.json')
    const { score, lea } = results()
    const groups = grouped(score, lea)
    let whole = noMoments
    for (const [code, values] of groups) {
      const expected = byLea.find((row) => row.lea === code)!
      const found = meanOf(momentsOf(values))
      expect(found.n).toBe(expected.n)
      expect(Math.abs(found.mean! - expected.mean)).toBeLessThan(1e-9)
      expect(Math.abs(found.sd! - expected.sd)).toBeLessThan(1e-9)
      whole = addMoments(whole, momentsOf(values))
    }
    expect(groups.size).toBe(byLea.length)
    const country = meanOf(whole)
    expect(country.n).toBe(state.n)
    expect(Math.abs(country.mean! - state.mean)).toBeLessThan(1e-9)
    expect(Math.abs(country.sd! - state.sd)).toBeLessThan(1e-9)
    const counts = mergeCounts(...[...groups.values()].map(countValues))
    for (const [name, expected] of Object.entries(state.quantiles_type7)) {
      expect(quantileOf(counts, Number.parseFloat(name) / 100)).toBe(expected)
    }
    expect(Math.abs(meanOf(momentsOfCounts(counts)).sd! - state.sd)).toBeLessThan(1e-9)
  },
)

agreement('agrees with R 4.2.2 on chem97: number of pupils and mean of each of the 2,410 schools', () => {
  const { bySchool } = referenceJson<Chem97>('chem97/reference.json')
  const { score, school } = results()
  const groups = grouped(score, school)
  expect(groups.size).toBe(bySchool.length)
  for (const expected of bySchool) {
    const found = meanOf(momentsOf(groups.get(expected.school)!))
    expect(found.n).toBe(expected.n)
    expect(Math.abs(found.mean! - expected.mean)).toBeLessThan(1e-9)
  }
})

agreement('agrees with R 4.2.2 on chem97: boys minus girls with its Welch error and interval', () => {
  const { bySex, genderDifference_M_minus_F: expected } = referenceJson<Chem97>('chem97/reference.json')
  const { score, sex } = results()
  const groups = grouped(score, sex)
  const [boys, girls] = [momentsOf(groups.get('M')!), momentsOf(groups.get('F')!)]
  expect(meanOf(boys).n).toBe(bySex.M.n)
  expect(Math.abs(meanOf(girls).sd! - bySex.F.sd)).toBeLessThan(1e-9)
  const found = difference(boys, girls)
  expect(Math.abs(found.value! - expected.estimate)).toBeLessThan(1e-9)
  expect(Math.abs(found.standardError! - expected.se)).toBeLessThan(1e-9)
  expect(Math.abs(found.low! - expected.ci95[0])).toBeLessThan(1e-9)
  expect(Math.abs(found.high! - expected.ci95[1])).toBeLessThan(1e-9)
  expect(found.clear).toBe(true)
})

agreement('agrees with Borenstein et al. (2009, ch. 4): d and g of two independent groups', () => {
  const file = referenceJson<{
    inputs: Record<'mean1' | 'mean2' | 'sd1' | 'sd2' | 'n1' | 'n2', number>
    expected: Record<'d' | 'vd' | 'J' | 'g' | 'vg', number>
    tolerance: number
  }>('methods/02_effect_size_borenstein.json')
  const { mean1, mean2, sd1, sd2, n1, n2 } = file.inputs
  const found = effectSize({ mean: mean1, sd: sd1, n: n1 }, { mean: mean2, sd: sd2, n: n2 })
  expect(Math.abs(found.d - file.expected.d)).toBeLessThan(file.tolerance)
  expect(Math.abs(found.varianceOfD - file.expected.vd)).toBeLessThan(file.tolerance)
  expect(Math.abs(found.correction - file.expected.J)).toBeLessThan(file.tolerance)
  expect(Math.abs(found.g - file.expected.g)).toBeLessThan(file.tolerance)
  expect(Math.abs(found.varianceOfG - file.expected.vg)).toBeLessThan(file.tolerance)
})

agreement('agrees with a computed case of matched pairs: difference of changes with its t interval', () => {
  const file = referenceJson<{
    inputs: Record<'treated_pre_post' | 'matched_control_pre_post', [number, number][]>
    expected: {
      mean_dd: number
      se: number
      t: number
      ci95: [number, number]
      effect_size_pre_sd: number
      pre_sd_pooled: number
    }
    tolerance: number
  }>('methods/02_matched_pair_change.json')
  const found = pairedChange(file.inputs.treated_pre_post, file.inputs.matched_control_pre_post)
  const { expected } = file
  expect(found.value).toBe(expected.mean_dd)
  expect(Math.abs(found.standardError! - expected.se)).toBeLessThan(file.tolerance)
  expect(Math.abs(found.t! - expected.t)).toBeLessThan(file.tolerance)
  expect(Math.abs(found.low! - expected.ci95[0])).toBeLessThan(file.tolerance)
  expect(Math.abs(found.high! - expected.ci95[1])).toBeLessThan(file.tolerance)
  expect(Math.abs(found.sdBefore! - expected.pre_sd_pooled)).toBeLessThan(file.tolerance)
  expect(Math.abs(found.effectSize! - expected.effect_size_pre_sd)).toBeLessThan(file.tolerance)
})

agreement('agrees with computed ranks of the interval for a median, n from 10 to 100', () => {
  const file = referenceJson<{
    expected: { n: number; lower_rank: number; upper_rank: number; coverage: number }[]
  }>('methods/05_median_ci_ranks.json')
  for (const row of file.expected) {
    const found = medianRanks(row.n)!
    expect([found.lower, found.upper]).toEqual([row.lower_rank, row.upper_rank])
    expect(Math.abs(found.coverage - row.coverage)).toBeLessThan(5.1e-5)
  }
})
