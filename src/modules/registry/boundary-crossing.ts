import type { Position } from 'geojson'

interface Side {
  from: Position
  to: Position
  left: number
  right: number
  nth: number
}

/**
 * Where a closed ring crosses itself: the first point of one of two sides that do; null where no two sides cross. Sides that only touch
 * are let through: surveyed borders touch themselves at river mouths and bridges.
 *
 * Sides are met from west to east, each compared with those that still reach so far: quick where they are short, as in borders.
 */
export function crossing(ring: readonly Position[]): Position | null {
  const sides = ring
    .slice(1)
    .map((to, nth): Side => {
      const from = ring[nth]!
      return { from, to, left: Math.min(from[0]!, to[0]!), right: Math.max(from[0]!, to[0]!), nth }
    })
    .toSorted((a, b) => a.left - b.left)
  let open: Side[] = []
  for (const side of sides) {
    open = open.filter(({ right }) => right >= side.left)
    for (const other of open) {
      const apart = Math.abs(side.nth - other.nth)
      if (apart > 1 && apart < sides.length - 1 && cross(side, other)) return other.from
    }
    open.push(side)
  }
  return null
}

/** Whether each side has the ends of the other on both of its hands. */
function cross(a: Side, b: Side): boolean {
  return (
    turn(a.from, a.to, b.from) * turn(a.from, a.to, b.to) < 0 &&
    turn(b.from, b.to, a.from) * turn(b.from, b.to, a.to) < 0
  )
}

/** 1: to the left of the way from a to b, −1: to the right, 0: on it. */
function turn(a: Position, b: Position, point: Position): number {
  return Math.sign((b[0]! - a[0]!) * (point[1]! - a[1]!) - (b[1]! - a[1]!) * (point[0]! - a[0]!))
}
