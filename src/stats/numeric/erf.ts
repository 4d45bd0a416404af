/**
 * Error function 2/√π ∫₀ˣ e^(−t²) dt; relative error below 1e-14.
 * @throws RangeError if x is not a number
 */
export function erf(x: number): number {
  if (Number.isNaN(x)) throw new RangeError('erf requires a number')
  const size = Math.abs(x)
  const value = size < 2 ? series(size) : 1 - complement(size)
  return x < 0 ? -value : value
}

/**
 * 1 − erf(x), with its own small values exact: relative error below 1e-12 down to erfc(26.5).
 * @throws RangeError if x is not a number
 */
export function erfc(x: number): number {
  if (Number.isNaN(x)) throw new RangeError('erfc requires a number')
  if (x >= 2) return complement(x)
  if (x > -2) return 1 - (x < 0 ? -series(-x) : series(x))
  return 2 - complement(-x)
}

/** erf for 0 ≤ x < 2: terms all positive. */
function series(x: number): number {
  const square = 2 * x * x
  let term = 1
  let total = 1
  for (let n = 1; n < 60; n++) {
    term *= square / (2 * n + 1)
    total += term
    if (term < total * 1e-17) break
  }
  return (2 / Math.sqrt(Math.PI)) * x * Math.exp(-x * x) * total
}

/** erfc for x ≥ 2 by its continued fraction, evaluated backwards from a depth that suffices. */
function complement(x: number): number {
  if (x > 27.3) return 0 // below the smallest number there is
  let tail = x
  for (let k = Math.ceil(12 + 260 / (x * x)); k >= 1; k--) tail = x + k / 2 / tail
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * tail)
}
