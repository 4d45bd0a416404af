import type { Tx } from '#db/actor.ts'
import type { Sealer } from '#modules/registry/index.ts'

/** What a sealed value holds: a name cannot be opened as a code. */
type Secret = Parameters<Sealer['open']>[0]

/** A table with sealed values: the id of its rows, and what each of its columns holds. */
export interface SealedTable {
  name: string
  id: string
  columns: Readonly<Record<string, Secret>>
}

/** Every place where sealed values lie. A constant: no name in SQL is ever made from input. */
export const sealedTables: readonly SealedTable[] = [
  { name: 'identity.person', id: 'learner_id', columns: { sealed_code: 'code', sealed_name: 'name' } },
  { name: 'identity.staff', id: 'staff_id', columns: { sealed_code: 'code', sealed_name: 'name' } },
  { name: 'access.person', id: 'person_id', columns: { sealed_name: 'name' } },
]

/** The sealed values of one row, in the order of the table's columns; null where there is none. */
export interface SealedRow {
  id: number
  sealed: (Buffer | null)[]
}

const columnsOf = ({ columns }: SealedTable) => Object.keys(columns)

/** Columns that hold something under another key than $1. */
const isOlder = (table: SealedTable) =>
  columnsOf(table)
    .map((column) => `identity.seal_key(${column}) <> $1`)
    .join(' or ')

/** How many sealed values each key has sealed, by key id. */
export async function countSealed(tx: Tx): Promise<Map<string, number>> {
  const values = sealedTables.flatMap((table) =>
    columnsOf(table).map((column) => `select identity.seal_key(${column}) as id from ${table.name}`),
  )
  const { rows } = await tx.query<{ id: string; n: number }>(
    `select id, count(*)::int as n from (${values.join(' union all ')}) sealed where id is not null group by id`,
  )
  return new Map(rows.map(({ id, n }) => [id, n]))
}

/** How many rows of all tables hold something under another key than this. */
export async function countOlder(tx: Tx, current: string): Promise<number> {
  const each = sealedTables.map((table) => `(select count(*) from ${table.name} where ${isOlder(table)})`)
  const { rows } = await tx.query<{ n: number }>(`select (${each.join(' + ')})::int as n`, [current])
  return rows[0]!.n
}

/** One value that a key has sealed, with what it holds; null where there is none. */
export async function sampleUnder(tx: Tx, keyId: string): Promise<{ secret: Secret; sealed: Buffer } | null> {
  for (const table of sealedTables) {
    for (const [column, secret] of Object.entries(table.columns)) {
      const { rows } = await tx.query<{ sealed: Buffer }>(
        `select ${column} as sealed from ${table.name} where identity.seal_key(${column}) = $1 limit 1`,
        [keyId],
      )
      if (rows[0]) return { secret, sealed: rows[0].sealed }
    }
  }
  return null
}

/** Some learners' sealed codes and the hashes they are found by. */
export async function sampleCodes(tx: Pick<Tx, 'query'>): Promise<{ sealed: Buffer; hash: Buffer }[]> {
  const { rows } = await tx.query<{ sealed: Buffer; hash: Buffer }>(
    'select sealed_code as sealed, code_hash as hash from identity.person limit 20',
  )
  return rows
}

/**
 * The next rows that hold something under another key, kept for this transaction. Rows that others are writing are
 * passed over: with several rows held, waiting for one could be waiting for ever.
 */
export async function takeOlder(
  tx: Tx,
  table: SealedTable,
  current: string,
  { after, most }: { after: number; most: number },
): Promise<SealedRow[]> {
  return rowsOf(tx, table, `${table.id} > $2 and (${isOlder(table)})`, 'limit $3 for update skip locked', [
    current,
    after,
    most,
  ])
}

/** One row under another key, waited for while somebody else writes it; null when there is none. */
export async function awaitOlder(tx: Tx, table: SealedTable, current: string): Promise<SealedRow | null> {
  // Where the one waited for has meanwhile come under the current key, none is given: whoever asks looks again.
  const rows = await rowsOf(tx, table, `(${isOlder(table)})`, 'limit 1 for update', [current])
  return rows[0] ?? null
}

async function rowsOf(tx: Tx, table: SealedTable, which: string, how: string, values: unknown[]) {
  const { rows } = await tx.query<SealedRow>(
    `select ${table.id} as id, array[${columnsOf(table).join(', ')}] as sealed from ${table.name}
      where ${which} order by ${table.id} ${how}`,
    values,
  )
  return rows
}

/** Puts the values of these rows in the place of those they had. */
export async function putSealed(tx: Tx, table: SealedTable, rows: readonly SealedRow[]): Promise<void> {
  const columns = columnsOf(table)
  const sets = columns.map((column) => `${column} = v.${column}`)
  const arrays = columns.map((_, at) => `$${at + 2}::bytea[]`)
  await tx.query(
    `update ${table.name} t set ${sets.join(', ')}
       from unnest($1::bigint[], ${arrays.join(', ')}) v (id, ${columns.join(', ')}) where t.${table.id} = v.id`,
    [rows.map(({ id }) => id), ...columns.map((_, at) => rows.map(({ sealed }) => sealed[at] ?? null))],
  )
}

/** Populations whose record keys were made with this key, and so need it for life. */
export async function populationsUnder(tx: Tx): Promise<Map<string, number>> {
  const { rows } = await tx.query<{ id: string; n: number }>(
    'select key_id as id, count(*)::int as n from disclosure.population where key_id is not null group by 1',
  )
  return new Map(rows.map(({ id, n }) => [id, n]))
}

/** Keeps everybody from writing sealed values until the end of the transaction; gives up after three seconds. */
export async function holdSealed(tx: Tx): Promise<void> {
  await tx.query("set local lock_timeout = '3s'")
  await tx.query(`lock table ${sealedTables.map(({ name }) => name).join(', ')} in share row exclusive mode`)
}

/** From now on the database refuses values sealed with this key. */
export async function noteForgotten(tx: Tx, keyId: string): Promise<void> {
  await tx.query('insert into identity.forgotten_key (key_id) values ($1) on conflict do nothing', [keyId])
}
