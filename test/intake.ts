import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asJob } from '#db/actor.ts'
import { type ImportOptions, importFile } from '#modules/intake/index.ts'
import { afterFile } from './after-file.ts'
import { newDatabase } from './database.ts'
import { columns, mappingOf } from './intake-file.ts'
import { testKeys } from './world.ts'

/** A database and a folder of files to import into it. */
export async function newIntake() {
  const db = await newDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'ikms-intake-'))
  afterFile(() => rmSync(folder, { recursive: true, force: true }))
  let files = 0
  const write = (content: string | Buffer) => {
    files += 1
    const file = join(folder, `file-${files}.csv`)
    writeFileSync(file, content)
    return file
  }
  return {
    db,
    folder,
    write,
    /** Imports lines under the usual header, or whatever else is given. */
    imports: (lines: readonly string[], more: Partial<ImportOptions> = {}) =>
      importFile({
        db,
        keys: testKeys,
        mapping: mappingOf(),
        file: write(`${[columns, ...lines].join('\n')}\n`),
        ...more,
      }),
    importsFile: (content: string | Buffer, more: Partial<ImportOptions> = {}) =>
      importFile({ db, keys: testKeys, mapping: mappingOf(), file: write(content), ...more }),
    /** What stands in the bank. */
    rows: async <Row>(sql: string, values: readonly unknown[] = []) =>
      (await asJob(db, (tx) => tx.query<Row>(sql, values))).rows,
  }
}
