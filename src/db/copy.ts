import { once } from 'node:events'
import { from } from 'pg-copy-streams'
import type { Tx } from './actor.ts'

/** What a column of a staging table holds in the program. A day is counted from 1 January 2000. */
type Held = {
  int2: number
  int4: number
  int8: number
  float8: number
  bool: boolean
  text: string
  bytea: Uint8Array
  date: number
}
type Columns = readonly (readonly [name: string, type: keyof Held])[]

/** A temporary table that rows are copied into before they are checked and merged. */
export type StagingTable<C extends Columns = Columns> = { name: string; columns: C }

/** A row in the order of the columns. */
export type StagingRow<C extends Columns> = { readonly [At in keyof C]: Held[C[At][1]] | null }

/** Declares a staging table; the columns give its rows their type. */
export function stagingTable<const C extends Columns>(name: string, columns: C): StagingTable<C> {
  return { name, columns }
}

/** Makes the table; it goes with the transaction. Temporary, because COPY refuses tables with row-level security. */
export async function createStaging(tx: Tx, { name, columns }: StagingTable) {
  const list = columns.map(([column, type]) => `"${column}" ${type}`).join(', ')
  await tx.query(`create temporary table ${name} (${list}) on commit drop`)
}

const HEADER = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1')
const TRAILER = 2
const MOST_OF_A_NUMBER = 12 // length word and eight bytes

/**
 * Rows on their way into a staging table, in PostgreSQL's binary COPY format
 * (https://www.postgresql.org/docs/current/sql-copy.html#id-1.9.3.55.9.4): half the bytes of text, nothing to escape.
 */
export class CopyRows<C extends Columns> {
  readonly table: StagingTable<C>
  #bytes: Buffer = Buffer.allocUnsafe(1 << 16)
  #at = HEADER.copy(this.#bytes)
  #spare: Buffer | undefined // what was sent last; two buffers in turn make no garbage
  #types: readonly (keyof Held)[]

  constructor(table: StagingTable<C>) {
    this.table = table
    this.#types = table.columns.map(([, type]) => type)
  }

  /** Bytes that wait to be sent. */
  get size(): number {
    return this.#at - HEADER.length
  }

  add(row: StagingRow<C>) {
    const types = this.#types
    this.#ensure(2)
    this.#int16(types.length)
    for (let at = 0; at < types.length; at++) this.#write(types[at]!, row[at] as Held[keyof Held] | null)
  }

  /** Sends what waits. The rows added meanwhile wait for the next time. */
  async send(tx: Tx) {
    if (this.size === 0) return
    this.#ensure(TRAILER)
    this.#int16(-1)
    const sent = this.#bytes
    const bytes = sent.subarray(0, this.#at)
    this.#bytes = this.#spare ?? Buffer.allocUnsafe(sent.length)
    this.#spare = undefined
    this.#at = HEADER.copy(this.#bytes)
    const stream = tx.raw.query(from(`copy ${this.table.name} from stdin (format binary)`))
    stream.end(bytes)
    await once(stream, 'finish')
    this.#spare = sent
  }

  #write(type: keyof Held, value: Held[keyof Held] | null) {
    this.#ensure(MOST_OF_A_NUMBER)
    if (value === null) {
      this.#int32(-1)
    } else if (typeof value === 'number') {
      this.#number(type, value)
    } else if (typeof value === 'string') {
      this.#ensure(4 + 3 * value.length)
      const length = this.#bytes.write(value, this.#at + 4, 'utf8')
      this.#int32(length)
      this.#at += length
    } else if (typeof value === 'boolean') {
      this.#int32(1)
      this.#bytes[this.#at++] = value ? 1 : 0
    } else {
      this.#ensure(4 + value.length)
      this.#int32(value.length)
      this.#bytes.set(value, this.#at)
      this.#at += value.length
    }
  }

  #number(type: keyof Held, value: number) {
    if (type === 'int4' || type === 'date') {
      this.#int32(4)
      this.#int32(value)
    } else if (type === 'int2') {
      this.#int32(2)
      this.#int16(value)
    } else if (type === 'int8') {
      this.#int32(8)
      this.#int32(Math.floor(value / 2 ** 32))
      this.#int32(value | 0)
    } else {
      this.#int32(8)
      this.#at = this.#bytes.writeDoubleBE(value, this.#at)
    }
  }

  #int16(value: number) {
    this.#at = this.#bytes.writeInt16BE(value, this.#at)
  }

  #int32(value: number) {
    this.#at = this.#bytes.writeInt32BE(value, this.#at)
  }

  #ensure(more: number) {
    if (this.#at + more <= this.#bytes.length) return
    const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#at + more))
    this.#bytes.copy(larger, 0, 0, this.#at)
    this.#bytes = larger
  }
}
