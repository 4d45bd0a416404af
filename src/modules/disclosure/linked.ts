import type { CubeCell } from '#modules/indicators/model.ts'
import type { TablesBuilder } from '#stats/disclosure/index.ts'

/** Unit → the unit it lies in, both as `unitOf` writes them. A country may have several at once: before and after a merger. */
export type PlaceTree = ReadonlyMap<string, string>

/** A territory made of other institutions today than in its time is two units, told apart by their borders. */
export function unitOf({
  level,
  unitId,
  borders = 'both',
}: Pick<CubeCell, 'level' | 'unitId'> & Partial<Pick<CubeCell, 'borders'>>): string {
  return borders === 'both' ? `${level}:${unitId}` : `${level}:${unitId} ${borders}`
}

/**
 * Where a count stands: unit and group, `school:17|sex=female`, or `school:17|-` for everybody there. Keys of linked counts
 * are made of it, and each total runs along one of its parts: so the search for other tables finds its way.
 */
export function spotOf(
  cell: Pick<CubeCell, 'level' | 'unitId' | 'borders' | 'breakdown' | 'category'>,
): string {
  const { breakdown, category } = cell
  return `${unitOf(cell)}|${breakdown === '-' ? everybody : `${breakdown}=${category}`}`
}

const everybody = '-'

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
  // most of the country is the same in every version of it: once is enough
  const described = new Set<string>()
  const isDescribed = (sentence: string) => described.has(sentence) || !described.add(sentence)
  const add = (total: string, parts: readonly string[], rest: string) => {
    if (hierarchies.length > 1 && isDescribed(`${total} = ${parts.toSorted().join(' + ')}`)) return
    const sum = parts.reduce((people, part) => people + counts.get(part)!, 0)
    const left = counts.get(total)! - sum
    if (left < 0) throw new Error(`${name}: the parts of ${total} hold more people than it`)
    const numbers = parts.map((part) => cells.get(part)!)
    if (left > 0) {
      const cell = builder.cell(`${name}|${rest}`, left)
      rests.push({ cell, people: left })
      numbers.push(cell)
    }
    builder.total(cells.get(total)!, numbers)
  }
  for (const { unit, breakdown, parts } of categories(counts)) {
    add(`${unit}|${everybody}`, parts, `${unit}|${breakdown} not known`)
  }
  for (const [at, tree] of hierarchies.entries()) {
    for (const { unit, group, parts } of places(counts, tree)) {
      add(`${unit}|${group}`, parts, `${unit} place ${at} not known|${group}`)
    }
  }
  return { cells, rests }
}

/** The categories of each unit and breakdown whose total is there too. */
function categories(counts: ReadonlyMap<string, number>) {
  const found = new Map<string, { unit: string; breakdown: string; parts: string[] }>()
  for (const spot of counts.keys()) {
    const [unit, group] = spot.split('|') as [string, string]
    const breakdown = group.split('=')[0]!
    if (group === everybody || !counts.has(`${unit}|${everybody}`)) continue
    const key = `${unit}|${breakdown}`
    const known = found.get(key)
    if (known) known.parts.push(spot)
    else found.set(key, { unit, breakdown, parts: [spot] })
  }
  return found.values()
}

/** Each spot under the nearest unit around it that has one for the same group. */
function places(counts: ReadonlyMap<string, number>, tree: PlaceTree) {
  const found = new Map<string, { unit: string; group: string; parts: string[] }>()
  for (const spot of counts.keys()) {
    const [unit, group] = spot.split('|') as [string, string]
    let around = tree.get(unit)
    while (around !== undefined && !counts.has(`${around}|${group}`)) around = tree.get(around)
    if (around === undefined) continue
    const known = found.get(`${around}|${group}`)
    if (known) known.parts.push(spot)
    else found.set(`${around}|${group}`, { unit: around, group, parts: [spot] })
  }
  return found.values()
}
