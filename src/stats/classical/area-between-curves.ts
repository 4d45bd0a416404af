import { log1pExp, logistic } from '../numeric/special.ts'

/**
 * Raju's H: its size is the area between two logistic curves, counted without sign.
 *
 * @param slopes  of the first and the second curve, above 0
 * @param gap     location of the second less location of the first
 * @returns       value, and its derivatives by both slopes and by the gap
 * @throws        RangeError if a slope is not above 0 or a number not finite
 * @see           Raju (1988), https://doi.org/10.1007/BF02294403, formula 20
 */
export function areaBetweenCurves(
  [a, b]: readonly [number, number],
  gap: number,
): { value: number; bySlopes: readonly [number, number]; byGap: number } {
  if (!(a > 0 && b > 0 && a + b < Number.POSITIVE_INFINITY) || !Number.isFinite(gap)) {
    throw new RangeError('areaBetweenCurves requires slopes above 0 and a finite gap')
  }
  const u = 1 / a - 1 / b
  // Equal slopes: the curves do not cross and the area is the gap.
  if (Math.abs(u) < 1e-8 * Math.max(1 / a, 1 / b)) return { value: gap, bySlopes: [0, 0], byGap: 1 }
  const y = gap / u
  const byU = 2 * log1pExp(y) - 2 * y * logistic(y)
  return {
    value: 2 * u * log1pExp(y) - gap,
    bySlopes: [-byU / (a * a), byU / (b * b)],
    byGap: 2 * logistic(y) - 1,
  }
}
