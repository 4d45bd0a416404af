import { closeSync, mkdirSync, openSync, readdirSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { columnsOf, type File, type Package, packageOf, type Value } from './contract.ts'
import { makeCountry } from './country.ts'
import { state } from './network/municipalities.ts'
import { type Plan, SNAPSHOT } from './size.ts'

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
 * Writes a made-up country as a package of the import contract, and into folders beside it what is no part of the package: the context
 * the statistics office links, `…-context`, and the truths, `…-truths`. The same plan gives the same bytes.
 *
 * @param folder  is made; must be new or empty
 */
export function writePackage(plan: Plan, folder: string): Written {
  const base = folder.replace(/\/+$/, '')
  const folders: Record<Package, string> = {
    main: base,
    context: `${base}-context`,
    truths: `${base}-truths`,
  }
  for (const each of Object.values(folders)) {
    mkdirSync(each, { recursive: true })
    if (readdirSync(each).length > 0) throw new FolderNotEmpty(each)
  }
  const files = new Map<File, { handle: number; text: string; rows: number }>()
  const fileOf = (file: File) => {
    let open = files.get(file)
    if (!open) {
      const path = join(folders[packageOf(file)], `${file}.csv`)
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
  for (const each of ['main', 'context'] as const) {
    writeFileSync(
      join(folders[each], 'manifest.json'),
      `${JSON.stringify(manifestOf(plan, each), null, 2)}\n`,
    )
  }
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

/** What a package says of itself. */
export function manifestOf({ size, seed, firstYear }: Plan, of: Exclude<Package, 'truths'>) {
  return {
    source: of === 'main' ? 'synth' : `synth-${of}`,
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
}
