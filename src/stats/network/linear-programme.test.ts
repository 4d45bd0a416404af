import { expect, test } from 'vitest'
import { largestViolation, programmeBuilder } from './linear-programme.ts'
import { lpText } from './lp-text.ts'
import { smallSolver } from './small-solver.ts'

/** Minimise −3x − 2y, x + y ≤ 4, 1 ≤ x + 3y ≤ 6, x ≤ 3, y whole. */
function example() {
  const build = programmeBuilder()
  const x = build.variable('chairs', { cost: -3, high: 3 })
  const y = build.variable('tables', { cost: -2, integer: true })
  build.row(
    [
      [x, 1],
      [y, 1],
    ],
    -Infinity,
    4,
  )
  build.row(
    [
      [x, 1],
      [y, 3],
    ],
    1,
    6,
  )
  return build.build()
}

test('a programme worked by hand has its optimum at x = 3, y = 1', () => {
  const answer = smallSolver(example())
  expect(answer.status).toBe('optimal')
  expect([...Array.from(answer.values)]).toEqual([3, 1])
  expect(answer.bound).toBeCloseTo(-11, 9)
})
test('the LP text says every cost, row, bound and whole number', () => {
  expect(lpText(example())).toBe(`Minimize
 obj: - 3 v0 - 2 v1
Subject To
 r0: + 1 v0 + 1 v1 <= 4
 r1: + 1 v0 + 3 v1 <= 6
 r1l: + 1 v0 + 3 v1 >= 1
Bounds
 0 <= v0 <= 3
 0 <= v1 <= +inf
General
 v1
End
`)
})
test('a demand that nothing can meet stays in the text: a row without variables is one with a zero', () => {
  const build = programmeBuilder()
  build.variable('chairs', { cost: 1, high: 5 })
  build.row([], 1, Infinity)
  expect(lpText(build.build())).toContain('Subject To\n r0l: 0 v0 >= 1\n')
})
test('a violation is measured in the unit of the row, bound or whole number it breaks', () => {
  const programme = example()
  expect(largestViolation(programme, [3, 1])).toBe(0)
  expect(largestViolation(programme, [3.5, 0])).toBeCloseTo(0.5, 12)
  expect(largestViolation(programme, [1, 0.25])).toBeCloseTo(0.25, 12)
  expect(largestViolation(programme, [1, 9])).toBeCloseTo(22, 12)
  expect(largestViolation(programme, [1])).toBe(Infinity)
})
test('bounds out of order, unknown variables and costs that are not numbers are refused', () => {
  const build = programmeBuilder()
  expect(() => build.variable('x', { low: 2, high: 1 })).toThrow(/bounds in order/)
  expect(() => build.variable('x', { cost: Number.NaN })).toThrow(RangeError)
  expect(() => build.row([[0, 1]], 0, 1)).toThrow(/known variables/)
})
