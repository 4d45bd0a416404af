import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cholesky, choleskyInverse, choleskySolve, logDeterminant } from '../numeric/matrix.ts'
import {
  analyse,
  factorise,
  inverseOnPattern,
  placeOf,
  type SparsePattern,
  solveLower,
  solveUpper,
} from './sparse-cholesky.ts'

/** Symmetric, positive definite because the diagonal outweighs its row; about a third of it filled. */
const matrix = fc.integer({ min: 1, max: 12 }).chain((n) =>
  fc
    .array(fc.oneof(fc.constant(0), fc.constant(0), fc.integer({ min: -3, max: 3 })), {
      minLength: n * n,
      maxLength: n * n,
    })
    .map((cells) => {
      const a = new Float64Array(n * n)
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < i; j++) a[i * n + j] = a[j * n + i] = cells[i * n + j]!
        a[i * n + i] = 3 * n + Math.abs(cells[i * n + i]!)
      }
      return { a, n }
    }),
)

function sparse(a: Float64Array, n: number): { pattern: SparsePattern; values: Float64Array } {
  const start = [0]
  const column: number[] = []
  const values: number[] = []
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      if (i !== j && a[i * n + j] === 0) continue
      column.push(j)
      values.push(a[i * n + j]!)
    }
    start.push(column.length)
  }
  const pattern = { size: n, start: Int32Array.from(start), column: Int32Array.from(column) }
  return { pattern, values: Float64Array.from(values) }
}

test('determinant, solutions and inverse are those of the full matrix', () => {
  fc.assert(
    fc.property(matrix, ({ a, n }) => {
      const { pattern, values } = sparse(a, n)
      const factor = analyse(pattern)
      const full = cholesky(a, n)
      expect(factorise(factor, pattern, values)).toBeCloseTo(logDeterminant(full, n), 10)
      const b = Float64Array.from({ length: n }, (_, i) => i - 1.5)
      const z = b.slice()
      solveLower(factor, z, 1)
      solveUpper(factor, z, 1)
      for (const [i, value] of choleskySolve(full, n, b).entries()) expect(z[i]).toBeCloseTo(value, 10)
      const inverse = inverseOnPattern(factor)
      const expected = choleskyInverse(full, n)
      for (let i = 0; i < n; i++) {
        for (let j = 0; j <= i; j++) {
          const place = placeOf(factor, i, j)
          if (place >= 0) expect(inverse[place]).toBeCloseTo(expected[i * n + j]!, 10)
          else expect(Math.abs(full[i * n + j]!)).toBeLessThan(1e-12)
        }
      }
    }),
  )
})

test('many small groups before the few large ones they lie in: nothing is filled in', () => {
  // Six groups, two in each of three larger ones: every row has its own larger one.
  const n = 9
  const a = new Float64Array(n * n)
  for (let i = 0; i < n; i++) a[i * n + i] = 9
  for (let g = 0; g < 6; g++) a[(6 + (g >> 1)) * n + g] = 1
  const { pattern, values } = sparse(a, n)
  expect(analyse(pattern).row.length).toBe(values.length)
})

test('a matrix that is not positive definite has no determinant', () => {
  const { pattern, values } = sparse(Float64Array.of(1, 2, 2, 1), 2)
  expect(factorise(analyse(pattern), pattern, values)).toBe(Number.NEGATIVE_INFINITY)
})
