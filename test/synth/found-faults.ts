import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'

/** A fault that was planted in a package: which check has to find it, about what, and by which code it is known. */
export interface PlantedFault {
  check: string
  subject: string
  key: string
}

/** The faults that were planted in a package, as the truths beside it tell. */
export async function plantedFaults(folder: string): Promise<PlantedFault[]> {
  const text = await readFile(`${folder}-truths/planted_errors.csv`, 'utf8')
  return text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [check, subject, , key] = line.split(',')
      return { check: check!, subject: subject!, key: key! }
    })
}

const columns = {
  institution: 'reg_number',
  site: 'site_id',
  class: 'class_id',
  learner: 'learner_uid',
  staff: 'staff_uid',
}

/**
 * What the checks have found, `check key`, read from the line of the file it came from, as a person would look it up. Files are read line
 * by line: those of a country are large.
 *
 * @param folder  the package that was imported; no value in the looked-up columns and before them has a comma
 */
export async function foundFaults(db: Database, folder: string): Promise<Set<string>> {
  const { rows } = await asJob(db, (tx) =>
    tx.query<{ check: string; subject: keyof typeof columns; file: string; line: number }>(
      `select f.check_code as check, f.subject, i.file_name as file, f.line::int as line
         from checks.finding f join intake.import i using (import_id) where f.gone_run is null`,
    ),
  )
  const found = new Set<string>()
  for (const [file, findings] of Map.groupBy(rows, (row) => row.file)) {
    const byLine = Map.groupBy(findings, ({ line }) => line)
    let names: string[] = []
    let line = 0
    for await (const text of createInterface({ input: createReadStream(join(folder, file)) })) {
      line += 1
      if (line === 1) names = text.split(',')
      const values = byLine.has(line) ? text.split(',') : []
      for (const { check, subject } of byLine.get(line) ?? []) {
        found.add(`${check} ${values[names.indexOf(columns[subject])]}`)
      }
    }
  }
  return found
}
