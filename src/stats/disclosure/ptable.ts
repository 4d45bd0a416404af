/** Noise of the cell-key method: for each true count the chance of each change. */
export interface NoiseTable {
  /** largest change, in either direction */
  readonly most: number
  /** counts from `rows.length − 1` on share the last row; row 0 changes nothing */
  readonly rows: readonly NoiseRow[]
}

/** Changes in ascending order with the chance of each and of all up to it. */
export interface NoiseRow {
  readonly changes: Int8Array
  readonly chance: Float64Array
  readonly cumulative: Float64Array
}

export interface NoiseOptions {
  /** largest change D, whole, 1–100 */
  readonly most: number
  /** variance V of the noise, > 0 */
  readonly variance: number
  /** no answer is one of 1 … smallest (js); 0 allows all */
  readonly smallest?: number
}

const STEPS = 200

/**
 * The noise with the largest entropy of all that have mean 0, the given variance, no change beyond `most`, no answer
 * below 0 and none of 1 … `smallest`.
 *
 * @throws  RangeError if an option is malformed, or the variance cannot be had in some row (with `smallest` above 0 it
 *          must be large enough, at least count × (smallest + 1 − count) in the first rows)
 * @see     Giessing (2016), Computational issues in the design of transition probabilities and disclosure risk
 *          estimation for additive noise, https://doi.org/10.1007/978-3-319-45381-1_18
 */
export function noiseTable({ most, variance, smallest = 0 }: NoiseOptions): NoiseTable {
  const isSize = Number.isInteger(most) && most >= 1 && most <= 100
  if (!isSize || !(variance > 0 && variance < Infinity) || !(Number.isInteger(smallest) && smallest >= 0)) {
    throw new RangeError('noiseTable requires a largest change of 1–100, a variance above 0 and smallest ≥ 0')
  }
  const rows = [rowOf([0], [1])]
  for (let count = 1; count <= most + smallest; count++) {
    const changes: number[] = []
    for (let change = -Math.min(count, most); change <= most; change++) {
      const answer = count + change
      if (answer === 0 || answer > smallest) changes.push(change)
    }
    rows.push(rowOf(changes, mostEntropy(changes, variance, count)))
  }
  return { most, rows }
}

function rowOf(changes: readonly number[], chance: readonly number[]): NoiseRow {
  let sum = 0
  const cumulative = Float64Array.from(chance, (p) => {
    sum += p
    return sum
  })
  cumulative[cumulative.length - 1] = 1
  return { changes: Int8Array.from(changes), chance: Float64Array.from(chance), cumulative }
}

/** chance ∝ exp(a × change + b × change²), with a and b such that mean and variance are met: Newton with halving. */
function mostEntropy(changes: readonly number[], variance: number, count: number): number[] {
  const refuse = () =>
    new RangeError(`noiseTable requires a variance that can be had for a count of ${count}`)
  const lowest = Math.max(...changes.filter((v) => v <= 0))
  const next = Math.min(...changes.filter((v) => v >= 0))
  const [first, last] = [changes[0]!, changes.at(-1)!]
  // with mean 0 the variance lies between that of the two changes nearest to 0 and that of the two ends
  if (!(variance > -lowest * next - 1e-12 && variance < -first * last + 1e-12)) throw refuse()
  const scale = last * last
  let [a, b] = [0, -scale / (2 * variance)]
  const at = (a: number, b: number) => {
    const logs = changes.map((v) => (a * v) / last + (b * v * v) / scale)
    const top = Math.max(...logs)
    const weights = logs.map((x) => Math.exp(x - top))
    const total = weights.reduce((x, y) => x + y, 0)
    const chance = weights.map((w) => w / total)
    const moment = (power: number) => chance.reduce((sum, p, i) => sum + p * (changes[i]! / last) ** power, 0)
    // convex: the logarithm of the total less what the moments should be
    return { chance, moment, value: top + Math.log(total) - (b * variance) / scale }
  }
  let now = at(a, b)
  for (let step = 0; step < STEPS; step++) {
    const [m1, m2, m3, m4] = [1, 2, 3, 4].map((power) => now.moment(power)) as [
      number,
      number,
      number,
      number,
    ]
    const [g1, g2] = [m1, m2 - variance / scale]
    if (Math.abs(g1) * last < 1e-11 && Math.abs(g2) * scale < 1e-10) return now.chance
    const [h11, h12, h22] = [m2 - m1 * m1, m3 - m1 * m2, m4 - m2 * m2]
    const determinant = h11 * h22 - h12 * h12
    if (!(determinant > 1e-300)) break
    const [da, db] = [(g1 * h22 - g2 * h12) / determinant, (g2 * h11 - g1 * h12) / determinant]
    let length = 1
    let trial = at(a - da, b - db)
    while (!(trial.value <= now.value + 1e-15) && length > 1e-6) {
      length /= 2
      trial = at(a - length * da, b - length * db)
    }
    a -= length * da
    b -= length * db
    now = trial
  }
  throw refuse()
}
