import { normalQuantile } from '../numeric/distributions.ts'

/** A: negligible, use freely. B: moderate, prefer another item of the same kind. C: large, only if essential. */
export type EtsClass = 'A' | 'B' | 'C'

/**
 * The class of an item by the rule of ETS: A if delta does not differ from 0 at the 5 % level or is below 1 in
 * size; C if it is at least 1.5 and by more than chance above 1 (one-sided 5 %); B otherwise.
 *
 * @param delta          on the ETS delta scale, −2.35 ln(odds ratio)
 * @param standardError  of delta, above 0
 * @throws               RangeError if either is not finite or the error not above 0
 * @see                  Zieky (1993), in Holland & Wainer (eds.), Differential item functioning, 337–347
 */
export function etsClass(delta: number, standardError: number): EtsClass {
  if (!Number.isFinite(delta) || !(standardError > 0 && standardError < Number.POSITIVE_INFINITY)) {
    throw new RangeError('etsClass requires a finite delta and a standard error above 0')
  }
  const size = Math.abs(delta)
  if (size < 1 || size <= normalQuantile(0.975) * standardError) return 'A'
  return size >= 1.5 && size - 1 > normalQuantile(0.95) * standardError ? 'C' : 'B'
}
