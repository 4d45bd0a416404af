import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isAlive, postgresProcessesIn } from '#db/embedded/processes.ts'
import { newFolder } from '../db/clusters.ts'
import { freePort, jobsProcessesOf, run, type Serving, serve, until } from './serving.ts'

const folder = newFolder()
const data = join(folder, 'postgres', 'data')
const samples = join(import.meta.dirname, '..', '..', 'samples')
const SECONDS = 1000
let port: number
let server: Serving

beforeAll(async () => {
  port = await freePort()
  server = await serve({ folder, port, webProcesses: 1 })
}, 90 * SECONDS)
afterAll(async () => {
  server.child.kill('SIGTERM')
  await server.ended
}, 30 * SECONDS)

const jobsProcesses = () => jobsProcessesOf(server.child.pid!)
const metric = async (name: string) => {
  const text = await (await fetch(`${server.address}/metrics`)).text()
  return Number(
    text
      .split('\n')
      .find((line) => line.startsWith(`${name} `))
      ?.split(' ')
      .at(-1),
  )
}
/** What `ikms jobs` says, line by line. */
const jobs = async () => (await run(['jobs'], { folder })).out.trim().split('\n')
const allDone = () =>
  until(async () => (await jobs()).every((line) => / {2}done {2}/.test(line)), 90 * SECONDS)

test(
  'an import that is to be published is, by the jobs process, and the portal shows it',
  async () => {
    expect(await jobs()).toEqual(['There are no jobs.'])
    const imported = await run(
      [
        'import',
        join(samples, 'results.csv'),
        '--mapping',
        join(samples, 'results.mapping.json'),
        '--then-publish',
      ],
      { folder },
    )
    expect(imported.code).toBe(0)
    expect(imported.out).toMatch(/Job [\da-f-]{36} \(compute\) is queued/)
    const release = async () =>
      (
        (await (await fetch(`${server.address}/api/v1/config`)).json()) as {
          dataVersion: { release: string | null }
        }
      ).dataVersion.release
    await until(async () => (await release()) === '1.0', 90 * SECONDS)
    await allDone()
    expect(await metric('ikms_jobs{kind="compute",state="completed"}')).toBe(1)
    expect(await metric('ikms_jobs_oldest_waiting_seconds')).toBe(0)
    expect(await metric('ikms_jobs_resident_memory_bytes')).toBeGreaterThan(50_000_000)
    expect(await metric('ikms_jobs_process_starts')).toBe(1)
  },
  120 * SECONDS,
)

test(
  'kill -9 of the jobs process: another takes its place, and the web process has noticed nothing',
  async () => {
    const web = server.webProcesses()
    const [first] = jobsProcesses()
    process.kill(first!, 'SIGKILL')
    await until(() => jobsProcesses().length === 1 && jobsProcesses()[0] !== first, 30 * SECONDS)
    await until(
      () => server.said.error.includes('The jobs process ended (SIGKILL); starting another.'),
      10 * SECONDS,
    )
    expect(server.webProcesses()).toEqual(web)
    expect((await run(['jobs', 'run', 'publish'], { folder })).code).toBe(0)
    await allDone()
    expect(await metric('ikms_jobs_process_starts')).toBe(2)
  },
  120 * SECONDS,
)

test(
  'what is asked for while nothing serves is done at the next start; a stop leaves nothing behind',
  async () => {
    const [before] = jobsProcesses()
    server.child.kill('SIGTERM')
    expect(await server.ended).toBe(0)
    expect(isAlive(before!)).toBe(false)
    expect(postgresProcessesIn(data)).toEqual([])
    const asked = await run(['jobs', 'run', 'compute', '--then-publish'], { folder })
    const id = /Job ([\da-f-]{36})/.exec(asked.out)![1]!
    expect((await jobs())[0]).toMatch(new RegExp(`^${id}  compute  waiting`))
    server = await serve({ folder, port, webProcesses: 1 })
    await allDone()
    expect((await jobs()).filter((line) => line.includes('  compute  '))).toHaveLength(2)
  },
  180 * SECONDS,
)

test(
  'kill -9 of the supervisor: its jobs process ends too',
  async () => {
    const [orphan] = jobsProcesses()
    server.child.kill('SIGKILL')
    await server.ended
    await until(() => !isAlive(orphan!), 20 * SECONDS)
    server = await serve({ folder, port, webProcesses: 1 })
    expect(jobsProcesses()).toHaveLength(1)
  },
  120 * SECONDS,
)

test(
  'what cannot be done is refused on the command line in a line',
  async () => {
    const refused = [
      [['jobs', 'run', 'everything'], 'The kind must be compute or publish.'],
      [['jobs', 'cancel', 'last'], 'There is no such job.'],
      [['jobs', 'retry', crypto.randomUUID()], 'There is no such job.'],
      [['jobs', 'cancel', (await jobs())[0]!.split('  ')[0]!], 'The job has ended already.'],
    ] as const
    for (const [command, why] of refused) {
      const { code, error } = await run(command, { folder })
      expect([code, error.trim().split('\n').at(-1)]).toEqual([1, why])
    }
  },
  120 * SECONDS,
)
