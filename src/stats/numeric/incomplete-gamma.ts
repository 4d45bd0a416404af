import { logGamma, logGammaOnePlus } from './log-gamma.ts'
import { poissonRaw } from './saddle-point.ts'

const SMALLEST = 1e-10
const LARGEST = 1e10

/**
 * Lower regularised incomplete gamma function P(a, x) = γ(a, x) / Γ(a): the share below x of a gamma
 * distribution of shape a. Relative error below 1e-10, also where the result is tiny.
 *
 * @param a  1e-10 … 1e10 (beyond, the number of steps, about 10 √a, would be unreasonable)
 * @param x  at least 0; may be infinite
 * @throws   RangeError otherwise
 */
export function regularisedGammaP(a: number, x: number): number {
  check(a, x, 'regularisedGammaP')
  if (x === 0) return 0
  if (x === Number.POSITIVE_INFINITY) return 1
  return nearZero(a, x) ? lowerSeries(a, x) : 1 - upperFraction(a, x)
}

/** Upper regularised incomplete gamma function Q(a, x) = 1 − P(a, x), with its own small values exact. */
export function regularisedGammaQ(a: number, x: number): number {
  check(a, x, 'regularisedGammaQ')
  if (x === 0) return 1
  if (x === Number.POSITIVE_INFINITY) return 0
  if (a < 1 && x < 1.1) return upperNearZero(a, x)
  return nearZero(a, x) ? 1 - lowerSeries(a, x) : upperFraction(a, x)
}

const nearZero = (a: number, x: number) => x < a + 1 && !(a < 1 && x >= 1.1)

/** P(a, x) = x^a e^(−x) / Γ(a + 1) (1 + x / (a + 1) + x² / ((a + 1)(a + 2)) + …). */
function lowerSeries(a: number, x: number): number {
  const scale = poissonRaw(a, x)
  if (scale === 0) return 0
  let term = 1
  let total = 1
  const limit = bound(a)
  for (let n = 1; n < limit; n++) {
    term *= x / (a + n)
    total += term
    if (term < total * 1e-17) break
  }
  return Math.min(1, scale * total)
}

/** Q(a, x) by Legendre's continued fraction, evaluated forwards (Lentz). */
function upperFraction(a: number, x: number): number {
  const scale = poissonRaw(a, x) * a
  if (scale === 0) return 0
  const tiny = 1e-300
  let b = x + 1 - a
  let c = 1 / tiny
  let d = 1 / b
  let value = d
  const limit = bound(a)
  for (let n = 1; n < limit; n++) {
    const factor = -n * (n - a)
    b += 2
    d = factor * d + b
    if (Math.abs(d) < tiny) d = tiny
    c = b + factor / c
    if (Math.abs(c) < tiny) c = tiny
    d = 1 / d
    const change = d * c
    value *= change
    if (Math.abs(change - 1) < 1e-16) break
  }
  return Math.min(1, scale * value)
}

/** Q(a, x) for a < 1 and small x, where P is near 1 and 1 − P would lose digits. */
function upperNearZero(a: number, x: number): number {
  let power = 1
  let total = 0
  for (let k = 1; k < 60; k++) {
    power *= -x / k
    total += power / (a + k)
    if (Math.abs(power) < 1e-18) break
  }
  const log = a * Math.log(x) - (a <= 0.5 ? logGammaOnePlus(a) : logGamma(1 + a))
  return -Math.expm1(log) - Math.exp(log) * a * total
}

/** More steps than either expansion can need: both converge after about 10 √a. */
function bound(size: number): number {
  return 500 + 40 * Math.sqrt(size)
}

function check(a: number, x: number, what: string): void {
  if (!(a >= SMALLEST && a <= LARGEST && x >= 0)) {
    throw new RangeError(`${what} requires a from 1e-10 to 1e10 and x of at least 0`)
  }
}
