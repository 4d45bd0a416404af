import type { Chance } from '../chance.ts'

/** A school on its way to a size. */
export interface Sized {
  group: string
  municipality: number
  size: number
}

/** Mean and spread (standard deviation of the logarithm) of the sizes of a group of schools. */
export const sizeGroups: Record<string, { mean: number; spread: number; isLocal: boolean }> = {
  primary: { mean: 160, spread: 0.6, isLocal: true },
  basic: { mean: 178, spread: 0.95, isLocal: true },
  secondary: { mean: 735, spread: 0.42, isLocal: true },
  evening: { mean: 300, spread: 0.3, isLocal: true },
  gymnasium: { mean: 700, spread: 0.35, isLocal: true },
  private: { mean: 130, spread: 0.8, isLocal: true },
  stateSecondary: { mean: 300, spread: 0.4, isLocal: true },
  special: { mean: 117, spread: 0.4, isLocal: false },
  hospital: { mean: 60, spread: 0.1, isLocal: false },
  distance: { mean: 1050, spread: 0.2, isLocal: false },
}

const SMALLEST = 14
const LARGEST = 1_420
const ROUNDS = 40

/**
 * Log-normal sizes that add up both to the learners of every municipality and to the proportions of the groups (iterative
 * proportional fitting). Schools that draw on the whole country keep the size of their group.
 *
 * @param learners  planned learners by municipality, those of the whole country's schools not counted
 */
export function fitSizes(schools: Sized[], learners: readonly number[], { normal }: Chance): void {
  for (const school of schools) {
    const { mean, spread } = sizeGroups[school.group]!
    school.size = mean * Math.exp(spread * normal() - (spread * spread) / 2)
  }
  const local = schools.filter(({ group }) => sizeGroups[group]!.isLocal)
  const total = learners.reduce((a, b) => a + b, 0)
  const planned = local.reduce((sum, { group }) => sum + sizeGroups[group]!.mean, 0)
  const byGroup = new Map<string, number>()
  for (const { group } of local) {
    byGroup.set(group, (byGroup.get(group) ?? 0) + (sizeGroups[group]!.mean * total) / planned)
  }
  for (let round = 0; round < ROUNDS; round++) {
    scale(local, ({ group }) => group, byGroup)
    scale(local, ({ municipality }) => municipality, new Map(learners.map((n, at) => [at, n])))
    for (const school of local) school.size = Math.min(LARGEST, Math.max(SMALLEST, school.size))
  }
  for (const school of schools) school.size = Math.round(school.size)
}

function scale<Key>(schools: Sized[], keyOf: (school: Sized) => Key, aims: ReadonlyMap<Key, number>): void {
  const sums = new Map<Key, number>()
  for (const school of schools) {
    const key = keyOf(school)
    sums.set(key, (sums.get(key) ?? 0) + school.size)
  }
  for (const school of schools) {
    const key = keyOf(school)
    const aim = aims.get(key)
    if (aim !== undefined) school.size *= aim / sums.get(key)!
  }
}
