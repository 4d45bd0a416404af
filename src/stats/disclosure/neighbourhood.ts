import { type FactsByUnknown, factsByUnknown } from './propagate.ts'
import type { Unknowns } from './unknowns.ts'

/**
 * The unknowns nearest to one, and all facts about them; whatever lies outside keeps its true number. Bounds inside
 * can only be narrower than those of the whole component, so what is safe here is safe.
 *
 * @param values  true numbers of all cells
 * @returns       function of an unknown and the number of unknowns wanted; the component itself where it is not larger
 */
export function neighbourhoods(part: Unknowns, values: Float64Array): (at: number, size: number) => Unknowns {
  let index: FactsByUnknown | null = null
  return (centre, size) => {
    if (size >= part.cells.length) return part
    index ??= factsByUnknown(part)
    const taken = nearest(part, index, centre, size)
    const place = new Map(taken.map((unknown, at) => [unknown, at]))
    const facts = new Set<number>()
    for (const unknown of taken) {
      for (let i = index.start[unknown]!; i < index.start[unknown + 1]!; i++) facts.add(index.fact[i]!)
    }
    const starts: number[] = [0]
    const members: number[] = []
    const coefficients: number[] = []
    const lows: number[] = []
    const highs: number[] = []
    for (const fact of [...facts].sort((a, b) => a - b)) {
      let outside = 0
      for (let at = part.factStart[fact]!; at < part.factStart[fact + 1]!; at++) {
        const unknown = part.factUnknown[at]!
        const inside = place.get(unknown)
        if (inside === undefined) outside += part.coefficient[at]! * values[part.cells[unknown]!]!
        else {
          members.push(inside)
          coefficients.push(part.coefficient[at]!)
        }
      }
      starts.push(members.length)
      lows.push(part.low[fact]! - outside)
      highs.push(part.high[fact]! - outside)
    }
    return {
      cells: Int32Array.from(taken, (unknown) => part.cells[unknown]!),
      factStart: Int32Array.from(starts),
      factUnknown: Int32Array.from(members),
      coefficient: Float64Array.from(coefficients),
      low: Float64Array.from(lows),
      high: Float64Array.from(highs),
    }
  }
}

/** Breadth first, ascending in the end. */
function nearest(part: Unknowns, index: FactsByUnknown, centre: number, size: number): number[] {
  const taken = new Set([centre])
  for (const unknown of taken) {
    for (let i = index.start[unknown]!; i < index.start[unknown + 1]!; i++) {
      const fact = index.fact[i]!
      for (let at = part.factStart[fact]!; at < part.factStart[fact + 1]! && taken.size < size; at++) {
        taken.add(part.factUnknown[at]!)
      }
    }
    if (taken.size >= size) break
  }
  return [...taken].sort((a, b) => a - b)
}
