import { existsSync } from 'node:fs'
import { type Database, type DatabaseOptions, openDatabase } from '#db/connection.ts'
import { KeysRefused } from '#db/key-ring.ts'
import { commandOf, type Keys, loadKeys } from '#db/keys.ts'
import { holdsPeople, proveBankKeys } from '#modules/keys/index.ts'

/** Where the bank lies, and where its keys are. */
export interface BankPlace {
  /** the data folder, unless there is a `url` */
  folder: string
  url: string | undefined
  keysPath: string
}

/**
 * Opens the database with its keys. A first key file is made only where nobody was sealed yet: under new keys no name
 * could be read and no learner found again.
 *
 * @throws  KeysRefused when the key file is missing, or another system's, although the bank holds people
 */
export async function openBank(
  { folder, url, keysPath }: BankPlace,
  kind: NonNullable<DatabaseOptions['kind']>,
  log: (message: string) => void = console.error,
): Promise<{ db: Database; keys: Keys }> {
  const place = { ...(url ? { url } : { folder, kind }), log }
  if (isMissing(keysPath)) {
    const db = await openDatabase(place)
    try {
      if (await holdsPeople(db)) {
        throw new KeysRefused(
          `There is no key file ${keysPath}, and this database holds people whose names only its own keys can read: ` +
            'put a copy of that file there (docs/operations.md, "Keys"). Nothing was changed',
        )
      }
    } finally {
      await db.close()
    }
  }
  const keys = loadKeys(keysPath)
  const db = await openDatabase({ ...place, keys })
  try {
    for (const id of await proveBankKeys(db, keys)) {
      log(`The key file has no key ${id}: names that were sealed with it cannot be read.`)
    }
    return { db, keys }
  } catch (error) {
    await db.close()
    throw error
  }
}

const isMissing = (keysPath: string) => commandOf(keysPath) === null && !existsSync(keysPath)
