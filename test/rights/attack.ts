import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import type { Keys } from '#db/keys.ts'
import { asBackupReader } from '#db/tables.ts'
import { sealer } from '#modules/registry/index.ts'

/** Somebody whom an attacker wants to find, who holds the key file and knows the person well. */
export interface Wanted {
  /** personal codes as they are written, own and of whoever signed in for them */
  codes: readonly string[]
  names: readonly string[]
  /** the number on the own page */
  number: string
}

/** What of somebody stands in a text: codes, names, hashes under the key, the number, and sealed values that open to them. */
export function tracesIn(text: string, { codes, names, number }: Wanted, keys: Keys): string[] {
  const { hashCode, hashName, open } = sealer(keys)
  const found = new Set<string>()
  const look = (what: string, ...spellings: string[]) => {
    if (spellings.some((spelling) => text.includes(spelling))) found.add(what)
  }
  for (const code of codes) {
    look(`code ${code}`, code, code.replace('-', ''))
    look(`hash of ${code}`, hashCode(code).toString('hex'))
    for (const name of names) look(`hash of ${name}`, hashName(code, name).toString('hex'))
  }
  for (const name of names) look(`name ${name}`, name)
  look('number', number)
  const wanted = new Set([...codes, ...codes.map((code) => code.replace('-', '')), ...names])
  for (const [, hex] of text.matchAll(/\\x([\da-f]{30,})/g)) {
    const sealed = Buffer.from(hex!, 'hex')
    for (const secret of ['code', 'name'] as const) {
      try {
        const plain = open(secret, sealed)
        if (wanted.has(plain)) found.add(`sealed ${plain}`)
      } catch {
        // no sealed value, or one that nobody can open
      }
    }
  }
  return [...found].sort()
}

/** Every row of every table as text, the job queue too. */
export async function textOfBank(db: Database): Promise<string> {
  const text: string[] = []
  await asBackupReader(db, async (client, tables) => {
    for (const { sql } of tables) {
      const { rows } = await client.query<{ row: string }>(`select t::text as row from ${sql} t`)
      text.push(...rows.map(({ row }) => row))
    }
  })
  const { rows } = await asJob(db, (tx) =>
    tx.query<{ row: string }>('select t::text as row from pgboss.job t'),
  )
  return [...text, ...rows.map(({ row }) => row)].join('\n').replaceAll('\\\\x', '\\x')
}

/** Every file of a folder as text, packed ones unpacked. */
export function textOfFiles(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => {
      const bytes = readFileSync(join(parentPath, name))
      return (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').replaceAll('\\\\x', '\\x')
    })
    .join('\n')
}

/** Rows that an attacker who still has an imported file finds by the line somebody stands on. */
export async function rowsFromLine(db: Database, line: number): Promise<string[]> {
  return asBackupReader(db, async (client) => {
    const { rows: tables } = await client.query<{ name: string }>(
      `select i.table_schema || '.' || i.table_name as name
         from information_schema.columns i join information_schema.columns l using (table_schema, table_name)
        where i.column_name = 'learner_id' and l.column_name = 'line' order by 1`,
    )
    const found: string[] = []
    for (const { name } of tables) {
      const { rows } = await client.query(`select from ${name} where line = $1`, [line])
      if (rows.length > 0) found.push(name)
    }
    return found
  })
}
