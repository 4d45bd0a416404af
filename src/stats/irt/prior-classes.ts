import type { Quadrature } from '../numeric/quadrature.ts'

/**
 * What is known about people before their answers: ability is normal with this mean and variance; one number for
 * all, or one for each person.
 */
export interface Prior {
  readonly mean: number | ArrayLike<number>
  readonly variance: number | ArrayLike<number>
}

export const STANDARD_NORMAL: Prior = { mean: 0, variance: 1 }

/** People with the same prior form a class; classes are in rising order of mean and variance. */
export interface PriorClasses {
  readonly classOf: Int32Array
  readonly means: Float64Array
  readonly variances: Float64Array
}

/** @throws RangeError unless means are finite and variances positive, one or as many as people */
export function priorClasses({ mean, variance }: Prior, persons: number, who: string): PriorClasses {
  const meanOf = (i: number): number => (typeof mean === 'number' ? mean : mean[i]!)
  const varianceOf = (i: number): number => (typeof variance === 'number' ? variance : variance[i]!)
  for (const given of [mean, variance]) {
    if (typeof given !== 'number' && given.length !== persons) {
      throw new RangeError(`${who} requires one prior mean and variance, or one for each person`)
    }
  }
  for (let i = 0; i < persons; i++) {
    if (Number.isFinite(meanOf(i)) && varianceOf(i) > 0 && Number.isFinite(varianceOf(i))) continue
    throw new RangeError(`${who} requires finite prior means and positive prior variances`)
  }
  const classOf = new Int32Array(persons)
  if (typeof mean === 'number' && typeof variance === 'number') {
    return { classOf, means: Float64Array.of(mean), variances: Float64Array.of(variance) }
  }
  const order = Int32Array.from({ length: persons }, (_, i) => i).sort(
    (a, b) => meanOf(a) - meanOf(b) || varianceOf(a) - varianceOf(b),
  )
  const means: number[] = []
  const variances: number[] = []
  for (const i of order) {
    if (means.length === 0 || means.at(-1) !== meanOf(i) || variances.at(-1) !== varianceOf(i)) {
      means.push(meanOf(i))
      variances.push(varianceOf(i))
    }
    classOf[i] = means.length - 1
  }
  return { classOf, means: Float64Array.from(means), variances: Float64Array.from(variances) }
}

/**
 * Normal prior at every node: its density times the width the node stands for.
 *
 * @param out  written from `at`
 */
export function normalPrior(
  { nodes, weights }: Quadrature,
  mean: number,
  sd: number,
  out: Float64Array,
  at: number,
): void {
  const log = Math.log(sd)
  for (let q = 0; q < nodes.length; q++) {
    const x = nodes[q]!
    const z = (x - mean) / sd
    out[at + q] = Math.exp(Math.log(weights[q]!) + 0.5 * (x * x - z * z) - log)
  }
}
