import type { Tx } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import { KeysRefused } from '#db/key-ring.ts'
import type { Keys } from '#db/keys.ts'
import { sealedBy, sealer } from '#modules/registry/index.ts'
import { sampled } from './bank-store.ts'
import { sampleCodes } from './sealed-store.ts'

/**
 * Makes sure that these are the keys of this bank, before anything is changed in it: passwords of login roles are made
 * from them, and what comes in would be sealed with them. A bank that holds nobody yet takes any keys.
 *
 * @returns  ids of keys that sealed something and are not in the file: those names cannot be read
 * @throws   KeysRefused when they are another system's
 */
export async function proveBankKeys(db: Database, keys: Keys): Promise<string[]> {
  return sampled(db, (tx) => proveSamples(tx, keys), [])
}

/** Whether the bank holds people, so that only the keys they were sealed with will do. */
export async function holdsPeople(db: Database): Promise<boolean> {
  return sampled(db, async (tx) => (await sampleCodes(tx)).length > 0, false)
}

/** The same of a bank that is just being restored, in the transaction of the restore. */
export async function proveSamples(tx: Pick<Tx, 'query'>, keys: Keys): Promise<string[]> {
  const { open, hashCode } = sealer(keys)
  const codes = await sampleCodes(tx)
  const inFile = ({ sealed }: { sealed: Buffer }) => Object.hasOwn(keys.keys, sealedBy(sealed))
  const readable = codes.filter(inFile)
  const isFound = readable.some(({ sealed, hash }) => {
    try {
      return hashCode(open('code', sealed)).equals(hash)
    } catch {
      return false // sealed with another key of the same id
    }
  })
  if (codes.length > 0 && !isFound) {
    throw new KeysRefused(
      'This is not the key file of this database: the people in it were sealed with other keys. Bring back its own, or ' +
        'a newer copy (docs/operations.md, "Keys"). Nothing was changed',
    )
  }
  return [...new Set(codes.filter((code) => !inFile(code)).map(({ sealed }) => sealedBy(sealed)))]
}
