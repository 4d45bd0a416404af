import type { Tx } from '#db/actor.ts'
import { firstKeyId, KeysRefused } from '#db/key-ring.ts'
import type { Keys } from '#db/keys.ts'
import { sealer } from '#modules/registry/index.ts'
import { countSealed, populationsUnder, sampleCodes, sampleUnder } from './sealed-store.ts'

/** What a key is there for. */
export interface KeyUse {
  id: string
  /** false: values were sealed with it, and nobody can open them */
  inFile: boolean
  isCurrent: boolean
  /** people and learners are found by it */
  isFirst: boolean
  /** values that carry its id */
  sealed: number
  /** populations whose record keys come from it */
  populations: number
}

/** Every key of the file and every key that something was sealed with; those of the file first. */
export async function keyUses(tx: Tx, keys: Keys): Promise<KeyUse[]> {
  const sealed = await countSealed(tx)
  const populations = await populationsUnder(tx)
  const ids = new Set([...Object.keys(keys.keys), ...sealed.keys(), ...populations.keys()])
  return [...ids].map((id) => ({
    id,
    inFile: Object.hasOwn(keys.keys, id),
    isCurrent: id === keys.current,
    isFirst: id === firstKeyId(keys),
    sealed: sealed.get(id) ?? 0,
    populations: populations.get(id) ?? 0,
  }))
}

/**
 * Makes sure that this is the key file of this database, by opening one value under each key.
 *
 * @throws  KeysRefused when a key that sealed something is missing or is another one of the same id, and when people
 *          were found by another first key
 */
export async function proveKeys(tx: Tx, keys: Keys): Promise<void> {
  const { open } = sealer(keys)
  for (const [id, n] of await countSealed(tx)) {
    if (!Object.hasOwn(keys.keys, id)) {
      throw new KeysRefused(
        `The key file has no key ${id}, with which ${n} values are sealed: nothing was changed`,
      )
    }
    const sample = await sampleUnder(tx, id)
    if (sample && !isTrue(() => open(sample.secret, sample.sealed) !== null)) {
      throw new KeysRefused(
        `Key ${id} of the key file is not the key ${id} that sealed ${n} values: nothing was changed`,
      )
    }
  }
  await proveFirstKey(tx, keys)
}

/**
 * Makes sure that learners are found by the first key of this file: under another every known learner would be a new one.
 *
 * @throws  KeysRefused when none of some learners can be opened and is found by it
 */
export async function proveFirstKey(tx: Tx, keys: Keys): Promise<void> {
  const { open, hashCode } = sealer(keys)
  const codes = await sampleCodes(tx) // several: a code may have been changed, or a value altered
  const isFound = codes.some(({ sealed, hash }) => isTrue(() => hashCode(open('code', sealed)).equals(hash)))
  if (codes.length > 0 && !isFound) {
    throw new KeysRefused(
      `Key ${firstKeyId(keys)}, the first of the key file, is not the one by which people are found: nothing was changed`,
    )
  }
}

/** False also where it cannot be told because a value does not open. */
function isTrue(tell: () => boolean): boolean {
  try {
    return tell()
  } catch {
    return false
  }
}
