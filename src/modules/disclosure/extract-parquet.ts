import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import type { CheckedExtract } from './extract.ts'

/** What the values of a column are. Empty ones are null. */
export type ColumnType = 'text' | 'whole' | 'number'

const ROWS = 20_000 // of a row group: what is held of the file at one time

const elements = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  whole: { type: 'INT32' },
  number: { type: 'DOUBLE' },
} as const

/**
 * A checked extract as Parquet, row group by row group. Nothing else can be written: rows that were not checked do not compile.
 *
 * @param types  by column; text where nothing is said
 * @param sink   takes bytes in their order; it is waited for
 */
export async function extractParquet(
  { header, columns }: CheckedExtract,
  types: Readonly<Record<string, ColumnType>>,
  sink: (bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  const typeOf = (name: string) => types[name] ?? 'text'
  const writer = new ByteWriter()
  const file = new ParquetWriter({
    writer,
    schema: [
      { name: 'extract', num_children: header.length },
      ...header.map((name) => ({ name, repetition_type: 'OPTIONAL' as const, ...elements[typeOf(name)] })),
    ],
    createdBy: 'ikms',
  })
  const rows = columns[0]!.length
  for (let from = 0; from < rows; from += ROWS) {
    const columnData = header.map((name, at) => ({
      name,
      data: columns[at]!.slice(from, from + ROWS).map((value) => parsed(value, typeOf(name))),
    }))
    await file.write({ columnData, rowGroupSize: ROWS })
    await drain(writer, sink)
  }
  await file.finish()
  await drain(writer, sink)
}

function parsed(value: string, type: ColumnType): string | number | null {
  if (value === '') return null
  return type === 'text' ? value : Number(value)
}

async function drain(writer: ByteWriter, sink: (bytes: Uint8Array) => Promise<void>): Promise<void> {
  const bytes = writer.getBytes().slice()
  writer.index = 0
  if (bytes.length > 0) await sink(bytes)
}
