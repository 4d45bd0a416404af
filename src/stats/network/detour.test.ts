import fc from 'fast-check'
import { expect, test } from 'vitest'
import { calibrateDetour, journey } from './detour.ts'

test('agrees with a case worked by hand: 20 km, detour 1.4, 56 km/h and 8 minutes of waiting are 28 km and 38 minutes', () => {
  expect(journey(20, { detour: 1.4, speed: 56, waiting: 8 })).toEqual({ km: 28, minutes: 38 })
  expect(journey(0, { detour: 1.4, speed: 56, waiting: 8 })).toEqual({ km: 0, minutes: 0 })
})
test('agrees with a case worked by hand: ratios 1.1, 1.3, 1.2 have the median detour 1.2', () => {
  const { detour, error } = calibrateDetour([10, 10, 10], [11, 13, 12])
  expect(detour).toBeCloseTo(1.2, 12)
  expect(error).toBeCloseTo((1 / 11 + 1 / 13 + 0) / 3, 12)
})
test('a calibration returns the factor with which the roads were made', () => {
  const distances = fc.array(fc.double({ min: 0.1, max: 300, noNaN: true }), { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(distances, fc.double({ min: 1, max: 3, noNaN: true }), (straight, factor) => {
      const found = calibrateDetour(
        straight,
        straight.map((km) => km * factor),
      )
      expect(found.detour).toBeCloseTo(factor, 9)
      expect(found.error).toBeCloseTo(0, 9)
    }),
  )
})
test('a detour below 1, a speed of 0, a negative distance and a road shorter than the straight line are refused', () => {
  expect(() => journey(1, { detour: 0.9, speed: 50 })).toThrow(/a detour of 1 or more/)
  expect(() => journey(1, { detour: 1.2, speed: 0 })).toThrow(RangeError)
  expect(() => journey(-1, { detour: 1.2, speed: 50 })).toThrow(RangeError)
  expect(() => calibrateDetour([10], [9])).toThrow(/no shorter/)
  expect(() => calibrateDetour([], [])).toThrow(/at least one pair/)
})
