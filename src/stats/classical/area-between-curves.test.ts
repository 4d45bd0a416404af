import fc from 'fast-check'
import { expect, test } from 'vitest'
import { areaBetweenCurves } from './area-between-curves.ts'

const slope = fc.double({ min: 0.3, max: 3, noNaN: true })
const gap = fc.double({ min: -2, max: 2, noNaN: true })

test('the area is the integral of the distance between the curves, crossing or not', () => {
  fc.assert(
    fc.property(slope, slope, gap, (a, b, shift) => {
      let area = 0
      for (let x = -80; x < 80; x += 0.02) {
        area += Math.abs(1 / (1 + Math.exp(-a * x)) - 1 / (1 + Math.exp(-b * (x - shift)))) * 0.02
      }
      expect(Math.abs(areaBetweenCurves([a, b], shift).value)).toBeCloseTo(area, 3)
    }),
    { numRuns: 40 },
  )
})

test('its derivatives are what differences say, and its size does not depend on which curve is first', () => {
  fc.assert(
    fc.property(slope, slope, gap, (a, b, shift) => {
      fc.pre(Math.abs(a - b) > 0.01)
      const at = (x: number, y: number, z: number) => areaBetweenCurves([x, y], z).value
      const h = 1e-6
      const { value, bySlopes, byGap } = areaBetweenCurves([a, b], shift)
      expect(bySlopes[0]).toBeCloseTo((at(a + h, b, shift) - at(a - h, b, shift)) / (2 * h), 4)
      expect(bySlopes[1]).toBeCloseTo((at(a, b + h, shift) - at(a, b - h, shift)) / (2 * h), 4)
      expect(byGap).toBeCloseTo((at(a, b, shift + h) - at(a, b, shift - h)) / (2 * h), 4)
      expect(Math.abs(areaBetweenCurves([b, a], -shift).value)).toBeCloseTo(Math.abs(value), 8)
    }),
  )
})

test('equal slopes give the gap; slopes of 0 are refused', () => {
  expect(areaBetweenCurves([1.3, 1.3], 0.4)).toEqual({ value: 0.4, bySlopes: [0, 0], byGap: 1 })
  expect(() => areaBetweenCurves([0, 1], 0.4)).toThrow('above 0')
  expect(() => areaBetweenCurves([1, 1], Number.NaN)).toThrow('finite')
})
