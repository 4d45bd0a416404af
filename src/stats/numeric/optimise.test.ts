import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bfgs, brentMinimise, brentRoot, nelderMead, newton } from './optimise.ts'

/** Rosenbrock's valley: minimum 0 at (1, 1). */
function valley([x, y]: ArrayLike<number> & Iterable<number>) {
  const [a, b] = [1 - x!, y! - x! * x!]
  return {
    value: a * a + 100 * b * b,
    gradient: Float64Array.of(-2 * a - 400 * x! * b, 200 * b),
    hessian: Float64Array.of(2 - 400 * b + 800 * x! * x!, -400 * x!, -400 * x!, 200),
  }
}

const starts = fc.tuple(
  fc.double({ min: -3, max: 3, noNaN: true }),
  fc.double({ min: -3, max: 3, noNaN: true }),
)

test('newton, bfgs and the simplex all find the end of the valley from anywhere', () => {
  fc.assert(
    fc.property(starts, (start) => {
      for (const found of [
        newton({ start, evaluate: valley }),
        bfgs({ start, evaluate: valley }),
        nelderMead((x) => valley(x).value, start),
      ]) {
        expect(found.converged).toBe(true)
        expect(Math.abs(found.x[0]! - 1)).toBeLessThan(1e-4)
        expect(Math.abs(found.x[1]! - 1)).toBeLessThan(1e-4)
      }
    }),
  )
})

test('a quadratic is minimised by one newton step', () => {
  const found = newton({
    start: [5, -7],
    evaluate: ([x, y]) => ({
      value: x! ** 2 + 2 * y! ** 2 + x! * y! - 3 * x!,
      gradient: Float64Array.of(2 * x! + y! - 3, 4 * y! + x!),
      hessian: Float64Array.of(2, 1, 1, 4),
    }),
  })
  expect(found.x[0]).toBeCloseTo(12 / 7, 12)
  expect(found.x[1]).toBeCloseTo(-3 / 7, 12)
  expect(found.iterations).toBeLessThanOrEqual(2)
})

test('the simplex ends on a bound when the minimum lies beyond it', () => {
  const found = nelderMead((x) => (x[0]! - 3) ** 2 + (x[1]! + 1) ** 2, [0, 0], {
    upper: [1, 5],
    lower: [-1, 0],
  })
  expect(found.x[0]).toBe(1)
  expect(found.x[1]).toBe(0)
  expect(found.converged).toBe(true)
})

test('a root is found to the last digits: cos x = x at 0.7390851332151607', () => {
  const found = brentRoot((x) => Math.cos(x) - x, 0, 1)
  expect(found.x).toBeCloseTo(0.7390851332151607, 13)
  expect(found.converged).toBe(true)
  expect(brentRoot((x) => x, 0, 1).x).toBe(0)
  expect(brentRoot((x) => (x < 0.3 ? -1 : 1), 0, 1).x).toBeCloseTo(0.3, 11)
})

test('any cubic with a change of sign has its root enclosed', () => {
  fc.assert(
    fc.property(fc.double({ min: -5, max: 5, noNaN: true }), (root) => {
      const found = brentRoot((x) => (x - root) * (x * x + 1), -6, 6)
      expect(Math.abs(found.x - root)).toBeLessThan(1e-10)
    }),
  )
})

test('the minimum of a function on an interval is found, inside or at its end', () => {
  expect(brentMinimise((x) => x * Math.log(x), 0.01, 2).x).toBeCloseTo(1 / Math.E, 7)
  expect(brentMinimise((x) => x, 1, 4).x).toBeCloseTo(1, 6)
  expect(brentMinimise(() => 2, 1, 4).value).toBe(2)
})

test('bounds on iterations are kept and named', () => {
  expect(newton({ start: [-1.2, 1], evaluate: valley, maximumIterations: 2 }).converged).toBe(false)
  expect(bfgs({ start: [-1.2, 1], evaluate: valley, maximumIterations: 2 }).converged).toBe(false)
  const simplex = nelderMead((x) => valley(x).value, [-1.2, 1], { maximumIterations: 20 })
  expect(simplex.converged).toBe(false)
  expect(simplex.iterations).toBeLessThanOrEqual(20)
  expect(brentRoot((x) => x ** 3 - 2, 0, 2, { maximumIterations: 2 }).converged).toBe(false)
  expect(brentMinimise((x) => (x - 1) ** 2, -9, 20, { maximumIterations: 2 }).converged).toBe(false)
})

test('a function without a minimum ends without claiming one', () => {
  const down = bfgs({
    start: [0],
    evaluate: ([x]) => ({ value: -x!, gradient: Float64Array.of(-1) }),
    maximumIterations: 30,
  })
  expect(down.converged).toBe(false)
})

test('starts outside the bounds, undefined functions and equal signs are refused', () => {
  const undefinedThere = () => ({
    value: Number.NaN,
    gradient: Float64Array.of(0),
    hessian: Float64Array.of(1),
  })
  expect(() => newton({ start: [0], evaluate: undefinedThere })).toThrow('finite')
  expect(() => bfgs({ start: [0], evaluate: undefinedThere })).toThrow('finite')
  expect(() => nelderMead((x) => x[0]!, [3], { upper: [2] })).toThrow('inside the bounds')
  expect(() => nelderMead(() => Number.NaN, [3])).toThrow('finite')
  expect(() => brentRoot((x) => x * x + 1, -1, 1)).toThrow('different signs')
  expect(() => brentRoot(() => Number.NaN, -1, 1)).toThrow(RangeError)
  expect(() => brentMinimise((x) => x, 2, 1)).toThrow('finite ends')
})
