import { randomBytes } from 'node:crypto'
import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import type { Keys } from '#db/keys.ts'
import { sealer } from '#modules/registry/index.ts'
import { newDatabase } from '../database.ts'

const first = randomBytes(32)
const second = randomBytes(32)
/** The key file before and after a key is added. */
export const oldKeys: Keys = { current: '1', keys: { 1: first } }
export const newKeys: Keys = { current: '2', keys: { 1: first, 2: second } }

const learnerNames = (n: number) => Array.from({ length: n }, (_, at) => `Ēriks Bērziņš ${at}`)

/** A database with learners, every third without a name, and ten people who only sign in; all sealed with the old key. */
export async function newPeople(learners = 900, keys = oldKeys) {
  const db = await newDatabase()
  const { seal, hashCode, hashName } = sealer(keys)
  const people = learnerNames(learners).map((name, at) => ({
    code: `A-${at}`,
    name: at % 3 === 2 ? null : name,
  }))
  await db.jobPool.query(
    `insert into identity.person (learner_id, code_hash, sealed_code, sealed_name, name_hash, import_id, line)
     select nextval('registry.learner_learner_id_seq'), code_hash, sealed_code, sealed_name, name_hash, 1, 1
       from unnest($1::bytea[], $2::bytea[], $3::bytea[], $4::bytea[]) p (code_hash, sealed_code, sealed_name, name_hash)`,
    [
      people.map(({ code }) => hashCode(code)),
      people.map(({ code }) => seal('code', code)),
      people.map(({ name }) => name && seal('name', name)),
      people.map(({ code, name }) => name && hashName(code, name)),
    ],
  )
  const visitors = Array.from({ length: 10 }, (_, at) => `Viesis ${at}`)
  await db.jobPool.query('insert into access.person (sealed_name) select unnest($1::bytea[])', [
    visitors.map((name) => seal('name', name)),
  ])
  const expected = [...people.flatMap(({ code, name }) => (name ? [code, name] : [code])), ...visitors].sort()
  return { db, expected, values: expected.length }
}

/** Every code and name there is, read with these keys; throws when one does not open. */
export async function readAll(db: Database, keys: Keys): Promise<string[]> {
  const { open } = sealer(keys)
  const { rows } = await asJob(db, (tx) =>
    tx.query<{ kind: 'code' | 'name'; sealed: Buffer }>(
      `select 'code' as kind, sealed_code as sealed from identity.person
       union all select 'name', sealed_name from identity.person where sealed_name is not null
       union all select 'name', sealed_name from access.person where sealed_name is not null`,
    ),
  )
  return rows.map(({ kind, sealed }) => open(kind, sealed)).sort()
}

/** How many values each key has sealed. */
export async function sealedBy(db: Database): Promise<Record<string, number>> {
  const { rows } = await asJob(db, (tx) =>
    tx.query<{ id: string; n: number }>(
      `select identity.seal_key(sealed) as id, count(*)::int as n
         from (select sealed_code from identity.person union all select sealed_name from identity.person
               union all select sealed_name from access.person) s (sealed)
        where sealed is not null group by 1 order by 1`,
    ),
  )
  return Object.fromEntries(rows.map(({ id, n }) => [id, n]))
}

/** Keys as a key file holds them. */
export const keyFileText = ({ current, keys }: Keys) =>
  JSON.stringify({
    current,
    keys: Object.fromEntries(Object.entries(keys).map(([id, key]) => [id, key.toString('base64')])),
  })
