import { distanceMatrix, type Place } from './distance.ts'

/** Origins handled at once: keeps the table of distances small whatever the number of origins. */
const CHUNK = 512

/**
 * The nearest sites of every origin as the crow flies.
 *
 * @param origins  m places
 * @param sites    at least one place
 * @param count    how many to keep; where there are fewer sites all are kept
 * @returns        site and km, both m × min(count, sites), row-major, nearest first; ties by lower number
 * @throws         RangeError if there is no site, the count is not a whole number above 0, or a place is out of range
 */
export function nearestSites(origins: readonly Place[], sites: readonly Place[], count: number) {
  if (sites.length === 0 || !(Number.isInteger(count) && count > 0)) {
    throw new RangeError('nearestSites requires at least one site and a whole number of sites to keep')
  }
  const kept = Math.min(count, sites.length)
  const site = new Int32Array(origins.length * kept)
  const km = new Float64Array(origins.length * kept)
  for (let from = 0; from < origins.length; from += CHUNK) {
    const chunk = origins.slice(from, from + CHUNK)
    const distances = distanceMatrix(chunk, sites)
    for (let i = 0; i < chunk.length; i++) {
      const start = (from + i) * kept
      let filled = 0
      for (let j = 0; j < sites.length; j++) {
        const distance = distances[i * sites.length + j]!
        if (filled === kept && !(distance < km[start + kept - 1]!)) continue
        let at = filled < kept ? filled++ : kept - 1
        while (at > 0 && distance < km[start + at - 1]!) {
          km[start + at] = km[start + at - 1]!
          site[start + at] = site[start + at - 1]!
          at--
        }
        km[start + at] = distance
        site[start + at] = j
      }
    }
  }
  return { site, km, kept }
}
