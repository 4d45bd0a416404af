import type { Level } from '#terms/level.ts'

/** A territory or institution by its internal id. */
export interface PlaceOf {
  level: Level
  unitId: number
}

/** The smallest group of a free data set in a unit: how many people, and the sum of their record keys. */
export interface Atom extends PlaceOf {
  /** one of each dimension, in their order */
  categories: readonly string[]
  n: number
  /** modulo 2³², in units of 2⁻³² */
  keySum: number
}

/** What may stand in each dimension, in their order. */
export type Categories = readonly (readonly string[])[]

/**
 * Counts people into atoms of their institution, and on demand of every unit it lies in.
 *
 * @param places  the units of each institution, itself among them; people of an institution without any count nowhere
 */
export function atomCounter(categories: Categories, places: ReadonlyMap<number, readonly PlaceOf[]>) {
  const known = categories.map((each) => new Set(each))
  const counted = new Map<string, Atom & { institution: number }>()
  const persons = new Set<string>()

  /** @throws RangeError for a person who stands there already, or a category that was not declared */
  function add(institution: number, person: string, own: readonly string[], key: number): void {
    if (persons.has(person)) throw new RangeError('a person stands twice in the facts of a free data set')
    persons.add(person)
    known.forEach((each, at) => {
      if (!each.has(own[at]!)) throw new RangeError(`a free data set has no category ${own[at]}`)
    })
    const at = `${institution} ${own.join(' ')}`
    const atom = counted.get(at)
    if (atom) {
      atom.n += 1
      atom.keySum = (atom.keySum + key) % 2 ** 32
    } else
      counted.set(at, {
        institution,
        level: 'school',
        unitId: institution,
        categories: own,
        n: 1,
        keySum: key,
      })
  }

  /** Atoms of all units, in an order that does not depend on that of the people. */
  function atoms(): Atom[] {
    const found = new Map<string, Atom>()
    for (const { institution, categories: own, n, keySum } of counted.values()) {
      for (const { level, unitId } of places.get(institution) ?? []) {
        const at = atomKey({ level, unitId, categories: own })
        const atom = found.get(at)
        if (atom) {
          atom.n += n
          atom.keySum = (atom.keySum + keySum) % 2 ** 32
        } else found.set(at, { level, unitId, categories: own, n, keySum })
      }
    }
    return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, atom]) => atom)
  }
  return { add, atoms }
}

const atomKey = ({ level, unitId, categories }: Omit<Atom, 'n' | 'keySum'>) =>
  `${level} ${unitId} ${categories.join(' ')}`

/** An atom as a line, for the hash of a part. */
export function atomLine(atom: Atom): string {
  return `${atomKey(atom)} ${atom.n} ${atom.keySum}`
}
