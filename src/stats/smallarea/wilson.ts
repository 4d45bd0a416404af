import { normalQuantile } from '../numeric/normal.ts'

/**
 * Wilson's interval of a share: stays inside 0–1 and says something at 0 and at n.
 *
 * @param hits  0 … n
 * @throws RangeError if n < 1 or hits lies outside 0 … n
 * @see    Wilson (1927), Journal of the American Statistical Association 22, 209–212
 * @example wilsonInterval(81, 263) // { share: 0.30798…, low: 0.2553, high: 0.3662 }
 */
export function wilsonInterval(
  hits: number,
  n: number,
  confidence = 0.95,
): { share: number; low: number; high: number } {
  if (!(n >= 1) || !(hits >= 0 && hits <= n)) {
    throw new RangeError('wilsonInterval requires n of at least 1 and hits from 0 to n')
  }
  const z = normalQuantile((1 + confidence) / 2)
  const share = hits / n
  const middle = share + (z * z) / (2 * n)
  const reach = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n))
  const wide = 1 + (z * z) / n
  return {
    share,
    low: hits === 0 ? 0 : (middle - reach) / wide,
    high: hits === n ? 1 : (middle + reach) / wide,
  }
}
