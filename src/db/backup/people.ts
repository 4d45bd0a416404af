import type { ClientBase } from 'pg'
import type { Manifest } from './manifest.ts'
import {
  forgetPersonKeys,
  keepPersonKeys,
  type PersonKeys,
  readPersonKeys,
  subjectOf,
} from './person-keys.ts'
import type { PersonColumns } from './person-seal.ts'

/** The people of a database, for its backup: their keys, and where they are identified. */
export interface PeopleHere {
  keys: PersonKeys
  /** @param table  `schema.table`; undefined: nobody is identified there */
  columnsOf: (table: string) => PersonColumns | undefined
}

/**
 * Makes sure that everybody in the database has a key and that whoever was forgotten has none.
 *
 * @param path  of the file with the keys of people
 */
export async function keysOfPeople(client: ClientBase, path: string): Promise<PeopleHere> {
  const bank = await bankOf(client)
  const columns = new Map<string, PersonColumns>()
  const subjects = new Set<string>()
  if (bank !== null) {
    const { rows } = await client.query<Omit<PersonColumns, 'bank' | 'by'> & { place: string; by: string }>(
      `select place, kind, by_column as by, columns, lost from migration.person_columns()
        where to_regclass(place) is not null`,
    )
    for (const { place, kind, by, columns: own, lost } of rows) {
      columns.set(place, { bank, kind, by, columns: own, lost })
      const { rows: there } = await client.query<{ id: string }>(
        `select distinct ${by}::text as id from ${place}`,
      )
      for (const { id } of there) subjects.add(subjectOf(bank, kind, id))
    }
    await noteForgotten(client, bank, path)
  }
  const none: PersonKeys = { keys: new Map(), gone: new Set() }
  const keys = subjects.size > 0 ? await keepPersonKeys(path, [...subjects]) : none
  return { keys, columnsOf: (table) => columns.get(table) }
}

/** Takes the keys of everybody forgotten in this database out of the file; makes no file where there is none to forget. */
export async function noteForgotten(client: ClientBase, bank: string, path: string): Promise<void> {
  const { rows } = await client.query<{ kind: string; id: string }>(
    'select kind, id::text as id from rights.forgotten order by kind, id',
  )
  const forgotten = rows.map(({ kind, id }) => subjectOf(bank, kind, id))
  const known = (await readPersonKeys(path))?.gone
  if (forgotten.some((subject) => !known?.has(subject))) await forgetPersonKeys(path, forgotten)
}

/** The first letters of the number of this bank; null where it has none yet. */
export async function bankOf(client: ClientBase): Promise<string | null> {
  const { rows: there } = await client.query<{ there: boolean }>(
    `select to_regclass('rights.bank') is not null as there`,
  )
  if (!there[0]!.there) return null
  const { rows } = await client.query<{ bank: string }>(
    'select left(bank_uuid::text, 8) as bank from rights.bank',
  )
  return rows[0]?.bank ?? null
}

/** How many rows of a backup cannot be read without the keys of people. */
export function peopleLost({ tables }: Manifest): number {
  return tables.reduce((rows, { people, rows: own }) => rows + (people ? own : 0), 0)
}

/**
 * Destroys again what was destroyed after a backup was made, inside the transaction that restores it.
 *
 * @param client  the owner, while row-level security does not bind it
 */
export async function replayForgetting(client: ClientBase, { gone }: PersonKeys): Promise<void> {
  const bank = await bankOf(client)
  if (bank === null) return
  for (const [kind, forget] of Object.entries(forgetting)) {
    const head = subjectOf(bank, kind, '')
    const ids = [...gone]
      .filter((subject) => subject.startsWith(head))
      .map((subject) => subject.slice(head.length))
    if (ids.length === 0) continue
    await client.query(
      `select ${forget}(array(select id from unnest($1::bigint[]) as id
                               except select f.id from rights.forgotten f where f.kind = $2))`,
      [ids, kind],
    )
  }
}

const forgetting = {
  learner: 'rights.forget_learners',
  staff: 'rights.forget_staff',
  person: 'rights.forget_people',
  import: 'rights.forget_refusals',
}
