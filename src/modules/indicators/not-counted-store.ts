import type { Tx } from '#db/actor.ts'

/**
 * Takes out of facts the people who are not to be counted (an objection or a restriction is in force today). The one place where
 * that is obeyed: every table and view with learners, whichever module owns it, is read without theirs. Where nobody objects, the SQL
 * stays as it is.
 *
 * @returns  a function of SQL that names tables with their schema; it says what the transaction saw when it was asked
 */
export async function withoutWhoObjects(tx: Tx): Promise<(facts: string) => string> {
  const { rows } = await tx.query<{ objects: boolean; tables: string[] }>(
    `select exists (select from rights.not_counted()) as objects,
            array(select t::text from rights.tables_with('learner_id') t
                  union all
                  select c.oid::regclass::text from pg_catalog.pg_class c join pg_catalog.pg_attribute a on a.attrelid = c.oid
                   where c.relkind = 'v' and a.attname = 'learner_id' and c.relpersistence = 'p') as tables`,
  )
  const { objects, tables } = rows[0]!
  if (!objects) return (facts) => facts
  const counted = (table: string) =>
    `(select * from ${table} where learner_id <> all (array(select rights.not_counted())))`
  return (facts) =>
    tables.reduce(
      (sql, table) =>
        sql.replaceAll(new RegExp(`(?<![\\w.])${table.replace('.', '\\.')}(?![\\w.])`, 'g'), counted(table)),
      facts,
    )
}

/** Facts without the people who are not to be counted, asked for once. */
export async function withoutObjectors(tx: Tx, facts: string): Promise<string> {
  return (await withoutWhoObjects(tx))(facts)
}

/** Linkages of data that are switched off now. */
export async function linkagesOff(tx: Tx): Promise<Set<string>> {
  const { rows } = await tx.query<{ code: string }>('select code from rights.linkages_off() as code')
  return new Set(rows.map(({ code }) => code))
}
