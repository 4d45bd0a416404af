import { type GeoPermissibleObjects, geoPath, geoTransverseMercator } from 'd3-geo'
import type { BoundaryMap } from '#modules/registry/model.ts'

type Area = BoundaryMap['items'][number]

/** An area as it is drawn. */
export interface Shape {
  territoryId: string
  /** of an SVG path */
  path: string
  /** where its number stands, px */
  at: readonly [x: number, y: number]
  /** whether there is room for a number */
  isRoomy: boolean
}

const MERIDIAN = 24 // degrees east: the middle of Latvia, as in its national grid (LKS-92)
const MARGIN = 2 // px
const ROOM = [52, 30] as const // px a number needs

/**
 * Borders as SVG paths in a picture of a given width, drawn as Latvian maps are: transverse Mercator around 24° east. Needs an area
 * at least.
 */
export function boundaryShapes(areas: readonly Area[], width: number): { height: number; shapes: Shape[] } {
  const all: GeoPermissibleObjects = { type: 'GeometryCollection', geometries: areas.map(geometry) }
  const projection = geoTransverseMercator()
    .rotate([-MERIDIAN, 0])
    .fitWidth(width - 2 * MARGIN, all)
  const [x, y] = projection.translate()
  projection.translate([x + MARGIN, y + MARGIN])
  const draw = geoPath(projection).digits(1)
  const [, [, bottom]] = draw.bounds(all)
  const shapes = areas.map((area) => {
    const drawn = geometry(area)
    const [[left, top], [right, low]] = draw.bounds(drawn)
    const [wide, high] = ROOM
    return {
      territoryId: area.territoryId,
      path: draw(drawn) ?? '',
      at: draw.centroid(drawn),
      isRoomy: right - left >= wide && low - top >= high,
    }
  })
  return { height: Math.ceil(bottom + MARGIN), shapes }
}

/** d3 has outer rings run with the clock, GeoJSON against it. */
function geometry({ polygons }: Area) {
  return {
    type: 'MultiPolygon' as const,
    coordinates: polygons.map((rings) => rings.map((ring) => ring.toReversed())),
  }
}
