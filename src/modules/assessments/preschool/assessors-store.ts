import type { Tx } from '#db/actor.ts'
import type { PlaceName } from '#terms/locale.ts'
import type { Assessor, PreschoolGroup } from './model.ts'
import { placeOf } from './store.ts'

const inLatvian = new Intl.Collator('lv', { numeric: true })

type Row = {
  mandate: string
  name: string | null
  assignment: string | null
  label: string | null
  placeId: string | null
  placeName: PlaceName | null
}

/** Assessors with their preschools of a school year, by name: for a coordinator. */
export async function listAssessors(tx: Tx, schoolYear: number): Promise<Assessor[]> {
  const { rows } = await tx.query<Row>(
    `select o.mandate, o.assessor as name, o.assignment, o.label, i.institution_uuid as "placeId",
            (select jsonb_build_object('lv', v.name_lv, 'en', v.name_en, 'genitive', v.genitive_lv, 'locative', v.locative_lv)
               from registry.institution_version v
              where v.institution_id = o.institution_id and v.superseded_by is null order by v.valid desc limit 1) as "placeName"
       from assessments.observers($1) o left join registry.institution i using (institution_id)`,
    [schoolYear],
  )
  const found = new Map<string, Assessor>()
  for (const { mandate, name, assignment, label, placeId, placeName } of rows) {
    const assessor = found.get(mandate) ?? { mandate, name, assignments: [] }
    found.set(mandate, assessor)
    if (assignment && placeId && placeName) {
      assessor.assignments.push({ id: assignment, place: { id: placeId, name: placeName }, label })
    }
  }
  return [...found.values()]
}

/** The latest school year with a round of preschool; null: there is none. */
export async function latestYear(tx: Tx): Promise<number | null> {
  const { rows } = await tx.query<{ year: number | null }>(
    `select max(school_year) as year from assessments.round where grade = 0 and state <> 'cancelled'`,
  )
  return rows[0]!.year
}

/** Groups on the rosters of a school year, by name. */
export async function listGroups(tx: Tx, schoolYear: number): Promise<PreschoolGroup[]> {
  const { rows } = await tx.query<{ label: string; placeId: string; placeName: PlaceName }>(
    `select g.label, place.place_id as "placeId", place.place_name as "placeName"
       from (select distinct s.institution_id, s.label from assessments.session s join assessments.round r using (round_id)
              where r.grade = 0 and r.school_year = $1 and r.state <> 'cancelled') g ${placeOf('g.institution_id')}`,
    [schoolYear],
  )
  return rows
    .map(({ label, placeId, placeName }) => ({ label, place: { id: placeId, name: placeName } }))
    .sort(
      (a, b) => inLatvian.compare(a.place.name.lv, b.place.name.lv) || inLatvian.compare(a.label, b.label),
    )
}

/** Assigns an assessor to a preschool, or to one group of it. @returns null: refused, or it stands already */
export async function assignObserver(
  tx: Tx,
  {
    mandate,
    place,
    schoolYear,
    label,
  }: { mandate: string; place: string; schoolYear: number; label: string | null },
): Promise<string | null> {
  const { rows } = await tx.query<{ id: string | null }>(
    'select assessments.assign_observer($1, $2, $3, $4) as id',
    [mandate, place, schoolYear, label],
  )
  return rows[0]!.id
}

/** Ends an assignment; false: there is none. */
export async function endObserver(tx: Tx, assignment: string): Promise<boolean> {
  const { rows } = await tx.query<{ done: boolean }>('select assessments.end_observer($1) as done', [
    assignment,
  ])
  return rows[0]!.done
}
