import type { Database } from '#db/connection.ts'
import { cellKey } from '#stats/disclosure/index.ts'

/** Somebody behind a count, as only the key file and the register together tell. */
export interface Counted {
  school: number
  sex: string
  grade: string
  /** in units of 2⁻³² */
  key: number
}

/** A unit of a country and the schools in it. */
export interface UnitOf {
  level: 'state' | 'region' | 'municipality' | 'school'
  id: number
  schools: ReadonlySet<number>
}

/** Every unit of the register. */
export async function unitsOf(db: Database): Promise<UnitOf[]> {
  const { rows } = await db.jobPool.query<{ school: number; municipality: number; region: number }>(
    `select institution_id as school, v.territory_id as municipality, t.parent_id as region
       from registry.institution_version v join registry.territory_version t using (territory_id) order by 1`,
  )
  const of = (level: UnitOf['level'], id: (row: (typeof rows)[number]) => number): UnitOf[] =>
    [...Map.groupBy(rows, id)].map(([each, own]) => ({
      level,
      id: each,
      schools: new Set(own.map(({ school }) => school)),
    }))
  return [
    ...of('state', () => 1),
    ...of('region', ({ region }) => region),
    ...of('municipality', ({ municipality }) => municipality),
    ...of('school', ({ school }) => school),
  ]
}

/** True count and key of a group of people. */
export function truthOf(people: readonly Counted[]): { n: number; key: number } {
  return { n: people.length, key: cellKey(people.map(({ key }) => key / 2 ** 32)) }
}
