import type { Feature, GeoJsonProperties, MultiPolygon, Polygon, Position } from 'geojson'
import { feature } from 'topojson-client'
import type { Topology } from 'topojson-specification'
import { crossing } from './boundary-crossing.ts'

/** Borders that cannot be taken over, with everything that is wrong. */
export class BoundariesRefused extends Error {
  constructor(faults: readonly string[]) {
    const listed = faults.slice(0, MOST_FAULTS)
    const more = faults.length - listed.length
    super(
      `The borders were not taken over:\n${listed.map((fault) => `  ${fault}`).join('\n')}${more > 0 ? `\n  … and ${more} more` : ''}`,
    )
    this.name = 'BoundariesRefused'
  }
}

/** The area of one territory as the file gives it: polygons of closed rings of [longitude, latitude]. */
export interface Area {
  code: string
  polygons: Position[][][]
}

/** Bytes a file may have. */
export const mostBytesOfBoundaries = 64 * 1024 ** 2
const MOST_POINTS = 3_000_000
const MOST_FAULTS = 20

/**
 * Reads borders: a GeoJSON FeatureCollection, or TopoJSON with one object, of polygons in degrees (WGS 84, EPSG:4326).
 *
 * @param property  the property of a feature that holds the code of its territory
 * @throws          BoundariesRefused naming every feature that is wrong
 */
export function readBoundaries(content: string, property: string): Area[] {
  const features = featuresOf(content)
  const faults: string[] = []
  const seen = new Map<string, number>()
  let points = 0
  const areas = features.flatMap((each, at) => {
    const where = `feature ${at + 1}`
    const code = codeOf(each.properties?.[property])
    if (code === null) {
      faults.push(`${where}: there is no property ${JSON.stringify(property)} with a code`)
      return []
    }
    const earlier = seen.get(code)
    if (earlier !== undefined) faults.push(`${where}: the territory ${code} as in feature ${earlier}`)
    seen.set(code, at + 1)
    const polygons = polygonsOf(each.geometry)
    if (!polygons) {
      faults.push(`${where} (${code}): it is no polygon`)
      return []
    }
    const fault = firstFault(polygons)
    if (fault) faults.push(`${where} (${code}): ${fault}`)
    points += polygons.flat().reduce((sum, ring) => sum + ring.length, 0)
    return [{ code, polygons }]
  })
  if (features.length === 0) faults.push('the file has no features')
  if (points > MOST_POINTS) faults.push(`there are more than ${MOST_POINTS} points`)
  if (faults.length > 0) throw new BoundariesRefused(faults)
  return areas
}

type Anything = Record<string, unknown>

function featuresOf(content: string): Feature<MultiPolygon | Polygon | null, GeoJsonProperties>[] {
  let read: unknown
  try {
    read = JSON.parse(content.replace(/^\uFEFF/, ''))
  } catch {
    throw new BoundariesRefused(['it is no JSON'])
  }
  const { type, features, objects } = (typeof read === 'object' && read !== null ? read : {}) as Anything
  if (type === 'FeatureCollection' && Array.isArray(features)) {
    if (features.every((each) => (each as Anything | null)?.type === 'Feature')) return features
    throw new BoundariesRefused(['not every feature of the collection is a Feature'])
  }
  if (type === 'Topology' && typeof objects === 'object' && objects !== null) {
    const names = Object.keys(objects)
    if (names.length !== 1) {
      throw new BoundariesRefused([
        `the TopoJSON must hold one object, not ${names.length}: ${names.join(', ')}`,
      ])
    }
    return fromTopology(read as Topology, names[0]!)
  }
  throw new BoundariesRefused(['it is neither a GeoJSON FeatureCollection nor TopoJSON'])
}

function fromTopology(topology: Topology, name: string) {
  try {
    const found = feature(topology, topology.objects[name]!)
    return ('features' in found ? found.features : [found]) as Feature<MultiPolygon | Polygon>[]
  } catch {
    throw new BoundariesRefused(['the arcs of the TopoJSON do not fit together'])
  }
}

function codeOf(value: unknown): string | null {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value)
  return typeof value === 'string' && value.trim() !== '' && value.length <= 50 ? value.trim() : null
}

function polygonsOf(geometry: unknown): Position[][][] | null {
  const { type, coordinates } = (geometry ?? {}) as Anything
  if (!Array.isArray(coordinates) || coordinates.length === 0) return null
  if (type === 'Polygon') return [coordinates]
  return type === 'MultiPolygon' ? coordinates : null
}

/** The first thing that is wrong with an area, in words; null where nothing is. */
function firstFault(polygons: Position[][][]): string | null {
  for (const rings of polygons) {
    if (!Array.isArray(rings) || rings.length === 0) return 'a polygon has no ring'
    for (const ring of rings) {
      const fault = ringFault(ring)
      if (fault) return fault
    }
  }
  return null
}

function ringFault(ring: Position[]): string | null {
  if (!Array.isArray(ring) || ring.length < 4) return 'a ring has fewer than four points'
  for (const point of ring) {
    const fault = pointFault(point)
    if (fault) return fault
  }
  const [first, last] = [ring[0]!, ring.at(-1)!]
  if (first[0] !== last[0] || first[1] !== last[1])
    return 'a ring is not closed: its last point must be its first'
  const at = crossing(ring)
  if (at) return `a ring crosses itself near ${at[0]!.toFixed(4)}, ${at[1]!.toFixed(4)}`
  return signedArea(ring) === 0 ? 'a ring has no area' : null
}

function pointFault(point: Position): string | null {
  const [x, y] = Array.isArray(point) ? point : []
  if (!Number.isFinite(x) || !Number.isFinite(y)) return 'a point is not a pair of numbers'
  if (Math.abs(x!) > 180 || Math.abs(y!) > 90) {
    return 'the coordinates are metres (LKS-92, EPSG:3059?), not degrees: export the file in WGS 84 (EPSG:4326)'
  }
  // Latvia lies between 20 and 29 degrees east and 55 and 59 degrees north.
  if (x! > 54 && x! < 60 && y! > 19 && y! < 30)
    return 'latitude stands before longitude: GeoJSON gives longitude first'
  return null
}

/** Area of a ring in square degrees; above 0 where it runs against the clock, as GeoJSON has outer rings. */
export function signedArea(ring: readonly Position[]): number {
  let twice = 0
  for (let at = 1; at < ring.length; at += 1) {
    twice += ring[at - 1]![0]! * ring[at]![1]! - ring[at]![0]! * ring[at - 1]![1]!
  }
  return twice / 2
}
