import { hkdfSync, randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'

const Key = z
  .base64()
  .transform((text) => Buffer.from(text, 'base64'))
  .refine((bytes) => bytes.length === 32, 'a key has 32 bytes')

const Keys = z
  .object({ current: z.string().min(1), keys: z.record(z.string(), Key) })
  .refine(({ current, keys }) => current in keys, 'the current key is not among the keys')

/** Master keys by id, and the one that seals what is written now. Older ones only open. */
export type Keys = z.infer<typeof Keys>

/**
 * Reads the key file (JSON `{ current, keys: { id: base64 of 32 bytes } }`), made on first use. It must lie outside the
 * database's folder and its backups: losing it loses identity, leaking it together with a backup leaks identity.
 *
 * @throws  when others than its owner may read it, or when it is not such a file
 */
export function loadKeys(path: string): Keys {
  if (!existsSync(path)) saveKeys(path, { current: '1', keys: { 1: randomBytes(32) } })
  const { mode } = statSync(path)
  if ((mode & 0o077) !== 0) {
    throw new Error(`${path} holds keys but others may read it: chmod 600 ${path}`)
  }
  const parsed = Keys.safeParse(json(readFileSync(path, 'utf8')))
  if (!parsed.success) throw new Error(`${path} is not a key file: ${z.prettifyError(parsed.error)}`)
  return parsed.data
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // its text must not travel into an error message
  }
}

/** Writes the key file whole or not at all, readable by its owner only. */
function saveKeys(path: string, { current, keys }: Keys) {
  mkdirSync(dirname(path), { recursive: true })
  const text = Object.fromEntries(Object.entries(keys).map(([id, key]) => [id, key.toString('base64')]))
  const making = `${path}.new`
  writeFileSync(making, `${JSON.stringify({ current, keys: text }, null, 2)}\n`, { mode: 0o600, flush: true })
  chmodSync(making, 0o600)
  renameSync(making, path)
}

/**
 * A key of 32 bytes for one purpose, by HKDF-SHA256 (RFC 5869), so that no two uses share a key.
 *
 * @param purpose  e.g. `database/ikms_app`, `identity/name`
 * @param id       which master key; the current one when left out
 * @throws         RangeError for a key id that is not in the file
 */
export function deriveKey({ current, keys }: Keys, purpose: string, id = current): Buffer {
  const master = keys[id]
  if (!master) throw new RangeError(`The key file has no key ${id}: values sealed with it cannot be opened`)
  return Buffer.from(hkdfSync('sha256', master, '', `ikms/${purpose}`, 32))
}
