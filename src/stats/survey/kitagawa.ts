/** One category: how many members of the population it has, and their rate or mean. */
export interface Category {
  readonly n: number
  readonly rate: number
}

/** A difference of two rates, in parts that sum to it. */
export interface Kitagawa {
  readonly rateA: number
  readonly rateB: number
  /** rateA − rateB = composition + rate */
  readonly difference: number
  /** because the populations are composed differently */
  readonly composition: number
  /** because the same categories have different rates */
  readonly rate: number
  /** parts of `composition` and `rate` per category, in the order given */
  readonly compositionParts: Float64Array
  readonly rateParts: Float64Array
}

/**
 * Kitagawa's decomposition of the difference of two rates into composition and rate. An account of where
 * the difference sits, not of its cause. A category that one population lacks has no rate there: its
 * rate of the other population is used, so that it counts as composition only.
 *
 * @param a, b  the same categories in the same order; sizes 0 or more, not all 0; rates finite where n > 0
 * @throws      RangeError if the lists differ in length, are empty, or numbers are not usable
 * @see         Kitagawa (1955), JASA 50, 1168–1194, https://doi.org/10.1080/01621459.1955.10501299
 */
export function kitagawa(a: readonly Category[], b: readonly Category[]): Kitagawa {
  if (a.length === 0 || a.length !== b.length)
    throw new RangeError('kitagawa requires the same categories in both')
  const sizeA = size(a)
  const sizeB = size(b)
  const compositionParts = new Float64Array(a.length)
  const rateParts = new Float64Array(a.length)
  let rateA = 0
  let rateB = 0
  for (const [at, inA] of a.entries()) {
    const inB = b[at]!
    const shareA = inA.n / sizeA
    const shareB = inB.n / sizeB
    const ownA = inA.n > 0 ? inA.rate : inB.n > 0 ? inB.rate : 0
    const ownB = inB.n > 0 ? inB.rate : ownA
    rateA += shareA * ownA
    rateB += shareB * ownB
    compositionParts[at] = ((shareA - shareB) * (ownA + ownB)) / 2
    rateParts[at] = ((ownA - ownB) * (shareA + shareB)) / 2
  }
  const total = (parts: Float64Array) => parts.reduce((sum, part) => sum + part, 0)
  return {
    rateA,
    rateB,
    difference: rateA - rateB,
    composition: total(compositionParts),
    rate: total(rateParts),
    compositionParts,
    rateParts,
  }
}

function size(categories: readonly Category[]): number {
  let total = 0
  for (const { n, rate } of categories) {
    if (!(n >= 0 && n < Infinity) || (n > 0 && !Number.isFinite(rate))) {
      throw new RangeError('kitagawa requires sizes of 0 or more and finite rates')
    }
    total += n
  }
  if (total === 0) throw new RangeError('kitagawa requires members in both populations')
  return total
}
