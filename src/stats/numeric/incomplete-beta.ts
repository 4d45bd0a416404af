import { binomialRaw } from './saddle-point.ts'

const SMALLEST = 1e-10
const LARGEST = 1e10

/**
 * Regularised incomplete beta function I_x(a, b): the share below x of a beta distribution. Relative error
 * below 1e-10 in both tails for a, b ≥ 1e-4 (for the upper tail ask for I_(1−x)(b, a)).
 *
 * @param x  0–1
 * @param a  1e-10 … 1e10
 * @param b  1e-10 … 1e10
 * @throws   RangeError otherwise
 */
export function regularisedBeta(x: number, a: number, b: number): number {
  if (!(x >= 0 && x <= 1)) throw new RangeError('regularisedBeta requires x from 0 to 1')
  return betaLower(x, 1 - x, a, b)
}

/**
 * I_x(a, b) with x and y = 1 − x given separately: a caller that knows both without subtracting keeps the
 * digits of the smaller one. The upper tail is `betaLower(y, x, b, a)`.
 */
export function betaLower(x: number, y: number, a: number, b: number): number {
  if (!(a >= SMALLEST && b >= SMALLEST && a <= LARGEST && b <= LARGEST)) {
    throw new RangeError('the incomplete beta function requires a and b from 1e-10 to 1e10')
  }
  if (x <= 0) return 0
  if (y <= 0) return 1
  if (x < (a + 1) / (a + b + 2)) return fraction(x, y, a, b)
  return Math.max(0, 1 - fraction(y, x, b, a))
}

/**
 * x^a y^b / B(a, b) times a continued fraction that converges after about √max(a, b) steps (Lentz). This form
 * holds its digits for x near 1 too, because the distance of x from the mean enters as such.
 *
 * @see DiDonato, Morris (1992), ACM Transactions on Mathematical Software 18, 360–373, eq. 9,
 *      https://doi.org/10.1145/131766.131776
 */
function fraction(x: number, y: number, a: number, b: number): number {
  const scale = binomialRaw(a, b, x, y) * a * (b / (a + b))
  if (scale === 0) return 0
  const tiny = 1e-300
  const distance = x <= y ? a - (a + b) * x : (a + b) * y - b
  let value = (a / (a + 1)) * (distance + 1)
  let c = value
  let d = 0
  const limit = 500 + 40 * Math.sqrt(Math.max(a, b))
  for (let n = 1; n < limit; n++) {
    const middle = a + 2 * n - 1
    const growth = n * (b - n) * x
    const numerator = ((a + n - 1) / middle) * ((a + b + n - 1) / middle) * growth * x
    const denominator = n + growth / middle + ((a + n) / (middle + 2)) * (distance + 1 + n * (1 + y))
    d = 1 / (denominator + numerator * d || tiny)
    c = denominator + numerator / c || tiny
    const change = d * c
    value *= change
    if (Math.abs(change - 1) < 1e-16) break
  }
  return Math.min(1, scale / value)
}
