import { expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { giveDuty, makeRun, scaleRound } from '#modules/assessments/index.ts'
import type { PanelDetail, RunDetail, ScalingOfRound } from '#modules/assessments/scaling/model.ts'
import { newWorld, type Signed } from '../world.ts'
import { answerRound } from './answered-round.ts'
import { plantRound } from './plant.ts'

const world = await newWorld({ data: 'none' })
const { db } = world
const query = async <Row>(sql: string, values: unknown[] = []) =>
  (await asJob(db, (tx) => tx.query<Row>(sql, values))).rows

const round = await plantRound(db, { pupilsPerClass: 80, items: 24 })
const abilities = await answerRound(db, round, { seed: 1 })
const people = (
  (await (await world.get('/api/v1/demo-people')).json()) as { items: { name: string; tier: string }[] }
).items.filter(({ tier }) => tier === 'researcher')
const as = (name: string): Promise<Signed> =>
  world.signIn(
    'researcher',
    people.findIndex((person) => person.name === name),
  )
const psychometrician = await as('Guntis Lācis')
const author = await as('Laura Siliņa')
const here = `/scaling/rounds/${round.code}`

const send = async (path: string, body: object, person: Signed = psychometrician) =>
  world.get(`/api/v1${path}`, person, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-csrf': person.csrf },
    body: JSON.stringify(body),
  })
const outcomesOf = (roundId: number) =>
  query<{
    person: number
    score: number
    error: number
    level: number | null
    values: number[]
    version: number
  }>(
    `select participant_id as person, score, error, level, values, version from assessments.outcome
      where round_id = $1 and ended_at is null order by 1`,
    [roundId],
  )
/** The same form given to as many pupils in a later year: planted as a rehearsal, of which a year may have several. */
const laterRound = async (year: number) => {
  const code = `${year}-6-numeracy`
  const later = await plantRound(db, { code, kind: 'rehearsal', pupilsPerClass: 80, items: 24 })
  await query(`update assessments.round set kind = 'census', school_year = $2 where code = $1`, [code, year])
  return later
}
/** The queued job of the newest run, done as the jobs process does it. */
const doRun = async () => {
  const jobs = await query<{ run: number }>(
    `select (data ->> 'runId')::integer as run from pgboss.job where name = 'scale' order by created_on desc limit 1`,
  )
  return makeRun(db, jobs[0]!.run)
}

test('who is no psychometrician finds no scaling; a psychometrician asks for a run, and a job makes it', async () => {
  for (const path of ['/scaling/rounds', here, `${here}/runs/1`]) {
    expect([path, (await world.get(`/api/v1${path}`, author)).status]).toEqual([path, 404])
    expect([path, (await world.get(`/api/v1${path}`)).status]).toEqual([path, 404])
  }
  expect((await send(`${here}/runs`, { seed: 5 }, author)).status).toBe(404)
  const asked = await send(`${here}/runs`, { seed: 5 })
  expect(asked.status).toBe(202)
  expect(((await asked.json()) as ScalingOfRound).runs).toMatchObject([
    { number: 1, madeAt: null, inForce: false },
  ])
  await doRun()
  const { runs, state } = await world.read<ScalingOfRound>(here, psychometrician)
  expect(state).toBe('scaled')
  expect(runs).toMatchObject([
    { number: 1, inForce: true, askedBy: 'Guntis Lācis', kind: 'base', pupils: 322 },
  ])
})

test('every pupil who was tested has one outcome with a score, its error and ten plausible values', async () => {
  const outcomes = await outcomesOf(round.roundId)
  expect(outcomes.map(({ person }) => person)).toEqual(
    round.participants.map(({ id }) => id).toSorted((a, b) => a - b),
  )
  expect(
    outcomes.every(({ values, error, version }) => values.length === 10 && error > 0 && version === 1),
  ).toBe(true)
})

test('scores cover the abilities they were made from as often as their errors say', async () => {
  const outcomes = await outcomesOf(round.roundId)
  const { report } = await world.read<RunDetail>(`${here}/runs/1`, psychometrician)
  // The scale of the made-up pupils: their own mean and spread.
  const own = [...abilities.values()]
  const mean = own.reduce((sum, x) => sum + x, 0) / own.length
  const sd = Math.sqrt(own.reduce((sum, x) => sum + (x - mean) ** 2, 0) / own.length)
  const covered = outcomes.filter(({ person, score, error }) => {
    const truth = 500 + (100 * (abilities.get(person)! - mean)) / sd
    return Math.abs(score - truth) < 1.96 * error
  }).length
  // 95 % of 322, give or take three standard errors of that share and a little for the items, which are estimated too.
  expect(covered / outcomes.length).toBeGreaterThan(0.9)
  expect(covered / outcomes.length).toBeLessThan(0.99)
  expect(report.mean).toBeGreaterThan(485)
  expect(report.mean).toBeLessThan(515)
  expect(report.reliability.wle).toBeGreaterThan(0.85)
})

test('the same answers, seed and program give the same to the byte; another seed moves only plausible values', async () => {
  const before = await outcomesOf(round.roundId)
  await scaleRound(db, round.code, { seed: 5 })
  const { runs } = await world.read<ScalingOfRound>(here, psychometrician)
  expect(runs[0]).toMatchObject({ number: 2, inForce: true })
  expect(runs[0]!.outputHash).toBe(runs[1]!.outputHash)
  expect(runs[0]!.inputHash).toBe(runs[1]!.inputHash)
  expect(runs[1]!.inForce).toBe(false)
  await scaleRound(db, round.code, { seed: 6 })
  const after = await outcomesOf(round.roundId)
  expect(after.map(({ score }) => score)).toEqual(before.map(({ score }) => score))
  expect(after.map(({ values }) => values)).not.toEqual(before.map(({ values }) => values))
  expect(new Set(after.map(({ version }) => version))).toEqual(new Set([3]))
})

test('an item is left out with a reason from the next run on; the run before stays readable with it', async () => {
  const item = round.items[3]!
  expect((await send(`${here}/decisions`, { item, kind: 'drop_item', reason: '' })).status).toBe(400)
  expect(
    (await send(`${here}/decisions`, { item, kind: 'keep_item', reason: 'is kept already' })).status,
  ).toBe(400)
  expect(
    (await send(`${here}/decisions`, { item, kind: 'drop_item', reason: 'The picture was not printed' }))
      .status,
  ).toBe(201)
  expect((await send(`${here}/runs`, { seed: 5 })).status).toBe(202)
  await doRun()
  const now = await world.read<ScalingOfRound>(here, psychometrician)
  expect(now.decisions).toMatchObject([{ item, kind: 'drop_item', madeBy: 'Guntis Lācis' }])
  const newest = await world.read<RunDetail>(`${here}/runs/${now.runs[0]!.number}`, psychometrician)
  const oldest = await world.read<RunDetail>(`${here}/runs/1`, psychometrician)
  expect(newest.report.items.find(({ code }) => code === item)).toMatchObject({
    isDropped: true,
    slope: null,
  })
  expect(oldest.report.items.find(({ code }) => code === item)).toMatchObject({ isDropped: false })
  expect(newest.report.forms[0]!.pupils).toBe(322)
  const parameters = await query<{ n: number }>(
    'select count(*)::integer as n from assessments.item_parameter where round = $1',
    [round.code],
  )
  expect(parameters[0]!.n).toBe(round.items.length - 1)
})

test('a run that was made is never edited, and a decision never', async () => {
  await expect(query('update assessments.scaling_run set seed = 9 where number = 1')).rejects.toThrow(
    'never edited',
  )
  await expect(query("update assessments.scaling_decision set reason = 'x'")).rejects.toThrow('never edited')
})

test('the next year stands on the same scale by its anchors, and its growth is found', async () => {
  const next = await laterRound(2028)
  await query('update assessments.form_item set is_anchor = true where form_id = $1', [next.formId])
  await answerRound(db, next, { seed: 2, mean: 0.5 })
  await scaleRound(db, next.code, { seed: 5 })
  const { scale, report } = await world.read<RunDetail>(
    `/scaling/rounds/${next.code}/runs/1`,
    psychometrician,
  )
  expect(scale).toMatchObject({ name: 'numeracy-6', kind: 'linked', linkedTo: round.code })
  expect(scale.anchors).not.toContain(round.items[3])
  // Half a logit is 50 points, give or take the errors of the link and of 322 pupils twice.
  expect(report.mean).toBeGreaterThan(500 + 50 - 3 * Math.hypot(scale.linkError, 8))
  expect(report.mean).toBeLessThan(500 + 50 + 3 * Math.hypot(scale.linkError, 8))
  expect(scale.linkError).toBeGreaterThan(1)
  expect(scale.linkError).toBeLessThan(15)
})

test('an anchor that became harder is found, flagged and does not link', async () => {
  const third = await laterRound(2029)
  await query('update assessments.form_item set is_anchor = true where form_id = $1', [third.formId])
  await answerRound(db, third, { seed: 3, harder: { [third.items[7]!]: 2.5 } })
  await scaleRound(db, third.code, { seed: 5 })
  const { report, scale } = await world.read<RunDetail>(
    `/scaling/rounds/${third.code}/runs/1`,
    psychometrician,
  )
  const drifted = report.flags.filter(({ code }) => code === 'anchorDrift').flatMap(({ items }) => items)
  expect(drifted).toContain(third.items[7])
  expect(scale.kind).toBe('linked')
})

test('without anchors a later round has a scale of its own, by another name, and says so', async () => {
  const fourth = await laterRound(2030)
  await query('update assessments.form_item set is_anchor = false where form_id = $1', [fourth.formId])
  await answerRound(db, fourth, { seed: 4 })
  await scaleRound(db, fourth.code, { seed: 5 })
  const { report, scale } = await world.read<RunDetail>(
    `/scaling/rounds/${fourth.code}/runs/1`,
    psychometrician,
  )
  expect(scale).toMatchObject({ name: 'numeracy-6-2030', kind: 'own' })
  expect(report.flags.map(({ code }) => code)).toContain('notLinked')
})

test('a round that is not closed, or in which answers wait for a marker, is not scaled; after release only with a reason', async () => {
  const open = await plantRound(db, { code: '2027-6-reading', domain: 'reading', pupilsPerClass: 80 })
  await expect(scaleRound(db, open.code, { seed: 1 })).rejects.toThrow('round_not_closed')
  await query(`update assessments.round set state = 'closed' where code = $1`, [open.code])
  await expect(scaleRound(db, open.code, { seed: 1 })).rejects.toThrow('nobody_tested')
  const person = open.participants[0]!.id
  await query(`update assessments.participant set status = 'tested' where participant_id = $1`, [person])
  await query(
    `insert into assessments.item_score (participant_id, position, points, state) values ($1, 1, 1, 'by_rule'), ($1, 2, null, 'waits')`,
    [person],
  )
  await expect(scaleRound(db, open.code, { seed: 1 })).rejects.toThrow('answers_wait')
  await query(`update assessments.round set state = 'official' where code = $1`, [round.code])
  expect((await send(`${here}/runs`, { seed: 5 })).status).toBe(400)
  await scaleRound(db, round.code, { seed: 5, reason: 'An appeal was granted' })
  const reasons = await query<{ reason: string }>(
    'select distinct reason from assessments.outcome where round_id = $1 and ended_at is null',
    [round.roundId],
  )
  expect(reasons).toEqual([{ reason: 'An appeal was granted' }])
})

test('a panel sets a standard by bookmarks: each sees the own, medians after the round, levels from the next run on', async () => {
  const panellists: Signed[] = []
  for (const name of ['Laura Siliņa', 'Kārlis Eglītis', 'Inga Roze']) {
    await asJob(db, async (tx) => {
      const { rows } = await tx.query<{ id: string }>(
        `select m.mandate_uuid as id from access.mandate m join access.person p using (person_id) where p.display_name = $1`,
        [name],
      )
      await giveDuty(tx, rows[0]!.id, 'panellist', 'test')
    })
    panellists.push(await as(name))
  }
  const opened = await send('/scaling/panels', { round: round.code, name: 'Numeracy, grade 6' })
  expect(opened.status).toBe(201)
  const { id, booklet } = (await opened.json()) as PanelDetail
  const locations = booklet.map(({ location }) => location!)
  expect(locations).toEqual(locations.toSorted((a, b) => a - b))
  const panel = `/scaling/panels/${id}`
  expect((await send(`${panel}/rounds`, {})).status).toBe(409)
  const places = [
    [8, 20, 35],
    [10, 22, 36],
    [14, 21, 40],
  ]
  for (const [n, person] of panellists.entries()) {
    expect((await send(`${panel}/bookmarks`, { places: places[n]! }, person)).status).toBe(200)
  }
  expect((await send(`${panel}/bookmarks`, { places: [9, 9, 20] }, panellists[0])).status).toBe(400)
  expect((await send(`${panel}/bookmarks`, { places: [8, 20, 35] })).status).toBe(404)
  const seen = await world.read<PanelDetail>(panel, panellists[1]!)
  expect(seen).toMatchObject({ mine: places[1], medians: [], sits: true, leads: false })
  expect(seen.booklet.every(({ location }) => location === null)).toBe(true)
  expect((await send(`${panel}/rounds`, { closes: true })).status).toBe(200)
  const after = await world.read<PanelDetail>(panel, panellists[1]!)
  const cuts = [locations[9]!, locations[20]!, locations[35]!]
  expect(after.medians).toMatchObject([{ panelRound: 1, panellists: 3, cuts }])
  expect(after.medians[0]!.shares!.reduce((sum, x) => sum + x, 0)).toBeCloseTo(1, 6)
  expect((await send(`${panel}/standard`, { fromYear: 2027, basis: 'Panel of May' })).status).toBe(200)

  await scaleRound(db, round.code, { seed: 5, reason: 'The standard was set' })
  const outcomes = await outcomesOf(round.roundId)
  for (const { score, level } of outcomes) {
    expect(level).toBe(1 + cuts.filter((cut) => score >= cut).length)
  }
  expect(new Set(outcomes.map(({ level }) => level)).size).toBe(4)
  const { standards } = await world.read<ScalingOfRound>(here, psychometrician)
  expect(standards).toMatchObject([{ version: 1, scale: 'numeracy-6', fromYear: 2027 }])
})

test('who objects is in no run from then on; taken back, in the next one again', async () => {
  const { id, learnerId } = round.participants[3]!
  const inForce = async () => (await outcomesOf(round.roundId)).some(({ person }) => person === id)
  await query(
    `insert into rights.objection (learner_id, kind, ground, valid, recorded_by)
     select $1, 'objection', 'Iesniegums', daterange(access.today(), null), min(person_id) from access.person`,
    [learnerId],
  )
  await scaleRound(db, round.code, { seed: 5, reason: 'Iebildums' })
  expect(await inForce()).toBe(false)
  expect(await outcomesOf(round.roundId)).toHaveLength(round.participants.length - 1)
  await query(
    `update rights.objection set withdrawn_at = now(), withdrawn_by = recorded_by, withdrawn_why = 'Atsaukts'`,
  )
  await scaleRound(db, round.code, { seed: 5, reason: 'Iebildums atsaukts' })
  expect(await inForce()).toBe(true)
})
