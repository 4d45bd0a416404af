import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { z } from 'zod'

/** What a key file holds. */
export interface KeyRing {
  readonly current: string
  readonly keys: Readonly<Record<string, Buffer>>
}

/** The key file, or what was asked of it, cannot be: said in words the operator can act on. No key is in them. */
export class KeysRefused extends Error {}

const Key = z
  .base64()
  .transform((text) => Buffer.from(text, 'base64'))
  .refine((bytes) => bytes.length === 32, 'a key has 32 bytes')

const Ring = z
  .object({ current: z.string().min(1), keys: z.record(z.string().min(1), Key) })
  .refine(({ current, keys }) => Object.hasOwn(keys, current), 'the current key is not among the keys')

/**
 * The key by which people and learners are found and the database's passwords are made: what comes of it cannot be made
 * anew under another, so it stays while other keys come and go.
 */
export function firstKeyId({ keys }: Pick<KeyRing, 'keys'>): string {
  return Object.keys(keys)[0]!
}

/** @throws  KeysRefused when it is not there, others may read it, or it is no key file */
export function readKeyFile(path: string): KeyRing {
  if (!existsSync(path)) throw new KeysRefused(`There is no key file ${path}`)
  if ((statSync(path).mode & 0o077) !== 0) {
    throw new KeysRefused(`${path} holds keys but others may read it: chmod 600 ${path}`)
  }
  return parsed(readFileSync(path, 'utf8'), path)
}

/** Runs the operator's command, which prints what a key file holds. */
export function keysFromCommand(command: string): KeyRing {
  let text: string
  try {
    text = execFileSync('/bin/sh', ['-c', command], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 30_000,
    })
  } catch {
    throw new KeysRefused('The command of IKMS_KEYS failed: try it by hand') // its words may hold a key
  }
  return parsed(text, 'What the command of IKMS_KEYS prints')
}

function parsed(text: string, from: string): KeyRing {
  const ring = Ring.safeParse(json(text))
  if (!ring.success) throw new KeysRefused(`${from} is not a key file: ${z.prettifyError(ring.error)}`)
  return ring.data
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // its text must not travel into an error message
  }
}
