import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { ImportDetail, KeptMapping, Upload } from '#modules/intake/model.ts'
import type { Job } from '#modules/jobs/model.ts'
import { columns, line, mappingOf } from '../intake-file.ts'
import { holdTable, queueOf, startJobs } from '../jobs/processes.ts'
import { until } from '../serve/serving.ts'
import { newUploadWorld, refusalOf } from './steward.ts'

const world = await newUploadWorld()
const { db, folder, files, sent, write, upload, steward } = world
const { untilJob, untilFound, job, rows } = queueOf(db)
const start = (more: Record<string, string> = {}) =>
  startJobs(db, undefined, { IKMS_UPLOADS: folder, ...more })
const end = async ({ child, ended }: ReturnType<typeof startJobs>) => {
  child.kill('SIGTERM')
  await ended
}

const { content: _, ...kept } = (await (
  await write('/mappings', 'POST', { mapping: mappingOf() })
).json()) as KeptMapping & { content: object }
const file = (...lines: string[]) => `${[columns, ...lines].join('\n')}\n`

async function ask(id: string, more: object = {}): Promise<string> {
  const answer = await write(`/uploads/${id}/import`, 'POST', { mapping: kept.id, ...more })
  if (answer.status !== 202) throw new Error(`${answer.status} ${await answer.text()}`)
  return ((await answer.json()) as Upload).job!
}
const reportOf = async (id: string) =>
  world.read<ImportDetail>(`/imports/${(await upload(id)).import!.id}`, steward)
const enrolments = async () =>
  (await rows<{ n: number }>('select count(*) as n from registry.enrolment where superseded_by is null'))[0]!
    .n

test('a file that was sent is imported by a job, and then destroyed', async () => {
  const { id } = await sent(file(line(), line({ code: '010110-20002', points: 60 })), 'skola.csv')
  const asked = await ask(id)
  expect(await upload(id)).toMatchObject({ state: 'waiting', job: asked, dryRun: false, import: null })
  expect(await refusalOf(await write(`/uploads/${id}`, 'DELETE'))).toEqual([409, 'wrong_state'])
  expect(await refusalOf(await write(`/uploads/${id}/import`, 'POST', { mapping: kept.id }))).toEqual([
    409,
    'wrong_state',
  ])
  const process = start()
  const done = await untilJob(asked, ({ state }) => state === 'done')
  expect(done).toMatchObject({ kind: 'import', failure: null, result: { rows: 2, refusals: 0 } })
  expect(await upload(id)).toMatchObject({ state: 'imported', problem: null })
  expect(await reportOf(id)).toMatchObject({ file: 'skola.csv', state: 'merged', rowsRead: 2 })
  expect(files()).toEqual([])
  expect(await enrolments()).toBe(2)
  await end(process)
})

test('the payload of its job names nobody and no file', async () => {
  const { id } = await sent(file(line()), 'Anna Bērziņa.csv')
  const asked = await ask(id)
  const [found] = await rows<{ data: object; name: string }>(
    'select data, name from pgboss.job where id = $1',
    [asked],
  )
  expect(found).toEqual({
    name: 'import',
    data: { uploadId: expect.any(Number), mappingId: expect.any(Number), dryRun: false },
  })
  await write(`/jobs/${asked}/cancel`, 'POST')
  await write(`/uploads/${id}`, 'DELETE')
})

test('only checked, a file gets its report, nothing changes, and it can be imported afterwards', async () => {
  const { id } = await sent(file(line({ points: 70 })))
  const process = start()
  await untilJob(await ask(id, { dryRun: true }), ({ state }) => state === 'done')
  expect(await upload(id)).toMatchObject({ state: 'waiting', dryRun: true })
  expect(await reportOf(id)).toMatchObject({ state: 'checked', trial: true })
  expect(files()).toEqual([id])
  const value = async () =>
    (await rows('select value from records.result where superseded_by is null order by value')).map(
      (each) => (each as { value: number }).value,
    )
  expect(await value()).toEqual([50, 60])
  await untilJob(await ask(id), ({ state }) => state === 'done')
  expect(await value()).toEqual([60, 70])
  expect(await upload(id)).toMatchObject({ state: 'imported', dryRun: false })
  await end(process)
})

test('a file with faults is refused whole, its report says why, and it is destroyed too: faults are corrected at the source', async () => {
  const { id } = await sent(file(line({ points: 'many' }), line({ code: '010110-20009' })))
  const process = start()
  const done = await untilJob(await ask(id), ({ state }) => state === 'done')
  expect(done.result).toEqual({ rows: 2, refusals: 1 })
  expect(await reportOf(id)).toMatchObject({
    state: 'refused',
    refusalList: [{ line: 2, rule: 'value.not_a_number' }],
  })
  expect(files()).toEqual([])
  await end(process)
})

test('the same file again is told before it is imported', async () => {
  const content = file(line(), line({ code: '010110-20002', points: 60 }))
  expect((await sent(content)).before).toMatchObject({ number: expect.any(Number) })
  const [{ id }] = (await world.read<{ items: Upload[] }>('/uploads', steward)).items as [Upload]
  await write(`/uploads/${id}`, 'DELETE')
})

test('kill -9 in the middle of an import: nothing of it stays, the next process does it, once', async () => {
  const before = await enrolments()
  const { id } = await sent(file(line({ code: '010110-20003' })))
  const asked = await ask(id)
  const { held, letGo } = await holdTable(db, 'registry.enrolment')
  const first = start()
  await untilFound(held)
  first.child.kill('SIGKILL')
  await first.ended
  expect(files()).toEqual([id])
  const second = start()
  await untilJob(asked, ({ tries, state }) => tries === 2 && state === 'running')
  await letGo()
  const done = await untilJob(asked, ({ state }) => state === 'done')
  expect(done).toMatchObject({ tries: 2, failure: null })
  expect(await enrolments()).toBe(before + 1)
  const ended = await rows<{ state: string; failure: string | null }>(
    'select state, failure from intake.import order by import_id desc limit 2',
  )
  expect(ended).toEqual([
    { state: 'merged', failure: null },
    { state: 'failed', failure: 'import.interrupted' },
  ])
  expect(files()).toEqual([])
  await end(second)
})

test('an import that was noted, whose job was not, is not done twice', async () => {
  const { id } = await sent(file(line({ code: '010110-20004' })))
  const first = start()
  const asked = await ask(id)
  await untilJob(asked, ({ state }) => state === 'done')
  await end(first)
  const imports = () => rows('select from intake.import')
  const before = (await imports()).length
  await rows(`update pgboss.job set state = 'retry', completed_on = null where id = $1`, [asked])
  const second = start()
  const again = await untilJob(asked, ({ state, tries }) => state === 'done' && tries === 2)
  expect(again.result).toMatchObject({ rows: 1, refusals: 0 })
  expect((await imports()).length).toBe(before)
  await end(second)
})

test('an import that is cancelled leaves nothing in the database; the file waits and may be imported or destroyed', async () => {
  const before = await enrolments()
  const { id } = await sent(file(line({ code: '010110-20005' })))
  const asked = await ask(id)
  const { held, letGo } = await holdTable(db, 'registry.enrolment')
  const process = start()
  await untilFound(held)
  await rows('select jobs.cancel($1)', [asked])
  await until(() => process.said.log.includes('job cancelled'), 30_000)
  await letGo()
  expect(await job(asked)).toMatchObject({ state: 'cancelled' } satisfies Partial<Job>)
  expect(await upload(id)).toMatchObject({ state: 'waiting' })
  expect(await enrolments()).toBe(before)
  expect((await write(`/uploads/${id}`, 'DELETE')).status).toBe(204)
  expect(files()).toEqual([])
  await end(process)
})

test('an import that cannot begin says why in words on the page of its file, and is not tried again', async () => {
  const other = mappingOf({ name: 'other', dataKind: 'reference' })
  const answer = await write('/mappings', 'POST', { mapping: other })
  const { id: mapping } = (await answer.json()) as KeptMapping
  const { id } = await sent(file(line()))
  const process = start()
  const asked = await ask(id, { mapping })
  const given = await untilJob(asked, ({ state }) => state === 'failed')
  expect(given).toMatchObject({ tries: 1, failure: { code: 'import.not_begun' } })
  expect(await upload(id)).toMatchObject({
    state: 'waiting',
    problem: {
      code: 'database.other_kind',
      message: { en: expect.stringContaining('already holds made-up data') },
    },
  })
  await write(`/uploads/${id}`, 'DELETE')
  await end(process)
})

test('real data are not let into a database that runs as an account others may use', async () => {
  const answer = await write('/mappings', 'POST', { mapping: mappingOf({ name: 'real', dataKind: 'real' }) })
  const { id: mapping } = (await answer.json()) as KeptMapping
  const { id } = await sent(file(line()))
  const process = start({ IKMS_NO_REAL_DATA: '1' })
  await untilJob(await ask(id, { mapping }), ({ state }) => state === 'failed')
  expect((await upload(id)).problem?.code).toBe('database.not_for_real_data')
  await write(`/uploads/${id}`, 'DELETE')
  await end(process)
})

test('a file that was lost is a failure that says so', async () => {
  const { id } = await sent(file(line()))
  rmSync(join(folder, id))
  const process = start()
  const given = await untilJob(await ask(id), ({ state }) => state === 'failed')
  expect(given).toMatchObject({ tries: 1, failure: { code: 'upload.gone' } })
  await write(`/uploads/${id}`, 'DELETE')
  await end(process)
})

test('nothing of a file stands in the log of its job', async () => {
  const { id } = await sent(file(line({ name: 'Zelma Sargaine', code: '020220-22222', points: 'Zelma' })))
  const process = start()
  await untilJob(await ask(id), ({ state }) => state === 'done')
  await end(process)
  expect(process.said.log).toContain('job done')
  expect(process.said.log).not.toMatch(/Zelma|020220/)
})
