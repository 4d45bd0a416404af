import { statSync } from 'node:fs'
import { Gauge, Registry } from 'prom-client'
import { listBackups } from '#db/backup.ts'
import type { ImportTotals } from '#modules/intake/index.ts'
import type { JobTotals } from '#modules/jobs/index.ts'
import type { JobsKeeper } from './jobs-keeper.ts'

/**
 * What only the supervisor can tell, once for all web processes: its own memory, when the last backup was completed, what
 * was imported and what of it was refused, what jobs there are and how their process fares.
 *
 * @param backups  the folder that collects them
 * @param reads    read the totals; while the database is away they are left out
 */
export function supervisorMetrics(
  backups: string,
  reads: { imports: () => Promise<ImportTotals>; jobs: () => Promise<JobTotals> },
  keeper: Pick<JobsKeeper, 'memory' | 'starts'>,
): Registry {
  const { imports, jobs } = reads
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
      const last = (await listBackups(backups)).at(-1)
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
      this.set(keeper.memory())
    },
  })
  new Gauge({
    name: 'ikms_jobs_process_starts',
    help: 'How often a jobs process was started since the supervisor was; 1 is right',
    registers,
    collect() {
      this.set(keeper.starts())
    },
  })
  return registry
}
