import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import { KeysRefused } from '#db/key-ring.ts'
import type { Keys } from '#db/keys.ts'
import { writeOperation } from '#modules/access/index.ts'
import { type Sealer, sealer } from '#modules/registry/index.ts'
import { proveKeys } from './key-uses.ts'
import {
  awaitOlder,
  countOlder,
  putSealed,
  type SealedRow,
  type SealedTable,
  sealedTables,
  takeOlder,
} from './sealed-store.ts'

/** How far a rotation is. */
export interface Rotation {
  /** rows sealed anew so far by this run */
  done: number
  /** rows still under another key when last counted; what is being written elsewhere is not seen */
  left: number
}

const BATCH = 1_000 // rows of one transaction: some 50 ms, in which nobody waits for more than these rows

/**
 * Seals everything that carries an older key anew under the current one, a batch a transaction. Cut off, it loses
 * nothing and the next run goes on; two at once share the work; imports and sign-ins go on beside it, and what they
 * hold is waited for at the end, holding nothing meanwhile.
 *
 * @param onProgress  after every batch; may throw to stop
 * @throws            KeysRefused before anything is changed when this is not the key file of this database; in the middle
 *                    when one value was altered, naming its row
 */
export async function rotateKeys(
  db: Database,
  keys: Keys,
  { batch = BATCH, onProgress = () => {} }: { batch?: number; onProgress?: (at: Rotation) => void } = {},
): Promise<Rotation> {
  const fixed: Keys = { current: keys.current, keys: keys.keys } // one key for one run, whatever is added meanwhile
  const identity = sealer(fixed)
  await asJob(db, (tx) => proveKeys(tx, fixed))
  const count = () => asJob(db, (tx) => countOlder(tx, fixed.current))
  let done = 0
  let left = await count()
  const tell = (rows: number) => {
    if (rows === 0) return
    done += rows
    left = Math.max(0, left - rows)
    onProgress({ done, left })
  }
  while (left > 0) {
    for (const table of sealedTables) {
      for (let last: SealedRow | undefined = { id: 0, sealed: [] }; last; ) {
        const after = last.id
        const rows = await asJob(db, async (tx) => {
          const taken = await takeOlder(tx, table, fixed.current, { after, most: batch })
          if (taken.length > 0)
            await putSealed(
              tx,
              table,
              taken.map((row) => anew(identity, table, row)),
            )
          return taken
        })
        tell(rows.length)
        last = rows.at(-1)
      }
    }
    // What is left somebody else was writing. One row, waited for holding nothing else, so that nobody is blocked by us.
    for (const table of sealedTables) {
      const row = await asJob(db, async (tx) => {
        const taken = await awaitOlder(tx, table, fixed.current)
        if (taken) await putSealed(tx, table, [anew(identity, table, taken)])
        return taken
      })
      if (row) tell(1)
    }
    left = await count()
  }
  if (done > 0) await asJob(db, (tx) => writeOperation(tx, 'rotate_keys', `key ${fixed.current}`))
  return { done, left }
}

/** The row under the current key. What carries it already is sealed again too: that does no harm. */
function anew({ open, seal }: Sealer, table: SealedTable, { id, sealed }: SealedRow): SealedRow {
  const secrets = Object.values(table.columns)
  try {
    return {
      id,
      sealed: sealed.map((value, at) => value && seal(secrets[at]!, open(secrets[at]!, value))),
    }
  } catch {
    throw new KeysRefused(
      `A sealed value of ${table.name} does not open (${table.id} ${id}): it was altered; restore that row`,
    )
  }
}
