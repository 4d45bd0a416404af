import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** One numbered step of the schema. */
export type Migration = { number: number; name: string; sql: string; checksum: string }

/** IKMS's own migrations. */
const migrationsFolder = join(import.meta.dirname, 'migrations')

/**
 * The migrations of a folder in order: files `NNNN-name.sql`, numbered from 1 without gaps.
 *
 * @throws  when a number is missing or given twice, or a file has another kind of name
 */
export function readMigrations(folder = migrationsFolder): Migration[] {
  return readdirSync(folder)
    .toSorted()
    .map((file, at) => {
      const [, number, name] = /^(\d{4})-([a-z0-9-]+)\.sql$/.exec(file) ?? []
      if (!name) throw new Error(`${file} is not named like a migration (0001-name.sql)`)
      if (Number(number) !== at + 1)
        throw new Error(`Migration ${at + 1} is missing or there twice: found ${file}`)
      return migrationOf(Number(number), name, readFileSync(join(folder, file), 'utf8'))
    })
}

/** A migration from its text. Line ends do not count: Git may turn them on another system. */
function migrationOf(number: number, name: string, text: string): Migration {
  const sql = text.replaceAll('\r\n', '\n')
  return { number, name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
}
