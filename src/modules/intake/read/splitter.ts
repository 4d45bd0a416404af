import { CsvError, type Info, type Parser, parse } from 'csv-parse'
import { FileFault } from './file-fault.ts'

/** The longest line in characters. Ours have some hundred; a file that has lost its line ends must not fill the memory. */
export const LONGEST_LINE = 64 * 1024

type OnRow = (row: readonly string[], line: number) => void

/**
 * Makes rows of text (RFC 4180) that arrives in pieces. Up to the first quote a line is just parts between delimiters, which
 * takes a third of the time of a parser; from the first quote on everything goes through csv-parse.
 */
export class Splitter {
  readonly #delimiter: string
  readonly #onRow: OnRow
  #line = 0 // the last one that was handed on
  #begun = '' // of the line that is not yet whole
  #parser: Parser | undefined

  constructor(delimiter: string, onRow: OnRow) {
    this.#delimiter = delimiter
    this.#onRow = onRow
  }

  async push(piece: string) {
    if (this.#parser) return this.#write(this.#parser, piece)
    const text = this.#begun + piece
    if (needsParser(text)) {
      this.#begun = ''
      this.#parser = this.#newParser()
      return this.#write(this.#parser, text)
    }
    const whole = text.lastIndexOf('\n') + 1
    this.#split(text, whole)
    this.#begun = text.slice(whole)
    this.#checkLength(this.#begun.length)
  }

  async end() {
    const parser = this.#parser
    if (!parser) return this.#split(`${this.#begun}\n`, this.#begun.length + 1)
    await new Promise<void>((resolve, reject) => {
      parser.once('error', reject)
      parser.once('end', resolve)
      parser.end()
    }).catch((error: unknown) => {
      throw this.#fault(error)
    })
  }

  #split(text: string, to: number) {
    for (let from = 0; from < to; ) {
      const end = text.indexOf('\n', from)
      const line = text.slice(from, text[end - 1] === '\r' ? Math.max(from, end - 1) : end)
      this.#checkLength(line.length)
      this.#line += 1
      if (line !== '') this.#onRow(line.split(this.#delimiter), this.#line)
      from = end + 1
    }
  }

  #checkLength(length: number) {
    if (length > LONGEST_LINE)
      throw new FileFault('file.line_too_long', this.#line + 1, { limit: LONGEST_LINE })
  }

  #newParser(): Parser {
    const before = this.#line
    const parser = parse({
      delimiter: this.#delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: LONGEST_LINE,
      on_record: (row: string[], { lines }: Info) => {
        this.#line = before + lines
        this.#onRow(row, this.#line)
        return null
      },
    })
    parser.on('error', () => {}) // each is met where it was caused: in the write or at the end
    return parser.resume()
  }

  #write(parser: Parser, piece: string): Promise<void> {
    return new Promise((resolve, reject) => {
      parser.write(Buffer.from(piece, 'utf8'), (error) => (error ? reject(this.#fault(error)) : resolve()))
    })
  }

  /** What the parser says, as a fault of the file. The line is the one in which the unreadable row begins. */
  #fault(error: unknown): unknown {
    if (!(error instanceof CsvError)) return error
    const line = this.#line + 1
    if (error.code !== 'CSV_MAX_RECORD_SIZE') return new FileFault('file.not_csv', line)
    return new FileFault('file.line_too_long', line, { limit: LONGEST_LINE })
  }
}

/** Quotes, and line ends of a carriage return alone. */
function needsParser(text: string): boolean {
  if (text.includes('"')) return true
  const cr = text.indexOf('\r')
  return cr >= 0 && cr < text.length - 1 && text[cr + 1] !== '\n'
}
