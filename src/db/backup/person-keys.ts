import { randomBytes } from 'node:crypto'
import { type FileHandle, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/**
 * Keys of single people, with which backups seal what identifies somebody once more. The file lies apart from the backups
 * and has no generations: a key taken out makes that person unreadable in every backup ever made.
 */
export interface PersonKeys {
  /** key by subject (`bank kind id`), base64 of 32 bytes */
  keys: ReadonlyMap<string, string>
  /** subjects whose identity was destroyed */
  gone: ReadonlySet<string>
}

/** Somebody in a bank: a learner, one of the staff, or a person who signs in. */
export function subjectOf(bank: string, kind: string, id: number | string): string {
  return `${bank} ${kind} ${id}`
}

/** The keys of people belong here unless the operator says otherwise: beside the folder of backups, not in it. */
export function personKeysBeside(backups: string): string {
  return join(dirname(backups), `${basename(backups)}.person-keys`)
}

const GONE = '-'
const STALE = 60_000 // ms after which a change that was begun is one whose process has died
const TRIES = 200
const PAUSE = 100 // ms between tries to be the one who changes the file

/** What the file holds; null where there is none. */
export async function readPersonKeys(path: string): Promise<PersonKeys | null> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  return text === null ? null : parsed(text)
}

/** Makes keys for those who have none. Whoever is gone gets none again. */
export function keepPersonKeys(path: string, subjects: readonly string[]): Promise<PersonKeys> {
  return change(path, ({ keys, gone }) => {
    const missing = subjects.filter((subject) => !keys.has(subject) && !gone.has(subject))
    const drawn = randomBytes(32 * missing.length)
    missing.forEach((subject, at) => {
      keys.set(subject, drawn.toString('base64', 32 * at, 32 * (at + 1)))
    })
    return missing.length > 0
  })
}

/** Destroys the keys of these people for ever. */
export function forgetPersonKeys(path: string, subjects: readonly string[]): Promise<PersonKeys> {
  return change(path, ({ keys, gone }) => {
    const fresh = subjects.filter((subject) => !gone.has(subject))
    for (const subject of fresh) {
      keys.delete(subject)
      gone.add(subject)
    }
    return fresh.length > 0
  })
}

function parsed(text: string) {
  const keys = new Map<string, string>()
  const gone = new Set<string>()
  for (const line of text.split('\n')) {
    const at = line.lastIndexOf(' ')
    if (at < 1) continue
    const key = line.slice(at + 1)
    if (key === GONE) gone.add(line.slice(0, at))
    else keys.set(line.slice(0, at), key)
  }
  return { keys, gone }
}

/** Replaces the file whole or not at all; one change at a time. */
async function change(path: string, work: (held: ReturnType<typeof parsed>) => boolean): Promise<PersonKeys> {
  await mkdir(dirname(path), { recursive: true })
  const making = `${path}.new`
  const file = await alone(making)
  try {
    const held = parsed(await readFile(path, 'utf8').catch(() => ''))
    if (work(held)) {
      await file.writeFile([...linesOf(held)].join(''))
      await file.sync()
      await rename(making, path)
      const folder = await open(dirname(path), 'r')
      await folder.sync().finally(() => folder.close())
    }
    return held
  } finally {
    await file.close()
    await rm(making, { force: true })
  }
}

/** Opens the file that whoever changes holds; waits for others. */
async function alone(making: string): Promise<FileHandle> {
  for (let left = TRIES; ; left -= 1) {
    try {
      return await open(making, 'wx', 0o600)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || left === 0) throw error
      const begun = await stat(making).catch(() => null)
      if (begun && Date.now() - begun.mtimeMs > STALE) await rm(making, { force: true })
      else await pause(PAUSE)
    }
  }
}

function* linesOf({ keys, gone }: PersonKeys) {
  for (const [subject, key] of keys) yield `${subject} ${key}\n`
  for (const subject of gone) yield `${subject} ${GONE}\n`
}
