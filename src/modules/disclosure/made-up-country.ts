import type { CubeCell } from '#modules/indicators/model.ts'
import { philox } from '#stats/numeric/random.ts'
import type { Level } from '#terms/level.ts'
import { type PlaceTree, unitOf } from './linked.ts'

/** A pupil: where, of which sex, and the value an indicator counts. For tests and benches. */
export interface Pupil {
  school: number
  sex: 'female' | 'male'
  value: number
}

/** A country by its numbers: each school lies in a municipality, each municipality in a region. */
export interface MadeUpCountry {
  pupils: readonly Pupil[]
  /** by school */
  municipalities: readonly number[]
  /** by municipality */
  regions: readonly number[]
}

/** Schools of very different size; every fourth municipality has one school only. */
export function madeUpCountry(seed: number, municipalities: number, values: number): MadeUpCountry {
  const random = philox(seed)
  const pupils: Pupil[] = []
  const schools: number[] = []
  for (let municipality = 0; municipality < municipalities; municipality++) {
    const count = municipality % 4 === 0 ? 1 : 2 + random.integer(5)
    for (let at = 0; at < count; at++) {
      const school = schools.push(municipality) - 1
      const size = 1 + Math.floor(60 * random.uniform() ** 2)
      for (let pupil = 0; pupil < size; pupil++) {
        pupils.push({
          school,
          sex: random.uniform() < 0.5 ? 'female' : 'male',
          value: Math.min(random.integer(values), random.integer(values)),
        })
      }
    }
  }
  return {
    pupils,
    municipalities: schools,
    regions: Array.from({ length: municipalities }, (_, at) => at % Math.ceil(municipalities / 5)),
  }
}

export function treeOf({ municipalities, regions }: MadeUpCountry): PlaceTree {
  const tree = new Map<string, string>()
  const put = (level: Level, id: number, parentLevel: Level, parentId: number) =>
    tree.set(unitOf({ level, unitId: id }), unitOf({ level: parentLevel, unitId: parentId }))
  municipalities.forEach((municipality, school) => {
    put('school', school, 'municipality', municipality)
  })
  regions.forEach((region, municipality) => {
    put('municipality', municipality, 'region', region)
  })
  for (const region of regions) put('region', region, 'state', 0)
  return tree
}

/** The cells that `compute` makes of such pupils: every unit, in total and by sex. */
export function cellsOf(
  country: MadeUpCountry,
  about: Pick<CubeCell, 'indicator'> & Partial<CubeCell>,
  spread: boolean,
): CubeCell[] {
  const cells = new Map<string, { cell: CubeCell; counts: Map<number, number> }>()
  for (const { school, sex, value } of country.pupils) {
    const municipality = country.municipalities[school]!
    const units = [
      { level: 'school', unitId: school },
      { level: 'municipality', unitId: municipality },
      { level: 'region', unitId: country.regions[municipality]! },
      { level: 'state', unitId: 0 },
    ] as const
    for (const unit of units) {
      for (const [breakdown, category] of [
        ['-', '-'],
        ['sex', sex],
      ] as const) {
        const key = `${unitOf(unit)}|${category}`
        const empty = {
          version: 1,
          schoolYear: 2026,
          subject: 'maths',
          borders: 'both',
          n: 0,
          sumY: 0,
          sumYY: 0,
          values: null,
          counts: null,
          facts: null,
          sumW: null,
          sumWW: null,
          sumWY: null,
        }
        const found = cells.get(key) ?? {
          cell: { ...empty, ...about, ...unit, breakdown, category } as CubeCell,
          counts: new Map<number, number>(),
        }
        cells.set(key, found)
        found.cell.n += 1
        found.cell.sumY! += value
        found.cell.sumYY! += value * value
        found.counts.set(value, (found.counts.get(value) ?? 0) + 1)
      }
    }
  }
  return [...cells.values()].map(({ cell, counts }) => {
    if (!spread) return cell
    const values = [...counts.keys()].sort((a, b) => a - b)
    return { ...cell, values, counts: values.map((value) => counts.get(value)!) }
  })
}
