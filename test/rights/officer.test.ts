import { expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { sealer } from '#modules/registry/index.ts'
import { askWhatIsDue, retain } from '#modules/rights/index.ts'
import type { Linkage, Objection, Processing, Retention, RetentionRun } from '#modules/rights/model.ts'
import { jobHandlers } from '../../src/job-handlers.ts'
import { folderWith } from '../db/folders.ts'
import { newWorld, type Signed, testKeys } from '../world.ts'

const world = await newWorld()
const officer = await world.signIn('protection_officer')
const steward = await world.signIn('steward')
const parent = await world.signIn('parent')
const send = (person: Signed, path: string, body: object) =>
  world.get(`/api/v1${path}`, person, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-csrf': person.csrf },
    body: JSON.stringify(body),
  })
const { code } = await childsCode()
const objection = { code, kind: 'objection', ground: 'Iesniegums 1-15/7', from: '2026-09-01', until: null }
const objections = async () => (await world.read<{ items: Objection[] }>('/objections', officer)).items
const runs = async () => (await world.read<{ items: RetentionRun[] }>('/retention/runs', officer)).items
const waiting = async (kind: string) => {
  const { rows } = await asJob(world.db, (tx) =>
    tx.query<{ n: number }>(`select count(*) as n from pgboss.job where name = $1 and state = 'created'`, [
      kind,
    ]),
  )
  return rows[0]!.n
}

/** The code of the parent's child, as the register told it. */
async function childsCode() {
  const { rows } = await asJob(world.db, (tx) =>
    tx.query<{ sealed: Buffer }>(
      `select sealed_code as sealed from identity.person join registry.learner using (learner_id) where learner_uuid = $1`,
      [parent.learnerId],
    ),
  )
  return { code: sealer(testKeys).open('code', rows[0]!.sealed) }
}

test('the rules of retention are public, and every kind of processing names rules there are', async () => {
  const { items } = await world.read<{ items: Retention[] }>('/retention')
  const { items: register } = await world.read<{ items: Processing[] }>('/processing')
  const kinds = items.map(({ kind }) => kind)
  expect(items[0]).toMatchObject({ kind: 'learner_identity', keeps: 'P1Y', event: 'end_of_studies' })
  expect(register.flatMap(({ retention }) => retention).filter((kind) => !kinds.includes(kind))).toEqual([])
  expect(kinds.filter((kind) => !register.some(({ retention }) => retention.includes(kind)))).toEqual([])
})

test('the officer counts first; nothing can be destroyed that was not counted the same day', async () => {
  expect((await send(officer, '/retention/runs', { dry: false })).status).toBe(409)
  expect((await send(steward, '/retention/runs', { dry: true })).status).toBe(404)
  expect((await send(officer, '/retention/runs', { dry: true })).status).toBe(202)
  const handlers = jobHandlers(world.db, testKeys, {
    personKeys: `${folderWith()}/person-keys`,
    uploads: { folder: '' },
    refusesRealData: false,
  } as Parameters<typeof jobHandlers>[2])
  const { rows } = await asJob(world.db, (tx) =>
    tx.query<{ data: object }>(`select data from pgboss.job where name = 'retention'`),
  )
  const context = {
    payload: rows[0]!.data,
    signal: new AbortController().signal,
    progress: () => {},
    ask: async () => {},
  }
  await handlers.retention.work(context as never)
  expect(await runs()).toMatchObject([
    {
      dry: true,
      state: 'done',
      askedBy: 'Anna Zariņa',
      counts: [{ kind: 'learner_identity', table: 'identity.person' }],
    },
  ])
  expect((await send(officer, '/retention/runs', { dry: false })).status).toBe(202)
})

test('an objection is recorded by code, seen by the parent, and nobody is named in the list', async () => {
  expect((await send(parent, '/objections', objection)).status).toBe(404)
  expect((await send(officer, '/objections', { ...objection, until: '2026-08-01' })).status).toBe(400)
  for (const wrong of [
    { from: '0000-01-01' },
    { until: '9999-12-31' },
    { ground: 'a\u0000b' },
    { ground: 'x'.repeat(501) },
    { kind: 'erasure' },
    { code: '' },
  ])
    expect((await send(officer, '/objections', { ...objection, ...wrong })).status).toBe(400)
  expect((await send(officer, '/objections', { ...objection, code: '010101-00000' })).status).toBe(404)
  const made = await send(officer, '/objections', objection)
  expect(made.status).toBe(201)
  const { id } = (await made.json()) as { id: string }
  const [listed] = await objections()
  expect(listed).toMatchObject({ id, kind: 'objection', from: '2026-09-01', until: null, inForce: true })
  expect(JSON.stringify(listed)).not.toContain(code)
  const { sections } = await world.read<{ sections: { key: string; rows: unknown[][] }[] }>(
    `/learners/${parent.learnerId}/held`,
    parent,
  )
  expect(sections.find(({ key }) => key === 'objections')!.rows).toHaveLength(1)
  const { items } = await world.read<{ items: { action: string }[] }>('/looks', parent)
  expect(items.map(({ action }) => action)).toContain('record_objection')
})

test('new figures are asked for at once after an objection, and when one begins or ends by itself', async () => {
  expect(await waiting('compute')).toBe(1)
  expect(await asJob(world.db, askWhatIsDue)).toEqual({ retention: false, compute: false })
  const [{ id }] = (await objections()) as [Objection]
  expect((await send(steward, `/objections/${id}/withdrawal`, { why: 'Atsaukts' })).status).toBe(204)
  expect((await send(steward, `/objections/${id}/withdrawal`, { why: 'Atsaukts' })).status).toBe(409)
  await world.db.jobPool.query(`update jobs.job set asked_at = access.today() - 1`)
  await world.db.jobPool.query(
    `update rights.objection set recorded_at = access.today() - 9, withdrawn_at = null, withdrawn_by = null, withdrawn_why = null,
            valid = daterange(access.today(), null)`,
  )
  expect(await asJob(world.db, askWhatIsDue)).toMatchObject({ compute: true })
})

test('a linkage is switched by the officer with a reason that everybody can read; whoever switched it is not told', async () => {
  const linkage = async () => {
    const { linkages } = await world.read<{ linkages: Linkage[] }>('/processing')
    return linkages.find(({ code }) => code === 'results-years')!
  }
  const path = '/linkages/results-years'
  expect((await send(steward, path, { on: false, reason: 'Pārbaude' })).status).toBe(404)
  expect((await send(officer, path, { on: false, reason: '  ' })).status).toBe(400)
  expect((await send(officer, path, { on: true, reason: 'Jau ir' })).status).toBe(409)
  expect((await send(officer, path, { on: false, reason: 'Nav pamata' })).status).toBe(204)
  expect(await linkage()).toMatchObject({ on: false, reason: 'Nav pamata' })
  const { items } = await world.read<{ items: { action: string; object: string }[] }>(
    '/audit?limit=1',
    officer,
  )
  expect(items).toMatchObject([{ action: 'linkage_off', object: 'linkage results-years' }])
  expect((await send(officer, path, { on: true, reason: 'Pamats ir' })).status).toBe(204)
})

test('where the data are real, what is due is asked for once a month', async () => {
  await world.db.jobPool.query(`update intake.import set data_kind = 'real'; delete from rights.run`)
  expect(await asJob(world.db, askWhatIsDue)).toMatchObject({ retention: true })
  expect(await asJob(world.db, askWhatIsDue)).toMatchObject({ retention: false })
  const { rows } = await asJob(world.db, (tx) =>
    tx.query<{ id: number }>(`select run_id as id from rights.run where asked_by is null`),
  )
  const report = await retain(world.db, { run: rows[0]!.id, personKeys: `${folderWith()}/person-keys` })
  expect(report).toMatchObject({ dry: false })
  expect(await retain(world.db, { run: rows[0]!.id, personKeys: `${folderWith()}/person-keys` })).toBeNull()
})
