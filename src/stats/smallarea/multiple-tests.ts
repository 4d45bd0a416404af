/**
 * p-values adjusted for many tests at once, so that of those below q at most a share q is false on average
 * (Benjamini and Hochberg). For screening.
 *
 * @param pValues  each 0–1, in any order
 * @returns        adjusted p-values in the same order
 * @throws         RangeError if a p-value is outside 0–1
 * @see            Benjamini, Hochberg (1995), JRSS B 57, 289–300
 * @example        benjaminiHochberg([0.01, 0.02, 0.03]) // [0.03, 0.03, 0.03]
 */
export function benjaminiHochberg(pValues: ArrayLike<number>): Float64Array {
  const order = rising(pValues)
  const m = pValues.length
  const adjusted = new Float64Array(m)
  let least = 1
  for (let rank = m; rank >= 1; rank--) {
    const at = order[rank - 1]!
    least = Math.min(least, (pValues[at]! * m) / rank)
    adjusted[at] = least
  }
  return adjusted
}

/**
 * p-values adjusted so that the chance of any false finding stays below the level (Holm). For confirming.
 *
 * @throws RangeError if a p-value is outside 0–1
 * @see    Holm (1979), Scandinavian Journal of Statistics 6, 65–70
 * @example holm([0.01, 0.02, 0.03]) // [0.03, 0.04, 0.04]
 */
export function holm(pValues: ArrayLike<number>): Float64Array {
  const order = rising(pValues)
  const m = pValues.length
  const adjusted = new Float64Array(m)
  let most = 0
  order.forEach((at, rank) => {
    most = Math.min(1, Math.max(most, (m - rank) * pValues[at]!))
    adjusted[at] = most
  })
  return adjusted
}

function rising(pValues: ArrayLike<number>): number[] {
  const order = Array.from({ length: pValues.length }, (_, i) => i)
  if (order.some((i) => !(pValues[i]! >= 0 && pValues[i]! <= 1))) {
    throw new RangeError('adjusting requires p-values from 0 to 1')
  }
  return order.sort((i, j) => pValues[i]! - pValues[j]!)
}
