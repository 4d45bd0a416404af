import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { postgresProcessesIn } from '#db/embedded/processes.ts'
import type { System } from './system.ts'

/** What was done to the system, and how long it took to be whole again. */
export interface Harm {
  /** s since the beginning */
  at: number
  what: string
  /** s until people were answered again */
  people: number
  /** s until the jobs process was there too */
  jobs: number
}

type Deed = (system: System) => unknown

const jobsKilled = 'kill -9 of the jobs process'

/** Kills in turn. Of the web processes always the younger: the elder shows whether memory grows. */
const deeds: [string, Deed][] = [
  ['kill -9 of a web process', (system) => kill(system.server.webProcesses().at(-1))],
  [jobsKilled, (system) => kill(system.jobsProcesses()[0])],
  ['kill -9 of a connection of the database', (system) => kill(aBackend(system))],
  [jobsKilled, (system) => kill(system.jobsProcesses()[0])],
  ['kill -9 of the database', (system) => kill(system.postmaster())],
]

const restarts: [string, Deed][] = [
  [
    'stopped and started again',
    async (system) => {
      system.server.child.kill('SIGTERM')
      const code = await system.server.ended
      if (code !== 0) throw new Error(`serve ended with ${code}`)
      await system.start()
    },
  ],
  [
    'kill -9 of the supervisor, started again',
    async (system) => {
      kill(system.server.child.pid)
      await system.server.ended
      await system.start()
    },
  ],
]

/** One deed after the other, evenly, each noted in `harms`; both restarts fall into the first half, so that what lives after them lives long. */
export async function wreak(
  system: System,
  { minutes, deedsCount, began }: { minutes: number; deedsCount: number; began: number },
  isEnding: () => boolean,
  harms: Harm[],
): Promise<void> {
  const pause = (minutes * 60_000) / (deedsCount + 1)
  let others = 0
  for (let at = 0; at < deedsCount; at += 1) {
    const due = began + (at + 1) * pause
    while (performance.now() < due && !isEnding()) await new Promise((done) => setTimeout(done, 200))
    if (isEnding()) break
    const restart = [Math.floor(deedsCount / 5), Math.floor(deedsCount / 4)].indexOf(at)
    const [what, deed] = restart >= 0 ? restarts[restart]! : deeds[others++ % deeds.length]!
    const { people, jobs } = await system.disturb(() => deed(system), what !== jobsKilled)
    harms.push({ at: Math.round((performance.now() - began) / 1000), what, people, jobs })
    console.log(
      `${new Date().toISOString()} ${what}: answers after ${people.toFixed(1)} s, jobs after ${jobs.toFixed(1)} s`,
    )
  }
}

function kill(pid: number | undefined): void {
  if (pid) process.kill(pid, 'SIGKILL')
}

/** A process of the server that serves a connection of ours. */
function aBackend(system: System): number | undefined {
  return postgresProcessesIn(join(system.around.folder, 'postgres', 'data')).find((pid) => {
    try {
      return /^postgres: ikms_app/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'))
    } catch {
      return false
    }
  })
}
