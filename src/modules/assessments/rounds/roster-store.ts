import { asJob, type Tx } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import type { Keys } from '#db/keys.ts'
import { codes } from './codes.ts'
import { type Drawable, drawSchools } from './draw.ts'
import type { RoundSettings } from './model.ts'
import { RoundRefused } from './refused.ts'
import { chanceOf, dealForms, newParticipant } from './roster.ts'

/** What making a roster did. */
export interface RosterReport {
  schools: number
  sessions: number
  participants: number
  added: number
  withdrawn: number
  /** now of another class or school */
  moved: number
  /** enrolled twice on the day: taken once, where they came last */
  twice: number
}

interface Round {
  id: number
  state: string
  grade: number
  schoolYear: number
  settings: RoundSettings
  day: string
}
interface Pupil {
  learnerId: number
  uuid: string
  institutionId: number
  label: string
  weight: number
}

/**
 * Makes the roster of a round from the register: every pupil of the grade whose main enrolment stands on the day, in sessions by
 * class, each with a form and a code. Done again it changes nothing but what changed in the register: who came is added,
 * who has gone is withdrawn, who has a form and a code keeps them.
 *
 * @param onProgress  told the share that is done, 0–1; may throw to end it, and nothing is kept
 * @throws            RoundRefused: not_there; wrong_state (the round is open, or past that); no_pupils; too_few_schools
 */
export function makeRoster(
  db: Database,
  keys: Keys,
  roundCode: string,
  onProgress: (done: number) => void = () => {},
): Promise<RosterReport> {
  return asJob(db, async (tx) => {
    const round = await lockRound(tx, roundCode)
    if (!['planned', 'rostered'].includes(round.state)) throw new RoundRefused('wrong_state')
    const { pupils, twice } = await pupilsOn(tx, round)
    if (pupils.length === 0) throw new RoundRefused('no_pupils')
    onProgress(0.2)
    const drawn = await sampled(tx, round, pupils)
    const wanted = drawn
      ? pupils.flatMap((pupil) => {
          const probability = drawn.get(pupil.institutionId)
          return probability ? [{ ...pupil, weight: 1 / probability }] : []
        })
      : pupils
    const change = await settle(tx, keys, round, wanted, onProgress)
    onProgress(0.95)
    const { rows } = await tx.query<{ schools: number; sessions: number; participants: number }>(
      `select count(distinct institution_id)::integer as schools, count(distinct session_id)::integer as sessions,
              count(*)::integer as participants
         from assessments.participant where round_id = $1`,
      [round.id],
    )
    const report = { ...rows[0]!, ...change, twice }
    await tx.query(`update assessments.round set state = 'rostered' where round_id = $1`, [round.id])
    await tx.query(
      `insert into assessments.round_event (round_id, kind, state, facts) values ($1, 'roster', 'rostered', $2)`,
      [round.id, JSON.stringify(report)],
    )
    return report
  })
}

async function lockRound(tx: Tx, code: string): Promise<Round> {
  const { rows } = await tx.query<Round>(
    `select round_id as id, state, grade, school_year as "schoolYear", settings,
            coalesce(settings ->> 'rosterDay', access.today()::text) as day
       from assessments.round where code = $1 for update`,
    [code],
  )
  if (!rows[0]) throw new RoundRefused('not_there')
  return rows[0]
}

async function pupilsOn(tx: Tx, { schoolYear, grade, day }: Round) {
  const { rows } = await tx.query<Pupil & { times: number }>(
    `select distinct on (e.learner_id) e.learner_id as "learnerId", l.learner_uuid as uuid, e.institution_id as "institutionId",
            coalesce(c.name, e.class_name, e.grade || '.') as label, 1 as weight,
            (count(*) over (partition by e.learner_id))::integer as times
       from registry.enrolment e
       join registry.learner l using (learner_id)
       left join registry.class_group_version c
         on c.class_group_id = e.class_group_id and c.superseded_by is null and c.school_year = e.school_year
      where e.superseded_by is null and e.main and e.school_year = $1 and e.grade = $2 and e.valid @> $3::date
        and (e.grade > 0 or not exists ( -- of preschool only who goes to school next
             select from registry.learner_version v where v.learner_id = e.learner_id and v.superseded_by is null
                and extract(year from v.birth_month) > e.school_year - 7))
      order by e.learner_id, lower(e.valid) desc, e.institution_id`,
    [schoolYear, grade, day],
  )
  return {
    pupils: rows.map(({ times, ...pupil }) => pupil),
    twice: rows.filter(({ times }) => times > 1).length,
  }
}

/** Probability of each drawn school; null where all take part. Schools are drawn once: a roster made again keeps them. */
async function sampled(
  tx: Tx,
  { id, settings }: Round,
  pupils: readonly Pupil[],
): Promise<Map<number, number> | null> {
  if (!settings.sample) return null
  const known = await tx.query<{ id: number; probability: number }>(
    'select institution_id as id, probability from assessments.sampled_school where round_id = $1',
    [id],
  )
  if (known.rows.length > 0) return new Map(known.rows.map((row) => [row.id, row.probability]))
  const sizes = new Map<number, number>()
  for (const { institutionId } of pupils) sizes.set(institutionId, (sizes.get(institutionId) ?? 0) + 1)
  if (sizes.size < 2) throw new RoundRefused('too_few_schools')
  const { rows } = await tx.query<{ institutionId: number; place: number }>(
    `select institution_id as "institutionId", territory_id as place from registry.institution_version
      where superseded_by is null and institution_id = any ($1) and valid @> access.today()`,
    [[...sizes.keys()]],
  )
  const places = new Map(rows.map(({ institutionId, place }) => [institutionId, place]))
  const frame: Drawable[] = [...sizes].map(([institutionId, size]) => ({
    institutionId,
    size,
    place: places.get(institutionId) ?? 0,
  }))
  const drawn = drawSchools(frame, settings.sample.schools, settings.seed)
  await tx.query(
    `insert into assessments.sampled_school (round_id, institution_id, zone, half, size, probability)
     select $1, d."institutionId", d.zone, d.half, d.size, d.probability
       from jsonb_to_recordset($2) as d ("institutionId" bigint, zone smallint, half smallint, size integer, probability float8)`,
    [id, JSON.stringify(drawn)],
  )
  return new Map(drawn.map(({ institutionId, probability }) => [institutionId, probability]))
}

async function settle(
  tx: Tx,
  keys: Keys,
  round: Round,
  pupils: readonly Pupil[],
  onProgress: (done: number) => void,
) {
  await tx.query(
    'create temporary table wanted (learner_id bigint, institution_id bigint, label text, weight real) on commit drop',
  )
  await tx.query(
    `insert into wanted select p."learnerId", p."institutionId", p.label, p.weight
       from jsonb_to_recordset($1) as p ("learnerId" bigint, "institutionId" bigint, label text, weight real)`,
    [JSON.stringify(pupils)],
  )
  await tx.query(
    `insert into assessments.session (round_id, institution_id, label)
     select distinct $1::bigint, institution_id, label from wanted on conflict do nothing`,
    [round.id],
  )
  const gone = await tx.query(
    `delete from assessments.participant p
      where p.round_id = $1 and not exists (select from wanted w where w.learner_id = p.learner_id)`,
    [round.id],
  )
  const moved = await tx.query(
    `update assessments.participant p set session_id = s.session_id, institution_id = w.institution_id
       from wanted w join assessments.session s on s.round_id = $1 and s.institution_id = w.institution_id and s.label = w.label
      where p.round_id = $1 and w.learner_id = p.learner_id and p.session_id is distinct from s.session_id`,
    [round.id],
  )
  onProgress(0.4)
  const added = await addParticipants(tx, keys, round)
  await tx.query(
    `delete from assessments.session s where s.round_id = $1
        and not exists (select from assessments.participant p where p.session_id = s.session_id)`,
    [round.id],
  )
  return { added, withdrawn: gone.rowCount, moved: moved.rowCount }
}

async function addParticipants(tx: Tx, keys: Keys, { id, settings }: Round): Promise<number> {
  const { rows: forms } = await tx.query<{ formId: number; share: number }>(
    'select form_id as "formId", share from assessments.round_form where round_id = $1 order by form_id',
    [id],
  )
  const { rows: comers } = await tx.query<{ learnerId: number; uuid: string; sessionId: number }>(
    `select w.learner_id as "learnerId", l.learner_uuid as uuid, s.session_id as "sessionId"
       from wanted w
       join registry.learner l using (learner_id)
       join assessments.session s on s.round_id = $1 and s.institution_id = w.institution_id and s.label = w.label
      where not exists (select from assessments.participant p where p.round_id = $1 and p.learner_id = w.learner_id)`,
    [id],
  )
  if (comers.length === 0) return 0
  const { rows: had } = await tx.query<{ sessionId: number; formId: number; count: number }>(
    `select session_id as "sessionId", form_id as "formId", count(*)::integer as count from assessments.participant
      where round_id = $1 and form_id is not null group by 1, 2`,
    [id],
  )
  const taken = await takenKeys(tx)
  const { codeOf, entryKey } = codes(keys)
  const keyOf = (participant: string) => {
    const text = entryKey(codeOf(participant))!.toString('hex')
    return { key: text, text }
  }
  const bySession = Map.groupBy(
    comers.map((comer) => ({ ...comer, seed: chanceOf(settings.seed, comer.uuid) })),
    ({ sessionId }) => sessionId,
  )
  const made = [...bySession].flatMap(([sessionId, waiting]) => {
    const served = waiting.toSorted((a, b) => a.seed - b.seed || a.learnerId - b.learnerId)
    const has = new Map(
      had.filter((each) => each.sessionId === sessionId).map((each) => [each.formId, each.count]),
    )
    const dealt = dealForms(
      forms,
      has,
      served.map(({ seed }) => seed),
    )
    return served.map(({ learnerId, seed }, at) => {
      const { participant, key } = newParticipant(taken, keyOf)
      taken.add(key)
      return { learnerId, sessionId, formId: dealt[at], seed, participant, key }
    })
  })
  await tx.query(
    `insert into assessments.participant (participant_uuid, round_id, session_id, learner_id, institution_id, form_id, entry_key,
                                          seed, weight)
     select m.participant, $1, m."sessionId", m."learnerId", w.institution_id, m."formId", decode(m.key, 'hex'), m.seed, w.weight
       from jsonb_to_recordset($2) as m ("learnerId" bigint, "sessionId" bigint, "formId" bigint, seed integer, participant uuid,
              key text)
       join wanted w on w.learner_id = m."learnerId"`,
    [id, JSON.stringify(made)],
  )
  return made.length
}

async function takenKeys(tx: Tx): Promise<Set<string>> {
  const { rows } = await tx.query<{ key: string }>(
    `select encode(entry_key, 'hex') as key from assessments.participant where entry_key is not null`,
  )
  return new Set(rows.map(({ key }) => key))
}
