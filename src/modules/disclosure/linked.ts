import type { CubeCell } from '#modules/indicators/model.ts'
import type { TablesBuilder } from '#stats/disclosure/index.ts'

/** Unit → the unit it lies in, both as `unitOf` writes them. A country may have several at once: before and after a merger. */
export type PlaceTree = ReadonlyMap<string, string>

export function unitOf({ level, unitId }: Pick<CubeCell, 'level' | 'unitId'>): string {
  return `${level}:${unitId}`
}

/** Where a count stands: unit, breakdown and category. */
export function spotOf(cell: Pick<CubeCell, 'level' | 'unitId' | 'breakdown' | 'category'>): string {
  return `${unitOf(cell)}|${cell.breakdown}|${cell.category}`
}

/** Counts of the same people at many spots. */
export interface Family {
  readonly name: string
  readonly counts: ReadonlyMap<string, number>
}

export interface LinkedFamily {
  /** number of each spot's cell in the builder */
  readonly cells: ReadonlyMap<string, number>
  /**
   * What is left of a total when all its parts are taken away: people of an unknown place or category. Nobody publishes
   * it, and everybody can subtract it.
   */
  readonly rests: readonly { cell: number; people: number }[]
}

/**
 * Describes a family with every total that everybody can add up: a unit is the sum of the units in it, a total the sum
 * of the categories of each breakdown.
 *
 * @throws  Error where parts hold more people than their total: then they do not add up and cannot be protected
 */
export function linkFamily(
  builder: TablesBuilder,
  { name, counts }: Family,
  hierarchies: readonly PlaceTree[],
): LinkedFamily {
  const cells = new Map<string, number>()
  for (const [spot, count] of counts) cells.set(spot, builder.cell(`${name}|${spot}`, count))
  const rests: { cell: number; people: number }[] = []
  const add = (total: string, parts: readonly string[], by: string) => {
    const sum = parts.reduce((people, part) => people + counts.get(part)!, 0)
    const rest = counts.get(total)! - sum
    if (rest < 0) throw new Error(`${name}: the parts of ${total} by ${by} hold more people than it`)
    const numbers = parts.map((part) => cells.get(part)!)
    if (rest > 0) {
      const cell = builder.cell(`${name}|${total}|rest by ${by}`, rest)
      rests.push({ cell, people: rest })
      numbers.push(cell)
    }
    builder.total(cells.get(total)!, numbers)
  }
  for (const [[total, by], parts] of categories(counts)) add(total, parts, by)
  for (const [at, tree] of hierarchies.entries()) {
    for (const [total, parts] of places(counts, tree)) add(total, parts, `place ${at}`)
  }
  return { cells, rests }
}

/** The categories of each unit and breakdown whose total is there too. */
function categories(counts: ReadonlyMap<string, number>): Map<readonly [string, string], string[]> {
  const found = new Map<string, { key: readonly [string, string]; parts: string[] }>()
  for (const spot of counts.keys()) {
    const [unit, breakdown] = spot.split('|') as [string, string]
    const total = `${unit}|-|-`
    if (breakdown === '-' || !counts.has(total)) continue
    const group = found.get(`${unit}|${breakdown}`) ?? { key: [total, breakdown] as const, parts: [] }
    group.parts.push(spot)
    found.set(`${unit}|${breakdown}`, group)
  }
  return new Map([...found.values()].map(({ key, parts }) => [key, parts]))
}

/** Each spot under the spot of the nearest unit around it that has one. */
function places(counts: ReadonlyMap<string, number>, tree: PlaceTree): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const spot of counts.keys()) {
    const [unit, breakdown, category] = spot.split('|') as [string, string, string]
    for (let around = tree.get(unit); around !== undefined; around = tree.get(around)) {
      const total = `${around}|${breakdown}|${category}`
      if (!counts.has(total)) continue
      const parts = found.get(total)
      if (parts) parts.push(spot)
      else found.set(total, [spot])
      break
    }
  }
  return found
}
