import type { Tx } from '#db/actor.ts'

/** All imports together, for the metrics of the system. */
export interface ImportTotals {
  /** imports that ended in a state, or are running */
  imports: Record<string, number>
  rowsRead: number
  rowsRefused: number
}

export async function importTotals(tx: Tx): Promise<ImportTotals> {
  const { rows } = await tx.query<{ state: string; imports: number; read: number; refused: number }>(
    `select state, count(*) as imports, sum(rows_read)::bigint as read, sum(rows_refused)::bigint as refused
       from intake.import group by state`,
  )
  return {
    imports: Object.fromEntries(rows.map(({ state, imports }) => [state, imports])),
    rowsRead: rows.reduce((sum, { read }) => sum + read, 0),
    rowsRefused: rows.reduce((sum, { refused }) => sum + refused, 0),
  }
}
