import type { Chance } from '../chance.ts'
import type { Municipality } from './municipalities.ts'

const KM_PER_DEGREE = 111.2

/** Kilometres between two points, good enough within a small country (plane with shortened longitudes). */
export function kilometres(a: { lon: number; lat: number }, b: { lon: number; lat: number }): number {
  const x = (a.lon - b.lon) * KM_PER_DEGREE * Math.cos((((a.lat + b.lat) / 2) * Math.PI) / 180)
  const y = (a.lat - b.lat) * KM_PER_DEGREE
  return Math.sqrt(x * x + y * y)
}

// The outline of the country, coarse and a little inside of the true one: longitude, latitude.
const outline: readonly (readonly [number, number])[] = [
  [21.07, 56.12],
  [21.06, 56.5],
  [21.08, 56.83],
  [21.45, 57.2],
  [21.6, 57.39],
  [22.0, 57.58],
  [22.55, 57.7],
  [22.62, 57.58],
  [23.1, 57.34],
  [23.2, 57.05],
  [23.6, 56.96],
  [23.98, 57.02],
  [24.2, 57.12],
  [24.4, 57.28],
  [24.42, 57.6],
  [24.42, 57.84],
  [25.1, 58.02],
  [25.3, 57.98],
  [25.65, 57.88],
  [26.0, 57.8],
  [26.1, 57.6],
  [26.55, 57.5],
  [27.05, 57.55],
  [27.35, 57.5],
  [27.45, 57.3],
  [27.65, 57.2],
  [27.65, 56.85],
  [27.9, 56.7],
  [28.1, 56.4],
  [28.05, 56.2],
  [27.6, 55.85],
  [27.1, 55.87],
  [26.6, 55.72],
  [26.2, 55.82],
  [25.6, 56.18],
  [25.1, 56.25],
  [24.5, 56.32],
  [24.1, 56.3],
  [23.7, 56.4],
  [23.0, 56.36],
  [22.5, 56.45],
  [22.0, 56.46],
  [21.6, 56.36],
]

function isInside(lon: number, lat: number): boolean {
  let inside = false
  for (let at = 0, before = outline.length - 1; at < outline.length; before = at++) {
    const [x1, y1] = outline[at]!
    const [x2, y2] = outline[before]!
    if (y1 > lat !== y2 > lat && lon < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1) inside = !inside
  }
  return inside
}

const REACH = { city: 5, district: 24 } // km from the middle

/**
 * A point of a municipality: within the country, near its middle, and nearer to it than to the middle of any other. Borders are no part of
 * this program; by this rule no point lies in another municipality's town.
 */
export function pointIn(
  own: Municipality,
  all: readonly Municipality[],
  { uniform }: Chance,
): { lon: number; lat: number } {
  const reach = own.isCity ? REACH.city : REACH.district
  for (let tries = 0; tries < 60; tries++) {
    const distance = reach * uniform()
    const angle = 2 * Math.PI * uniform()
    const lat = own.lat + (distance * Math.sin(angle)) / KM_PER_DEGREE
    const lon = own.lon + (distance * Math.cos(angle)) / (KM_PER_DEGREE * Math.cos((own.lat * Math.PI) / 180))
    const point = { lon: Number(lon.toFixed(5)), lat: Number(lat.toFixed(5)) }
    const isNearest = all.every((other) => other === own || kilometres(point, other) > kilometres(point, own))
    if (isNearest && isInside(point.lon, point.lat)) return point
  }
  return { lon: own.lon, lat: own.lat }
}
