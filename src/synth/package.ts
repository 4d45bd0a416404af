import { closeSync, mkdirSync, openSync, readdirSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { columnsOf, type File, isTruth, type Value } from './contract.ts'
import { makeCountry } from './country.ts'
import { state } from './network/municipalities.ts'
import { type Plan, SNAPSHOT } from './size.ts'

const TRUTHS = 'truths'
const CHUNK = 1 << 18 // characters gathered before they are written

/** What was written: rows by file. */
export type Written = Partial<Record<File, number>>

/** A folder that is not empty is left alone. */
export class FolderNotEmpty extends Error {
  constructor(folder: string) {
    super(`${folder} is not empty; name a new folder`)
    this.name = 'FolderNotEmpty'
  }
}

/**
 * Writes a made-up country as a package of the import contract, and its truths into a folder beside it, `…-truths`: they are no part of
 * the package. The same plan gives the same bytes.
 *
 * @param folder  is made; must be new or empty
 */
export function writePackage(plan: Plan, folder: string): Written {
  const truths = `${folder.replace(/\/+$/, '')}-${TRUTHS}`
  for (const each of [folder, truths]) {
    mkdirSync(each, { recursive: true })
    if (readdirSync(each).length > 0) throw new FolderNotEmpty(each)
  }
  const files = new Map<File, { handle: number; text: string; rows: number }>()
  const fileOf = (file: File) => {
    let open = files.get(file)
    if (!open) {
      const path = join(isTruth(file) ? truths : folder, `${file}.csv`)
      open = { handle: openSync(path, 'wx'), text: `${columnsOf(file).join(',')}\n`, rows: 0 }
      files.set(file, open)
    }
    return open
  }
  try {
    for (const { file, rows } of makeCountry(plan)) {
      const open = fileOf(file)
      const columns = columnsOf(file)
      for (const row of rows) open.text += csvLine(columns, row as Readonly<Record<string, Value>>)
      open.rows += rows.length
      if (open.text.length > CHUNK) {
        writeSync(open.handle, open.text)
        open.text = ''
      }
    }
    for (const { handle, text } of files.values()) writeSync(handle, text)
  } finally {
    for (const { handle } of files.values()) closeSync(handle)
  }
  writeManifest(plan, folder)
  return Object.fromEntries([...files].map(([file, { rows }]) => [file, rows]))
}

/** One line of a CSV file (RFC 4180, lines end in a line feed). */
function csvLine(columns: readonly string[], row: Readonly<Record<string, Value>>): string {
  let line = ''
  for (let at = 0; at < columns.length; at++) {
    if (at > 0) line += ','
    const value = row[columns[at]!]
    if (value === null || value === undefined) continue
    if (typeof value === 'string' && /[",\n\r]/.test(value)) line += `"${value.replaceAll('"', '""')}"`
    else line += value
  }
  return `${line}\n`
}

function writeManifest({ size, seed, firstYear }: Plan, folder: string): void {
  const manifest = {
    source: 'synth',
    dataKind: 'made_up',
    state: {
      code: state.code,
      name: state.name,
      genitive: state.genitive,
      locative: state.locative,
    },
    snapshotDate: SNAPSHOT,
    version: `1 ${size} seed ${seed} since ${firstYear}`,
  }
  const handle = openSync(join(folder, 'manifest.json'), 'wx')
  writeSync(handle, `${JSON.stringify(manifest, null, 2)}\n`)
  closeSync(handle)
}
