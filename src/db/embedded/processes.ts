import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { basename } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * What tells a process from a later one with the same number: its start time and the boot it belongs to.
 * Undefined when there is no such process.
 */
export function processStart(pid: number): string | undefined {
  try {
    if (process.platform !== 'linux') {
      return (
        execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined
      )
    }
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    const [state, ...fields] = statFields(pid)
    return state === 'Z' ? undefined : `${boot}/${fields[18]}` // field 22 of stat(5): ticks since boot
  } catch {
    return undefined
  }
}

/** Fields of /proc/pid/stat from the third (state) on; the second, the name, may itself hold blanks and brackets. */
function statFields(pid: number): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}

/** Whether the process lives; a zombie does not. */
export const isAlive = (pid: number) => processStart(pid) !== undefined

/** Waits until the process is gone; false when it still lives after `bound` ms. */
export async function waitUntilGone(pid: number, bound: number): Promise<boolean> {
  for (const end = Date.now() + bound; Date.now() < end; await sleep(20)) {
    if (!isAlive(pid)) return true
  }
  return !isAlive(pid)
}

/** Sends a signal; a process that is gone already is no error. */
export function signal(pid: number, name: NodeJS.Signals) {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/**
 * PostgreSQL processes that work in a data folder (they all stand in it). Only Linux can tell; elsewhere empty.
 * Needed after a kill -9 of the postmaster: a backend in a long computation notices late, and until then its
 * shared memory keeps a new postmaster from starting.
 */
export function postgresProcessesIn(dataFolder: string): number[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const program = basename(readlinkSync(`/proc/${pid}/exe`)).replace(' (deleted)', '')
        return program === 'postgres' && readlinkSync(`/proc/${pid}/cwd`) === dataFolder
      } catch {
        return false // gone, or somebody else's
      }
    })
}
