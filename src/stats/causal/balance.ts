/** One covariate before and after weighting. */
export interface CovariateBalance {
  readonly treatedMean: number
  readonly controlMean: number
  readonly weightedControlMean: number
  /** difference of means ÷ standard deviation before weighting; |SMD| < 0.1 is the usual goal; 0 where nobody differs */
  readonly standardisedBefore: number
  readonly standardisedAfter: number
  /** variance of the treated ÷ weighted variance of the controls; 0.5–2 is the usual goal; undefined without spread */
  readonly varianceRatio: number | undefined
}

/** How alike treated and weighted controls are, and what the weights cost. */
export interface Balance {
  readonly covariates: readonly CovariateBalance[]
  /** largest |standardised difference| after weighting */
  readonly largest: number
  /** (Σw)² / Σw² of the controls */
  readonly effectiveControls: number
  /** share of all control weight on the heaviest control, 0–1 */
  readonly largestShare: number
}

/**
 * Balance of covariates between treated units and weighted controls. The yardstick is the spread before
 * weighting, √((s²treated + s²controls) / 2), so that weighting cannot improve its own mark.
 *
 * @param x        n × columns, row-major, no constant
 * @param treated  n marks
 * @param weights  n weights, 0 or more; those of treated units are taken as they are (1 each as a rule)
 * @throws         RangeError if shapes do not fit or a side has no weight
 * @see            Stuart (2010), Statistical Science 25, 1–21, https://doi.org/10.1214/09-STS313
 */
export function balance(
  x: ArrayLike<number>,
  columns: number,
  treated: ArrayLike<boolean | number>,
  weights: ArrayLike<number>,
): Balance {
  const n = treated.length
  if (columns < 1 || x.length !== n * columns || weights.length !== n) {
    throw new RangeError('balance requires n × columns covariates, n marks and n weights')
  }
  let total = 0
  let squares = 0
  let heaviest = 0
  let treatedWeight = 0
  for (let i = 0; i < n; i++) {
    const w = weights[i]!
    if (!(w >= 0 && w < Infinity)) throw new RangeError('balance requires finite weights of 0 or more')
    if (treated[i]) treatedWeight += w
    else {
      total += w
      squares += w * w
      heaviest = Math.max(heaviest, w)
    }
  }
  if (!(total > 0 && treatedWeight > 0)) throw new RangeError('balance requires weight on both sides')
  const covariates = Array.from({ length: columns }, (_, j) => {
    const value = (i: number) => x[i * columns + j]!
    const ofTreated = moments(n, value, (i) => (treated[i] ? weights[i]! : 0))
    const before = moments(n, value, (i) => (treated[i] ? 0 : 1))
    const after = moments(n, value, (i) => (treated[i] ? 0 : weights[i]!))
    const yardstick = Math.sqrt((ofTreated.variance + before.variance) / 2)
    const standardised = (difference: number) => (yardstick > 0 ? difference / yardstick : 0)
    return {
      treatedMean: ofTreated.mean,
      controlMean: before.mean,
      weightedControlMean: after.mean,
      standardisedBefore: standardised(ofTreated.mean - before.mean),
      standardisedAfter: standardised(ofTreated.mean - after.mean),
      varianceRatio: after.variance > 0 ? ofTreated.variance / after.variance : undefined,
    }
  })
  return {
    covariates,
    largest: Math.max(...covariates.map((row) => Math.abs(row.standardisedAfter))),
    effectiveControls: total ** 2 / squares,
    largestShare: heaviest / total,
  }
}

/** Weighted mean and variance (n − 1 among units with weight). */
function moments(n: number, value: (i: number) => number, weight: (i: number) => number) {
  let total = 0
  let sum = 0
  let count = 0
  for (let i = 0; i < n; i++) {
    const w = weight(i)
    if (w === 0) continue
    if (!Number.isFinite(value(i))) throw new RangeError('balance requires finite covariates')
    total += w
    sum += w * value(i)
    count++
  }
  const mean = sum / total
  let squares = 0
  for (let i = 0; i < n; i++) if (weight(i) !== 0) squares += weight(i) * (value(i) - mean) ** 2
  return { mean, variance: count > 1 ? (squares / total) * (count / (count - 1)) : 0 }
}
