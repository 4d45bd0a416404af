import type { Tx } from './actor.ts'

/**
 * Rows of a query some at a time, in constant memory. The plan is made for all rows, not for the first ones soon. One at a time in a
 * transaction; whoever stops early leaves the cursor to the end of the transaction.
 *
 * @param atOnce  rows of a portion, all but the last are full
 */
export async function* portions<Row>(
  tx: Tx,
  sql: string,
  values: readonly unknown[] = [],
  atOnce = 5_000,
): AsyncGenerator<Row[]> {
  await tx.query('set local cursor_tuple_fraction = 1')
  await tx.query(`declare portions no scroll cursor for ${sql}`, values)
  for (;;) {
    const { rows } = await tx.query<Row>(`fetch ${atOnce} from portions`)
    if (rows.length > 0) yield rows
    if (rows.length < atOnce) break
  }
  await tx.query('close portions')
}
