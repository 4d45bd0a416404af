import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type CsvError, type Info, type Parser, parse } from 'csv-parse'
import type { Mapping } from './mapping.ts'
import type { Detail, Rule } from './rules.ts'

/** The longest line in bytes. Ours have some hundred; a file that has lost its line ends must not fill the memory. */
export const LONGEST_LINE = 64 * 1024
const CHUNK = 256 * 1024

/** The file itself cannot be read on from here. */
export class FileFault extends Error {
  readonly rule: Rule
  readonly line: number
  readonly detail: Detail
  constructor(rule: Rule, line: number, detail: Detail = {}) {
    super(rule)
    this.name = 'FileFault'
    this.rule = rule
    this.line = line
    this.detail = detail
  }
}

export type Reading = {
  file: string
  format: Mapping['file']
  /** The names of the first line; throws FileFault when they do not fit. */
  onHeader(names: readonly string[]): void
  onRow(row: readonly string[], line: number): void
  /** After every piece of the file: where to wait for what the rows set off. */
  onPiece(bytes: number): Promise<void>
  signal?: AbortSignal | undefined
}

/**
 * Reads a CSV file (RFC 4180) from its beginning to its end in constant memory.
 *
 * @returns  SHA-256 of the file
 * @throws   FileFault when it is not the text file it should be; the reason of the signal when it was cancelled
 */
export async function readRows(reading: Reading): Promise<Buffer> {
  const { file, format, onHeader, onRow, onPiece, signal } = reading
  const hash = createHash('sha256')
  const decoder = new Decoder(format.encoding)
  let line = 0 // the last one that was read whole
  let rows = 0
  const parser = parse({
    delimiter: format.delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_LINE,
    on_record: (row: string[], { lines }: Info) => {
      if (line === 0) onHeader(row)
      else onRow(row, lines)
      if (line > 0) rows += 1
      line = lines
      return null
    },
  })
  parser.on('error', () => {}) // each is met where it was caused, below
  parser.resume()
  let bytes = 0
  try {
    for await (const chunk of createReadStream(file, {
      highWaterMark: CHUNK,
      signal,
    }) as AsyncIterable<Buffer>) {
      hash.update(chunk)
      await write(parser, decoder.decode(chunk))
      bytes += chunk.length
      await onPiece(bytes)
    }
    decoder.end()
    await end(parser)
  } catch (error) {
    throw csvFault(error, line + 1)
  } finally {
    parser.destroy()
  }
  if (rows === 0) throw new FileFault('file.empty', 1)
  return hash.digest()
}

function write(parser: Parser, piece: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    parser.write(piece, (error) => (error ? reject(error) : resolve()))
  })
}

function end(parser: Parser): Promise<void> {
  return new Promise((resolve, reject) => {
    parser.once('error', reject).once('end', resolve).end()
  })
}

/** What the parser says, as a fault of the file. */
function csvFault(error: unknown, line: number): unknown {
  const code = (error as Partial<CsvError>).code
  if (code === 'CSV_MAX_RECORD_SIZE')
    return new FileFault('file.line_too_long', line, { limit: LONGEST_LINE })
  if (code?.startsWith('CSV_')) return new FileFault('file.not_csv', line)
  return error
}

/** Makes UTF-8 of the file's encoding, and makes sure that the file is in it. */
class Decoder {
  readonly #encoding: Mapping['file']['encoding']
  readonly #declared: TextDecoder
  readonly #utf8 = new TextDecoder('utf-8', { fatal: true })
  #line = 1
  #couldBeUtf8 = true
  #isAscii = true

  constructor(encoding: Mapping['file']['encoding']) {
    this.#encoding = encoding
    this.#declared = new TextDecoder(encoding, { fatal: true })
  }

  decode(chunk: Buffer): Buffer {
    const nul = chunk.indexOf(0)
    if (nul >= 0) throw new FileFault('file.binary', this.#line + newlines(chunk.subarray(0, nul)))
    const piece =
      this.#line === 1 && chunk.subarray(0, BOM.length).equals(BOM) ? chunk.subarray(BOM.length) : chunk
    const text = this.#checked(piece)
    this.#line += newlines(piece)
    if (this.#encoding === 'utf-8') return piece
    this.#watch(piece, text)
    return Buffer.from(text, 'utf8')
  }

  end() {
    this.#checked(undefined)
    // Latvian text in windows-1257 is never valid UTF-8, so this file was saved in another encoding than was said.
    if (this.#encoding !== 'utf-8' && this.#couldBeUtf8 && !this.#isAscii) {
      throw new FileFault('file.encoding', 1, { encoding: this.#encoding })
    }
  }

  #checked(piece: Buffer | undefined): string {
    try {
      return this.#declared.decode(piece, { stream: piece !== undefined })
    } catch {
      const line = this.#line + (piece ? linesInEncoding(piece, this.#encoding) : 0)
      throw new FileFault('file.encoding', line, { encoding: this.#encoding })
    }
  }

  #watch(piece: Buffer, text: string) {
    this.#isAscii &&= text.length === piece.length && /^[\0-\x7F]*$/.test(text)
    if (!this.#couldBeUtf8) return
    try {
      this.#utf8.decode(piece, { stream: true })
    } catch {
      this.#couldBeUtf8 = false
    }
  }
}

const BOM = Buffer.from('\uFEFF', 'utf8')
const NEWLINE = 10

function newlines(bytes: Buffer): number {
  let count = 0
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) count += 1
  return count
}

/** Whole lines before the first one that is not in the encoding. */
function linesInEncoding(piece: Buffer, encoding: string): number {
  let from = 0
  while (piece[from]! >= 0x80 && piece[from]! < 0xc0 && encoding === 'utf-8' && from < 3) from += 1 // rest of a character
  for (let lines = 0; ; lines++) {
    const to = piece.indexOf(NEWLINE, from)
    if (to < 0) return lines
    try {
      new TextDecoder(encoding, { fatal: true }).decode(piece.subarray(from, to))
    } catch {
      return lines
    }
    from = to + 1
  }
}
