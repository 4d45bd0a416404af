import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isAlive, postgresProcessesIn } from '#db/embedded/processes.ts'
import { newFolder } from '../db/clusters.ts'
import { freePort, ikms, run, type Serving, serve, until, webProcessesOf } from './serving.ts'

const folder = newFolder()
const data = join(folder, 'postgres', 'data')
const samples = join(import.meta.dirname, '..', '..', 'samples')
const SECONDS = 1000
let port: number
let server: Serving

beforeAll(async () => {
  port = await freePort()
  server = await serve({ folder, port, webProcesses: 2 })
}, 90 * SECONDS)
afterAll(async () => {
  server.child.kill('SIGTERM')
  await server.ended
}, 30 * SECONDS)

/** The status of an answer; `none` when the connection fails, `late` when nothing comes for ten seconds. */
const status = async (path: string) => {
  try {
    return (await fetch(`http://127.0.0.1:${port}${path}`, { signal: AbortSignal.timeout(10 * SECONDS) }))
      .status
  } catch (error) {
    return (error as Error).name === 'TimeoutError' ? 'late' : 'none'
  }
}
const config = async () =>
  (await (await fetch(`${server.address}/api/v1/config`)).json()) as {
    data: string
    dataVersion: { release: string | null }
  }

test('without any data it answers, in two processes behind one port', async () => {
  expect(server.webProcesses()).toHaveLength(2)
  for (const path of ['/lv', '/en', '/health/live', '/health/ready', '/api/v1/config']) {
    expect([path, await status(path)]).toEqual([path, 200])
  }
  expect(await config()).toMatchObject({ data: 'none', dataVersion: { release: null } })
})

test('metrics are those of both processes together and of the supervisor, whichever is asked', async () => {
  for (let times = 0; times < 21; times += 1) await status('/health/live')
  const text = await (await fetch(`${server.address}/metrics`, { headers: { connection: 'close' } })).text()
  const answered =
    /ikms_http_request_seconds_count\{method="GET",route="\/health\/live",status="200"\} (\d+)/.exec(text)
  expect(Number(answered?.[1])).toBeGreaterThanOrEqual(21)
  // What the guide for operators tells to watch (docs/operations.md) is there.
  const value = (name: string) =>
    Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`${name} `))
        ?.split(' ')
        .at(-1),
    )
  expect(value('ikms_last_backup_timestamp_seconds')).toBe(0)
  expect(value('ikms_import_rows{outcome="refused"}')).toBe(0)
  expect(value('ikms_jobs_oldest_waiting_seconds')).toBe(0)
  for (const pool of ['public', 'app', 'job']) expect(value(`ikms_pool_waiting{pool="${pool}"}`)).toBe(0)
  expect(value('ikms_page_cache_total{result="miss"}')).toBeGreaterThan(0)
  expect(value('ikms_nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0)
  expect(value('ikms_disk_free_bytes{folder="data"}')).toBeGreaterThan(1_000_000)
  expect(value('ikms_supervisor_resident_memory_bytes')).toBeGreaterThan(30_000_000)
  expect(value('ikms_web_process_starts')).toBe(2)
  expect(value('ikms_jobs_process_starts')).toBe(1)
  expect(value('ikms_database_starts')).toBe(1)
})

test('a second serve on the same folder is refused in one line that names the first', async () => {
  const second = await run(['serve'], { folder, port: await freePort() })
  expect(second.code).toBe(1)
  expect(second.error.trim()).toBe(
    `IKMS is already running on ${join(folder, 'postgres')} (process ${server.child.pid}): stop it, or set IKMS_DATA to another folder`,
  )
  expect(await status('/lv')).toBe(200)
}, 60_000)

test('a port that is taken, that is none, or that may not be had ends serve with one line', async () => {
  const other = newFolder()
  const taken = await run(['serve'], { folder: other, port })
  expect([taken.code, taken.error.trim().split('\n').at(-1)]).toEqual([
    1,
    `Port ${port} is taken. Choose another: PORT=3001 npm start`,
  ])
  const none = await run(['serve'], { folder: other, more: { PORT: 'soon' } })
  expect([none.code, none.error.trim()]).toEqual([1, 'PORT must be a number from 1 to 65535, not "soon"'])
  const elsewhere = await run(['serve'], {
    folder: other,
    port: await freePort(),
    more: { HOST: '203.0.113.1' },
  })
  expect([elsewhere.code, elsewhere.error.trim().split('\n').at(-1)]).toEqual([
    1,
    expect.stringContaining('IKMS may not listen on 203.0.113.1'),
  ])
  await gone(join(other, 'postgres', 'data'))
}, 90_000)

/** Waits until no PostgreSQL works in a data folder. */
const gone = (dataFolder: string) => until(() => postgresProcessesIn(dataFolder).length === 0, 10 * SECONDS)

test('import and compute beside the running system move the portal to the new data, without a restart', async () => {
  const before = server.webProcesses()
  expect(await (await fetch(`${server.address}/lv`)).text()).toContain('import')
  const file = join(samples, 'results.csv')
  const imported = await run(['import', file, '--mapping', join(samples, 'results.mapping.json')], { folder })
  expect([imported.code, imported.error]).toEqual([0, expect.not.stringContaining('Error')])
  expect((await run(['compute'], { folder })).code).toBe(0)
  await until(async () => (await config()).dataVersion.release === '1.0', 5 * SECONDS)
  // Both processes have moved: whichever is met, the same version.
  await sleep(500)
  const versions = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const answer = await fetch(`${server.address}/api/v1/config`, { headers: { connection: 'close' } })
      return JSON.stringify(((await answer.json()) as { dataVersion: object }).dataVersion)
    }),
  )
  expect(new Set(versions).size).toBe(1)
  expect(await (await fetch(`${server.address}/lv`)).text()).toContain('Pašvaldība 1')
  expect(server.webProcesses()).toEqual(before)
  const metrics = await (await fetch(`${server.address}/metrics`)).text()
  expect(metrics).toContain('ikms_imports{state="merged"} 1')
  expect(metrics).toContain('ikms_import_rows{outcome="read"} 858')
}, 120_000)

test('kill -9 of the database: it is started again, and everybody is answered by the same processes', async () => {
  const web = server.webProcesses()
  const postmaster = () => Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0])
  const first = postmaster()
  process.kill(first, 'SIGKILL')
  await until(() => server.said.error.includes('The database had ended; it was started again.'), 60 * SECONDS)
  expect(postmaster()).not.toBe(first)
  await until(async () => (await status('/health/ready')) === 200, 30 * SECONDS)
  expect(await config()).toMatchObject({ data: 'made_up', dataVersion: { release: '1.0' } })
  expect(server.webProcesses()).toEqual(web)
}, 120_000)

test('kill -9 of a web process: the other goes on, nobody waits for the dead one, and it is replaced', async () => {
  const [first, second] = server.webProcesses()
  process.kill(first!, 'SIGKILL')
  const answers = await Promise.all(Array.from({ length: 20 }, () => status('/api/v1/config')))
  expect(answers.filter((each) => each === 200).length).toBeGreaterThanOrEqual(10)
  expect(answers).not.toContain('late')
  await until(() => server.webProcesses().length === 2, 30 * SECONDS)
  expect(server.webProcesses()).not.toContain(first)
  expect(server.webProcesses()).toContain(second)
  // What the supervisor says arrives through a pipe, and may come after the process it speaks of is already there.
  await until(
    () => server.said.error.includes('A web process ended (SIGKILL); starting another.'),
    30 * SECONDS,
  )
  await until(async () => (await status('/lv')) === 200, 30 * SECONDS)
}, 90_000)

test('kill -9 of the supervisor: its web processes go too, and the next start has everything as it was', async () => {
  const web = server.webProcesses()
  server.child.kill('SIGKILL')
  await server.ended
  await until(() => !web.some(isAlive), 20 * SECONDS)
  server = await serve({ folder, port, webProcesses: 2 })
  expect(await config()).toMatchObject({ data: 'made_up', dataVersion: { release: '1.0' } })
}, 120_000)

test('SIGTERM ends everything within seconds, also with connections left open and a request under way', async () => {
  const web = server.webProcesses()
  const open = Array.from({ length: 5 }, () =>
    fetch(`${server.address}/lv`, { headers: { connection: 'keep-alive' } }),
  )
  await Promise.all(open.map(async (each) => (await each).text()))
  const underWay = fetch(`${server.address}/api/v1/institutions?limit=1000`)
  const started = performance.now()
  server.child.kill('SIGTERM')
  expect([200, 0]).toContain(
    await underWay.then(
      ({ status }) => status,
      () => 0,
    ),
  )
  expect(await server.ended).toBe(0)
  expect(performance.now() - started).toBeLessThan(15 * SECONDS)
  expect(web.filter(isAlive)).toEqual([])
  expect(postgresProcessesIn(data)).toEqual([])
  expect(await status('/lv')).toBe('none')
  server = await serve({ folder, port, webProcesses: 2 })
}, 120_000)

test('Ctrl-C, which reaches every process of the terminal at once, leaves nothing behind', async () => {
  const other = newFolder()
  const own = await serve({ folder: other, port: await freePort(), webProcesses: 2 }, { ownGroup: true })
  const web = own.webProcesses()
  process.kill(-own.child.pid!, 'SIGINT')
  expect(await own.ended).toBe(0)
  expect(web.filter(isAlive)).toEqual([])
  await gone(join(other, 'postgres', 'data'))
  expect(own.said.error).not.toMatch(/error|at file/i)
}, 90_000)

test('stopped while it is still starting, it leaves nothing behind either', async () => {
  const other = newFolder()
  for (const wait of [300, 1000, 2000]) {
    const starting = ikms(['serve'], { folder: other, port: await freePort() }, { ownGroup: true })
    await sleep(wait)
    const web = webProcessesOf(starting.child.pid!)
    process.kill(-starting.child.pid!, 'SIGINT')
    await starting.ended
    await until(() => !web.some(isAlive), 10 * SECONDS)
    await gone(join(other, 'postgres', 'data'))
  }
}, 120_000)

test('a web process that cannot start at all is not tried for ever', async () => {
  const broken = await run(['serve'], {
    folder: newFolder(),
    port: await freePort(),
    webProcesses: 1,
    more: { NODE_OPTIONS: '--import=data:text/javascript,if(process.env.IKMS_PLACE)process.exit(7)' },
  })
  expect(broken.code).toBe(1)
  expect(broken.error).toContain('The web processes do not start')
}, 90_000)

test('real data are refused where the database runs as nobody, and taken where it runs as its own user', async () => {
  const other = newFolder()
  const mapping = join(other, 'real.mapping.json')
  writeFileSync(mapping, JSON.stringify({ extends: join(samples, 'results.mapping.json'), dataKind: 'real' }))
  const { code, out, error } = await run(['import', join(samples, 'results.csv'), '--mapping', mapping], {
    folder: other,
  })
  if (process.getuid?.() === 0) {
    expect(code).toBe(1)
    expect(error).toContain('Real data need a system user of their own')
    expect(out).not.toContain('Imported')
  } else expect(code).toBe(0)
}, 90_000)
