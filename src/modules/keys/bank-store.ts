import type { ClientBase } from 'pg'
import type { Tx } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import { holding } from '#db/held.ts'

/**
 * Reads as the role of backups: it sees everything, and needs no password that is made from the keys in question.
 *
 * @param none  what is known of a database without our schema
 */
export async function sampled<T>(
  db: Database,
  work: (tx: Pick<Tx, 'query'>) => Promise<T>,
  none: T,
): Promise<T> {
  return holding(db.ownerPool, async (client, spoil) => {
    const { rows } = await client.query<{ there: boolean }>(
      `select to_regclass('identity.person') is not null as there`,
    )
    if (!rows[0]!.there) return none
    try {
      await client.query('begin read only; set local role ikms_backup')
      const result = await work(asTx(client))
      await client.query('commit')
      return result
    } catch (error) {
      spoil(error as Error)
      throw error
    }
  })
}

/** A connection inside a transaction, as the stores of modules want it. */
export const asTx = (client: ClientBase): Pick<Tx, 'query'> => ({
  async query<Row>(text: string, values?: readonly unknown[]) {
    const { rows, rowCount } = await client.query(text, values as unknown[])
    return { rows: rows as Row[], rowCount: rowCount ?? 0 }
  },
})
