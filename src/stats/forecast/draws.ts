import type { Random } from '#stats/numeric/random.ts'

/**
 * Random numbers from a gamma distribution with scale 1 (squeeze of Marsaglia and Tsang).
 *
 * @param shape  above 0
 * @see          Marsaglia, Tsang (2000), ACM TOMS 26, 363–372, https://doi.org/10.1145/358407.358414
 */
export function drawGamma(random: Random, shape: number): number {
  if (!(shape > 0 && shape < Infinity)) throw new RangeError('drawGamma requires a shape above 0')
  if (shape < 1) return drawGamma(random, shape + 1) * (1 - random.uniform()) ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  // At least 95 of 100 proposals are taken; 1000 refusals in a row cannot happen.
  for (let tries = 0; tries < 1000; tries++) {
    const z = random.normal()
    const root = 1 + c * z
    if (root <= 0) continue
    const v = root * root * root
    const u = random.uniform()
    // The first comparison settles most cases without a logarithm.
    if (u < 1 - 0.0331 * z * z * z * z) return d * v
    if (Math.log(u) < (z * z) / 2 + d - d * v + d * Math.log(v)) return d * v
  }
  return shape
}

/**
 * Random numbers from a beta distribution, both parameters above 0.
 *
 * @see Cheng (1978), Communications of the ACM 21, 317–322, algorithm BB, https://doi.org/10.1145/359460.359482
 */
export function drawBeta(random: Random, a: number, b: number): number {
  if (!(a > 0 && b > 0 && a + b < Infinity)) throw new RangeError('drawBeta requires parameters above 0')
  if (a <= 1 || b <= 1) {
    const x = drawGamma(random, a)
    const y = drawGamma(random, b)
    // Both underflow to 0 only for tiny parameters: the mean is then as good as either end.
    return x + y > 0 ? x / (x + y) : a / (a + b)
  }
  const least = Math.min(a, b)
  const most = Math.max(a, b)
  const total = a + b
  const slope = Math.sqrt((total - 2) / (2 * a * b - total))
  const shift = least + 1 / slope
  let w = least
  // At least 2 of 3 proposals are taken; 1000 refusals in a row cannot happen.
  for (let tries = 0; tries < 1000; tries++) {
    const u = random.uniform() || Number.MIN_VALUE
    const v = slope * Math.log(u / (1 - u))
    w = least * Math.exp(v)
    const z = u * u * (1 - random.uniform())
    const r = shift * v - LOG_4
    const s = least + r - w
    if (s + 1 + LOG_5 >= 5 * z) break
    const t = Math.log(z)
    if (s >= t || r + total * Math.log(total / (most + w)) >= t) break
  }
  return a === least ? w / (most + w) : most / (most + w)
}

const LOG_4 = Math.log(4)
const LOG_5 = Math.log(5)

/** Where inversion gives way to the normal approximation: expected events. */
const MANY = 40
/** Inversion ends here at the latest; with a mean of 40 no sequence of draws gets near it. */
const MOST = 10_000

/**
 * Random numbers from a Poisson distribution; above a mean of 40 rounded normal ones.
 *
 * @param mean  0 or more
 */
export function drawPoisson(random: Random, mean: number): number {
  if (!(mean >= 0 && mean < Infinity)) throw new RangeError('drawPoisson requires a mean of 0 or more')
  if (mean === 0) return 0
  if (mean > MANY) return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.normal()))
  let term = Math.exp(-mean)
  let rest = random.uniform()
  let k = 0
  while (rest >= term && k < MOST) {
    rest -= term
    k++
    term *= mean / k
  }
  return k
}

/**
 * Random numbers from a negative binomial distribution: mean m, variance m + m² / size. Above a mean of 40 a
 * Poisson number whose mean is drawn from a gamma distribution.
 *
 * @param mean  0 or more
 * @param size  above 0; Infinity gives Poisson numbers
 */
export function drawNegativeBinomial(random: Random, mean: number, size: number): number {
  if (!(size > 0)) throw new RangeError('drawNegativeBinomial requires a size above 0')
  if (size === Infinity || mean === 0) return drawPoisson(random, mean)
  if (mean > MANY) return drawPoisson(random, (mean * drawGamma(random, size)) / size)
  const q = mean / (mean + size)
  let term = (1 - q) ** size
  let rest = random.uniform()
  let k = 0
  while (rest >= term && k < MOST) {
    rest -= term
    term *= (q * (size + k)) / (k + 1)
    k++
  }
  return k
}

/**
 * Fills the array with uniform numbers of 26 bits on [0, 1), two from each draw: enough to flip coins with,
 * at half the time.
 */
export function fillCoins(random: Random, coins: Float64Array) {
  for (let at = 0; at < coins.length; at += 2) {
    const wide = random.uniform() * 67108864
    const whole = Math.floor(wide)
    coins[at] = whole / 67108864
    coins[at + 1] = wide - whole
  }
}

/**
 * Random numbers from a binomial distribution, given odds instead of a probability (which saves a logarithm
 * where odds are multiplied by shocks); above 40 expected events rounded normal ones.
 *
 * @param coin  a uniform number on [0, 1) for the inversion; the normal approximation draws its own
 * @param n     whole number of 0 or more
 * @param odds  p / (1 − p), 0 or more
 */
export function drawBinomial(random: Random, coin: number, n: number, odds: number): number {
  const rare = odds > 1 ? 1 / odds : odds
  const stay = 1 / (1 + rare)
  const events =
    n * rare * stay > MANY ? roundedNormal(random, n, rare * stay) : inverted(coin, n, rare, stay)
  return odds > 1 ? n - events : events
}

function roundedNormal(random: Random, n: number, p: number): number {
  return Math.min(n, Math.max(0, Math.round(n * p + Math.sqrt(n * p * (1 - p)) * random.normal())))
}

/** Goes up from no event, taking off the probability of each number, until the coin is used up. */
function inverted(coin: number, n: number, odds: number, stay: number): number {
  let term = wholePower(stay, n)
  let rest = coin
  let k = 0
  while (rest >= term && k < n) {
    rest -= term
    term *= (odds * (n - k)) / (k + 1)
    k++
  }
  return k
}

/** x ** n for whole n by squaring: several times faster than Math.pow for the small n met here. */
function wholePower(x: number, n: number): number {
  let result = 1
  let square = x
  for (let rest = n; rest > 0; rest >>>= 1) {
    if (rest & 1) result *= square
    square *= square
  }
  return result
}
