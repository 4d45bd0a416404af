import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { EntityDefinition } from '#db/entity.ts'
import { contract } from '#modules/intake/index.ts'
import type { ImportedKind } from '#modules/intake/model.ts'
import type { Day } from '#terms/day.ts'
import { SourceFault } from './source-fault.ts'

export type Scalar = string | number | boolean | null
export type Row = Readonly<Record<string, Scalar | undefined>>

/** What a package says of itself. */
export interface PackageHead {
  source: string
  dataKind: ImportedKind
  snapshotDate: Day
  version: string
}

/** The state whose system this is. */
const state = {
  code: 'LV',
  name: { lv: 'Latvija', en: 'Latvia' },
  genitive: 'Latvijas',
  locative: 'Latvijā',
}

/** `manifest.json` of a package. */
export function manifestText(head: PackageHead): string {
  return JSON.stringify({ ...head, state })
}

/**
 * Rows of the contract on their way into a package. The last that is said of one and the same counts, whether that is a row or that it is
 * gone: pages that come twice do no harm.
 */
export class RowPackage {
  readonly #entities = new Map<string, Gathered>()

  /** Things the package says something of, deletions among them. */
  get size(): number {
    return [...this.#entities.values()].reduce((sum, { rows, gone }) => sum + rows.size + gone.size, 0)
  }

  /** Whether rows with these columns go into the package as it is so far: a file has one header. */
  fits(entity: string, columns: readonly string[]): boolean {
    const known = this.#entities.get(entity)
    return !known || known.rows.size === 0 || sameColumns(known.columns, columns)
  }

  /**
   * Says which columns the rows to come have.
   *
   * @throws  SourceFault `source.schema` for an entity or a column the contract does not have, or others than before
   */
  head(entity: string, columns: readonly string[]): void {
    const gathered = this.#of(entity)
    if (gathered.rows.size === 0) gathered.columns = inOrder(gathered.definition, columns)
    else if (!sameColumns(gathered.columns, columns)) throw unknown(`${entity}.columns`, 'one list on a page')
  }

  /** @throws SourceFault `source.schema` for a column that was not said before */
  add(entity: string, row: Row): void {
    const gathered = this.#of(entity)
    for (const name of Object.keys(row)) {
      if (!gathered.columns.includes(name)) throw unknown(`${entity}.${name}`, 'a column of the list')
    }
    const key = keyOf(gathered.lineKey, row)
    gathered.gone.delete(keyOf(gathered.definition.key, row))
    gathered.rows.delete(key) // what is said last stands last
    gathered.rows.set(key, row)
  }

  /** @throws SourceFault `source.schema` for an entity the contract does not have, or a key that is not whole */
  remove(entity: string, key: Row): void {
    const gathered = this.#of(entity)
    const { key: columns } = gathered.definition
    const missing = columns.find((name) => key[name] === undefined)
    const more = Object.keys(key).find((name) => !columns.includes(name))
    if (missing !== undefined || more !== undefined) {
      throw unknown(`${entity}.deleted`, `exactly the key ${columns.join(', ')}`)
    }
    const id = keyOf(columns, key)
    if (gathered.lineKey === columns) gathered.rows.delete(id)
    else {
      for (const [line, row] of gathered.rows) {
        if (keyOf(columns, row) === id) gathered.rows.delete(line)
      }
    }
    gathered.gone.set(id, key)
  }

  /** Writes the package as a folder. */
  async write(folder: string, head: PackageHead): Promise<void> {
    await mkdir(folder, { mode: 0o700 })
    const put = (name: string, text: string) => writeFile(join(folder, name), text, { mode: 0o600 })
    await put('manifest.json', manifestText(head))
    for (const [entity, { definition, columns, rows, gone }] of this.#entities) {
      if (rows.size > 0) await put(`${entity}.csv`, csv(columns, rows.values()))
      if (gone.size > 0) await put(`${entity}.deleted.csv`, csv(definition.key, gone.values()))
    }
  }

  #of(entity: string): Gathered {
    const known = this.#entities.get(entity)
    if (known) return known
    const definition = contract.find(({ name }) => name === entity)
    if (!definition) throw unknown(entity, 'a file of the contract')
    const gathered = {
      definition,
      columns: [],
      lineKey: lineKey(definition),
      rows: new Map(),
      gone: new Map(),
    }
    this.#entities.set(entity, gathered)
    return gathered
  }
}

interface Gathered {
  definition: EntityDefinition
  columns: readonly string[]
  /** columns that tell one line from another: of things that are described over time, also the first day */
  lineKey: readonly string[]
  rows: Map<string, Row>
  gone: Map<string, Row>
}

function lineKey({ key, destination }: EntityDefinition): readonly string[] {
  return destination.as === 'versions' && destination.since ? [...key, destination.since] : key
}

function keyOf(columns: readonly string[], row: Row): string {
  return JSON.stringify(columns.map((name) => text(row[name])))
}

/** @throws SourceFault `source.schema` */
function inOrder({ name, columns: known }: EntityDefinition, columns: readonly string[]): string[] {
  const strange = columns.find((column) => !Object.hasOwn(known, column))
  if (strange !== undefined) throw unknown(`${name}.${strange}`, 'a column of the contract')
  return Object.keys(known).filter((column) => columns.includes(column))
}

function sameColumns(some: readonly string[], others: readonly string[]): boolean {
  return some.length === new Set(others).size && others.every((column) => some.includes(column))
}

function csv(columns: readonly string[], rows: Iterable<Row>): string {
  let all = `${columns.join(',')}\n`
  for (const row of rows) all += csvLine(columns, row)
  return all
}

/** One line of a CSV file (RFC 4180). */
export function csvLine(columns: readonly string[], row: Row): string {
  return `${columns.map((name) => quoted(text(row[name]))).join(',')}\n`
}

const text = (value: Scalar | undefined) => (value === null || value === undefined ? '' : String(value))

function quoted(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}

function unknown(path: string, expected: string): SourceFault {
  const shown = path.replace(/[^\p{L}\p{N}._-]/gu, '?').slice(0, 100)
  return new SourceFault('source.schema', { fields: `${shown}: expected ${expected}` })
}
