import type { Tx } from '#db/actor.ts'
import type { Keys } from '#db/keys.ts'
import { utc } from '#db/utc.ts'
import { sealer } from '#modules/registry/index.ts'
import type { PlaceName } from '#terms/locale.ts'
import type { Observation, ObservedChild, ObservedGroup, Statement } from './model.ts'
import { rubric2026 } from './rubric-2026.ts'

const inLatvian = new Intl.Collator('lv', { numeric: true })

/** Name of an institution today as columns `place_id`, `place_name` of table `place`. */
export const placeOf = (institution: string) => `
  join lateral (
    select i.institution_uuid as place_id, jsonb_build_object('lv', v.name_lv, 'en', v.name_en, 'genitive', v.genitive_lv,
           'locative', v.locative_lv) as place_name
      from registry.institution i join registry.institution_version v using (institution_id)
     where i.institution_id = ${institution} and v.superseded_by is null order by v.valid desc limit 1) place on true`

type Domain = Statement['domain']
type Place = { placeId: string; placeName: PlaceName }
const placed = <Row extends Place>({ placeId, placeName, ...row }: Row) => ({
  ...row,
  place: { id: placeId, name: placeName },
})

/** Groups the caller is assigned to and whose observation is open now. */
export async function observedGroups(tx: Tx): Promise<ObservedGroup[]> {
  const { rows } = await tx.query<Omit<ObservedGroup, 'place'> & Place>(
    `select g.school_year as "schoolYear", g.label, g.children, g.done, g.absent, ${utc('g.closes_at')} as "closesAt",
            place.place_id as "placeId", place.place_name as "placeName"
       from assessments.observed_groups() g ${placeOf('g.institution_id')}`,
  )
  return rows
    .map(placed)
    .sort(
      (a, b) => inLatvian.compare(a.place.name.lv, b.place.name.lv) || inLatvian.compare(a.label, b.label),
    )
}

/** Children of a group by name. The database writes down who read whom before it hands out a single sealed name. */
export async function observedChildren(
  tx: Tx,
  keys: Keys,
  { place, schoolYear, label }: { place: string; schoolYear: number; label: string },
): Promise<ObservedChild[]> {
  const { rows } = await tx.query<
    Omit<ObservedChild, 'name' | 'of'> & { sealed: Buffer | null; domains: Domain[] }
  >(
    `select learner as id, sealed_name as sealed, born, domains, seen, is_done as "isDone", is_absent as "isAbsent"
       from assessments.observed_children($1, $2, $3)`,
    [place, schoolYear, label],
  )
  const { open } = sealer(keys)
  return rows
    .map(({ sealed, domains, ...child }) => ({
      ...child,
      name: sealed && open('name', sealed),
      of: rubric2026.statements.filter(({ domain }) => domains.includes(domain)).length,
    }))
    .sort((a, b) => inLatvian.compare(a.name ?? '', b.name ?? '') || inLatvian.compare(a.id, b.id))
}

/** One child with what was seen so far; null: not the caller's to observe. */
export async function observedChild(
  tx: Tx,
  keys: Keys,
  id: string,
  schoolYear: number,
): Promise<Observation | null> {
  const { rows } = await tx.query<Omit<Observation, 'place' | 'name'> & Place & { sealed: Buffer | null }>(
    `select c.sealed_name as sealed, c.born, c.label, c.domains, c.is_absent as "isAbsent", ${utc('c.closes_at')} as "closesAt",
            c.steps, place.place_id as "placeId", place.place_name as "placeName"
       from assessments.observed_child($1, $2) c ${placeOf('c.institution_id')}`,
    [id, schoolYear],
  )
  if (!rows[0]) return null
  const { sealed, ...row } = placed(rows[0])
  return {
    ...row,
    id,
    schoolYear,
    rubric: rubric2026.version,
    name: sealed && sealer(keys).open('name', sealed),
  }
}

/** Keeps a tap. @returns how many statements of its domain have been seen; null: not the caller's child, or not open */
export async function observe(
  tx: Tx,
  {
    id,
    schoolYear,
    statement,
    step,
  }: { id: string; schoolYear: number; statement: Statement; step: number | null },
): Promise<number | null> {
  const most = rubric2026.statements.filter(({ domain }) => domain === statement.domain).length
  const { rows } = await tx.query<{ seen: number | null }>(
    'select assessments.observe($1, $2, $3, $4, $5, $6, $7) as seen',
    [id, schoolYear, statement.domain, statement.id, step, rubric2026.version, most],
  )
  return rows[0]!.seen
}

/** Takes the last tap back. @returns its statement; null: there is none */
export async function unobserve(tx: Tx, id: string, schoolYear: number): Promise<string | null> {
  const { rows } = await tx.query<{ statement: string | null }>(
    'select assessments.unobserve($1, $2) as statement',
    [id, schoolYear],
  )
  return rows[0]!.statement
}

/** The child is away, or is there after all. @returns false: not the caller's child, or already begun */
export async function setAbsent(tx: Tx, id: string, schoolYear: number, isAbsent: boolean): Promise<boolean> {
  const { rows } = await tx.query<{ done: boolean }>('select assessments.set_absent($1, $2, $3) as done', [
    id,
    schoolYear,
    isAbsent,
  ])
  return rows[0]!.done
}
