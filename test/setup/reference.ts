import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'vitest'

/**
 * Reference data with answers from other software stand outside the project: `IKMS_REFERENCE` names their
 * folder. Where it is unset the agreement tests are skipped; where it is set every one of them must run.
 */
export const referenceFolder = process.env.IKMS_REFERENCE

/** A test against reference data. Its name must say with what it agrees, starting with the word "agrees". */
export const agreement = test.skipIf(!referenceFolder)

/** Path of a file of the reference data, e.g. `reference('lsat6/data.csv')`; throws when it is not there. */
export function reference(path: string): string {
  if (!referenceFolder) throw new Error('IKMS_REFERENCE is not set: no reference data')
  const file = join(referenceFolder, path)
  if (!existsSync(file)) throw new Error(`reference data have no file ${path}`)
  return file
}

/** A JSON file of the reference data. The caller says its shape. */
export function referenceJson<Shape>(path: string): Shape {
  return JSON.parse(readFileSync(reference(path), 'utf8')) as Shape
}

/** A CSV file of the reference data without quoted commas: column name → values as text, in file order. */
export function referenceColumns(path: string): Record<string, string[]> {
  const [head, ...lines] = readFileSync(reference(path), 'utf8').trimEnd().split(/\r?\n/)
  const names = head!.split(',').map((name) => name.replace(/^"|"$/g, ''))
  const columns: Record<string, string[]> = Object.fromEntries(names.map((name) => [name, []]))
  for (const line of lines) {
    line.split(',').forEach((value, at) => {
      columns[names[at]!]!.push(value.replace(/^"|"$/g, ''))
    })
  }
  return columns
}
