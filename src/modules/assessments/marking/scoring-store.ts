import type { Tx } from '#db/actor.ts'
import { portions } from '#db/portions.ts'
import type { Content, ItemText, Keys } from '../model.ts'
import type { OpenAnswer, PlaceScore, SavedAnswer } from './score-pupil.ts'

/** Rounds in which answers can be scored. */
const scorable = ['open', 'closed', 'scaled', 'preliminary']

/** Takes a round to be scored, for this transaction; null where there is none, or none to be scored. */
export async function roundToScore(tx: Tx, code: string): Promise<{ id: number; pupils: number } | null> {
  const { rows } = await tx.query<{ id: number; pupils: number }>(
    `select r.round_id as id,
            (select count(*)::integer from assessments.participant p
              where p.round_id = r.round_id and p.status in ('expected', 'tested')) as pupils
       from assessments.round r where r.code = $1 and r.state = any ($2) and r.grade > 0 for update`,
    [code, scorable],
  )
  if (!rows[0]) return null
  await tx.query(
    `insert into assessments.marking (round_id, seed) values ($1, hashtext($2)) on conflict do nothing`,
    [rows[0].id, code],
  )
  return rows[0]
}

/** An item of a form in the languages it has, the original first. */
export interface FormItem {
  position: number
  versionId: number
  texts: { language: string; text: ItemText }[]
}

/** Items of the forms of a round, by form, in order. */
export async function itemsOfForms(tx: Tx, round: number): Promise<Map<number, FormItem[]>> {
  const { rows } = await tx.query<{
    form: number
    position: number
    versionId: number
    texts: { language: string; content: Content; keys: Keys }[]
  }>(
    `select f.form_id as form, f.position, f.item_version_id as "versionId",
            (select jsonb_agg(jsonb_build_object('language', t.language, 'content', t.content, 'keys', k.keys)
                              order by array_position(v.languages, t.language))
               from assessments.item_text t join assessments.item_key k using (item_version_id, language)
              where t.item_version_id = f.item_version_id) as texts
       from assessments.round_form r join assessments.form_item f using (form_id)
       join assessments.item_version v using (item_version_id)
      where r.round_id = $1 order by f.form_id, f.position`,
    [round],
  )
  const forms = new Map<number, FormItem[]>()
  for (const { form, position, versionId, texts } of rows) {
    const items = forms.get(form) ?? forms.set(form, []).get(form)!
    items.push({
      position,
      versionId,
      texts: texts.map(({ language, content, keys }) => ({ language, text: { ...content, keys } })),
    })
  }
  return forms
}

export interface AnsweringPupil {
  id: number
  form: number
  seed: number
  language: string | null
  answers: Record<string, SavedAnswer>
}

const AT_ONCE = 500 // pupils

/** Pupils who answered something or sat the test here, some at a time; whose points came from elsewhere are left out. */
export function pupilsToScore(tx: Tx, round: number): AsyncGenerator<AnsweringPupil[]> {
  return portions<AnsweringPupil>(
    tx,
    `select p.participant_id as id, p.form_id as form, p.seed, p.profile ->> 'language' as language,
             coalesce((select jsonb_object_agg(a.position, jsonb_build_object('revision', a.revision, 'answer', a.answer))
                         from (select distinct on (position) position, revision, answer from assessments.answer
                                where participant_id = p.participant_id order by position, revision desc) a), '{}') as answers
        from assessments.participant p
       where p.round_id = $1 and p.form_id is not null and p.status in ('expected', 'tested')
         and (exists (select from assessments.answer a where a.participant_id = p.participant_id)
              or (p.status = 'tested' and not exists (select from assessments.item_score s
                   where s.participant_id = p.participant_id and s.state = 'given')))
       order by p.participant_id`,
    [round],
    AT_ONCE,
  )
}

/** Points of some pupils; those that came from elsewhere, and those that people gave, stay. */
export async function keepScores(
  tx: Tx,
  scores: readonly (PlaceScore & { participant: number })[],
): Promise<void> {
  await tx.query(
    `insert into assessments.item_score as s (participant_id, position, points, state)
     select * from unnest($1::bigint[], $2::smallint[], $3::smallint[], $4::text[])
     on conflict (participant_id, position) do update
        set points = excluded.points, state = excluded.state, scored_at = now()
      where s.state <> 'given' and not (s.state = 'marked' and excluded.state = 'waits')
        and (s.points, s.state) is distinct from (excluded.points, excluded.state)`,
    [
      scores.map(({ participant }) => participant),
      scores.map(({ position }) => position),
      scores.map(({ points }) => points),
      scores.map(({ state }) => state),
    ],
  )
}

/** Lays out what people have to mark. An answer that has changed since is marked anew; one that is no longer open goes. */
export async function keepTasks(
  tx: Tx,
  round: number,
  participants: readonly number[],
  open: readonly (OpenAnswer & { participant: number; versionId: number; language: string })[],
): Promise<void> {
  const columns = [
    open.map(({ participant }) => participant),
    open.map(({ position }) => position),
    open.map(({ response }) => response),
    open.map(({ revision }) => revision),
    open.map(({ versionId }) => versionId),
    open.map(({ language }) => language),
    open.map(({ rulePoints }) => rulePoints),
    open.map(({ most }) => most),
  ]
  const { rows: had } = await tx.query(
    'select from assessments.mark_task where participant_id = any ($1::bigint[]) limit 1',
    [participants],
  )
  const { rows } = await tx.query<{ id: number }>(
    `insert into assessments.mark_task as t (round_id, participant_id, position, response, revision, item_version_id, language,
                                             rule_points, most, turn, twice, needed)
     select $1, o.participant, o.position, o.response, o.revision, o.version, o.language, o.rule_points, o.most,
            hashtextextended('turn ' || o.name, g.seed) & 2147483647,
            drawn.twice, case when drawn.twice then 2 else 1 end
       from (select *, participant || ' ' || position || ' ' || response as name
               from unnest($2::bigint[], $3::smallint[], $4::text[], $5::integer[], $6::bigint[], $7::text[], $8::smallint[],
                           $9::smallint[]) as x (participant, position, response, revision, version, language, rule_points, most)) o
       join assessments.marking g on g.round_id = $1
       cross join lateral (select (hashtextextended(o.name, g.seed) & 65535) < g.double_share * 65536 as twice) drawn
     on conflict (participant_id, position, response) where appeal_id is null do update
        set revision = excluded.revision, rule_points = excluded.rule_points, item_version_id = excluded.item_version_id,
            language = excluded.language, most = excluded.most, points = null, fixed = false, is_control = false,
            needed = excluded.needed
      where (t.revision, t.item_version_id) is distinct from (excluded.revision, excluded.item_version_id)
     returning task_id as id`,
    [round, ...columns],
  )
  // The first time nobody has marked anything, and nothing can have changed.
  if (had.length === 0) return
  const ids = rows.map(({ id }) => id)
  await tx.query(
    `update assessments.mark set withdrawn_at = now(), why_withdrawn = 'answer_changed'
      where task_id = any ($1::bigint[]) and withdrawn_at is null`,
    [ids],
  )
  await tx.query('select assessments.settle_marks($1::bigint[])', [ids])
  await tx.query(
    `delete from assessments.mark_task t
      where t.participant_id = any ($1::bigint[]) and t.appeal_id is null
        and not exists (select from assessments.mark m where m.task_id = t.task_id)
        and not exists (select from unnest($2::bigint[], $3::smallint[], $4::text[]) as o (participant, position, response)
                         where o.participant = t.participant_id and o.position = t.position and o.response = t.response)`,
    [participants, ...columns.slice(0, 3)],
  )
}

export async function noteScored(tx: Tx, round: number): Promise<void> {
  await tx.query('update assessments.marking set scored_at = now() where round_id = $1', [round])
}
