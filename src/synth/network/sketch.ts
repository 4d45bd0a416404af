import { share } from '../chance.ts'
import type { Counts } from '../size.ts'
import type { Municipality } from './municipalities.ts'
import type { Form, Kind, Type } from './school.ts'

/** A school before it has a name, a size or a place on the map. */
export interface Sketch {
  group: keyof Counts
  kind: Kind
  type: Type
  form: Form
  isPrivate: boolean
  municipality: number
  from: number
  to: number
  size: number
}

interface Sort {
  kind: Kind
  type: Type
  /** grades, and what part of the schools ends or begins elsewhere: 10 basic schools of private founders, say */
  grades: readonly (readonly [from: number, to: number, part: number])[]
  /** how many a municipality has, against the others */
  weight: (municipality: Municipality) => number
  /** given to each municipality first, where there are enough */
  atLeast?: number
  form?: Form
  isPrivate?: boolean
}

const people = ({ weight }: Municipality) => weight
const around = ({ weight, region }: Municipality) => (region === 'PR-RIGA' ? weight : weight * 0.35)

const sorts: Record<keyof Counts, Sort> = {
  primary: { kind: 'general', type: 'primary', grades: [[1, 6, 1]], weight: people },
  basic: {
    kind: 'general',
    type: 'basic',
    grades: [[1, 9, 1]],
    weight: ({ weight, isCity }) => (isCity ? weight * 0.35 : weight),
    atLeast: 1,
  },
  secondary: {
    kind: 'general',
    type: 'secondary',
    grades: [
      [1, 12, 0.88],
      [7, 12, 0.07],
      [10, 12, 0.05],
    ],
    weight: ({ weight }) => weight ** 1.1,
    atLeast: 1,
  },
  evening: { kind: 'general', type: 'secondary', grades: [[10, 12, 1]], weight: people, form: 'part_time' },
  gymnasium: {
    kind: 'general',
    type: 'state_gymnasium',
    grades: [
      [7, 12, 0.75],
      [10, 12, 0.25],
    ],
    weight: people,
  },
  special: { kind: 'special', type: 'special', grades: [[1, 9, 1]], weight: people },
  hospital: { kind: 'special', type: 'hospital', grades: [[1, 12, 1]], weight: people },
  private: {
    kind: 'general',
    type: 'basic',
    grades: [
      [1, 6, 0.25],
      [1, 9, 0.35],
      [1, 12, 0.4],
    ],
    weight: around,
    isPrivate: true,
  },
  distance: {
    kind: 'general',
    type: 'secondary',
    grades: [[1, 12, 1]],
    weight: around,
    form: 'distance',
    isPrivate: true,
  },
  stateSecondary: { kind: 'general', type: 'secondary', grades: [[7, 12, 1]], weight: people },
  vocational: { kind: 'vocational', type: 'technical', grades: [[10, 13, 1]], weight: people },
  preschool: { kind: 'preschool', type: 'preschool', grades: [[0, 0, 1]], weight: people, atLeast: 1 },
  direction: { kind: 'direction', type: 'music_art', grades: [[1, 8, 1]], weight: people },
  interest: { kind: 'interest', type: 'interest', grades: [[1, 12, 1]], weight: people },
}

/** How many schools of each sort every municipality has. */
export function sketchSchools(counts: Counts, towns: readonly Municipality[]): Sketch[] {
  const sketches: Sketch[] = []
  for (const group of Object.keys(sorts) as (keyof Counts)[]) {
    const sort = sorts[group]
    const atLeast = counts[group] >= towns.length ? (sort.atLeast ?? 0) : 0
    const perTown = share(counts[group], towns.map(sort.weight), atLeast)
    const municipalityOf = perTown.flatMap((n, at) => new Array<number>(n).fill(at))
    const perGrades = share(
      counts[group],
      sort.grades.map(([, , part]) => part),
    )
    const gradesOf = perGrades.flatMap((n, at) => new Array<number>(n).fill(at))
    municipalityOf.forEach((municipality, at) => {
      // Striding with a step prime to most numbers mixes forms of schools over municipalities.
      const [from, to] = sort.grades[gradesOf[(at * 7) % gradesOf.length] ?? 0]!
      sketches.push({
        group,
        kind: sort.kind,
        type: sort.isPrivate && !sort.form ? typeByGrades(to) : sort.type,
        form: sort.form ?? 'full_time',
        isPrivate: sort.isPrivate ?? false,
        municipality,
        from,
        to,
        size: 0,
      })
    })
  }
  return withTownSchools(sketches)
}

function typeByGrades(to: number): Type {
  return to <= 6 ? 'primary' : to <= 9 ? 'basic' : 'secondary'
}

/** The first secondary school of a municipality takes every grade, so that all can be taught where they live. */
function withTownSchools(sketches: Sketch[]): Sketch[] {
  const seen = new Set<number>()
  for (const sketch of sketches) {
    if (sketch.group !== 'secondary' || seen.has(sketch.municipality)) continue
    seen.add(sketch.municipality)
    sketch.from = 1
    sketch.to = 12
  }
  return sketches
}
