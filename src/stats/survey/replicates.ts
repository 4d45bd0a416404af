import { type Label, numberLabels, requireWeights, type SurveyDesign } from './design.ts'
import { hadamard } from './hadamard.ts'

/** Weights of the sample and of its replicates; variance = Σ coefficient × (replicate − centre)². */
export interface Replicates {
  /** n full-sample weights */
  readonly base: Float64Array
  /** R arrays of n weights */
  readonly weights: readonly Float64Array[]
  /** R coefficients */
  readonly coefficients: Float64Array
  /** measured from the full-sample estimate (PISA, TIMSS), or from the mean of the replicates (default of R) */
  readonly centre: 'estimate' | 'replicates'
  /** clusters − strata, or zones */
  readonly degreesOfFreedom: number
}

/** default 'estimate' */
type Centre = Replicates['centre']

/**
 * Jackknife of an unstratified sample (JK1): each replicate leaves out one cluster.
 * Coefficient (G − 1) / G, times 1 − sampling fraction.
 *
 * @throws RangeError if the design has more than one stratum
 * @see    Wolter (2007), Introduction to Variance Estimation, 2nd ed., ch. 4
 */
export function jackknife1(design: SurveyDesign, centre: Centre = 'estimate'): Replicates {
  if (design.clustersInStratum.length !== 1)
    throw new RangeError('jackknife1 requires one stratum: use jackknifeN')
  return jackknifeN(design, centre)
}

/**
 * Jackknife of a stratified sample (JKn): each replicate leaves out one cluster and raises the others of
 * its stratum. Coefficient (n_h − 1) / n_h, times 1 − sampling fraction.
 *
 * @throws RangeError if a stratum has a single cluster
 */
export function jackknifeN(design: SurveyDesign, centre: Centre = 'estimate'): Replicates {
  if (design.single.length > 0)
    throw new RangeError('jackknifeN requires two or more clusters in every stratum')
  const clusters = [...design.stratum.keys()].filter((c) => design.clustersInStratum[design.stratum[c]!]! > 1)
  const weights = clusters.map((left) => {
    const h = design.stratum[left]!
    const raise = design.clustersInStratum[h]! / (design.clustersInStratum[h]! - 1)
    return design.weights.map((w, unit) => {
      const c = design.cluster[unit]!
      return c === left ? 0 : design.stratum[c] === h ? w * raise : w
    })
  })
  const coefficients = Float64Array.from(clusters, (c) => {
    const h = design.stratum[c]!
    const size = design.clustersInStratum[h]!
    return (1 - design.samplingFraction[h]!) * ((size - 1) / size)
  })
  const degreesOfFreedom = design.stratum.length - design.clustersInStratum.length
  return { base: design.weights, weights, coefficients, centre, degreesOfFreedom }
}

/** Pairs of schools: the zone of each unit, and which of the two schools of its zone it belongs to. */
export interface Pairs {
  readonly weights: ArrayLike<number>
  readonly zones: ArrayLike<Label>
  /** 0 or 1; in each zone both occur */
  readonly halves: ArrayLike<number>
}

function pairs({ weights, zones, halves }: Pairs, who: string) {
  const n = weights.length
  requireWeights(weights, who)
  if (zones.length !== n || halves.length !== n)
    throw new RangeError(`${who} requires a zone and a half per unit`)
  const zone = numberLabels(n, (unit) => zones[unit]!)
  const seen = new Uint8Array(2 * zone.count)
  for (let unit = 0; unit < n; unit++) {
    if (halves[unit] !== 0 && halves[unit] !== 1) throw new RangeError(`${who} requires halves 0 or 1`)
    seen[2 * zone.of[unit]! + halves[unit]!] = 1
  }
  if (seen.includes(0)) throw new RangeError(`${who} requires both halves in every zone`)
  return { base: Float64Array.from(weights), zone }
}

/**
 * Paired jackknife (JK2): in each zone one half is dropped and the other doubled.
 *
 * @param both  false (TIMSS to 2011): one replicate per zone, the units with half 1 are doubled, coefficient
 *              1; true (TIMSS from 2015): both ways round, coefficient ½
 * @throws      RangeError if a zone has not both halves
 * @see         TIMSS 2015 Methods and Procedures, ch. 4
 */
export function jackknife2(input: Pairs, both = false): Replicates {
  const { base, zone } = pairs(input, 'jackknife2')
  const weights: Float64Array[] = []
  for (let z = 0; z < zone.count; z++) {
    for (const doubled of both ? [1, 0] : [1]) {
      weights.push(
        base.map((w, unit) => (zone.of[unit] === z ? (input.halves[unit] === doubled ? 2 * w : 0) : w)),
      )
    }
  }
  const coefficients = new Float64Array(weights.length).fill(both ? 0.5 : 1)
  return { base, weights, coefficients, centre: 'estimate', degreesOfFreedom: zone.count }
}

/**
 * Balanced repeated replication: half samples balanced over all zones by a Hadamard matrix. With Fay's
 * factor k the units left out keep k of their weight and the others get 2 − k (PISA: k = 0.5, 80 replicates).
 * Coefficient 1 / (R (1 − k)²).
 *
 * @param fay    0 (half samples) to below 1
 * @param least  fewest replicates, default zones + 1; more only takes longer
 * @throws       RangeError if a zone has not both halves or fay is out of range
 * @see          Judkins (1990), Journal of Official Statistics 6, 223–239
 */
export function balancedReplicates(input: Pairs & { fay?: number; least?: number }): Replicates {
  const { fay = 0 } = input
  if (!(fay >= 0 && fay < 1)) throw new RangeError('balancedReplicates requires a factor from 0 to below 1')
  const { base, zone } = pairs(input, 'balancedReplicates')
  const { order, entries } = hadamard(Math.max(input.least ?? 0, zone.count + 1))
  const weights = Array.from({ length: order }, (_, r) =>
    base.map((w, unit) => {
      // Column 0 is constant, so zones take the columns from 1 on.
      const kept = entries[r * order + zone.of[unit]! + 1] === (input.halves[unit] === 1 ? 1 : -1)
      return w * (kept ? 2 - fay : fay)
    }),
  )
  const coefficients = new Float64Array(order).fill(1 / (order * (1 - fay) ** 2))
  return { base, weights, coefficients, centre: 'estimate', degreesOfFreedom: zone.count }
}

/**
 * Replicate weights that came with the data.
 *
 * @param weights       R arrays of n weights, complete (not factors)
 * @param coefficients  one for all or one each, e.g. 1/20 for PISA (80 replicates, k = 0.5)
 * @throws              RangeError if lengths differ, a weight is negative or a coefficient not above 0
 */
export function givenReplicates(input: {
  readonly base: ArrayLike<number>
  readonly weights: readonly ArrayLike<number>[]
  readonly coefficients: number | ArrayLike<number>
  readonly centre?: Centre
  readonly degreesOfFreedom?: number
}): Replicates {
  const { base, weights, coefficients, centre = 'estimate', degreesOfFreedom = weights.length - 1 } = input
  for (const given of [base, ...weights]) {
    if (given.length !== base.length)
      throw new RangeError('givenReplicates requires replicates as long as the weights')
    requireWeights(given, 'givenReplicates')
  }
  const each =
    typeof coefficients === 'number' ? new Array<number>(weights.length).fill(coefficients) : coefficients
  const checked = Float64Array.from(each)
  if (
    checked.length !== weights.length ||
    weights.length < 2 ||
    !checked.every((c) => c > 0 && c < Infinity)
  ) {
    throw new RangeError('givenReplicates requires two or more replicates, each with a coefficient above 0')
  }
  const arrays = weights.map((w) => Float64Array.from(w))
  return { base: Float64Array.from(base), weights: arrays, coefficients: checked, centre, degreesOfFreedom }
}
