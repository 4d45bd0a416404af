import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { processStart } from './processes.ts'

/**
 * Which processes use an embedded server. Each leaves a slip with its number and start time (numbers are used again,
 * start times are not); the last to leave stops the server. `serve` may be there once, passing guests (an import, a
 * computation) beside it.
 */
export type User = { pid: number; start: string; kind: 'serve' | 'guest' }

const own = () => processStart(process.pid)!

function read(file: string): User | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as User
  } catch {
    return undefined // half written by a process that died, or removed this moment
  }
}

const lives = (user: User | undefined) => user !== undefined && processStart(user.pid) === user.start

/** The living users; slips of dead ones are thrown away. Call while holding the door. */
export function livingUsers(folder: string): User[] {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return readdirSync(folder).flatMap((name) => {
    const user = read(join(folder, name))
    if (lives(user)) return [user!]
    rmSync(join(folder, name), { force: true })
    return []
  })
}

let slips = 0

/** Leaves a slip for this process; the result takes it away again. */
export function enter(folder: string, kind: User['kind']): () => void {
  slips += 1
  const file = join(folder, `${process.pid}-${slips}.json`)
  writeFileSync(file, JSON.stringify({ pid: process.pid, start: own(), kind } satisfies User))
  return () => rmSync(file, { force: true })
}

/**
 * Holds the door: one process at a time starts or stops the server. A door whose holder died is opened.
 *
 * @throws  when another process holds it for longer than `bound` ms
 */
export async function holdingDoor<T>(door: string, work: () => Promise<T>, bound = 660_000): Promise<T> {
  const mine = `${door}.${process.pid}`
  for (const end = Date.now() + bound; !closed(door, mine); await sleep(25)) {
    const holder = read(door)
    if (holder && !lives(holder)) open(door, mine, holder)
    else if (Date.now() > end)
      throw new Error(`Process ${holder?.pid} has been starting the database for too long`)
  }
  try {
    return await work()
  } finally {
    rmSync(door, { force: true })
  }
}

/** Closes the door behind us; false when it is closed already. A link appears whole or not at all, unlike a write. */
function closed(door: string, mine: string): boolean {
  writeFileSync(mine, JSON.stringify({ pid: process.pid, start: own() }))
  try {
    linkSync(mine, door)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return false
  } finally {
    rmSync(mine)
  }
}

/** Opens a dead holder's door, unless another process was quicker and now holds it itself. */
function open(door: string, mine: string, dead: User) {
  try {
    renameSync(door, mine)
  } catch {
    return // opened by another process
  }
  const taken = read(mine)
  if (taken && taken.start !== dead.start) linkSync(mine, door)
  rmSync(mine)
}
