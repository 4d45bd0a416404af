import { statSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { Gauge, Registry } from 'prom-client'
import { listBackups } from '#db/backup.ts'
import type { FeedTotals } from '#modules/feeds/index.ts'
import type { ImportTotals } from '#modules/intake/index.ts'
import type { JobTotals } from '#modules/jobs/index.ts'
import type { JobsKeeper } from './jobs-keeper.ts'

/** How often something was started since the supervisor was. */
export interface Starts {
  starts: () => number
}

/**
 * What only the supervisor can tell, once for all web processes: its own memory, room on the disks, when the last backup
 * was completed, what was imported and what of it was refused, what jobs there are, and how often what was started again.
 *
 * @param folders  of the data and of the backups
 * @param reads    read the totals; while the database is away they are left out
 */
export function supervisorMetrics(
  folders: { data: string; backups: string },
  reads: {
    imports: () => Promise<ImportTotals>
    jobs: () => Promise<JobTotals>
    feeds: () => Promise<FeedTotals>
  },
  kept: { jobs: Pick<JobsKeeper, 'memory' | 'starts'>; web: Starts; database: Starts },
): Registry {
  const { imports, jobs, feeds } = reads
  const registry = new Registry()
  const registers = [registry]
  new Gauge({
    name: 'ikms_supervisor_resident_memory_bytes',
    help: 'Memory of the supervisor',
    registers,
    collect() {
      this.set(process.memoryUsage.rss())
    },
  })
  new Gauge({
    name: 'ikms_last_backup_timestamp_seconds',
    help: 'When the last whole backup was written; 0: there is none',
    registers,
    async collect() {
      const last = (await listBackups(folders.backups)).at(-1)
      this.set(last ? statSync(last).mtimeMs / 1000 : 0)
    },
  })
  new Gauge({
    name: 'ikms_imports',
    help: 'Imports by how they ended',
    labelNames: ['state'],
    registers,
    async collect() {
      this.reset()
      const totals = await imports().catch(() => undefined)
      for (const [state, count] of Object.entries(totals?.imports ?? {})) this.set({ state }, count)
    },
  })
  new Gauge({
    name: 'ikms_import_rows',
    help: 'Rows of imported files: read, and of these refused',
    labelNames: ['outcome'],
    registers,
    async collect() {
      this.reset()
      const totals = await imports().catch(() => undefined)
      if (!totals) return
      this.set({ outcome: 'read' }, totals.rowsRead)
      this.set({ outcome: 'refused' }, totals.rowsRefused)
    },
  })
  new Gauge({
    name: 'ikms_feed_last_success_age_seconds',
    help: 'How long ago a feed last ran without fault; -1: never',
    labelNames: ['feed', 'paused'],
    registers,
    async collect() {
      this.reset()
      const totals = await feeds().catch(() => undefined)
      for (const { name, age, paused } of totals ?? [])
        this.set({ feed: name, paused: String(paused) }, age ?? -1)
    },
  })
  new Gauge({
    name: 'ikms_feed_failures',
    help: 'Runs of a feed one after the other that did not succeed',
    labelNames: ['feed'],
    registers,
    async collect() {
      this.reset()
      const totals = await feeds().catch(() => undefined)
      for (const { name, failures } of totals ?? []) this.set({ feed: name }, failures)
    },
  })
  new Gauge({
    name: 'ikms_jobs',
    help: 'Jobs by kind and how they stand: created and retry wait',
    labelNames: ['kind', 'state'],
    registers,
    async collect() {
      this.reset()
      const totals = await jobs().catch(() => undefined)
      for (const { kind, state, count } of totals?.jobs ?? []) this.set({ kind, state }, count)
    },
  })
  new Gauge({
    name: 'ikms_jobs_oldest_waiting_seconds',
    help: 'How long the oldest job that may start has waited; 0: none waits',
    registers,
    async collect() {
      const totals = await jobs().catch(() => undefined)
      if (totals) this.set(totals.oldestWaiting)
    },
  })
  new Gauge({
    name: 'ikms_jobs_resident_memory_bytes',
    help: 'Memory of the jobs process; 0: there is none',
    registers,
    collect() {
      this.set(kept.jobs.memory())
    },
  })
  const started = {
    ikms_jobs_process_starts: [kept.jobs, 'a jobs process was started'],
    ikms_web_process_starts: [kept.web, 'web processes were started'],
    ikms_database_starts: [kept.database, 'the embedded database was started'],
  } as const
  for (const [name, [each, what]] of Object.entries(started)) {
    new Gauge({
      name,
      help: `How often ${what} since the supervisor was; more than at first means that one died`,
      registers,
      collect() {
        this.set(each.starts())
      },
    })
  }
  new Gauge({
    name: 'ikms_disk_free_bytes',
    help: 'Room left where data and backups lie',
    labelNames: ['folder'],
    registers,
    async collect() {
      for (const [folder, path] of Object.entries(folders)) {
        const room = await statfs(path).catch(() => undefined) // before the first backup there is no folder
        if (room) this.set({ folder }, room.bavail * room.bsize)
      }
    },
  })
  return registry
}
