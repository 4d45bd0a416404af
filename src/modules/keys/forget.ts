import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import { refuseNeeded, removeKey } from '#db/key-file.ts'
import { KeysRefused, readKeyFile } from '#db/key-ring.ts'
import { writeOperation } from '#modules/access/index.ts'
import { keyUses } from './key-uses.ts'
import { holdSealed, noteForgotten } from './sealed-store.ts'

/**
 * Takes a key out of the key file for ever, once nothing needs it. The database is told first, and from then on refuses
 * what a process that still knows the key may seal with it; cut off in between, the same call goes on.
 *
 * @param path  of the key file
 * @throws      KeysRefused when something needs the key, or when somebody is writing sealed values just now
 */
export async function forgetKey(db: Database, path: string, id: string): Promise<void> {
  const ring = readKeyFile(path)
  refuseNeeded(ring, id)
  await asJob(db, async (tx) => {
    await holdSealed(tx).catch((error: { code?: string }) => {
      if (error.code !== '55P03') throw error
      throw new KeysRefused('Names are being written just now, perhaps by an import: try again after it')
    })
    const use = (await keyUses(tx, ring)).find((each) => each.id === id)!
    if (use.sealed > 0) {
      throw new KeysRefused(`${use.sealed} values are sealed with key ${id}: run ikms keys rotate first`)
    }
    if (use.populations > 0) {
      throw new KeysRefused(
        `Key ${id} made the record keys of ${use.populations} populations: without it their noise cannot go on`,
      )
    }
    await noteForgotten(tx, id)
    await writeOperation(tx, 'forget_key', `key ${id}`)
  })
  removeKey(path, id)
}
