import { expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { toPupil } from '#modules/assessments/content/pupil.ts'
import { bestAnswers } from '#modules/assessments/content/scoring.ts'
import { makeRun, scoreRound } from '#modules/assessments/index.ts'
import type { ItemText, MarkersPlace } from '#modules/assessments/model.ts'
import type { ClassResults, OwnResults } from '#modules/assessments/results/model.ts'
import type { RunDetail } from '#modules/assessments/scaling/model.ts'
import { philox } from '#stats/numeric/random.ts'
import { newWorld, type Signed } from '../world.ts'
import { plantRound } from './plant.ts'

// One round from the room to the family, through the doors each person has. Every other test of the parts plants what comes before
// its part; here nothing is planted but the register, the form, and what the rest of the children write.

const world = await newWorld({ data: 'none' })
const round = await plantRound(world.db, { pupilsPerClass: 25 })
const query = async <Row>(sql: string, values: unknown[] = []) =>
  (await asJob(world.db, (tx) => tx.query<Row>(sql, values))).rows
const child = round.participants[0]!
await query(
  `with person as (insert into access.person (display_name, demo) values ('Māra Māte', true) returning person_id)
   insert into access.mandate (person_id, tier, learner_id, valid, source)
   select person_id, 'parent', $1, daterange(access.today(), null), 'demo' from person`,
  [child.learnerId],
)
const { items: demo } = await world.read<{
  items: { name: string; tier: Parameters<typeof world.signIn>[0] }[]
}>('/demo-people')
const as = (name: string): Promise<Signed> => {
  const { tier } = demo.find((each) => each.name === name)!
  return world.signIn(
    tier,
    demo.filter((each) => each.tier === tier).findIndex((each) => each.name === name),
  )
}
const [coordinator, psychometrician, parent] = [
  await as('Rita Vanaga'),
  await as('Guntis Lācis'),
  await as('Māra Māte'),
]
const markers = [await as('Aija Strazda'), await as('Normunds Zīle'), await as('Sandra Dzenis')]
const heads = [await world.signIn('school', 0), await world.signIn('school', 1)]
const head = heads.find(({ institutionId }) => institutionId === round.schools[0]!.id) ?? heads[0]!

const post = async <Answer>(path: string, person: Signed, body: object = {}): Promise<Answer> => {
  const answer = await world.get(`/api/v1${path}`, person, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-csrf': person.csrf },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as Answer
}

/** Words, keys and points of the form, in order. */
const form = await query<{ position: number; text: ItemText }>(
  `select f.position, t.content || jsonb_build_object('keys', k.keys) as text
     from assessments.form_item f join assessments.item_version v using (item_version_id)
     join assessments.item_text t on t.item_version_id = v.item_version_id and t.language = v.languages[1]
     join assessments.item_key k on k.item_version_id = v.item_version_id and k.language = v.languages[1]
    where f.form_id = $1 order by 1`,
  [round.formId],
)
const random = philox(20_270_413)
const abilities = new Map(round.participants.map(({ id }) => [id, random.normal()]))
const best = (text: ItemText, seed: number) => {
  const answers = toPupil(text, seed, bestAnswers(text))
  for (const [response, key] of Object.entries(text.keys))
    if (key.kind === 'rubric') answers[response] = 'Laba atbilde, jo to var pārbaudīt.'
  return answers
}
const knows = (person: number, position: number) =>
  random.uniform() < 1 / (1 + Math.exp(-1.3 * (abilities.get(person)! - ((position * 13) % 31) / 10 + 1.5)))

test('a child answers in the room, and what was acknowledged is what is scored', async () => {
  await post(`/sessions/${child.session}/board`, head, { step: 'open' })
  const entered = await world.get('/api/v1/sittings', undefined, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code: child.code }),
  })
  expect(entered.status).toBe(201)
  const cookie = entered.headers.get('set-cookie')!.split(';')[0]!
  const { participant } = (await entered.json()) as { participant: string }
  await post(`/sessions/${child.session}/board`, head, { step: 'start' })
  const known = form.filter(({ position }) => knows(child.id, position))
  for (const { position, text } of known) {
    const saved = await world.get(`/api/v1/sittings/current/answers/${position}`, undefined, {
      method: 'PUT',
      headers: { cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ participant, revision: 1, answers: best(text, child.seed) }),
    })
    expect([position, saved.status]).toEqual([position, 200])
  }
  expect(known.length).toBeGreaterThan(3)
  const done = await world.get('/api/v1/sittings/current/finish', undefined, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
    body: '{}',
  })
  expect(done.ok).toBe(true)
})

test('the others answer; the round is closed, scored by rule, and its long answers are marked by people', async () => {
  const rows = round.participants
    .slice(1)
    .flatMap(({ id, seed }) =>
      form
        .filter(({ position }) => knows(id, position))
        .map(({ position, text }) => ({ participant: id, position, answer: best(text, seed) })),
    )
  await query(
    `insert into assessments.answer (participant_id, position, revision, answer)
     select participant, position, 1, answer from jsonb_to_recordset($1) as x (participant bigint, position smallint, answer jsonb)`,
    [JSON.stringify(rows)],
  )
  await query(
    `update assessments.participant set status = 'tested', started_at = now(), finished_at = now()
      where round_id = $1 and participant_id <> $2`,
    [round.roundId, child.id],
  )
  await post(`/rounds/${round.id}/state`, coordinator, { to: 'closed', reason: 'Visi ir rakstījuši.' })
  await scoreRound(world.db, round.code)
  const here = `/marking/rounds/${round.id}`
  const next = (marker: Signed) => post<MarkersPlace>(`${here}/next`, marker)
  // Each marks one item to its end, then another; a second round for what two people mark.
  for (const marker of [...markers, ...markers]) {
    for (let place = await next(marker); place.answer; place = await next(marker)) {
      while (place.answer)
        place = await post<MarkersPlace>(`${here}/marks`, marker, {
          task: place.answer.id,
          points: place.answer.most,
        })
    }
  }
  const left = await query(
    `select from assessments.item_score join assessments.participant using (participant_id) where round_id = $1 and state = 'waits'`,
    [round.roundId],
  )
  expect(left).toEqual([])
})

test('a run scales it, and children who knew more are higher on the scale', async () => {
  await post(`/scaling/rounds/${round.code}/runs`, psychometrician, { seed: 3 })
  const [job] = await query<{ run: number }>(
    `select (data ->> 'runId')::integer as run from pgboss.job where name = 'scale' order by created_on desc limit 1`,
  )
  await makeRun(world.db, job!.run)
  const report = await world.read<RunDetail>(`/scaling/rounds/${round.code}/runs/1`, psychometrician)
  expect(report.run.number).toBe(1)
  const outcomes = await query<{ id: number; score: number }>(
    'select participant_id as id, score from assessments.outcome where round_id = $1 and ended_at is null',
    [round.roundId],
  )
  expect(outcomes).toHaveLength(round.participants.length)
  expect(correlation(outcomes.map(({ id, score }) => [abilities.get(id)!, score] as const))).toBeGreaterThan(
    0.85,
  )
})

test('school first, family when it is official: both read the same number, the one the run found', async () => {
  const [{ score }] = (await query<{ score: number }>(
    'select score from assessments.outcome where participant_id = $1 and ended_at is null',
    [child.id],
  )) as [{ score: number }]
  const step = (to: string) => post(`/results/rounds/${round.code}/steps`, coordinator, { step: to })
  const own = async () => (await world.read<OwnResults>('/results/own', parent)).sheets
  const [{ id: group }] = (await query<{ id: string }>(
    `select c.class_group_uuid as id from registry.enrolment e join registry.class_group c using (class_group_id)
      where e.learner_id = $1 and e.school_year = 2027`,
    [child.learnerId],
  )) as [{ id: string }]
  const inClass = async () =>
    (await world.read<ClassResults>(`/results/classes/${group}`, head)).learners.find(
      ({ id }) => id === child.learner,
    )!.sheets
  expect([await inClass(), await own()]).toEqual([[], []])
  await step('preliminary')
  expect((await inClass())[0]!.score).toBeCloseTo(score, 6)
  expect(await own()).toEqual([])
  await step('official')
  const [sheet] = await own()
  expect(sheet!.score).toBeCloseTo(score, 6)
  expect(sheet!.growth).toBeNull() // one round: nothing is claimed of growth
})

function correlation(pairs: readonly (readonly [number, number])[]): number {
  const mean = (at: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[at], 0) / pairs.length
  const [x, y] = [mean(0), mean(1)]
  const sum = (of: (a: number, b: number) => number) =>
    pairs.reduce((all, [a, b]) => all + of(a - x, b - y), 0)
  return sum((a, b) => a * b) / Math.sqrt(sum((a) => a * a) * sum((_, b) => b * b))
}
