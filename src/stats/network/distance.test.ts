import fc from 'fast-check'
import { expect, test } from 'vitest'
import { agreement, referenceJson } from '#test/setup/reference.ts'
import { distanceMatrix, haversine } from './distance.ts'
import { nearestSites } from './nearest-sites.ts'

const place = fc.record({
  latitude: fc.double({ min: -90, max: 90, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
})

agreement(
  'agrees with the published haversine example of Movable Type Scripts and three Latvian pairs',
  () => {
    const { inputs, expected, tolerance } = referenceJson<{
      inputs: { pairs: { a: [number, number]; b: [number, number] }[] }
      expected: number[]
      tolerance: number
    }>('methods/03_haversine.json')
    for (const [at, { a, b }] of inputs.pairs.entries()) {
      const found = haversine({ latitude: a[0], longitude: a[1] }, { latitude: b[0], longitude: b[1] })
      expect(Math.abs(found - expected[at]!)).toBeLessThan(tolerance)
    }
  },
)
test('a degree along the equator is 1/360 of the circumference', () => {
  const degree = haversine({ latitude: 0, longitude: 10 }, { latitude: 0, longitude: 11 })
  expect(degree).toBeCloseTo((2 * Math.PI * 6371) / 360, 9)
})
test('the way back is as long, no detour is shorter, and nothing is further than half around the Earth', () => {
  fc.assert(
    fc.property(place, place, place, (a, b, c) => {
      expect(haversine(a, b)).toBe(haversine(b, a))
      expect(haversine(a, c)).toBeLessThanOrEqual(haversine(a, b) + haversine(b, c) + 1e-6)
      expect(haversine(a, b)).toBeLessThanOrEqual(Math.PI * 6371)
    }),
  )
})
test('the table of distances holds the haversine distance of every pair to a metre', () => {
  fc.assert(
    fc.property(fc.array(place, { maxLength: 6 }), fc.array(place, { maxLength: 6 }), (origins, sites) => {
      const matrix = distanceMatrix(origins, sites)
      for (const [i, a] of origins.entries()) {
        for (const [j, b] of sites.entries()) {
          expect(Math.abs(matrix[i * sites.length + j]! - haversine(a, b))).toBeLessThan(1e-3)
        }
      }
    }),
  )
})
test('the nearest sites are the first of all sites sorted by distance', () => {
  fc.assert(
    fc.property(
      fc.array(place, { minLength: 1, maxLength: 8 }),
      place,
      fc.integer({ min: 1, max: 9 }),
      (sites, origin, count) => {
        const { km, site, kept } = nearestSites([origin], sites, count)
        const sorted = [...distanceMatrix([origin], sites)].sort((a, b) => a - b)
        expect(kept).toBe(Math.min(count, sites.length))
        expect([...km]).toEqual(sorted.slice(0, kept))
        expect(new Set(site).size).toBe(kept)
      },
    ),
  )
})
test('a latitude beyond a pole, a missing coordinate and an empty list of sites are refused', () => {
  const riga = { latitude: 56.95, longitude: 24.11 }
  expect(() => haversine({ latitude: 91, longitude: 0 }, riga)).toThrow(/requires a latitude within ±90/)
  expect(() => haversine(riga, { latitude: 0, longitude: Number.NaN })).toThrow(RangeError)
  expect(() => nearestSites([riga], [], 1)).toThrow(/at least one site/)
  expect(() => nearestSites([riga], [riga], 0)).toThrow(RangeError)
})
