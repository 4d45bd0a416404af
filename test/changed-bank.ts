import type { Tx } from '#db/actor.ts'

/** An import that has been merged, by its number. */
export async function newImport(tx: Tx): Promise<number> {
  const { rows } = await tx.query<{ id: number }>(
    `insert into intake.import (source, mapping, data_kind, file_name, state, finished_at)
     values ('changes', '{}', 'made_up', 'changes.csv', 'merged', now()) returning import_id as id`,
  )
  return rows[0]!.id
}

/**
 * Corrects facts as an import does: what was known is superseded, what is known now is a row of its own.
 *
 * @param which  condition on the rows that are in force, of which at most `most` are corrected
 * @param set    columns with the SQL of their new value
 * @returns      how many
 */
export async function correct(
  tx: Tx,
  table: string,
  which: string,
  set: Readonly<Record<string, string>>,
  most = 1,
): Promise<number> {
  const number = await newImport(tx)
  const { rows: columns } = await tx.query<{ name: string }>(
    `select attname as name from pg_attribute
      where attrelid = $1::regclass and attnum > 0 and not attisdropped and attidentity = '' and attgenerated = ''`,
    [table],
  )
  const names = columns.map(({ name }) => name)
  const values: Readonly<Record<string, string>> = {
    ...set,
    import_id: String(number),
    superseded_by: 'null',
  }
  const { rowCount } = await tx.query(
    `with old as (
       update ${table} set superseded_by = ${number}
        where ctid = any (array(select ctid from ${table} where superseded_by is null and (${which}) order by import_id, line limit ${most}))
       returning *
     )
     insert into ${table} (${names.join(', ')}) select ${names.map((name) => values[name] ?? name).join(', ')} from old`,
  )
  return rowCount
}

/** Takes facts back as a complete import does that no longer says them. */
export async function withdraw(tx: Tx, table: string, which: string, most = 1): Promise<number> {
  const number = await newImport(tx)
  const { rowCount } = await tx.query(
    `update ${table} set superseded_by = ${number}
      where ctid = any (array(select ctid from ${table} where superseded_by is null and (${which}) order by import_id, line limit ${most}))`,
  )
  return rowCount
}
