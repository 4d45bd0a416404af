import type { Tx } from '#db/actor.ts'
import { CopyRows, type StagingTable, stagingTable } from '#db/copy.ts'
import type { EntityDefinition } from '#db/entity.ts'
import { isOwn, stagedName } from '#db/entity-staged.ts'
import type { Entity } from '../model.ts'
import { always, type Field, field, type Refuse } from '../read/fields.ts'
import { kindOf, type Staged } from '../read/kinds.ts'
import type { Sink } from '../read/stage-rows.ts'
import { dayText, type Kind } from '../read/values.ts'
import type { Refusals } from '../report/refusals.ts'
import type { Manifest } from './manifest.ts'
import type { References } from './references.ts'

export type Value = number | string | boolean | Uint8Array | null

/** A column of a file of the contract, ready to be read. */
export interface ReadColumn {
  name: string
  field: Field<number | string | boolean>
  staged: Staged
}

/** What values are, by column: found out before a file is read, so that reading never waits for the database. */
export type Kinds = ReadonlyMap<string, { kind: Kind<number | string | boolean>; staged: Staged }>

export async function kindsOf(entity: EntityDefinition, references: References): Promise<Kinds> {
  const kinds = new Map<string, { kind: Kind<number | string | boolean>; staged: Staged }>()
  for (const [name, column] of Object.entries(entity.columns)) {
    const isLookedUp =
      column.refersTo !== undefined && !isOwn(entity, column) && references.canLookUp(column.refersTo)
    kinds.set(
      name,
      isLookedUp ? { kind: await references.kind(column), staged: 'int8' } : kindOf(column.schema),
    )
  }
  return kinds
}

/**
 * Every column of the entity: those the file lacks are read as empty.
 *
 * @param columns  column of the file → place in the row
 */
export function readColumns(
  entity: EntityDefinition,
  columns: ReadonlyMap<string, number>,
  { decimal, days }: Manifest['format'],
  kinds: Kinds,
): ReadColumn[] {
  return Object.entries(entity.columns).map(([name, { isOptional = false, isSecret = false }]) => {
    const { kind, staged } = kinds.get(name)!
    const wanted = { kind, path: name, optional: isOptional, secret: isSecret }
    const read = columns.has(name)
      ? field<number | string | boolean>({ column: name, decimal, days }, wanted, columns)
      : always<number | string | boolean>(null)
    return { name, staged, field: read }
  })
}

/** Reads the lines of one entity, and hands on those that are right. */
export class LineReader {
  readonly #entity: EntityDefinition
  readonly #columns: readonly ReadColumn[]
  readonly #refusals: Refusals
  readonly #width: number
  readonly #refuse: Refuse
  #line = 0
  read = 0

  constructor(
    entity: EntityDefinition,
    columns: readonly ReadColumn[],
    { places, refusals }: { places: ReadonlyMap<string, number>; refusals: Refusals },
  ) {
    this.places = places
    this.#entity = entity
    this.#columns = columns
    this.#width = places.size
    this.#refusals = refusals
    this.#refuse = (rule, column, value, detail) =>
      refusals.add(entity.name as Entity, { line: this.#line, column, rule, value, detail })
  }

  /** Columns in the order of `values`. */
  get names(): readonly string[] {
    return this.#columns.map(({ name }) => name)
  }

  /** Column of the file → place in the row. */
  readonly places: ReadonlyMap<string, number>

  /** Refuses something in the line at hand. */
  get refuse(): Refuse {
    return this.#refuse
  }

  /** The values in the order of the columns; undefined when anything in the line was refused. */
  values(row: readonly string[], line: number): Value[] | undefined {
    this.read += 1
    this.#line = line
    if (row.length !== this.#width) {
      const detail = { found: row.length, expected: this.#width }
      this.#refusals.add(null, { line, column: null, rule: 'row.column_count', value: null, detail })
      return undefined
    }
    let isRight = true
    const values: Value[] = []
    for (const { field } of this.#columns) {
      const value = field.read(row, this.#refuse)
      if (value === undefined) isRight = false
      values.push(value ?? null)
    }
    // Every rule of the line is asked even when a value was refused, so that the report names all that is wrong.
    return this.#areInOrder(values) && isRight ? values : undefined
  }

  #areInOrder(values: readonly Value[]): boolean {
    const { days, destination } = this.#entity
    const at = (name: string) => values[this.#columns.findIndex((each) => each.name === name)] ?? null
    if (days) {
      const [first, last] = [at(days[0]), at(days[1])]
      if (typeof first === 'number' && typeof last === 'number' && last < first) {
        this.#refuse('row.ends_before_start', days[1], dayText(last))
        return false
      }
    }
    if (destination.as === 'versions' && destination.since && destination.until) {
      const [since, last] = [at(destination.since), at(destination.until)]
      if (typeof since === 'number' && typeof last === 'number' && last < since) {
        this.#refuse('row.ends_before_start', destination.since, dayText(since))
        return false
      }
    }
    if (destination.as === 'versions' && destination.successors && destination.until) {
      const { column } = destination.successors
      if (at(column) !== null && at(destination.until) === null) {
        this.#refuse('succession.without_end', column, String(at(column)), { column: destination.until })
        return false
      }
    }
    return true
  }
}

/** Columns that are not staged as they are, but hashed and sealed: what stands for them, and how it is made. */
export interface Hidden {
  names: readonly string[]
  staged: StagingTable['columns']
  of: (values: readonly Value[]) => Value[]
}

const notHidden: Hidden = { names: [], staged: [], of: () => [] }

/** The table lines of an entity are read into: a column for each of the file, whether it has it or not. */
export function stagedRows(
  entity: EntityDefinition,
  kinds: Kinds,
  { names, staged }: Hidden = notHidden,
): StagingTable {
  const kept = Object.entries(entity.columns).filter(([name]) => !names.includes(name))
  return stagingTable('staged_row', [
    ['line', 'int8'],
    ...kept.map(([name]) => [stagedName(entity, name), kinds.get(name)!.staged] as const),
    ...staged,
  ])
}

/** Lines on their way into `staged_row`. */
export class EntityRows implements Sink {
  readonly #tx: Tx
  readonly #reader: LineReader
  readonly #waiting: CopyRows<StagingTable['columns']>
  readonly #hidden: Hidden
  readonly #kept: readonly number[]

  constructor(tx: Tx, table: StagingTable, reader: LineReader, hidden = notHidden) {
    this.#tx = tx
    this.#reader = reader
    this.#hidden = hidden
    this.#kept = [...reader.names.keys()].filter((at) => !hidden.names.includes(reader.names[at]!))
    this.#waiting = new CopyRows(table)
  }

  get size() {
    return this.#waiting.size
  }

  add(row: readonly string[], line: number) {
    const values = this.#reader.values(row, line)
    if (!values) return
    this.#waiting.add([line, ...this.#kept.map((at) => values[at] ?? null), ...this.#hidden.of(values)])
  }

  send() {
    return this.#waiting.send(this.#tx)
  }
}
