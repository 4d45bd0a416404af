import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import { deriveKey, type Keys } from '#db/keys.ts'
import { asOfImport } from '#modules/indicators/index.ts'
import type { SchoolYear } from '#terms/school-year.ts'
import { type ExtractDemand, ExtractRefused, type Failing, makeFinestExtract } from './extract.ts'
import { bookOfFile, type CodebookFile, codebookOf } from './extract-codebook.ts'
import type { ExtractColumn, ExtractSource } from './extract-columns.ts'
import { type ExtractFile, learnersFile, resultsFile } from './extract-files.ts'
import { extractParquet } from './extract-parquet.ts'
import {
  addPart,
  assessmentsOf,
  beginExtract,
  dropExpired,
  extractDemand,
  finishExtract,
  linkagesOff,
  regionOfMunicipality,
  rowsOfFile,
} from './extract-store.ts'

export interface ExtractMade {
  files: number
  /** files whose rows did not meet the demand, or whose linkage is off */
  refused: number
  rows: number
}

/**
 * Makes the files of an extract that was asked for: whole or not at all; one that is made already stays. One file at a time is held, as
 * it is checked as a whole; it is written and kept piece by piece.
 *
 * @param id   of `disclosure.extract`
 * @param day  on which the demand is read
 */
export async function makeExtractFiles(
  db: Database,
  keys: Keys,
  id: number,
  { day, onProgress = () => {} }: { day: string; onProgress?: (done: number, of: number) => void },
): Promise<ExtractMade> {
  return asJob(db, async (tx) => {
    await dropExpired(tx)
    const asked = await beginExtract(tx, id)
    const made: ExtractMade = { files: 0, refused: 0, rows: 0 }
    const asOf = await asOfImport(tx)
    if (asked === null || asOf === null) return made
    const demand = await extractDemand(tx, asked.purpose, day)
    const off = await linkagesOff(tx)
    const regions = await regionOfMunicipality(tx)
    const files: { year: SchoolYear; file: ExtractFile }[] = []
    for (let year = asked.firstYear; year <= asked.lastYear; year += 1) {
      const tests = await assessmentsOf(tx, year, asOf)
      for (const file of [learnersFile(year), ...tests.map(resultsFile)]) files.push({ year, file })
    }
    const book: CodebookFile[] = []
    for (const [at, { year, file }] of files.entries()) {
      onProgress(at, files.length)
      if (file.linkages.some((linkage) => off.has(linkage))) {
        book.push(bookOfFile(file, year, { refused: 'linkage' }))
        continue
      }
      const rows = await rowsOfFile(tx, file, { asOf, year })
      if (rows.persons.length === 0) continue
      const source = sourceOf(file, rows, regions)
      const found = checked(source, demand, pseudonymKey(keys, asked.uuid, year, !off.has('results-years')))
      if ('failing' in found) {
        book.push(bookOfFile(file, year, { refused: found.failing }))
        continue
      }
      let part = 0
      const types = Object.fromEntries(
        file.columns.map(({ name, role, type }) => [name, role === 'quasi' ? 'text' : type] as const),
      )
      await extractParquet(found.extract, types, (bytes) => addPart(tx, id, file.name, part++, bytes))
      book.push(bookOfFile(file, year, found))
      made.files += 1
      made.rows += found.extract.report.rows
    }
    made.refused = book.filter(({ refused }) => refused !== null).length
    await finishExtract(tx, id, { asOf, keyId: keys.current, codebook: codebookOf(asked, demand, book) })
    return made
  })
}

/** The key of a request: the same for all its files; a key a year where results of different years must not be joined. */
function pseudonymKey(keys: Keys, request: string, year: SchoolYear, linked: boolean): Buffer {
  return deriveKey(keys, `extract/${request}${linked ? '' : `/${year}`}`)
}

/** Columns of which everybody has the same value are left out: they would be told of everybody without finding anybody. */
function sourceOf(
  file: ExtractFile,
  { persons, values }: { persons: string[]; values: Record<string, string[]> },
  regions: ReadonlyMap<string, string>,
): ExtractSource {
  const columns = file.columns.flatMap(({ name, role, ordered, coarser }): ExtractColumn[] => {
    const own = values[name]!
    if (role === 'sensitive' && new Set(own).size < 2) return []
    return [
      {
        name,
        role,
        values: own,
        ...(ordered ? { ordered } : {}),
        ...(coarser ? { coarser: coarser(regions) } : {}),
      },
    ]
  })
  return { persons, columns }
}

/** The finest form that meets the demand; without one, what fails. */
function checked(
  source: ExtractSource,
  demand: ExtractDemand,
  key: Buffer,
): { failing: readonly Failing[] } | ReturnType<typeof makeFinestExtract> {
  try {
    return makeFinestExtract(source, demand, key)
  } catch (error) {
    if (error instanceof ExtractRefused) return { failing: error.failing }
    throw error
  }
}
