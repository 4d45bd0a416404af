import { describe, expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { scoreRound } from '#modules/assessments/index.ts'
import type { MarkersPlace, MarkingBench, MarkingReport, SecondLook } from '#modules/assessments/model.ts'
import { newWorld, type Signed } from '../world.ts'
import { deserved, plantSatRound } from './marked-round.ts'

const world = await newWorld({ data: 'none' })
const round = await plantSatRound(world.db, { pupilsPerClass: 6, scored: false })
const query = async <Row>(sql: string, values: unknown[] = []) =>
  (await asJob(world.db, (tx) => tx.query<Row>(sql, values))).rows

const { items: demo } = await world.read<{ items: { name: string; tier: 'researcher' | 'school' }[] }>(
  '/demo-people',
)
const signIn = (name: string): Promise<Signed> => {
  const { tier } = demo.find((each) => each.name === name)!
  return world.signIn(
    tier,
    demo.filter((each) => each.tier === tier).findIndex((each) => each.name === name),
  )
}
const aija = await signIn('Aija Strazda')
const normunds = await signIn('Normunds Zīle')
const sandra = await signIn('Sandra Dzenis')
const lead = await signIn('Rita Vanaga')
const author = await signIn('Laura Siliņa')
const head = await world.signIn('school')

const post = (path: string, person: Signed, body: unknown = {}) =>
  world.get(`/api/v1/marking${path}`, person, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-csrf': person.csrf },
    body: JSON.stringify(body),
  })
const answerOf = async <Answer>(reply: Response | Promise<Response>): Promise<Answer> => {
  const answer = await reply
  if (answer.status > 299) throw new Error(`${answer.status} ${await answer.text()}`)
  return (await answer.json()) as Answer
}
const here = `/rounds/${round.id}`
const take = (person: Signed, item?: string) =>
  answerOf<MarkersPlace>(post(`${here}/next`, person, item === undefined ? {} : { item }))
const give = (person: Signed, task: string, points: number) =>
  answerOf<MarkersPlace>(post(`${here}/marks`, person, { task, points }))
const report = () => world.read<MarkingReport>(`/marking/rounds/${round.id}/report`, lead)
const textOf = ({ answer }: MarkersPlace) => String(answer!.answers[answer!.response])
const trail = async () =>
  (
    await query<{ action: string; outcome: string; object: string }>(
      'select action, outcome, object from access.audit order by audit_id desc limit 5',
    )
  ).map(({ action, outcome, object }) => ({ action, outcome, object }))
const tasks = () =>
  query<{ task: string; twice: boolean; needed: number; points: number | null; school: number }>(
    `select t.task_uuid as task, t.twice, t.needed, t.points, p.institution_id as school
       from assessments.mark_task t join assessments.participant p using (participant_id)
      where t.round_id = $1 and t.appeal_id is null order by t.task_id`,
    [round.roundId],
  )
/** Marks everything a marker is given, as `opinion` says, at most so many. */
async function markAll(person: Signed, opinion: (text: string, most: number) => number, most = 1000) {
  let place = await take(person)
  let marked = 0
  while (place.answer && marked < most) {
    const { id, most: best } = place.answer
    place = await give(person, id, opinion(textOf(place), best))
    marked += 1
  }
  return marked
}

describe('a round that is closed', () => {
  test('is scored by a job that is asked for at that moment', async () => {
    expect(await query(`select data from pgboss.job where name = 'score'`)).toEqual([
      { data: { round: round.code } },
    ])
  })
  test('gets points by rule; what was left out, never reached and cannot have been answered is told apart', async () => {
    const [first, second] = round.participants
    await query(
      `insert into assessments.answer (participant_id, position, revision, answer) values ($1, 1, 2, '{"R1": ["nothing"]}'), ($2, 1, 2, '"x"')`,
      [first!.id, second!.id],
    )
    const done = await scoreRound(world.db, round.code)
    const pupils = round.participants.length
    expect(done).toMatchObject({ pupils })
    const states = await query<{ state: string; n: number; points: number | null; most: number }>(
      `select s.state, count(*)::int as n, sum(s.points)::int as points, sum(v.points)::int as most
         from assessments.item_score s join assessments.participant p using (participant_id)
         join assessments.form_item f on f.form_id = p.form_id and f.position = s.position
         join assessments.item_version v using (item_version_id)
        where p.round_id = $1 group by 1 order by 1`,
      [round.roundId],
    )
    const short = round.participants.filter((_, at) => at % 5 === 4).length
    const by = Object.fromEntries(states.map(({ state, ...rest }) => [state, rest]))
    expect(by.omitted).toMatchObject({ n: pupils, points: 0 })
    expect(by.not_reached).toMatchObject({ n: short * 19, points: null })
    expect(by.invalid).toMatchObject({ n: 2, points: 0 })
    expect(by.by_rule!.points).toBe(by.by_rule!.most)
    expect(by.waits).toMatchObject({ n: done!.open, points: null })
    expect(states.reduce((sum, { n }) => sum + n, 0)).toBe(pupils * 30)
  })
  test('stays the same when it is scored again', async () => {
    const all = () =>
      query(
        'select participant_id, position, points, state, scored_at from assessments.item_score order by 1, 2',
      )
    const before = await all()
    const waiting = await tasks()
    await scoreRound(world.db, round.code)
    expect(await all()).toEqual(before)
    expect(await tasks()).toEqual(waiting)
    expect(await scoreRound(world.db, 'no such round')).toBeNull()
  })
})

describe('an answer before a marker', () => {
  test('is there for who has the duty and for nobody else', async () => {
    for (const person of [author, head]) {
      for (const path of ['', here, `${here}/report`])
        expect((await world.get(`/api/v1/marking${path}`, person)).status).toBe(404)
      expect((await post(`${here}/next`, person)).status).toBe(404)
    }
    expect((await world.get(`/api/v1/marking${here}/report`, aija)).status).toBe(404)
    expect((await post(`${here}/next`, lead)).status).toBe(404)
    const forged = { ...aija, csrf: 'guessed' }
    expect((await post(`${here}/next`, forged)).status).toBe(403)
    const { mayMark, mayLead, rounds } = await world.read<MarkingBench>('/marking', aija)
    expect([mayMark, mayLead, rounds.map(({ code }) => code)]).toEqual([true, false, [round.code]])
  })
  test('tells nothing of who wrote it, where, and what others gave; the rubric is beside it', async () => {
    const place = await take(aija)
    expect(Object.keys(place.answer!).toSorted()).toEqual([
      'answers',
      'code',
      'criteria',
      'id',
      'item',
      'most',
      'response',
      'until',
    ])
    const said = JSON.stringify(place)
    const secrets = round.participants.flatMap(({ uuid, learner, code }) => [uuid, learner, code])
    expect([...secrets, ...round.schools.map(({ id }) => id)].filter((each) => said.includes(each))).toEqual(
      [],
    )
    expect(said).not.toMatch(/pamatskola|institution|learner|participant/i)
    expect(place.answer!.criteria[0]!.points).toBe(place.answer!.most)
    expect(await world.read<MarkersPlace>(`/marking/rounds/${round.id}`, aija)).toEqual(place)
    expect(await take(aija)).toEqual(place)
  })
  test('is the same for nobody else at the same time, however many ask at once', async () => {
    const held = await Promise.all([aija, normunds, sandra, aija, sandra].map((person) => take(person)))
    expect(new Set(held.map(({ answer }) => answer!.id)).size).toBe(3)
  })
  test('that is not held, or gets more points than there are, is refused and nothing is kept', async () => {
    const [mine, other] = [await take(aija), await take(normunds)]
    expect((await post(`${here}/marks`, aija, { task: other.answer!.id, points: 1 })).status).toBe(409)
    expect((await trail())[0]).toMatchObject({ action: 'mark_answer', outcome: 'refused' })
    expect((await post(`${here}/marks`, aija, { task: mine.answer!.id, points: 9 })).status).toBe(400)
    expect((await post(`${here}/marks`, aija, { task: mine.answer!.id, points: -1 })).status).toBe(400)
    expect((await post(`${here}/marks`, aija, { task: crypto.randomUUID(), points: 1 })).status).toBe(404)
    expect(await query('select from assessments.mark')).toEqual([])
  })
  test('goes to somebody else when its time is over, and the late mark is refused', async () => {
    const mine = await take(aija)
    await query(
      `update assessments.mark_lease set until = now() - interval '1 second' where task_id =
      (select task_id from assessments.mark_task where task_uuid = $1)`,
      [mine.answer!.id],
    )
    expect((await world.read<MarkersPlace>(`/marking/rounds/${round.id}`, aija)).answer).toBeNull()
    await query('delete from assessments.mark_lease where until > now()')
    expect((await take(normunds)).answer!.id).toBe(mine.answer!.id)
    expect((await post(`${here}/marks`, aija, { task: mine.answer!.id, points: 1 })).status).toBe(409)
    await query('delete from assessments.mark_lease')
  })
  test('of the own school is never given, and refused and written down when tried by its address', async () => {
    const [school] = round.schools
    await query(
      `insert into access.mandate (person_id, tier, institution_id, valid, source)
       select person_id, 'teacher', $1, daterange(access.today() - 300, access.today() - 100), 'demo' from access.person
        where display_name = 'Aija Strazda'`,
      [school!.institutionId],
    )
    const all = await tasks()
    const marked = new Set<string>()
    let place = await take(aija)
    for (let step = 0; step < 12; step += 1) {
      marked.add(place.answer!.id)
      place = await give(aija, place.answer!.id, Math.min(place.answer!.most, deserved(textOf(place))))
    }
    expect(
      all.filter(({ task }) => marked.has(task)).every((each) => each.school !== school!.institutionId),
    ).toBe(true)
    const own = all.find((each) => each.school === school!.institutionId)!
    const refused = await post(`${here}/marks`, aija, { task: own.task, points: 0 })
    expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('Savas skolas')])
    expect((await trail())[0]).toEqual({
      action: 'mark_answer',
      outcome: 'refused',
      object: `task ${own.task} own_school`,
    })
  })
  test('can be taken back right after it was marked, and comes again; not once somebody else has marked it', async () => {
    const before = await take(normunds)
    const { id, most } = before.answer!
    await give(normunds, id, most)
    const again = await answerOf<MarkersPlace>(post(`${here}/undo`, normunds))
    expect(again.answer!.id).toBe(id)
    await give(normunds, id, 0)
    expect(
      await query(
        `select m.points, why_withdrawn as why from assessments.mark m join assessments.mark_task using (task_id) where task_uuid = $1 order by mark_id`,
        [id],
      ),
    ).toEqual([
      { points: most, why: 'undone' },
      { points: 0, why: null },
    ])
    expect((await post(`${here}/undo`, sandra)).status).toBe(409)
    await answerOf(post(`${here}/undo`, normunds))
  })
})

describe('all answers of a round', () => {
  test('a tenth is drawn to be marked twice, the same ones whenever it is drawn', async () => {
    const all = await tasks()
    const twice = all.filter((each) => each.twice)
    expect(twice.length / all.length).toBeGreaterThan(0.04)
    expect(twice.length / all.length).toBeLessThan(0.18)
    const drawn = await query<{ share: number }>(
      `select avg(((hashtextextended(x || ' 11 R1', 42) & 65535) < 0.1 * 65536)::int)::float8 as share from generate_series(1, 20000) x`,
    )
    expect(drawn[0]!.share).toBeCloseTo(0.1, 1)
    expect(all.map(({ needed }) => needed)).toEqual(all.map((each) => (each.twice ? 2 : 1)))
  })
  test('are marked; where two differ a third reads, and the points in the middle stand', async () => {
    // Sandra is severe: a point less wherever there is one to take.
    const severe = (text: string) => Math.max(0, deserved(text) - 1)
    await query(`update assessments.marking set double_share = 1 where round_id = $1`, [round.roundId])
    await query(
      `update assessments.mark_task set twice = true, needed = 2 where round_id = $1 and points is null`,
      [round.roundId],
    )
    await markAll(sandra, severe, 25)
    while ((await markAll(normunds, deserved, 20)) + (await markAll(aija, deserved, 20)) > 0) {
      // until nothing is left for either
    }
    await markAll(sandra, severe)
    await markAll(await freshMarker(), deserved)
    await markAll(normunds, deserved)
    await markAll(aija, deserved)
    const marks = await query<{ task: string; person: number; points: number }>(
      `select t.task_uuid as task, m.person_id as person, m.points from assessments.mark m join assessments.mark_task t using (task_id)
        where m.withdrawn_at is null`,
    )
    const byTask = Map.groupBy(marks, ({ task }) => task)
    for (const { task, twice, needed, points } of await tasks()) {
      const given = (byTask.get(task) ?? []).map((each) => each.points).toSorted()
      const people = new Set((byTask.get(task) ?? []).map(({ person }) => person))
      expect(people.size).toBe(given.length)
      if (points === null) continue
      expect(given.length).toBe(needed)
      const differ = twice && given.length > 1 && given[0] !== given.at(-1)
      expect(needed).toBe(twice ? (differ ? 3 : 2) : 1)
      expect(points).toBe(given.length === 3 ? given[1] : given[0])
    }
    expect((await tasks()).filter(({ needed }) => needed === 3).length).toBeGreaterThan(5)
  })
  test('give the points of their items: by rule and by people together', async () => {
    const wrong = await query(
      `select s.participant_id, s.position, s.points, s.state from assessments.item_score s
        join (select participant_id, position, min(rule_points) + sum(points) as points, bool_and(points is not null) as whole
                from assessments.mark_task where appeal_id is null group by 1, 2) t using (participant_id, position)
       where (s.state, s.points) is distinct from (case when t.whole then 'marked' else 'waits' end, case when t.whole then t.points end)`,
    )
    expect(wrong).toEqual([])
    const { rounds } = await world.read<MarkingBench>('/marking', lead)
    const done = rounds[0]!.items.reduce((sum, each) => sum + each.done, 0)
    expect(done).toBe((await tasks()).filter(({ points }) => points !== null).length)
    await scoreRound(world.db, round.code)
    expect(await query(`select from assessments.item_score where state = 'marked'`)).not.toEqual([])
  })
})

describe('how far markers agree', () => {
  test('is told by item and by marker with n and intervals, and the severe one rings', async () => {
    const { items, markers } = await report()
    expect(items.length).toBeGreaterThan(2)
    for (const { between } of items) {
      expect(between.n).toBeGreaterThan(0)
      expect(between.exactLow!).toBeLessThanOrEqual(between.exact!)
      expect(between.exactHigh!).toBeGreaterThanOrEqual(between.exact!)
    }
    const by = Object.fromEntries(markers.map((each) => [each.name, each]))
    expect(by['Sandra Dzenis']!.between.bias!).toBeLessThan(-0.4)
    expect(by['Sandra Dzenis']!.drift.alarm).toBe('severe')
    for (const name of ['Aija Strazda', 'Normunds Zīle'])
      expect([name, by[name]!.drift.alarm]).toEqual([name, null])
    expect(by['Normunds Zīle']!.between.exact!).toBeGreaterThan(by['Sandra Dzenis']!.between.exact!)
  })
  test('can lead to all answers of a marker being marked again by others, with a reason', async () => {
    const { markers } = await report()
    const marker = markers.find(({ name }) => name === 'Sandra Dzenis')!
    expect((await post(`${here}/again`, lead, { marker: marker.id, reason: ' ' })).status).toBe(400)
    expect((await post(`${here}/again`, normunds, { marker: marker.id, reason: 'x' })).status).toBe(404)
    const after = await answerOf<MarkingReport>(
      post(`${here}/again`, lead, { marker: marker.id, reason: 'Par stingru: atņem punktu.' }),
    )
    expect(after.decisions).toMatchObject([
      { marker: 'Sandra Dzenis', decidedBy: 'Rita Vanaga', marks: marker.marks },
    ])
    expect(after.markers.find(({ name }) => name === 'Sandra Dzenis')).toMatchObject({
      marks: 0,
      again: marker.marks,
    })
    expect((await trail())[0]).toMatchObject({ action: 'mark_again', outcome: 'done' })
    // She never gets them back.
    const next = (await take(sandra)).answer?.id ?? null
    expect(
      await query(
        `select from assessments.mark m join assessments.mark_task t using (task_id) join access.person using (person_id)
          where t.task_uuid = $1 and display_name = 'Sandra Dzenis'`,
        [next],
      ),
    ).toEqual([])
    expect(await query(`select from assessments.item_score where state = 'waits'`)).not.toEqual([])
  })
})

describe('controls', () => {
  test('are answers two people marked alike; every marker gets them among the others, and their points stand', async () => {
    const { controls } = await report()
    const chosen = controls.filter(({ isControl }) => !isControl).slice(0, 6)
    expect(chosen.length).toBe(6)
    for (const { id } of chosen) await answerOf(post(`${here}/controls`, lead, { task: id, isControl: true }))
    const single = (await tasks()).find(({ points }) => points === null)!
    expect((await post(`${here}/controls`, lead, { task: single.task, isControl: true })).status).toBe(409)
    expect((await post(`${here}/controls`, aija, { task: single.task, isControl: true })).status).toBe(404)
    await query('update assessments.marking set control_share = 0.9')
    await query('delete from assessments.mark_lease')
    const newcomer = await freshMarker()
    let place = await take(newcomer, chosen[0]!.item)
    const seen = new Set<string>()
    for (let step = 0; step < 20 && place.answer; step += 1) {
      seen.add(place.answer.id)
      place = await give(newcomer, place.answer.id, 0)
    }
    const got = chosen.filter(({ id }) => seen.has(id))
    expect(got.length).toBeGreaterThan(0)
    const { markers, controls: after } = await report()
    expect(markers.map(({ controls: each }) => each.n).filter((n) => n > 0)).toEqual([got.length])
    for (const each of got)
      expect(after.find(({ id }) => id === each.id)).toMatchObject({ points: each.points })
    await query('update assessments.marking set control_share = 0')
  })
})

describe('a second look', () => {
  const look = (body: object, person = head) => post('/second-looks', person, body)
  test('is asked for by the head, once, after the preliminary results; what a key decided is not looked at', async () => {
    const own = round.participants.find(
      ({ institutionId }) => institutionId === round.schools[0]!.institutionId,
    )!
    const [marked] = await query<{ participant: string; position: number; points: number }>(
      `select p.participant_uuid as participant, s.position, s.points from assessments.item_score s
         join assessments.participant p using (participant_id) join assessments.mark_task t using (participant_id, position)
        where s.state = 'marked' and p.institution_id = $1 and t.points < t.most order by 1, 2 limit 1`,
      [round.schools[0]!.institutionId],
    )
    const wanted = { ...marked!, reason: 'Bērns ir pamatojis ar aprēķinu.' }
    expect((await look(wanted)).status).toBe(409)
    await query(`update assessments.round set state = 'preliminary' where round_id = $1`, [round.roundId])
    const foreign = round.participants.find(
      ({ institutionId }) => institutionId === round.schools[1]!.institutionId,
    )!
    expect((await look({ ...wanted, participant: foreign.uuid })).status).toBe(404)
    expect((await look({ ...wanted, participant: own.uuid, position: 3 })).status).toBe(400)
    expect((await look(wanted, aija)).status).toBe(404)
    const { items } = await answerOf<{ items: SecondLook[] }>(look(wanted))
    expect(items).toMatchObject([
      { position: marked!.position, pointsBefore: marked!.points, pointsAfter: null },
    ])
    expect((await look(wanted)).status).toBe(409)
    expect((await trail())[0]).toMatchObject({ action: 'ask_second_look', outcome: 'done' })
  })
  test('goes blindly to somebody who has not marked it, and a changed score is kept for a new version of the result', async () => {
    expect((await take(aija)).answer).toBeNull()
    const other = await freshMarker()
    const place = await take(other)
    expect(place.answer).not.toBeNull()
    expect(JSON.stringify(place)).not.toContain('pamatojis')
    await give(other, place.answer!.id, place.answer!.most)
    const { items } = await world.read<{ items: SecondLook[] }>('/marking/second-looks', head)
    expect(items[0]!.pointsAfter!).toBeGreaterThan(items[0]!.pointsBefore)
    expect(items[0]!.decidedAt).not.toBeNull()
    expect((await world.read<{ items: SecondLook[] }>('/marking/second-looks', lead)).items).toEqual(items)
    expect(
      await query(
        `select from assessments.item_score s join assessments.appeal a using (participant_id, position) where s.points = a.points_after`,
      ),
    ).toHaveLength(1)
  })
})

/** A marker who has marked nothing yet. */
async function freshMarker(): Promise<Signed> {
  await world.addPerson('analyst')
  await query(
    `insert into assessments.duty (mandate_id, duty, valid, source)
     select max(mandate_id), 'marker', daterange(access.today(), null), 'demo' from access.mandate where tier = 'analyst'`,
  )
  const { items } = await world.read<{ items: { tier: string }[] }>('/demo-people')
  return world.signIn('analyst', items.filter(({ tier }) => tier === 'analyst').length - 1)
}
