import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { firstKeyId, type KeyRing, KeysRefused, readKeyFile } from './key-ring.ts'

const STALE = 10_000 // ms after which a change that was begun is one whose process has died

/**
 * Opens the key file, made on first use. It must lie outside the database's folder and its backups: losing it loses
 * identity, leaking it together with a backup leaks identity.
 *
 * @returns  what it holds, and a way to have it again: read anew only where the file has changed
 */
export function openKeyFile(path: string): { ring: KeyRing; newer: () => KeyRing } {
  if (!existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true })
    makeKeyFile(path, { current: '1', keys: { 1: randomBytes(32) } })
  }
  let stamp = stampOf(path)
  let ring = readKeyFile(path)
  return {
    ring,
    newer() {
      const now = stampOf(path) // before reading: a change in between is found at the next look
      if (now !== stamp) {
        ring = readKeyFile(path)
        stamp = now
      }
      return ring
    },
  }
}

function stampOf(path: string): string {
  const { ino, mtimeNs, size } = statSync(path, { bigint: true })
  return `${ino} ${mtimeNs} ${size}`
}

/** Writes a first key file; where another process was quicker, its file stays. */
function makeKeyFile(path: string, ring: KeyRing): void {
  const making = `${path}.${process.pid}`
  try {
    write(making, ring)
    linkSync(making, path) // unlike a rename, refuses to replace
    flushFolder(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(making, { force: true })
  }
}

/**
 * Adds a key and makes it the current one.
 *
 * @returns  its id
 * @throws   KeysRefused
 */
export function addKey(path: string): string {
  let id = ''
  change(path, (ring) => {
    id = nextId(ring)
    return { current: id, keys: { ...ring.keys, [id]: randomBytes(32) } }
  })
  return id
}

/**
 * Takes a key out of the file. That nothing needs it any more is for the caller to know.
 *
 * @throws  KeysRefused for the current key, the first one, and one that is not there
 */
export function removeKey(path: string, id: string): void {
  change(path, (ring) => {
    refuseNeeded(ring, id)
    const { [id]: _, ...keys } = ring.keys
    return { current: ring.current, keys }
  })
}

/** @throws  KeysRefused where the key file itself shows that the key must stay */
export function refuseNeeded(ring: KeyRing, id: string): void {
  if (!Object.hasOwn(ring.keys, id)) throw new KeysRefused(`The key file has no key ${id}`)
  if (id === ring.current) throw new KeysRefused(`Key ${id} is the current one: it seals what is written now`)
  if (id === firstKeyId(ring)) {
    throw new KeysRefused(`Key ${id} is the first one, by which people and learners are found: it stays`)
  }
}

/**
 * An id that no key has or had: the newest key is the current one and cannot be forgotten, so numbers only grow. Where the first
 * key is not named by a number no later one is either: JSON objects list whole numbers first.
 */
function nextId({ keys }: KeyRing): string {
  const isNumbered = /^\d+$/.test(firstKeyId({ keys }))
  const prefix = isNumbered ? '' : 'key-'
  const numbers = Object.keys(keys)
    .filter((id) => id.startsWith(prefix))
    .map((id) => Number(id.slice(prefix.length)))
    .filter(Number.isSafeInteger)
  return `${prefix}${Math.max(isNumbered ? 0 : 1, ...numbers) + 1}`
}

/** Replaces the key file whole or not at all; one change at a time, so that no added key is lost to another change. */
function change(given: string, to: (ring: KeyRing) => KeyRing): void {
  readKeyFile(given)
  const path = realpathSync(given)
  const making = `${path}.new`
  removeStale(making)
  try {
    closeSync(openSync(making, 'wx', 0o600)) // whoever makes this file may change the other
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    throw new KeysRefused(`Another command is changing ${path}: try again`)
  }
  try {
    const before = readKeyFile(path)
    const after = to(before)
    if (firstKeyId(after) !== firstKeyId(before)) throw new Error('the first key would change')
    write(making, after)
    const { uid, gid } = statSync(path)
    if (process.getuid?.() === 0) chownSync(making, uid, gid) // root may add a key for the account that serves
    renameSync(making, path)
    flushFolder(path)
  } catch (error) {
    rmSync(making, { force: true })
    throw error
  }
}

function removeStale(making: string) {
  const age = Date.now() - (statSync(making, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
  if (age > STALE) rmSync(making, { force: true })
}

function write(path: string, { current, keys }: KeyRing) {
  const text = Object.fromEntries(Object.entries(keys).map(([id, key]) => [id, key.toString('base64')]))
  writeFileSync(path, `${JSON.stringify({ current, keys: text }, null, 2)}\n`, { mode: 0o600, flush: true })
  chmodSync(path, 0o600)
}

/** The new name of a file is on the disk: no value may be sealed with a key that a power cut takes away. */
function flushFolder(path: string) {
  const folder = openSync(dirname(path), 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
