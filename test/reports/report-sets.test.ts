import { randomUUID } from 'node:crypto'
import { unzipSync } from 'fflate'
import pino from 'pino'
import { expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { dropOldReports, makeReportSet, type ReportDesk } from '#modules/publications/index.ts'
import type { ReportSet } from '#modules/publications/model.ts'
import { newServer } from '../../src/server.ts'
import { afterFile } from '../after-file.ts'
import { newWorld, type Signed, testKeys } from '../world.ts'

/** What is printed is asked about elsewhere: here a page is a few bytes, and the workbooks are real. */
const world = await newWorld()
const server = await newServer({
  db: world.db,
  keys: testKeys,
  log: pino({ level: 'silent' }),
  portal: async () => new Response(''),
  clientFolder: '.',
  chromium: '/bin/true',
})
afterFile(() => server.close())

const town = await world.signIn('municipality')
const analyst = await world.signIn('analyst')
const { schoolYears } = await world.read<{ schoolYears: number[] }>('/config')
const schoolYear = schoolYears.at(-1)!
const run = async <Row>(sql: string, values: unknown[] = []) =>
  (await asJob(world.db, (tx) => tx.query<Row>(sql, values))).rows

const send = (path: string, { cookie, csrf }: Signed, body: object | null = null) =>
  server.app.request(`/api/v1${path}`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json', 'x-csrf': csrf },
    ...(body && { body: JSON.stringify(body) }),
  })
const get = (path: string, { cookie }: Signed) =>
  server.app.request(`/api/v1${path}`, { headers: { cookie } })
const ask = (person: Signed, figures = 'own') =>
  send('/report-sets', person, { schoolYear, figures, language: 'lv' })
const asked = async (person: Signed, figures = 'own') => {
  const answer = await ask(person, figures)
  expect(answer.status).toBe(201)
  return ((await answer.json()) as ReportSet).id
}
const one = async (id: string, person: Signed = town) => {
  const { items } = (await (await get('/report-sets', person)).json()) as { items: ReportSet[] }
  return items.find((set) => set.id === id)
}
const zipOf = (id: string, person: Signed) => get(`/report-sets/${id}/reports.zip`, person)
const filesOf = async (id: string, person: Signed) => {
  const answer = await zipOf(id, person)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/zip'])
  return unzipSync(new Uint8Array(await answer.arrayBuffer()))
}

/** The door for single reports, which notes what it was asked for. */
const asks: string[] = []
const desk: ReportDesk = async (path, as) => {
  asks.push(path)
  if (path.includes('report.pdf')) return new Response(`%PDF-${path}`)
  return server.app.request(`/api/v1${path}`, {}, { requestId: randomUUID(), ...as })
}
const make = async (id: string, at: ReportDesk = desk, signal?: AbortSignal) => {
  const [row] = await run<{ number: number }>(
    'select report_set_id as number from publications.report_set where report_set_uuid = $1',
    [id],
  )
  return makeReportSet(world.db, row!.number, at, { ...(signal && { signal }) })
}
/** As the worker does: a job that has ended stands in nobody's way. */
const endJobs = () =>
  run(
    `update pgboss.job set state = 'completed', completed_on = now() where name = 'reports' and state < 'completed'`,
  )
const forget = () => run(`update publications.report_set set asked_at = asked_at - interval '2 days'`)

test('a municipality gets two files of each of its schools, by name, and of no other school', async () => {
  const id = await asked(town)
  expect(await one(id)).toMatchObject({ state: 'waiting', schools: null, made: 0 })
  expect((await zipOf(id, town)).status).toBe(404)
  const came = await make(id)
  expect(await one(id)).toMatchObject({ state: 'done', schools: came!.schools, made: came!.schools })
  const { municipality } = await world.read<{ municipality: { id: string } }>('/work/municipality', town)
  const { items } = await world.read<{ items: { id: string; name: { lv: string } }[] }>(
    `/institutions?municipality=${municipality.id}&limit=1000`,
  )
  const own = new Set(items.map((school) => school.id))
  const reached = asks.map((path) => path.split('/')[2]!)
  expect(reached.filter((school) => !own.has(school))).toEqual([])
  const names = Object.keys(await filesOf(id, town))
  expect(names).toHaveLength(2 * (came!.schools - came!.leftOut))
  expect(names.length).toBeGreaterThan(2)
  expect(names).toEqual(names.toSorted())
  expect(names.filter((name) => name.endsWith('.pdf'))).toHaveLength(names.length / 2)
})

test('each file is what the door for one school gives the same person', async () => {
  const [set] = ((await (await get('/report-sets', town)).json()) as { items: ReportSet[] }).items
  const files = Object.entries(await filesOf(set!.id, town))
  const paths = asks.filter((path) => path.includes('report.xlsx'))
  const inside = (book: Uint8Array) => {
    const { 'xl/worksheets/sheet1.xml': sheet, 'xl/sharedStrings.xml': words } = unzipSync(book)
    return [sheet, words].map((each) => each && Buffer.from(each).toString())
  }
  const told = new Set(
    files.filter(([name]) => name.endsWith('.xlsx')).map(([, book]) => inside(book).join()),
  )
  for (const path of paths.slice(0, 3)) {
    const single = await get(path, town)
    if (single.status === 404) continue
    expect(told).toContain(inside(new Uint8Array(await single.arrayBuffer())).join())
  }
})

test('nobody else sees a set, and without schools there is none to ask for', async () => {
  const [set] = ((await (await get('/report-sets', town)).json()) as { items: ReportSet[] }).items
  expect(await one(set!.id, analyst)).toBeUndefined()
  expect((await zipOf(set!.id, analyst)).status).toBe(404)
  expect((await send(`/report-sets/${set!.id}/cancel`, analyst)).status).toBe(404)
  for (const tier of ['school', 'inspector', 'parent', 'steward'] as const) {
    const person = await world.signIn(tier)
    expect((await get('/report-sets', person)).status, tier).toBe(404)
    expect((await ask(person)).status, tier).toBe(404)
    expect((await zipOf(set!.id, person)).status, tier).toBe(404)
  }
})

test('one set at a time; of a broken-off one only what is missing is made', async () => {
  await endJobs()
  const id = await asked(town, 'released')
  expect((await ask(town)).status).toBe(429)
  const from = asks.length
  let left = 2
  const dying: ReportDesk = (path, as) => {
    if (path.includes('report.xlsx') && left-- === 0) throw new Error('the power went')
    return desk(path, as)
  }
  await expect(make(id, dying)).rejects.toThrow('the power went')
  const half = (await one(id))!
  expect(half.made).toBeGreaterThan(0)
  expect(half.made).toBeLessThan(half.schools!)
  expect((await zipOf(id, town)).status).toBe(404)
  const before = asks.length
  await make(id)
  expect((await one(id))!.made).toBe(half.schools)
  expect(asks.length - before).toBe(2 * (half.schools! - half.made))
  expect(asks.length).toBeGreaterThan(from)
  const again = asks.length
  await make(id)
  expect(asks).toHaveLength(again)
})

test('reports of other data are never mixed: where the data changed, all are made anew', async () => {
  await endJobs()
  const id = await asked(town)
  await make(id)
  await run(
    `update publications.report_set set made_at = null, data_version = 'another' where report_set_uuid = $1`,
    [id],
  )
  const before = asks.length
  const came = await make(id)
  expect(asks.length - before).toBe(2 * came!.schools)
})

test('what is cancelled is not made, and nothing of it stays', async () => {
  await endJobs()
  const id = await asked(town)
  const stop = new AbortController()
  const stopping: ReportDesk = async (path, as) => {
    const answer = await desk(path, as)
    if (path.includes('xlsx')) stop.abort(new Error('cancelled'))
    return answer
  }
  await expect(make(id, stopping, stop.signal)).rejects.toThrow('cancelled')
  expect((await send(`/report-sets/${id}/cancel`, town)).status).toBe(200)
  expect(await one(id)).toMatchObject({ state: 'cancelled', made: 0 })
  const before = asks.length
  await make(id)
  expect(asks).toHaveLength(before)
  expect((await send(`/report-sets/${id}/cancel`, town)).status).toBe(409)
  const [job] = await run<{ state: string }>(
    `select state from pgboss.job where name = 'reports' order by created_on desc limit 1`,
  )
  expect(job!.state).toBe('cancelled')
})

test('five sets a day are enough, and a job that was given up is told as failed', async () => {
  await forget()
  const id = await asked(town)
  await run(
    `update pgboss.job set state = 'failed', completed_on = now() where name = 'reports' and state = 'created'`,
  )
  expect(await one(id)).toMatchObject({ state: 'failed' })
  for (let set = 2; set <= 5; set += 1) {
    await asked(town)
    await endJobs()
  }
  expect((await ask(town)).status).toBe(429)
})

test('after seven days the files are gone, and the set says so', async () => {
  await forget()
  const id = await asked(town)
  await make(id)
  expect(await one(id)).toMatchObject({ state: 'done' })
  await run(`update publications.report_file set made_at = made_at - interval '8 days'`)
  expect(await one(id)).toMatchObject({ state: 'over' })
  expect((await zipOf(id, town)).status).toBe(404)
  await asJob(world.db, dropOldReports)
  expect(await run('select from publications.report_file')).toHaveLength(0)
})

test('asking, stopping and downloading stand in the audit trail, and each unprotected report too', async () => {
  const steward = await world.signIn('steward')
  for (const action of ['ask_reports', 'cancel_reports', 'read_reports', 'make_report']) {
    const { items } = await world.read<{ items: { tier: string }[] }>(`/audit?action=${action}`, steward)
    expect(items.length, action).toBeGreaterThan(0)
    expect(items.map(({ tier }) => tier)).toContain('municipality')
  }
})

test('when the mandate has ended nothing is made with it, and nothing more is fetched', async () => {
  await endJobs()
  await forget()
  const id = await asked(town)
  await run(`update access.mandate set revoked_at = now() where tier = 'municipality'`)
  const before = asks.length
  expect(await make(id)).toBeNull()
  expect(asks).toHaveLength(before)
  expect([401, 404]).toContain((await zipOf(id, town)).status)
})
