import type { Tx } from '#db/actor.ts'
import type { PlaceName } from '#terms/locale.ts'
import type { PreschoolProfile } from './model.ts'
import { rubric2026 } from './rubric-2026.ts'
import { placeOf } from './store.ts'

type Row = {
  schoolYear: number
  placeId: string
  placeName: PlaceName
  observedOn: string
  steps: Record<string, number | null>
}

/** As the view `assessments.observed`, which is for jobs and functions: of every statement the last tap that was not taken back. */
const inForce = `
  select distinct on (o.participant_id, o.statement) o.*
    from (select participant_id, learner_id, institution_id, school_year, statement, step, observed_at, observation_id, undoes
            from assessments.observation where learner_id = $1) o
   where o.undoes is null and not exists (select from assessments.observation u where u.undoes = o.observation_id)
   order by o.participant_id, o.statement, o.observation_id desc`

/**
 * What was observed of a learner, latest year first: as the caller's tier may read it. Families see it once the round is official,
 * the school as soon as it has results.
 *
 * @returns  null when the learner is not one of the caller's
 */
export async function preschoolProfiles(tx: Tx, learner: string): Promise<PreschoolProfile[] | null> {
  const { rows: own } = await tx.query<{ id: number }>(
    'select learner_id as id from registry.learner where learner_uuid = $1',
    [learner],
  )
  if (!own[0]) return null
  const { rows } = await tx.query<Row>(
    `select seen.*, place.place_id as "placeId", place.place_name as "placeName"
       from (select o.school_year as "schoolYear", max(o.institution_id) as institution_id, max(o.observed_at)::date::text as "observedOn",
                    jsonb_object_agg(o.statement, o.step) as steps
               from (${inForce}) o
              where o.learner_id = $1 group by o.school_year) seen ${placeOf('seen.institution_id')}
      order by seen."schoolYear" desc`,
    [own[0].id],
  )
  return rows.map(({ placeId, placeName, steps, ...row }) => ({
    schoolYear: row.schoolYear,
    observedOn: row.observedOn,
    place: { id: placeId, name: placeName },
    domains: inWords(steps),
  }))
}

/** Steps in the words of the rubric; statements nobody was asked about are left out. */
export function inWords(steps: Readonly<Record<string, number | null>>): PreschoolProfile['domains'] {
  const { domains, statements } = rubric2026
  return domains.flatMap((domain) => {
    const seen = statements.filter((each) => each.domain === domain.domain && each.id in steps)
    if (seen.length === 0) return []
    const told = seen.map(({ id, name, steps: words, home }) => {
      const step = steps[id] ?? null
      const next = step === null ? null : (words[step] ?? null)
      return { id, name, step, words: step === null ? null : words[step - 1]!, next, home: next && home }
    })
    return [{ ...domain, statements: told }]
  })
}
