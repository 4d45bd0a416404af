import { setFlagsFromString } from 'node:v8'
import type { Content } from './content.ts'
import { type Format, readRows } from './read.ts'

/** Bytes that gather before they are sent: enough that a COPY is worth its round trip. */
const BATCH = 2 * 1024 * 1024

/** Where rows go: they gather, and are sent to the database a batch at a time. */
export interface Sink {
  add(row: readonly string[], line: number): void
  /** Bytes that wait. */
  readonly size: number
  send(): Promise<void>
}

/**
 * Reads a file into staging. The database takes in one batch while the next is read.
 *
 * @param open  the sink for rows under this header; throws FileFault when the header does not fit
 * @returns     SHA-256 of the file
 * @throws      FileFault
 */
export async function stageRows(from: {
  content: Content
  format: Format
  signal: AbortSignal | undefined
  open: (names: readonly string[]) => Sink
  onPiece: (bytes: number) => void
  /** A file with a header and no lines says that there are none. */
  isEmptyRight?: boolean
}): Promise<Buffer> {
  const { content, format, signal, open, onPiece, isEmptyRight } = from
  // Grown young, the heap would keep 100 MB for the short-lived values of rows; kept small it is as fast.
  setFlagsFromString('--semi-space-growth-factor=1')
  let sink: Sink | undefined
  let sending = Promise.resolve()
  const send = () => {
    sending = sink!.send()
    sending.catch(() => {}) // awaited before the next one
  }
  try {
    const sha256 = await readRows({
      content,
      format,
      signal,
      isEmptyRight,
      onHeader: (names) => {
        sink = open(names)
      },
      onRow: (row, line) => sink!.add(row, line),
      onPiece: async (bytes) => {
        onPiece(bytes)
        if (!sink || sink.size < BATCH) return
        await sending
        send()
      },
    })
    await sending
    send()
    return sha256
  } finally {
    await sending // a COPY on its way must end before anything else is said to the database
  }
}
