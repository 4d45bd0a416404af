import { createReadStream } from 'node:fs'

/** A file to be read once from beginning to end, wherever it lies. */
export interface Content {
  /** Name without folder, for reports. */
  name: string
  /** Bytes, as far as they are known before reading. */
  bytes: number
  open(signal: AbortSignal | undefined): AsyncIterable<Buffer>
}

const CHUNK = 64 * 1024

/** A file of a folder. */
export function fileContent(path: string, name: string, bytes: number): Content {
  return { name, bytes, open: (signal) => createReadStream(path, { highWaterMark: CHUNK, signal }) }
}
