/** A label of a stratum, cluster or category: compared as it is, 1 and '1' differ. */
export type Label = number | string

/** How the sample was drawn, as it arrives: one entry per unit. */
export interface DesignInput {
  /** how many of the population each unit stands for; 0 or more, not all 0 */
  readonly weights: ArrayLike<number>
  /** strata of the first stage; default: one stratum */
  readonly strata?: ArrayLike<Label>
  /** what was drawn within strata, e.g. schools; the same label in two strata is two clusters; default: every unit */
  readonly clusters?: ArrayLike<Label>
  /** number of clusters of the unit's stratum in the population, for the finite population correction; default: none */
  readonly clustersInPopulation?: ArrayLike<number>
  /**
   * What to do about a stratum with a single cluster, whose variance cannot be seen: 'refuse' (default), or
   * 'grand mean': measure its distance from the mean of all clusters, which errs on the safe side.
   */
  readonly singleCluster?: 'refuse' | 'grand mean'
}

/** A sample with strata and clusters numbered, ready for estimates. */
export interface SurveyDesign {
  readonly n: number
  readonly weights: Float64Array
  /** number of the cluster of each unit */
  readonly cluster: Int32Array
  /** number of the stratum of each cluster */
  readonly stratum: Int32Array
  readonly clustersInStratum: Int32Array
  /** share of the clusters of each stratum that is in the sample; 0 without correction */
  readonly samplingFraction: Float64Array
  /** strata with one cluster, measured against the mean of all clusters */
  readonly single: readonly number[]
}

/**
 * Checks and numbers a sample of strata and clusters. Only the first stage counts: sampling within
 * clusters is covered by the differences between clusters ("ultimate clusters").
 *
 * @throws  RangeError if lengths differ, a weight is negative or not finite, all are 0, a stratum has one
 *          cluster (and was not all there is), or the population is smaller than the sample
 * @see     Särndal, Swensson, Wretman (1992), Model Assisted Survey Sampling, ch. 4
 */
export function surveyDesign(input: DesignInput): SurveyDesign {
  const n = input.weights.length
  const weights = Float64Array.from(input.weights)
  for (const given of [input.strata, input.clusters, input.clustersInPopulation]) {
    if (given && given.length !== n) throw new RangeError('surveyDesign requires as many entries as weights')
  }
  requireWeights(weights, 'surveyDesign')
  const strata = numberLabels(n, (unit) => input.strata?.[unit] ?? '')
  const clusters = numberLabels(n, (unit) => {
    const label = input.clusters?.[unit] ?? unit
    return `${strata.of[unit]}|${typeof label}|${label}`
  })
  const stratum = new Int32Array(clusters.count)
  const clustersInStratum = new Int32Array(strata.count)
  for (let unit = 0; unit < n; unit++) stratum[clusters.of[unit]!] = strata.of[unit]!
  for (const h of stratum) clustersInStratum[h]!++
  const samplingFraction = fractions(input.clustersInPopulation, strata.of, clustersInStratum)
  const single = [...clustersInStratum.keys()].filter(
    (h) => clustersInStratum[h] === 1 && samplingFraction[h] !== 1,
  )
  if (single.length > 0 && input.singleCluster !== 'grand mean') {
    throw new RangeError('surveyDesign requires two or more clusters in every stratum: join strata')
  }
  if (clusters.count < 2) throw new RangeError('surveyDesign requires two or more clusters')
  return { n, weights, cluster: clusters.of, stratum, clustersInStratum, samplingFraction, single }
}

/** Throws RangeError unless weights are finite, none negative and not all 0. */
export function requireWeights(weights: ArrayLike<number>, who: string) {
  let total = 0
  for (let unit = 0; unit < weights.length; unit++) {
    const w = weights[unit]!
    if (!(w >= 0 && w < Infinity)) throw new RangeError(`${who} requires finite weights of 0 or more`)
    total += w
  }
  if (!(total > 0 && total < Infinity)) throw new RangeError(`${who} requires weights that are not all 0`)
}

/** Labels numbered from 0: the number of each unit, and the label of each number. */
export interface Numbered {
  readonly of: Int32Array
  readonly count: number
  readonly labels: readonly Label[]
}

/** Numbers labels in the order in which they are met. */
export function numberLabels(n: number, label: (unit: number) => Label): Numbered {
  const seen = new Map<Label, number>()
  const of = new Int32Array(n)
  for (let unit = 0; unit < n; unit++) {
    const key = label(unit)
    let at = seen.get(key)
    if (at === undefined) {
      at = seen.size
      seen.set(key, at)
    }
    of[unit] = at
  }
  return { of, count: seen.size, labels: [...seen.keys()] }
}

function fractions(population: ArrayLike<number> | undefined, stratumOf: Int32Array, sampled: Int32Array) {
  const fraction = new Float64Array(sampled.length)
  if (!population) return fraction
  const size = new Float64Array(sampled.length)
  for (let unit = 0; unit < stratumOf.length; unit++) {
    const h = stratumOf[unit]!
    const given = population[unit]!
    if (!(given >= sampled[h]! && given < Infinity) || (size[h] !== 0 && size[h] !== given)) {
      throw new RangeError(
        'surveyDesign requires one population number per stratum, no smaller than the sample',
      )
    }
    size[h] = given
  }
  return fraction.map((_, h) => sampled[h]! / size[h]!)
}
