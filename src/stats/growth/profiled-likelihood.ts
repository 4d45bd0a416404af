import { cholesky, choleskySolve, logDeterminant } from '../numeric/matrix.ts'
import type { CrossProducts } from './cross-products.ts'
import { analyse, factorise, type SparseFactor, solveLower } from './sparse-cholesky.ts'

/** Everything a mixed model knows at one value of its covariance parameters. */
export interface ProfilePoint {
  /** −2 log-likelihood, restricted or not, with fixed effects and residual variance at their best */
  readonly criterion: number
  readonly coefficients: Float64Array
  readonly residualVariance: number
  /** Cholesky factor of the fixed effects' part, columns × columns */
  readonly fixedFactor: Float64Array
  /** L⁻¹Λ′Z′[X y], size × (columns + 1) */
  readonly reduced: Float64Array
}

/**
 * The profiled likelihood of a linear mixed model with effects u = Λv, v of the residual variance: for given
 * relative factors Λ the fixed effects and the residual variance have a best value in closed form.
 *
 * @see Bates, Mächler, Bolker, Walker (2015), Journal of Statistical Software 67(1),
 *      https://doi.org/10.18637/jss.v067.i01
 */
export class ProfiledLikelihood {
  readonly products: CrossProducts
  readonly restricted: boolean
  /** L of Λ′Z′ZΛ + I at the last point evaluated */
  readonly factor: SparseFactor
  evaluations = 0
  readonly #values: Float64Array

  constructor(products: CrossProducts, restricted: boolean) {
    this.products = products
    this.restricted = restricted
    this.factor = analyse(products.pattern)
    this.#values = new Float64Array(products.pattern.column.length)
  }

  /**
   * @param lambdas  per term the lower triangular relative factor, width × width row-major
   * @returns        undefined where rounding leaves no positive definite matrix
   */
  at(lambdas: readonly Float64Array[]): ProfilePoint | undefined {
    this.evaluations++
    const { rows, columns, pattern, random, fixed } = this.products
    const wide = columns + 1
    this.#fill(lambdas)
    const randomLog = factorise(this.factor, pattern, this.#values)
    if (randomLog === Number.NEGATIVE_INFINITY) return undefined
    const reduced = random.slice()
    this.#applyTransposed(lambdas, reduced, wide)
    solveLower(this.factor, reduced, wide)
    const rest = fixed.slice()
    for (let g = 0; g < pattern.size; g++) {
      for (let j = 0; j < wide; j++) {
        const factor = reduced[g * wide + j]!
        for (let k = 0; k <= j; k++) rest[j * wide + k]! -= factor * reduced[g * wide + k]!
      }
    }
    const xx = new Float64Array(columns * columns)
    const xy = new Float64Array(columns)
    for (let j = 0; j < columns; j++) {
      xy[j] = rest[columns * wide + j]!
      for (let k = 0; k <= j; k++) xx[j * columns + k] = rest[j * wide + k]!
    }
    let fixedFactor: Float64Array
    try {
      fixedFactor = cholesky(xx, columns)
    } catch {
      return undefined
    }
    const coefficients = choleskySolve(fixedFactor, columns, xy)
    let squares = rest[columns * wide + columns]!
    for (let j = 0; j < columns; j++) squares -= xy[j]! * coefficients[j]!
    if (!(squares > 1e-13 * fixed[columns * wide + columns]!)) return undefined
    const freedom = this.restricted ? rows - columns : rows
    const criterion =
      randomLog +
      (this.restricted ? logDeterminant(fixedFactor, columns) : 0) +
      freedom * (1 + Math.log((2 * Math.PI * squares) / freedom))
    return { criterion, coefficients, residualVariance: squares / freedom, fixedFactor, reduced }
  }

  /** Λ′Z′ZΛ + I. */
  #fill(lambdas: readonly Float64Array[]): void {
    const { blocks, terms } = this.products
    for (const { rowTerm, columnTerm, values, places } of blocks) {
      const left = lambdas[rowTerm]!
      const right = lambdas[columnTerm]!
      const height = terms[rowTerm]!.width
      const width = terms[columnTerm]!.width
      if (height === 1 && width === 1) {
        this.#values[places[0]!] = left[0]! * values[0]! * right[0]! + (rowTerm === columnTerm ? 1 : 0)
        continue
      }
      for (let a = 0; a < height; a++) {
        const last = rowTerm === columnTerm ? a : width - 1
        for (let b = 0; b <= last; b++) {
          let total = rowTerm === columnTerm && a === b ? 1 : 0
          for (let c = a; c < height; c++) {
            for (let d = b; d < width; d++) {
              total += left[c * height + a]! * values[c * width + d]! * right[d * width + b]!
            }
          }
          this.#values[places[a]! + b] = total
        }
      }
    }
  }

  /** Replaces each group's rows of b (size × wide) by Λ′ times them. */
  #applyTransposed(lambdas: readonly Float64Array[], b: Float64Array, wide: number): void {
    for (const [t, { groups, width, offset }] of this.products.terms.entries()) {
      const lambda = lambdas[t]!
      for (let group = 0; group < groups; group++) {
        for (let a = 0; a < width; a++) {
          const to = (offset + group * width + a) * wide
          for (let j = 0; j < wide; j++) {
            let total = 0
            for (let c = a; c < width; c++) {
              total += lambda[c * width + a]! * b[(offset + group * width + c) * wide + j]!
            }
            b[to + j] = total // rows below a are still as they were: Λ′ is upper triangular
          }
        }
      }
    }
  }
}
