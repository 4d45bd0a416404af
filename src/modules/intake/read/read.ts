import { createHash } from 'node:crypto'
import type { Mapping } from '../mapping/mapping.ts'
import type { Content } from './content.ts'
import { FileFault } from './file-fault.ts'
import { Splitter } from './splitter.ts'

/** How the text of a file is written. */
export type Format = Pick<Mapping['file'], 'delimiter' | 'encoding'>

export type Reading = {
  content: Content
  format: Format
  /** The names of the first line; throws FileFault when they do not fit. */
  onHeader(names: readonly string[]): void
  onRow(row: readonly string[], line: number): void
  /** After every piece of the file: where to wait for what the rows set off. */
  onPiece(bytes: number): Promise<void>
  signal?: AbortSignal | undefined
  /** A header without lines is right. */
  isEmptyRight?: boolean | undefined
}

/**
 * Reads a CSV file (RFC 4180) from its beginning to its end in constant memory.
 *
 * @returns  SHA-256 of the file
 * @throws   FileFault when it is not the text file it should be; the reason of the signal when it was cancelled
 */
export async function readRows(reading: Reading): Promise<Buffer> {
  const { content, format, onHeader, onRow, onPiece, signal, isEmptyRight = false } = reading
  const hash = createHash('sha256')
  const decoder = new Decoder(format.encoding)
  let rows = -1 // the header is none
  const splitter = new Splitter(format.delimiter, (row, line) => {
    rows += 1
    if (rows === 0) onHeader(row)
    else onRow(row, line)
  })
  let bytes = 0
  for await (const chunk of content.open(signal)) {
    hash.update(chunk)
    await splitter.push(decoder.decode(chunk))
    bytes += chunk.length
    await onPiece(bytes)
  }
  decoder.end()
  await splitter.end()
  if (rows < (isEmptyRight ? 0 : 1)) throw new FileFault('file.empty', 1)
  return hash.digest()
}

/** Makes text of the bytes, and makes sure that they are in the encoding that was declared. */
class Decoder {
  readonly #encoding: Format['encoding']
  readonly #declared: TextDecoder
  readonly #utf8 = new TextDecoder('utf-8', { fatal: true })
  #line = 1
  #couldBeUtf8 = true
  #isAscii = true

  constructor(encoding: Format['encoding']) {
    this.#encoding = encoding
    this.#declared = new TextDecoder(encoding, { fatal: true })
  }

  decode(chunk: Buffer): string {
    const nul = chunk.indexOf(0)
    if (nul >= 0) throw new FileFault('file.binary', this.#line + newlines(chunk.subarray(0, nul)))
    const piece =
      this.#line === 1 && chunk.subarray(0, BOM.length).equals(BOM) ? chunk.subarray(BOM.length) : chunk
    const text = this.#checked(piece)
    this.#line += newlines(piece)
    if (this.#encoding !== 'utf-8') this.#watch(piece, text)
    return text
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
