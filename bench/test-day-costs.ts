import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { childrenOf, jobsProcessesOf, webProcessesOf } from '#test/serve/serving.ts'

/** CPU seconds used so far by those who take part in a test day. */
export interface Cpu {
  /** of each web process */
  web: number[]
  postgres: number
  /** supervisor and jobs process */
  rest: number
  /** the children on their devices */
  load: number
}

const TICKS = 100 // of the clock in /proc a second, on every Linux we know

/** User and system time of a process, with that of children that ended where `isWhole`; seconds, 0 when it is gone. */
export function secondsOf(pid: number, isWhole = false): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const times = fields.slice(11, isWhole ? 15 : 13).map(Number)
    return times.reduce((sum, each) => sum + each, 0) / TICKS
  } catch {
    return 0
  }
}

const sum = (all: readonly number[]) => all.reduce((total, each) => total + each, 0)

export function cpuOf(supervisor: number, load: number): Cpu {
  const web = webProcessesOf(supervisor)
  const jobs = jobsProcessesOf(supervisor)
  const postmasters = childrenOf(supervisor).filter((pid) => !web.includes(pid) && !jobs.includes(pid))
  return {
    web: web.map((pid) => secondsOf(pid)),
    postgres: sum(
      postmasters.flatMap((pid) => [secondsOf(pid, true), ...childrenOf(pid).map((each) => secondsOf(each))]),
    ),
    rest: sum([supervisor, ...jobs].map((pid) => secondsOf(pid))),
    load: secondsOf(load),
  }
}

/** What was used between two readings, as words; `many` things were done meanwhile. Only where no process was replaced between them. */
export function costsOf(before: Cpu, after: Cpu, many: number): string {
  const web = after.web.map((each, at) => each - (before.web[at] ?? 0))
  const parts = {
    web: sum(web),
    postgres: after.postgres - before.postgres,
    rest: after.rest - before.rest,
    load: after.load - before.load,
  }
  const each = Object.entries(parts).map(
    ([name, used]) => `${name} ${used.toFixed(1)} (${((used / Math.max(1, many)) * 1000).toFixed(3)})`,
  )
  return `CPU seconds (a thousand done): ${each.join(', ')}; web processes ${web.map((used) => used.toFixed(1)).join(' + ')}`
}

const LOOK = 100 // ms

/** Looks again and again at what the connections of web processes are doing. @returns what ends it and tells how often each was seen */
export async function watchWaits(data: string): Promise<() => Promise<Record<string, number>>> {
  const [, , , port, host] = readFileSync(join(data, 'postgres', 'data', 'postmaster.pid'), 'utf8').split(
    '\n',
  )
  const client = new pg.Client({ host: host!, port: Number(port), user: 'postgres', database: 'ikms' })
  client.on('error', () => {}) // the server was killed: what was seen until then counts
  await client.connect()
  const seen: Record<string, number> = {}
  let isOver = false
  const looking = (async () => {
    while (!isOver) {
      const { rows } = await client.query<{ what: string; n: number }>(
        `select case when state like 'idle in%' then 'waits for the web process'
                     else coalesce(wait_event_type || ' ' || wait_event, 'works') end as what, count(*)::integer as n
           from pg_stat_activity where usename = 'ikms_app' and state <> 'idle' group by 1`,
      )
      for (const { what, n } of rows) seen[what] = (seen[what] ?? 0) + n
      await new Promise((done) => setTimeout(done, LOOK))
    }
  })().catch(() => {})
  return async () => {
    isOver = true
    await looking
    await client.end().catch(() => {})
    return Object.fromEntries(Object.entries(seen).sort(([, a], [, b]) => b - a))
  }
}
