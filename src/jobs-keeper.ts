import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setPriority } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '#http/log.ts'

const PAUSE = 2_000 // ms before a jobs process that ended is followed by another; doubled each time it ends young
const LONGEST_PAUSE = 60_000 // ms
const YOUNG = 60_000 // ms
const PATIENCE = 14_000 // ms a jobs process gets to end or give back its job

/** The one jobs process, kept alive. */
export interface JobsKeeper {
  /** memory it uses, bytes; 0 while there is none */
  memory: () => number
  /** how often one was started */
  starts: () => number
  /** Ends it for good: it finishes or gives back its job. */
  end: () => Promise<void>
}

/** Starts the jobs process and a new one whenever it ends. Its environment tells it where the database is. */
export function keepJobsProcess(environment: Record<string, string>, log: Log): JobsKeeper {
  let child: ChildProcess | undefined
  let memory = 0
  let starts = 0
  let pause = PAUSE
  let isEnding = false
  let next: NodeJS.Timeout | undefined

  const start = () => {
    const born = Date.now()
    starts += 1
    child = fork(join(import.meta.dirname, 'jobs-process.ts'), {
      env: { ...process.env, ...environment },
      // MB; protecting a release of the whole country fits. The young heap stays small: what jobs make is soon over.
      execArgv: ['--max-old-space-size=1500', '--max-semi-space-size=16'],
    })
    if (child.pid) setPriority(child.pid, 10) // whoever waits for a page comes first, also while it starts
    child.on('message', (message) => {
      if (isMemory(message)) memory = message.memory
    })
    let isOver = false
    const over = (why: unknown) => {
      if (isOver) return
      isOver = true
      memory = 0
      child = undefined
      if (isEnding) return
      pause = Date.now() - born > YOUNG ? PAUSE : Math.min(2 * pause, LONGEST_PAUSE)
      log.error(`The jobs process ended (${why}); starting another.`)
      next = setTimeout(start, pause)
    }
    child.once('exit', (code, signal) => over(signal ?? code))
    child.once('error', (error: NodeJS.ErrnoException) => over(error.code)) // it could not be started
  }
  start()
  return {
    memory: () => memory,
    starts: () => starts,
    async end() {
      isEnding = true
      clearTimeout(next)
      if (!child) return
      const gone = once(child, 'exit')
      const ending = child
      ending.kill('SIGTERM')
      const late = sleep(PATIENCE, undefined, { ref: false }).then(() => ending.kill('SIGKILL'))
      await Promise.race([gone, late.then(() => gone)])
    },
  }
}

function isMemory(message: unknown): message is { memory: number } {
  return typeof message === 'object' && message !== null && 'ikms' in message && message.ikms === 'jobs'
}
