import type { Minimum } from './optimise.ts'

/**
 * Minimises a function of a few numbers without derivatives, within bounds: a simplex that walks downhill.
 * Started again from where it ended until that helps no more, because a simplex can collapse.
 *
 * @param start      n numbers inside the bounds at which the function is finite
 * @param step       size of the first simplex, per coordinate or one for all
 * @param lower      smallest allowed values; none if left out
 * @param upper      largest allowed values
 * @param tolerance  difference of values across the simplex, relative to 1 + |value|
 * @throws           RangeError if the start is outside or the function is not finite there
 * @see              Nelder, Mead (1965), The Computer Journal 7, 308–313, https://doi.org/10.1093/comjnl/7.4.308
 */
export function nelderMead(
  f: (x: Float64Array) => number,
  start: ArrayLike<number>,
  {
    step = 0.5,
    lower,
    upper,
    tolerance = 1e-12,
    maximumIterations = 5000,
  }: {
    step?: number | ArrayLike<number>
    lower?: ArrayLike<number>
    upper?: ArrayLike<number>
    tolerance?: number
    maximumIterations?: number
  } = {},
): Minimum {
  const n = start.length
  const inside = (x: Float64Array) => {
    for (let i = 0; i < n; i++)
      x[i] = Math.min(upper?.[i] ?? Infinity, Math.max(lower?.[i] ?? -Infinity, x[i]!))
    return x
  }
  const value = (x: Float64Array) => {
    const y = f(x)
    return Number.isNaN(y) ? Number.POSITIVE_INFINITY : y
  }
  let best: Float64Array = Float64Array.from(start)
  for (let i = 0; i < n; i++) {
    if (!(best[i]! >= (lower?.[i] ?? -Infinity) && best[i]! <= (upper?.[i] ?? Infinity))) {
      throw new RangeError('nelderMead requires a start inside the bounds')
    }
  }
  let least = value(best)
  if (!Number.isFinite(least))
    throw new RangeError('nelderMead requires a start at which the function is finite')
  if (n === 0) return { x: best, value: least, iterations: 0, converged: true }
  let iterations = 0
  for (let round = 0; iterations < maximumIterations; round++) {
    const size = (i: number) => (typeof step === 'number' ? step : step[i]!) / 4 ** Math.min(round, 4)
    const simplex = [{ x: best, value: least }]
    for (let i = 0; i < n; i++) {
      const x = Float64Array.from(best)
      x[i]! += size(i)
      inside(x)
      if (x[i] === best[i]) x[i]! -= size(i) // at its upper bound: the other way
      simplex.push({ x: inside(x), value: value(x) })
    }
    const used = walk(simplex, value, inside, tolerance, maximumIterations - iterations)
    iterations += used
    const gain = least - simplex[0]!.value
    best = simplex[0]!.x
    least = simplex[0]!.value
    if (iterations < maximumIterations && gain <= tolerance * (1 + Math.abs(least))) {
      return { x: best, value: least, iterations, converged: true }
    }
  }
  return { x: best, value: least, iterations, converged: false }
}

/** Lets the simplex walk until its values are level; leaves it sorted and returns the steps taken. */
function walk(
  simplex: { x: Float64Array; value: number }[],
  value: (x: Float64Array) => number,
  inside: (x: Float64Array) => Float64Array,
  tolerance: number,
  limit: number,
): number {
  const n = simplex.length - 1
  for (let used = 0; ; used++) {
    simplex.sort((p, q) => p.value - q.value)
    const worst = simplex[n]!
    const least = simplex[0]!.value
    if (used >= limit || worst.value - least <= tolerance * (1 + Math.abs(least))) return used
    const centre = new Float64Array(n)
    for (let k = 0; k < n; k++) for (let i = 0; i < n; i++) centre[i]! += simplex[k]!.x[i]! / n
    const along = (share: number) => {
      const x = inside(centre.map((ci, i) => ci + share * (worst.x[i]! - ci)))
      return { x, value: value(x) }
    }
    const mirrored = along(-1)
    if (mirrored.value < least) {
      const further = along(-2)
      simplex[n] = further.value < mirrored.value ? further : mirrored
    } else if (mirrored.value < simplex[n - 1]!.value) simplex[n] = mirrored
    else {
      const nearer = along(mirrored.value < worst.value ? -0.5 : 0.5)
      if (nearer.value < Math.min(mirrored.value, worst.value)) simplex[n] = nearer
      else shrink(simplex, value)
    }
  }
}

function shrink(simplex: { x: Float64Array; value: number }[], value: (x: Float64Array) => number): void {
  const best = simplex[0]!.x
  for (let k = 1; k < simplex.length; k++) {
    const x = simplex[k]!.x.map((xi, i) => (xi + best[i]!) / 2)
    simplex[k] = { x, value: value(x) }
  }
}
