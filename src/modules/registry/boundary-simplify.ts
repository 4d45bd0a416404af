import type { FeatureCollection, MultiPolygon, Polygon, Position } from 'geojson'
import { feature } from 'topojson-client'
import { topology } from 'topojson-server'
import { presimplify, quantile, simplify } from 'topojson-simplify'
import type { Objects, Topology } from 'topojson-specification'
import { type Area, signedArea } from './boundary-file.ts'

const MOST_POINTS = 6000 // of the whole map: some 60 kB of SVG, finer than a screen shows
const GRID = 1e5 // steps across the country

/**
 * Borders for the screen: neighbours keep one common border, since it is simplified once for both. Small rings fall away, but no area
 * loses its last one. Outer rings run against the clock, holes with it.
 */
export function simplified(areas: readonly Area[]): { areas: Area[]; before: number; after: number } {
  const before = pointsOf(areas)
  const collection: FeatureCollection<MultiPolygon> = {
    type: 'FeatureCollection',
    features: areas.map(({ code, polygons }) => ({
      type: 'Feature',
      properties: { code },
      geometry: { type: 'MultiPolygon', coordinates: polygons },
    })),
  }
  const shared = presimplify(topology({ map: collection }, GRID) as Topology<Objects<{ code: string }>>)
  // The weight that so many points reach: the quantile runs from the heaviest to the lightest.
  const lighter = before <= MOST_POINTS ? shared : simplify(shared, quantile(shared, MOST_POINTS / before))
  const whole = byCode(shared)
  const light = byCode(lighter)
  const after = areas.map(({ code }) => {
    const polygons = wound(light.get(code) ?? [])
    return { code, polygons: polygons.length > 0 ? polygons : wound(whole.get(code)!) }
  })
  return { areas: after, before, after: pointsOf(after) }
}

function pointsOf(areas: readonly Area[]): number {
  return areas.flatMap(({ polygons }) => polygons.flat()).reduce((sum, ring) => sum + ring.length, 0)
}

type Shared = ReturnType<typeof presimplify>

function byCode(shared: Shared): Map<string, Position[][][]> {
  const found = feature(shared, shared.objects.map!) as FeatureCollection<
    MultiPolygon | Polygon,
    { code: string }
  >
  return new Map(
    found.features.map(({ properties, geometry }) => [
      properties!.code,
      geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates,
    ]),
  )
}

/** Polygons without rings that have collapsed, each ring in its direction, to the tenth of a metre. */
function wound(polygons: readonly Position[][][]): Position[][][] {
  return polygons
    .map((rings) =>
      rings
        .map((ring, nth) => ({ ring: ring.map(([x, y]) => [rounded(x!), rounded(y!)]), nth }))
        .filter(({ ring }) => ring.length >= 4 && signedArea(ring) !== 0)
        .map(({ ring, nth }) => ({
          nth,
          ring: signedArea(ring) > 0 === (nth === 0) ? ring : ring.toReversed(),
        })),
    )
    .filter((rings) => rings[0]?.nth === 0) // a hole alone is nothing
    .map((rings) => rings.map(({ ring }) => ring))
}

function rounded(degrees: number): number {
  return Math.round(degrees * 1e5) / 1e5
}
