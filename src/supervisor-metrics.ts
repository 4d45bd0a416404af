import { statSync } from 'node:fs'
import { Gauge, Registry } from 'prom-client'
import { listBackups } from '#db/backup.ts'

/**
 * What only the supervisor can tell: its own memory, and when the last backup was completed.
 *
 * @param backups  the folder that collects them
 */
export function supervisorMetrics(backups: string): Registry {
  const registry = new Registry()
  new Gauge({
    name: 'ikms_last_backup_timestamp_seconds',
    help: 'When the last whole backup was written; absent while there is none',
    registers: [registry],
    async collect() {
      const last = (await listBackups(backups)).at(-1)
      if (last) this.set(statSync(last).mtimeMs / 1000)
      else this.remove()
    },
  })
  new Gauge({
    name: 'ikms_supervisor_resident_memory_bytes',
    help: 'Memory of the supervisor',
    registers: [registry],
    collect() {
      this.set(process.memoryUsage.rss())
    },
  })
  return registry
}
