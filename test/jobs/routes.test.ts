import { expect, test } from 'vitest'
import type { DatedRule } from '#modules/disclosure/model.ts'
import type { Job } from '#modules/jobs/model.ts'
import { newWorld, type Signed } from '../world.ts'

const world = await newWorld()
const steward = await world.signIn('steward')
const analyst = await world.signIn('analyst')

const post = (path: string, person: Signed | undefined, body?: unknown, headers?: Record<string, string>) =>
  world.get(`/api/v1${path}`, person, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(person && { 'x-csrf': person.csrf }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
const jobs = async () => (await world.read<{ items: Job[] }>('/jobs', steward)).items
const code = async (answer: Response) => [answer.status, ((await answer.json()) as { code?: string }).code]

test('a steward asks for a job, and sees it wait; asked for again it is the same', async () => {
  const answer = await post('/jobs', steward, { kind: 'compute', thenPublish: true })
  expect(answer.status).toBe(202)
  const job = (await answer.json()) as Job
  expect(job).toMatchObject({
    kind: 'compute',
    state: 'waiting',
    tries: 0,
    mostTries: 4,
    askedBy: 'Mārtiņš Bērziņš',
    startedAt: null,
    endedAt: null,
    done: 0,
    failure: null,
  })
  expect(await jobs()).toEqual([job])
  expect(await world.read(`/jobs/${job.id}`, steward)).toEqual(job)
  const again = (await (await post('/jobs', steward, { kind: 'compute' })).json()) as Job
  expect(again.id).toBe(job.id)
})

test('a steward cancels a job and puts it back; what has ended already cannot be cancelled', async () => {
  const [job] = await jobs()
  const cancelled = await post(`/jobs/${job!.id}/cancel`, steward)
  expect(await cancelled.json()).toMatchObject({ state: 'cancelled' })
  expect(await code(await post(`/jobs/${job!.id}/cancel`, steward))).toEqual([409, 'wrong_state'])
  const back = await post(`/jobs/${job!.id}/retry`, steward)
  expect(await back.json()).toMatchObject({ state: 'waiting', endedAt: null })
  expect(await code(await post(`/jobs/${job!.id}/retry`, steward))).toEqual([409, 'wrong_state'])
  expect(await code(await post(`/jobs/${crypto.randomUUID()}/retry`, steward))).toEqual([404, 'not_found'])
})

test('a cancelled job is not put back where another of its kind waits already', async () => {
  const [job] = await jobs()
  await post(`/jobs/${job!.id}/cancel`, steward)
  const other = (await (await post('/jobs', steward, { kind: 'compute' })).json()) as Job
  expect(other.id).not.toBe(job!.id)
  expect(await code(await post(`/jobs/${job!.id}/retry`, steward))).toEqual([409, 'wrong_state'])
})

test('every write is in the audit trail, with who did it', async () => {
  const { items } = await world.read<{ items: { action: string; object: string; outcome: string }[] }>(
    '/audit?limit=100',
    steward,
  )
  const written = items.filter(({ object }) => object.startsWith('job '))
  expect(written.map(({ action }) => action).reverse()).toEqual([
    'ask_job',
    'ask_job',
    'cancel_job',
    'retry_job',
    'cancel_job',
    'ask_job',
  ])
  expect(new Set(written.map(({ outcome }) => outcome))).toEqual(new Set(['done']))
})

test('for everybody else there are no jobs, and none can be asked for', async () => {
  const before = await jobs()
  for (const person of [undefined, analyst, await world.signIn('school')]) {
    expect((await world.get('/api/v1/jobs', person)).status).toBe(404)
    expect((await world.get(`/api/v1/jobs/${before[0]!.id}`, person)).status).toBe(404)
    expect((await post('/jobs', person, { kind: 'publish' })).status).toBe(404)
    expect((await post(`/jobs/${before[0]!.id}/cancel`, person)).status).toBe(404)
    expect((await post(`/jobs/${before[0]!.id}/retry`, person)).status).toBe(404)
  }
  expect(await jobs()).toEqual(before)
})

test('a write without the token of the session, of no known kind, or a trial without its rule is refused', async () => {
  const before = await jobs()
  expect(await code(await post('/jobs', steward, { kind: 'publish' }, { 'x-csrf': 'guessed' }))).toEqual([
    403,
    'wrong_csrf',
  ])
  for (const kind of ['rule-trial', 'delete-everything']) {
    expect(await code(await post('/jobs', steward, { kind }))).toEqual([400, 'invalid_request'])
  }
  expect(await jobs()).toEqual(before)
})

test('the database itself refuses a job to whoever is no steward, or is one no more', async () => {
  const asked = world.db.appPool.query(`select jobs.ask('publish')`)
  await expect(asked).rejects.toThrow('permission denied')
  const client = await world.db.appPool.connect()
  try {
    for (const tier of ['tier_analyst', 'tier_school']) {
      await client.query(`begin; set local role ${tier}`)
      await expect(client.query(`select jobs.ask('publish')`)).rejects.toThrow('permission denied')
      await client.query('rollback')
    }
    await client.query(`begin; set local role tier_steward`)
    await expect(client.query(`select jobs.ask('publish')`)).rejects.toThrow('only a steward may do this')
    await client.query('rollback')
  } finally {
    client.release()
  }
})

test('a trial of a rule whose job is cancelled does not say for ever that it waits', async () => {
  const { items: rules } = await world.read<{ items: DatedRule[] }>('/disclosure/rules')
  const { reason: _reason, from: _from, until: _until, ...rule } = rules[0]!
  const trial = (await (await post('/disclosure/trials', steward, rule)).json()) as { id: string }
  const state = async () =>
    (await world.read<{ state: string }>(`/disclosure/trials/${trial.id}`, steward)).state
  const job = (await jobs()).find(({ kind }) => kind === 'rule-trial')!
  expect([job.state, job.askedBy, await state()]).toEqual(['waiting', 'Mārtiņš Bērziņš', 'waiting'])
  expect((await post(`/jobs/${job.id}/cancel`, steward)).status).toBe(200)
  expect(await state()).toBe('failed')
})
