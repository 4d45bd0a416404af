import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import type { Content } from '../read/content.ts'
import { FileFault } from '../read/file-fault.ts'
import { readRows } from '../read/read.ts'

/** Values of a line by column; a column the file lacks is empty. */
export type Row = (column: string) => string

const format = { delimiter: ',', encoding: 'utf-8' } as const

/**
 * Reads every line of a OneRoster file that is of reasonable size.
 *
 * @throws  FileFault when a column is missing or the file is no CSV
 */
export async function eachRow(
  content: Content | undefined,
  required: readonly string[],
  see: (row: Row) => void,
): Promise<void> {
  if (!content) return
  let at: (values: readonly string[]) => Row = () => () => ''
  await readRows({
    content,
    format,
    isEmptyRight: true,
    onHeader(names) {
      at = placed(names, required)
    },
    onRow: (values) => see(at(values)),
    onPiece: async () => {},
  })
}

/**
 * A OneRoster file as one of the contract, made while it is read. Every line keeps its number, so that a refusal and the lineage of a
 * fact name the line of the file that was sent.
 *
 * @param to  values of the contract's columns; null where the line is about something else
 */
export function converted(
  content: Content,
  required: readonly string[],
  columns: readonly string[],
  to: (row: Row) => readonly string[] | null,
): Content {
  return {
    ...content,
    open(signal) {
      const out = new PassThrough()
      let text = `${columns.join(',')}\n`
      let lines = 1
      let at: (values: readonly string[]) => Row = () => () => ''
      const flush = async () => {
        const piece = text
        text = ''
        if (piece !== '' && !out.write(piece)) await once(out, 'drain')
      }
      readRows({
        content,
        format,
        signal,
        isEmptyRight: true,
        onHeader(names) {
          at = placed(names, required)
        },
        onRow(values, line) {
          const told = to(at(values))
          if (told === null) return
          text += `${'\n'.repeat(Math.max(0, line - lines - 1))}${told.map(quoted).join(',')}\n`
          lines = Math.max(line, lines + 1)
        },
        onPiece: flush,
      })
        .then(flush)
        .then(
          () => out.end(),
          (error: Error) => out.destroy(error),
        )
      return out
    },
  }
}

function placed(names: readonly string[], required: readonly string[]): (values: readonly string[]) => Row {
  const missing = required.filter((name) => !names.includes(name))
  if (missing.length > 0) {
    const detail = { missing: missing.join(', '), repeated: '', unexpected: 0, expected: required.join(', ') }
    throw new FileFault('file.columns', 1, detail)
  }
  const places = new Map(names.map((name, at) => [name.trim(), at]))
  return (values) => (column) => values[places.get(column) ?? -1]?.trim() ?? ''
}

function quoted(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}
