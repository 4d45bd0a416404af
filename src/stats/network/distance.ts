/** Mean radius of the Earth used by the haversine formula, km. */
export const EARTH_RADIUS = 6371

/** A place in degrees: latitude −90 … 90 (north +), longitude −180 … 180 (east +). */
export interface Place {
  readonly latitude: number
  readonly longitude: number
}

const RADIANS = Math.PI / 180

function requirePlace(place: Place) {
  const { latitude, longitude } = place
  if (!(Math.abs(latitude) <= 90) || !(Math.abs(longitude) <= 180)) {
    throw new RangeError('a place requires a latitude within ±90 and a longitude within ±180 degrees')
  }
}

/**
 * Distance along the great circle by the haversine formula, which keeps its digits for near places.
 *
 * @returns  km, from 0 to half the Earth's circumference; the Earth taken as a sphere, which errs by at
 *           most 0.5 % against the ellipsoid
 * @throws   RangeError if a coordinate is not a number within its range
 * @see      Sinnott (1984), Virtues of the haversine, Sky & Telescope 68, 159
 * @example  haversine({ latitude: 56.95, longitude: 24.11 }, { latitude: 56.5, longitude: 21.01 }) // ≈ 195 km
 */
export function haversine(from: Place, to: Place): number {
  requirePlace(from)
  requirePlace(to)
  const half = (degrees: number) => Math.sin((degrees * RADIANS) / 2) ** 2
  const h =
    half(to.latitude - from.latitude) +
    Math.cos(from.latitude * RADIANS) * Math.cos(to.latitude * RADIANS) * half(to.longitude - from.longitude)
  return 2 * EARTH_RADIUS * Math.asin(Math.min(1, Math.sqrt(h)))
}

/**
 * Great-circle distances of every origin to every site, for tables that are too large for pairs of objects.
 *
 * @param origins  m places
 * @param sites    k places
 * @returns        m × k, row-major, km; agrees with `haversine` to a metre
 * @throws         RangeError if a place is out of range
 */
export function distanceMatrix(origins: readonly Place[], sites: readonly Place[]): Float64Array {
  const from = unitVectors(origins)
  const to = unitVectors(sites)
  const k = sites.length
  const matrix = new Float64Array(origins.length * k)
  for (let i = 0; i < origins.length; i++) {
    const x = from[3 * i]!
    const y = from[3 * i + 1]!
    const z = from[3 * i + 2]!
    for (let j = 0; j < k; j++) {
      // The chord between two points of the unit sphere: exact for near places as the haversine is.
      const dx = x - to[3 * j]!
      const dy = y - to[3 * j + 1]!
      const dz = z - to[3 * j + 2]!
      const chord = Math.sqrt(dx * dx + dy * dy + dz * dz) / 2
      matrix[i * k + j] = 2 * EARTH_RADIUS * Math.asin(Math.min(1, chord))
    }
  }
  return matrix
}

function unitVectors(places: readonly Place[]): Float64Array {
  const vectors = new Float64Array(3 * places.length)
  for (const [at, place] of places.entries()) {
    requirePlace(place)
    const cosLatitude = Math.cos(place.latitude * RADIANS)
    vectors[3 * at] = cosLatitude * Math.cos(place.longitude * RADIANS)
    vectors[3 * at + 1] = cosLatitude * Math.sin(place.longitude * RADIANS)
    vectors[3 * at + 2] = Math.sin(place.latitude * RADIANS)
  }
  return vectors
}
