import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  cholesky,
  choleskyInverse,
  choleskySolve,
  logDeterminant,
  multiply,
  symmetricEigen,
  transpose,
} from './matrix.ts'
import { philox } from './random.ts'

/** B B′ + n I of a random B: positive definite. */
function positive(n: number, seed: number): Float64Array {
  const random = philox(seed)
  const b = Float64Array.from({ length: n * n }, () => random.normal())
  const a = multiply(b, transpose(b, n, n), n, n, n)
  for (let i = 0; i < n; i++) a[i * n + i]! += n
  return a
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let largest = 0
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i]! - b[i]!))
  return largest
}

const cases = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.nat(1000))

test('agrees with a case worked by hand: [[4, 2], [2, 5]] has factor [[2, 0], [1, 2]], determinant 16', () => {
  const l = cholesky(Float64Array.of(4, 2, 2, 5), 2)
  expect([...l]).toEqual([2, 0, 1, 2])
  expect(logDeterminant(l, 2)).toBeCloseTo(Math.log(16), 14)
  expect([...choleskySolve(l, 2, [8, 12])]).toEqual([1, 2])
  expect([...choleskyInverse(l, 2)]).toEqual([5 / 16, -2 / 16, -2 / 16, 4 / 16])
})

test('a factor times its transpose is the matrix, and the inverse undoes it', () => {
  fc.assert(
    fc.property(cases, ([n, seed]) => {
      const a = positive(n, seed)
      const l = cholesky(a, n)
      expect(largestDifference(multiply(l, transpose(l, n, n), n, n, n), a)).toBeLessThan(1e-11)
      const identity = multiply(a, choleskyInverse(l, n), n, n, n)
      for (let i = 0; i < n; i++) identity[i * n + i]! -= 1
      expect(largestDifference(identity, new Float64Array(n * n))).toBeLessThan(1e-12)
    }),
  )
})

test('eigenvectors are orthonormal and rebuild the matrix; the values have its determinant', () => {
  fc.assert(
    fc.property(cases, ([n, seed]) => {
      const a = positive(n, seed)
      const { values, vectors } = symmetricEigen(a, n)
      const turned = transpose(vectors, n, n)
      const product = multiply(turned, vectors, n, n, n)
      for (let i = 0; i < n; i++) product[i * n + i]! -= 1
      expect(largestDifference(product, new Float64Array(n * n))).toBeLessThan(1e-13)
      const scaled = Float64Array.from(vectors, (x, at) => x * values[at % n]!)
      expect(largestDifference(multiply(scaled, turned, n, n, n), a)).toBeLessThan(1e-11)
      const log = values.reduce((total, value) => total + Math.log(value), 0)
      expect(log).toBeCloseTo(logDeterminant(cholesky(a, n), n), 10)
    }),
  )
})

test('small eigenvalues keep their digits: [[1, 1e-8], [1e-8, 1e-12]] has one of 1e-12 − 1e-16', () => {
  const { values } = symmetricEigen(Float64Array.of(1, 1e-8, 1e-8, 1e-12), 2)
  expect(Math.abs(values[1]! / (1e-12 - 1e-16) - 1)).toBeLessThan(1e-10)
  expect(symmetricEigen(new Float64Array(9), 3).values).toEqual(new Float64Array(3))
})

test('matrices that are not positive definite, not finite or of another size are refused', () => {
  expect(() => cholesky(Float64Array.of(1, 2, 2, 1), 2)).toThrow('positive definite')
  expect(() => cholesky(Float64Array.of(1, 1, 1, 1), 2)).toThrow('positive definite')
  expect(() => cholesky(Float64Array.of(Number.NaN), 1)).toThrow(RangeError)
  expect(() => cholesky(Float64Array.of(Number.POSITIVE_INFINITY), 1)).toThrow(RangeError)
  expect(() => cholesky(new Float64Array(3), 2)).toThrow('requires 4 numbers')
  expect(() => symmetricEigen(Float64Array.of(Number.NaN), 1)).toThrow('finite')
  expect(() => multiply(new Float64Array(2), new Float64Array(2), 2, 2, 1)).toThrow(RangeError)
})
