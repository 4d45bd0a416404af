import { expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { releaseRound } from '#modules/assessments/index.ts'
import type {
  LookWish,
  MarkedAnswers,
  MarkersPlace,
  OwnLooks,
  SecondLook,
} from '#modules/assessments/model.ts'
import type { Held } from '#modules/rights/model.ts'
import { newWorld, type Signed } from '../world.ts'
import { plantSatRound } from './marked-round.ts'

const world = await newWorld({ data: 'none' })
const round = await plantSatRound(world.db, { pupilsPerClass: 3 })
const query = async <Row extends object>(sql: string, values: unknown[] = []) =>
  (await asJob(world.db, (tx) => tx.query<Row>(sql, values))).rows

/** The first pupil of the first school with an answer that a person marked, and a parent of it. */
const [child] = await query<{ learnerId: number; learner: string; position: number; points: number }>(
  `with marked as (
     update assessments.mark_task t set points = 0 from assessments.participant p
      where p.participant_id = t.participant_id and p.institution_id = 11 returning t.participant_id, t.position)
   update assessments.item_score s set state = 'marked', points = 0
     from marked m join assessments.participant p using (participant_id) join registry.learner l using (learner_id)
    where s.participant_id = m.participant_id and s.position = m.position
   returning p.learner_id as "learnerId", l.learner_uuid as learner, s.position, s.points`,
)
await query(
  `with person as (insert into access.person (display_name, demo) values ('Māra Māte', true) returning person_id)
   insert into access.mandate (person_id, tier, learner_id, valid, source)
   select person_id, 'parent', $1, daterange(access.today(), null), 'demo' from person`,
  [child!.learnerId],
)
const { items: people } = await world.read<{ items: { name: string; tier: 'parent' }[] }>('/demo-people')
const as = (tier: 'parent' | 'researcher' | 'school', name: string) =>
  world.signIn(
    tier as 'parent',
    people.filter((each) => each.tier === tier).findIndex((each) => each.name === name),
  )
const mother = await as('parent', 'Māra Māte')
const marker = await as('researcher', 'Aija Strazda')
const otherHead = await as('school', 'Vija Ozoliņa')
const head = await world.signIn('school')

const post = (path: string, who: Signed, body: object) =>
  world.get(`/api/v1/marking${path}`, who, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-csrf': who.csrf },
    body: JSON.stringify(body),
  })
const ask = (who = mother, reason = 'Atbildē ir arī pamatojums.') =>
  post('/second-looks/own', who, { round: round.code, reason })
const own = () => world.read<OwnLooks>(`/marking/second-looks/own?round=${round.code}`, mother)
const answersOf = (learner: string, who = head) =>
  world.get(`/api/v1/marking/second-looks/answers?learner=${learner}&round=${round.code}`, who)
const wishes = async () =>
  (await world.read<{ items: LookWish[] }>('/marking/second-looks/wishes', head)).items

test('a family that has no official result cannot ask, and learns nothing of the test', async () => {
  await query(`update assessments.round set state = 'scaled' where code = $1`, [round.code])
  expect((await ask()).status).toBe(404)
  await asJob(world.db, (tx) => releaseRound(tx, round.code, 'preliminary'))
  expect((await ask()).status).toBe(404)
  expect(await own()).toEqual({ mayAsk: false, wish: null, looks: [] })
})

test('a family asks its school once; the head finds the request with the name and who else asks is told nothing', async () => {
  await asJob(world.db, (tx) => releaseRound(tx, round.code, 'official'))
  expect(await own()).toMatchObject({ mayAsk: true, wish: null })
  expect((await ask(mother, ' ')).status).toBe(400)
  expect((await ask()).status).toBe(201)
  expect((await ask()).status).toBe(409)
  expect(await wishes()).toMatchObject([
    { learner: child!.learner, round: round.code, reason: 'Atbildē ir arī pamatojums.', looks: 0 },
  ])
  expect((await wishes())[0]!.learnerName).toMatch(/^\S+ \S+$/)
  for (const who of [otherHead, mother, marker]) {
    const answer = await world.get('/api/v1/marking/second-looks/wishes', who)
    expect(answer.status === 404 || ((await answer.json()) as { items: [] }).items.length === 0).toBe(true)
  }
  expect((await ask(head)).status).toBe(404)
})

test('the head sees which answers of the pupil people marked, and each look is written down; another head sees none', async () => {
  const found = (await (await answersOf(child!.learner)).json()) as MarkedAnswers
  expect(found).toMatchObject({ mayAsk: true, wish: 'Atbildē ir arī pamatojums.' })
  expect(found.answers.map(({ position }) => position)).toContain(child!.position)
  expect(found.answers.every(({ isAsked, points, most }) => !isAsked && points <= most)).toBe(true)
  expect((await answersOf(child!.learner, otherHead)).status).toBe(404)
  expect((await answersOf(child!.learner, mother)).status).toBe(404)
  expect(
    await query(
      `select action, outcome from access.audit where action = 'read_results' order by audit_id desc limit 2`,
    ),
  ).toEqual([
    { action: 'read_results', outcome: 'not_found' },
    { action: 'read_results', outcome: 'shown' },
  ])
})

test('a second look is asked for after the official results too; the family reads that it waits, then what came of it', async () => {
  const { participant } = (await (await answersOf(child!.learner)).json()) as MarkedAnswers
  const wanted = { participant, position: child!.position, reason: 'Ģimenes lūgums.' }
  expect((await post('/second-looks', head, wanted)).status).toBe(201)
  expect((await own()).looks).toMatchObject([
    { position: child!.position, pointsBefore: 0, pointsAfter: null },
  ])
  const taken = await post(`/rounds/${round.id}/next`, marker, {})
  const { answer } = (await taken.json()) as MarkersPlace
  expect(answer).not.toBeNull()
  await post(`/rounds/${round.id}/marks`, marker, { task: answer!.id, points: 1 })
  expect((await own()).looks).toMatchObject([{ pointsAfter: 1, isCounted: false }])
  expect(await wishes()).toMatchObject([{ looks: 1, decided: 1 }])
  const { items } = await world.read<{ items: SecondLook[] }>('/marking/second-looks', head)
  expect(items).toMatchObject([{ position: child!.position, pointsBefore: 0, pointsAfter: 1 }])
})

test('everything held about the child has the wish of the family and what was looked at again, and nobody else’s', async () => {
  const { sections } = await world.read<Held>(`/learners/${child!.learner}/held`, mother)
  const rowsOf = (key: string) => sections.find((each) => each.key === key)!.rows
  expect(rowsOf('wishes')).toHaveLength(1)
  expect(rowsOf('wishes')[0]).toContain('Atbildē ir arī pamatojums.')
  expect(rowsOf('lookedAgain')).toHaveLength(1)
  expect(rowsOf('lookedAgain')[0]).toEqual(expect.arrayContaining(['Ģimenes lūgums.', 0, 1]))
})

test('thirty days after the official results nothing can be asked any more', async () => {
  await query(
    `update assessments.release_step set made_at = made_at - interval '31 days' where step = 'official'`,
  )
  await query('delete from assessments.look_wish')
  expect((await ask()).status).toBe(409)
  const found = (await (await answersOf(child!.learner)).json()) as MarkedAnswers
  expect(found.mayAsk).toBe(false)
  const open = found.answers.find(({ isAsked }) => !isAsked)
  if (open)
    expect(
      (
        await post('/second-looks', head, {
          participant: found.participant,
          position: open.position,
          reason: 'x',
        })
      ).status,
    ).toBe(409)
})
