import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { postgresProcessesIn } from '#db/embedded/processes.ts'
import { memoryOf } from '#test/serve/serving.ts'
import type { System } from './system.ts'

/** One process at one moment. */
export interface Gauge {
  role: 'supervisor' | 'web' | 'jobs'
  pid: number
  /** MB */
  memory: number
  files: number
}

/** Everything at one moment. */
export interface Sample {
  /** s since the beginning */
  at: number
  processes: Gauge[]
  /** connections of the database by who holds them; undefined while it is away */
  connections: Record<string, number> | undefined
  /** jobs of the queue by state */
  jobs: Record<string, number> | undefined
  /** MB of the database */
  database: number | undefined
  postgresProcesses: number
  /** MB of the server's processes that are their own */
  postgresMemory: number
  /** processes that work on our folder and belong to nobody */
  orphans: number[]
  /** what lies in temporary folders under our name, and unfinished backups */
  leftovers: string[]
  /** most seconds a web process's loop was held up, as it tells */
  loopLag: number | undefined
}

export async function sample(system: System, began: number): Promise<Sample> {
  const gauges: Gauge[] = []
  const add = (role: Gauge['role'], pid: number) => {
    try {
      gauges.push({ role, pid, memory: memoryOf(pid), files: readdirSync(`/proc/${pid}/fd`).length })
    } catch {
      // it was killed meanwhile
    }
  }
  const supervisor = system.server.child.pid!
  add('supervisor', supervisor)
  for (const pid of system.server.webProcesses()) add('web', pid)
  for (const pid of system.jobsProcesses()) add('jobs', pid)
  const { folder } = system.around
  const postgres = postgresProcessesIn(join(folder, 'postgres', 'data'))
  const counted = async (sql: string) => {
    const rows = await system.ask<{ what: string; n: number }>(sql)
    return Object.fromEntries(rows.map(({ what, n }) => [what, n]))
  }
  const here = await Promise.all([
    counted(
      `select coalesce(nullif(application_name, ''), backend_type) as what, count(*)::int as n from pg_stat_activity
        where pid <> pg_backend_pid() group by 1 order by 1`,
    ),
    counted('select state::text as what, count(*)::int as n from pgboss.job group by 1 order by 1'),
    system.ask<{ size: number }>(`select (pg_database_size('ikms') / 1e6)::float8 as size`),
  ]).catch(() => undefined)
  return {
    at: Math.round((performance.now() - began) / 1000),
    processes: gauges,
    connections: here?.[0],
    jobs: here?.[1],
    database: here?.[2][0]?.size,
    postgresProcesses: postgres.length,
    postgresMemory: postgres.reduce((sum, pid) => sum + anonymous(pid), 0),
    orphans: strangers(folder, supervisor),
    leftovers: leftovers(folder),
    loopLag: await loopLag(system.address),
  }
}

/** MB of a process that no other shares: of a server's process, without its shared buffers. */
function anonymous(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    return Number(/RssAnon:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}

/** Processes of Node that work on the folder and whose supervisor is not the one we started, nor we. */
function strangers(folder: string, supervisor: number): number[] {
  const found: number[] = []
  for (const name of readdirSync('/proc')) {
    const pid = Number(name)
    if (!pid || pid === supervisor || pid === process.pid) continue
    try {
      if (!readlinkSync(`/proc/${pid}/exe`).endsWith('/node')) continue
      if (!readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`IKMS_DATA=${folder}\0`)) continue
      const parent = Number(/PPid:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
      if (parent !== supervisor && parent !== process.pid) found.push(pid)
    } catch {
      // gone
    }
  }
  return found
}

function leftovers(folder: string): string[] {
  const temporary = readdirSync(tmpdir()).filter((name) => name.startsWith('ikms-socket'))
  const backups = readdirSync(join(folder, 'backups')).filter((name) => name.startsWith('.'))
  const own = readdirSync(folder).filter(
    (name) => !/^(postgres|backups|uploads|keys\.json|person-keys)$/.test(name),
  )
  return [...temporary, ...backups, ...own]
}

async function loopLag(address: string): Promise<number | undefined> {
  try {
    const text = await (await fetch(`${address}/metrics`, { signal: AbortSignal.timeout(10_000) })).text()
    return Number(/^ikms_nodejs_eventloop_lag_p99_seconds (\S+)$/m.exec(text)?.[1])
  } catch {
    return undefined
  }
}
