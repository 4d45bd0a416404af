import { expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { releaseRound, rescoreRound, scaleRound } from '#modules/assessments/index.ts'
import type { MarkedAnswers, MarkersPlace, OwnLooks } from '#modules/assessments/model.ts'
import type { ClassResults, OwnResults } from '#modules/assessments/results/model.ts'
import { philox } from '#stats/numeric/random.ts'
import { newWorld, type Signed } from '../world.ts'
import { plantSatRound } from './marked-round.ts'

const world = await newWorld({ data: 'none' })
const { db } = world
const round = await plantSatRound(db, { pupilsPerClass: 20 })
const query = async <Row extends object>(sql: string, values: unknown[] = []) =>
  (await asJob(db, (tx) => tx.query<Row>(sql, values))).rows

/** Points by rule are drawn anew, so that items differ; what people mark is worth nothing but for one point here and there. */
const random = philox(3)
const places = await query<{ participant: number; position: number; state: string; most: number }>(
  `select s.participant_id as participant, s.position, s.state, v.points as most
     from assessments.item_score s join assessments.participant p using (participant_id)
     join assessments.form_item f on f.form_id = p.form_id and f.position = s.position
     join assessments.item_version v using (item_version_id) where p.round_id = $1 order by 1, 2`,
  [round.roundId],
)
const ability = new Map(round.participants.map(({ id }) => [id, random.normal()]))
await query(
  `update assessments.item_score s set points = n.points, state = case when s.state = 'waits' then 'marked' else s.state end
     from jsonb_to_recordset($1) as n (participant bigint, position smallint, points smallint)
    where n.participant = s.participant_id and n.position = s.position`,
  [
    JSON.stringify(
      places
        .filter(({ state }) => state === 'by_rule' || state === 'waits')
        .map(({ participant, position, state, most }) => ({
          participant,
          position,
          points:
            random.uniform() < 1 / (1 + Math.exp(((position % 7) - 3) / 2 - ability.get(participant)!))
              ? state === 'waits'
                ? 1
                : most
              : 0,
        })),
    ),
  ],
)
await query(
  `update assessments.mark_task t set points = least(t.most, s.points), rule_points = 0
     from assessments.item_score s where s.participant_id = t.participant_id and s.position = t.position`,
)

/** A child of the first school with an answer that got nothing, and another one who did all the same, but got a point there. */
const [child] = await query<{ participant: number; learnerId: number; learner: string; position: number }>(
  `select s.participant_id as participant, p.learner_id as "learnerId", l.learner_uuid as learner, s.position
     from assessments.item_score s join assessments.participant p using (participant_id) join registry.learner l using (learner_id)
    where p.institution_id = 11 and s.state = 'marked' and s.points = 0 order by 1, s.position limit 1`,
)
const twin = round.participants.filter(({ institutionId }) => institutionId === 12)[3]!
await query('delete from assessments.item_score where participant_id = $1', [twin.id])
await query(
  `insert into assessments.item_score (participant_id, position, points, state)
   select $2, position, case when position = $3 then 1 else points end, state from assessments.item_score where participant_id = $1`,
  [child!.participant, twin.id, child!.position],
)
await query(
  `with person as (insert into access.person (display_name, demo) values ('Māra Māte', true) returning person_id)
   insert into access.mandate (person_id, tier, learner_id, valid, source)
   select person_id, 'parent', $1, daterange(access.today(), null), 'demo' from person`,
  [child!.learnerId],
)
await scaleRound(db, round.code, { seed: 5 })
await query(
  `insert into assessments.standard (domain, grade, version, scale, from_year, cuts, errors, basis)
   select 'numeracy', 6, 1, scale ->> 'name', 2020, array[400, 500, 600], array[5, 5, 5], 'Planted.' from assessments.scaling_run`,
)
await scaleRound(db, round.code, { seed: 5 })

const { items: people } = await world.read<{ items: { name: string; tier: 'parent' }[] }>('/demo-people')
const as = (tier: 'parent' | 'researcher', name: string) =>
  world.signIn(
    tier,
    people.filter((each) => each.tier === tier).findIndex((each) => each.name === name),
  )
const mother = await as('parent', 'Māra Māte')
const marker = await as('researcher', 'Aija Strazda')
const head = await world.signIn('school')

const post = async (path: string, who: Signed, body: object) =>
  (
    await world.get(`/api/v1/marking${path}`, who, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-csrf': who.csrf },
      body: JSON.stringify(body),
    })
  ).json()
const sheet = async () => (await world.read<OwnResults>('/results/own', mother)).sheets[0]!
const outcomes = () =>
  query<{ participant: number; score: number; version: number }>(
    `select participant_id as participant, score, error, level, strands, values, version, run, cause, made_at
       from assessments.outcome where ended_at is null order by 1`,
  )
const waiting = () =>
  query<{ round: string }>(
    `select data ->> 'round' as round from pgboss.job where name = 'rescore' and state = 'created'`,
  )
/** The head asks for a second look at an answer, and a marker gives it so many points. */
async function lookAgain(position: number, points: number) {
  const answers = (await world.read(
    `/marking/second-looks/answers?learner=${child!.learner}&round=${round.code}`,
    head,
  )) as MarkedAnswers
  await post('/second-looks', head, {
    participant: answers.participant,
    position,
    reason: 'Ir arī pamatojums.',
  })
  const { answer } = (await post(`/rounds/${round.id}/next`, marker, {})) as MarkersPlace
  await post(`/rounds/${round.id}/marks`, marker, { task: answer!.id, points })
}

for (const step of ['preliminary', 'official'] as const)
  await asJob(db, (tx) => releaseRound(tx, round.code, step))
const before = await outcomes()
const told = await sheet()

test('what was scaled twice before anybody could read it is told as the first version', async () => {
  expect(before.every(({ version }) => version === 2)).toBe(true)
  expect(told).toMatchObject({ version: 1, changed: null })
})

test('points that change after a second look reach the sheet by themselves: a job waits as soon as the marker has marked', async () => {
  expect(await waiting()).toEqual([])
  await lookAgain(child!.position, 1)
  expect(await waiting()).toEqual([{ round: round.code }])
  expect(await rescoreRound(db, round.code)).toBe(1)
  const now = await sheet()
  expect(now.score).toBeGreaterThan(told.score)
  expect(now).toMatchObject({
    version: 2,
    changed: { why: 'second_look', score: told.score, level: told.level },
  })
})

test('the new result is that of a pupil who had these points from the beginning', async () => {
  const after = await outcomes()
  const of = (participant: number) => {
    const { score, error, level, strands } = after.find(
      (each) => each.participant === participant,
    ) as unknown as Record<string, unknown>
    return { score, error, level, strands }
  }
  expect(of(child!.participant)).toEqual(of(twin.id))
})

test('nobody else’s result moves, nor the items or the scale: the run in force stays the same', async () => {
  const after = await outcomes()
  const others = (rows: typeof before) => rows.filter(({ participant }) => participant !== child!.participant)
  expect(others(after)).toEqual(others(before))
  const own = (rows: typeof before) => rows.find(({ participant }) => participant === child!.participant)
  expect(own(after)).toMatchObject({
    version: 3,
    cause: 'second_look',
    run: (own(before) as object as { run: string }).run,
  })
  expect(await query('select number from assessments.scaling_run where in_force')).toEqual([{ number: 2 }])
})

test('done again it changes nothing more', async () => {
  const after = await outcomes()
  expect(await rescoreRound(db, round.code)).toBe(0)
  expect(await outcomes()).toEqual(after)
})

test('family and school read what changed, and that it is counted', async () => {
  const looks = await world.read<OwnLooks>(`/marking/second-looks/own?round=${round.code}`, mother)
  expect(looks.looks).toMatchObject([{ pointsBefore: 0, pointsAfter: 1, isCounted: true }])
  const [own] = await query<{ id: string }>(
    `select g.class_group_uuid as id from registry.enrolment e join registry.class_group g using (class_group_id) where e.learner_id = $1`,
    [child!.learnerId],
  )
  const { learners } = await world.read<ClassResults>(`/results/classes/${own!.id}`, head)
  const sheets = learners.flatMap((each) =>
    each.sheets.map(({ changed, version }) => ({ id: each.id, changed, version })),
  )
  expect(sheets.filter(({ changed }) => changed !== null)).toMatchObject([
    { id: child!.learner, version: 2, changed: { score: told.score } },
  ])
})

test('a second look that leaves the points as they were makes no version and asks for no job', async () => {
  await query(`delete from pgboss.job where name = 'rescore'`)
  const [other] = await query<{ position: number; points: number }>(
    `select position, points from assessments.item_score where participant_id = $1 and state = 'marked' and position <> $2 limit 1`,
    [child!.participant, child!.position],
  )
  await lookAgain(other!.position, other!.points)
  expect(await waiting()).toEqual([])
  expect(await sheet()).toMatchObject({ version: 2 })
})

test('a run that read the points before the second look is followed by the job, which sets the result right', async () => {
  const right = (await sheet()).score
  await scaleRound(db, round.code, { seed: 5, reason: 'Again.' })
  expect(await waiting()).toEqual([{ round: round.code }])
  await query(
    `update assessments.outcome set score = 1, made_at = now() + interval '1 hour' where participant_id = $1 and ended_at is null`,
    [child!.participant],
  )
  expect(await rescoreRound(db, round.code)).toBe(1)
  expect(Math.abs((await sheet()).score - right)).toBeLessThan(20)
})
