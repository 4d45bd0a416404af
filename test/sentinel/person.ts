import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'

/** Somebody who is nowhere else: whatever of her is seen outside the sealed identity is a leak. */
export const person = { name: 'Pūpolīte Zīmogvārda', code: '290212-23456' }

/** Everything by which she would be known again: words, their bytes as PostgreSQL writes them, words of an address, her code. */
const traces = [
  'Pūpolīt',
  'Zīmogvārd',
  ...['Pūpolīt', 'Zīmogvārd'].map((word) => Buffer.from(word).toString('hex')),
  ...['Pūpolīt', 'Zīmogvārd'].map((word) => encodeURIComponent(word)),
  ...['Pūpolīt', 'Zīmogvārd'].map((word) => JSON.stringify(word).slice(1, -1)),
  '290212-23456',
  '29021223456',
]

/** Which traces of her a text holds. */
export function tracesIn(text: string): string[] {
  const small = text.toLowerCase()
  return [...new Set(traces.filter((trace) => small.includes(trace.toLowerCase())))]
}

/** Every file below a folder that holds a trace of her, as bytes, with the trace. */
export function tracesInFiles(folder: string, leftOut: (path: string) => boolean = () => false): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((name) => {
    const path = join(folder, name)
    if (leftOut(name) || !statSync(path, { throwIfNoEntry: false })?.isFile()) return []
    const bytes = readFileSync(path)
    return traces.filter((trace) => bytes.includes(trace)).map((trace) => `${name}: ${trace}`)
  })
}

/** Every row of every table of a database that holds a trace of her: its table and the row, as the superuser sees it. */
export async function tracesInTables(client: pg.Client): Promise<{ tables: number; found: string[] }> {
  const { rows: tables } = await client.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema') order by 1`,
  )
  const found: string[] = []
  for (const { name } of tables) {
    const { rows } = await client.query<{ row: string }>(
      `select left(t::text, 300) as row from ${name} t where t::text ilike any ($1) limit 3`,
      [traces.map((trace) => `%${trace.replaceAll('\\', '\\\\')}%`)],
    )
    found.push(...rows.map(({ row }) => `${name}: ${row}`))
  }
  return { tables: tables.length, found }
}
