/**
 * Writes down a bank as this release leaves it, for the drill of upgrades: run it when a release is made, in the checkout
 * of that release, on a stopped made-up bank with rows in all tables. Beside it goes the bank's key file.
 *
 *     node test/upgrade/write-release.ts DATA-FOLDER > test/upgrade/release-NNNN/bank.sql
 */
import { openDatabase } from '#db/connection.ts'
import { asSuperuser, tablesOf } from './release.ts'

const db = await openDatabase({ folder: process.argv[2]!, kind: 'guest' })
await asSuperuser(db.embedded!, async (client) => {
  await client.query(`set timezone = 'UTC'`)
  for (const { name, columns } of await tablesOf(client)) {
    const values = columns.map((column) => `coalesce(quote_literal(${column}::text), 'null')`).join(', ')
    const { rows } = await client.query<{ row: string }>(
      `select concat_ws(', ', ${values}) as row from ${name} order by 1`,
    )
    if (rows.length === 0) {
      console.error(`nothing in ${name}`)
      continue
    }
    process.stdout.write(`insert into ${name} (${columns.join(', ')}) overriding system value values\n`)
    process.stdout.write(`${rows.map(({ row }) => `(${row})`).join(',\n')};\n`)
  }
  const { rows: sequences } = await client.query<{ name: string }>(
    `select format('%I.%I', nspname, relname) as name from pg_class join pg_namespace n on n.oid = relnamespace
      where relkind = 'S' and nspname !~ '^pg_' order by 1`,
  )
  for (const { name } of sequences) {
    const { rows } = await client.query<{ last: string; called: boolean }>(
      `select last_value::text as last, is_called as called from ${name}`,
    )
    process.stdout.write(`select setval('${name}', ${rows[0]!.last}, ${rows[0]!.called});\n`)
  }
})
await db.close()
