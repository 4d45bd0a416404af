import { regularisedGammaP, regularisedGammaQ } from './incomplete-gamma.ts'
import { logGamma, logGammaOnePlus } from './log-gamma.ts'
import { normalQuantile } from './normal.ts'
import { poissonRaw } from './saddle-point.ts'
import {
  checkNumber,
  checkPositive,
  checkProbability,
  checkShape,
  solveLogConcave,
  type Tail,
} from './tail.ts'

/**
 * Density of the gamma distribution with mean shape × scale. At 0 with shape < 1 it is infinite.
 * @throws RangeError unless shape is from 1e-4 to 1e10 and scale above 0
 */
export function gammaDensity(x: number, shape: number, scale: number): number {
  check(x, shape, scale, 'gammaDensity')
  if (x < 0 || x === Number.POSITIVE_INFINITY) return 0
  if (x === 0) return shape < 1 ? Number.POSITIVE_INFINITY : shape === 1 ? 1 / scale : 0
  const z = x / scale
  return shape >= 1 ? poissonRaw(shape - 1, z) / scale : (poissonRaw(shape, z) * shape) / x
}

/** Distribution function of the gamma distribution. */
export function gammaCumulative(x: number, shape: number, scale: number, tail: Tail = 'lower'): number {
  check(x, shape, scale, 'gammaCumulative')
  const z = Math.max(0, x / scale)
  return tail === 'lower' ? regularisedGammaP(shape, z) : regularisedGammaQ(shape, z)
}

/**
 * Quantile of the gamma distribution.
 * @throws RangeError for p of 0, 1 or outside
 */
export function gammaQuantile(p: number, shape: number, scale: number, tail: Tail = 'lower'): number {
  checkProbability(p, 'gammaQuantile')
  check(0, shape, scale, 'gammaQuantile')
  const lower = tail === 'lower' ? p : 1 - p
  const upper = tail === 'upper' ? p : 1 - p
  const log = lower < 0.5 ? Math.log(lower) : Math.log1p(-upper)
  const limit = (log + (shape < 0.5 ? logGammaOnePlus(shape) : logGamma(shape + 1))) / shape
  if (limit < -37) return scale * Math.exp(limit) // P(a, x) = x^a / Γ(a + 1) to the last digit
  return (
    scale * Math.exp(lower <= 0.5 ? lowerLogQuantile(lower, shape, limit) : upperLogQuantile(upper, shape))
  )
}

/** Density of the chi-square distribution with df degrees of freedom. */
export function chiSquareDensity(x: number, df: number): number {
  return gammaDensity(x, df / 2, 2)
}

/** Distribution function of the chi-square distribution; `upper` gives the p-value of a test. */
export function chiSquareCumulative(x: number, df: number, tail: Tail = 'lower'): number {
  return gammaCumulative(x, df / 2, 2, tail)
}

/** Quantile of the chi-square distribution. */
export function chiSquareQuantile(p: number, df: number, tail: Tail = 'lower'): number {
  return gammaQuantile(p, df / 2, 2, tail)
}

/** The logarithm of a gamma variable has a log-concave density: Newton on it is safe in both tails. */
function lowerLogQuantile(p: number, shape: number, limit: number): number {
  return solveLogConcave(
    (u) => regularisedGammaP(shape, Math.exp(u)),
    (u) => poissonRaw(shape, Math.exp(u)) * shape,
    p,
    start(normalQuantile(p), shape, limit),
  )
}

function upperLogQuantile(p: number, shape: number): number {
  return -solveLogConcave(
    (u) => regularisedGammaQ(shape, Math.exp(-u)),
    (u) => poissonRaw(shape, Math.exp(-u)) * shape,
    p,
    -start(normalQuantile(p, 'upper'), shape, Math.log(shape) - 1),
  )
}

/** Wilson and Hilferty's cube, or what holds near 0. */
function start(z: number, shape: number, nearZero: number): number {
  const root = 1 - 1 / (9 * shape) + z / (3 * Math.sqrt(shape))
  return root > 0.2 ? Math.log(shape) + 3 * Math.log(root) : nearZero
}

function check(x: number, shape: number, scale: number, what: string): void {
  checkNumber(x, what)
  checkShape(shape, what, 'a shape (half the degrees of freedom)')
  checkPositive(scale, what, 'scale')
}
