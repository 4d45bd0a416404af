import { cholesky, choleskyInverse, multiply, transpose } from '../numeric/matrix.ts'

export interface ObliqueFactors {
  /** pattern loadings, items × factors, row by row */
  readonly loadings: Float64Array
  /** correlations of the factors, factors × factors */
  readonly correlation: Float64Array
  readonly converged: boolean
}

const MOST_STEPS = 1000
const TOLERANCE = 1e-8

/**
 * Oblique rotation to simple structure by the quartimin criterion (oblimin with parameter 0): the squared loadings of
 * different factors overlap as little as possible. Gradient projection from the loadings as they are; other starts may
 * find other minima.
 *
 * @param loadings  items × factors, not rotated
 * @throws          RangeError if sizes do not fit
 * @see             Jennrich (2002), https://doi.org/10.1007/BF02294706; Bernaards & Jennrich (2005),
 *                  https://doi.org/10.1177/0013164404272507
 */
export function oblimin(loadings: Float64Array, items: number, factors: number): ObliqueFactors {
  if (loadings.length !== items * factors) throw new RangeError('oblimin requires items × factors loadings')
  const m = factors
  let turn: Float64Array = new Float64Array(m * m)
  for (let j = 0; j < m; j++) turn[j * m + j] = 1
  let now = rotated(loadings, items, m, turn)
  let length = 1
  let converged = false
  for (let step = 0; step < MOST_STEPS; step++) {
    const direction = projected(now.gradient, turn, m)
    const steep = direction.reduce((total, x) => total + x * x, 0)
    converged = Math.sqrt(steep) < TOLERANCE
    if (converged) break
    length *= 2
    let improved = false
    for (let half = 0; half < 40 && !improved; half++, length /= 2) {
      const next = unitColumns(
        turn.map((x, at) => x - length * direction[at]!),
        m,
      )
      const there = rotated(loadings, items, m, next)
      if (there.value < now.value - 0.5 * steep * length) {
        turn = next
        now = there
        improved = true
        length *= 2 // undone by the loop's halving
      }
    }
    if (!improved) {
      // Rounding: the criterion cannot fall any more.
      converged = Math.sqrt(steep) < 1e-5
      break
    }
  }
  return { loadings: now.loadings, correlation: multiply(transpose(turn, m, m), turn, m, m, m), converged }
}

/** Loadings A·T⁻ᵀ, the quartimin criterion of them, and its derivatives by T. */
function rotated(loadings: Float64Array, items: number, m: number, turn: Float64Array) {
  const turned = transpose(turn, m, m)
  // T⁻¹ = (TᵀT)⁻¹Tᵀ
  const inverse = multiply(choleskyInverse(cholesky(multiply(turned, turn, m, m, m), m), m), turned, m, m, m)
  const pattern = multiply(loadings, transpose(inverse, m, m), items, m, m)
  let value = 0
  const slope = new Float64Array(items * m)
  for (let i = 0; i < items; i++) {
    let squares = 0
    for (let j = 0; j < m; j++) squares += pattern[i * m + j]! ** 2
    for (let j = 0; j < m; j++) {
      const own = pattern[i * m + j]!
      const others = squares - own * own
      value += (own * own * others) / 4
      slope[i * m + j] = own * others
    }
  }
  const chain = multiply(multiply(transpose(pattern, items, m), slope, m, items, m), inverse, m, m, m)
  return { loadings: pattern, value, gradient: transpose(chain, m, m).map((x) => -x) }
}

/** The gradient without what would change the length of the columns of T. */
function projected(gradient: Float64Array, turn: Float64Array, m: number): Float64Array {
  const along = new Float64Array(m)
  gradient.forEach((g, at) => {
    along[at % m]! += g * turn[at]!
  })
  return gradient.map((g, at) => g - turn[at]! * along[at % m]!)
}

function unitColumns(matrix: Float64Array, m: number): Float64Array {
  const squares = new Float64Array(m)
  matrix.forEach((x, at) => {
    squares[at % m]! += x * x
  })
  return matrix.map((x, at) => x / Math.sqrt(squares[at % m]!))
}
