import type { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { ImportProblem } from '../rules.ts'
import type { Content } from './content.ts'
import { FileFault } from './file-fault.ts'

/** Bytes of all files of an archive together: ten times what the country sends in a year. */
const LARGEST = 16 * 1024 ** 3
/** How many times larger a file may become; tables with many equal columns reach some forty. */
const RATIO = 250
/** Below it the ratio is not asked: a few bytes may become many. */
const SMALL = 1024 * 1024
const MOST_FILES = 100

const KIND = 0o170000
const LINK = 0o120000
const PLAIN = 0o100000
const FOLDER = 0o040000

/** A file of an archive, before anybody knows whether it belongs there. */
export interface Archive {
  files: Content[]
  close(): void
}

/**
 * Opens a zip archive and judges its table of contents before a single byte is unpacked. Files are unpacked while they are read, never
 * to a folder; one that turns out larger than was said, or damaged, ends the reading.
 *
 * @throws  ImportProblem for anything that is no plain archive of plain files
 */
export async function openArchive(path: string): Promise<Archive> {
  const zip = await openPromise(path, { autoClose: false, decodeStrings: false, lazyEntries: true }).catch(
    () => {
      throw new ImportProblem('zip.not_a_zip')
    },
  )
  try {
    const entries: { name: string; entry: Entry }[] = []
    for await (const entry of entriesOf(zip)) {
      if (entries.length >= MOST_FILES) throw new ImportProblem('zip.too_many', { limit: MOST_FILES })
      const name = nameOf(entry)
      if (name !== null) entries.push({ name, entry })
    }
    judge(entries, zip.fileSize)
    const files = withoutFolder(entries).map(({ name, entry }) => contentOf(zip, name, entry))
    return { files, close: () => zip.close() }
  } catch (error) {
    zip.close()
    throw error
  }
}

async function* entriesOf(zip: ZipFile): AsyncGenerator<Entry> {
  try {
    yield* zip.eachEntry()
  } catch (error) {
    if (error instanceof ImportProblem) throw error
    throw new ImportProblem('zip.damaged')
  }
}

/** Name of a plain file; null for a folder. Anything else is refused. */
function nameOf(entry: Entry): string | null {
  const name = (entry.fileName as unknown as Buffer).toString('utf8')
  const kind = (entry.externalFileAttributes >>> 16) & KIND
  if (kind === LINK) throw new ImportProblem('zip.link', { file: shown(name) })
  const isPath =
    /[\\\0:]/.test(name) ||
    name.startsWith('/') ||
    name.split('/').some((part) => part === '..' || part === '.')
  if (isPath || name === '') throw new ImportProblem('zip.path', { file: shown(name) })
  if (name.endsWith('/')) return null
  if (kind !== 0 && kind !== PLAIN && kind !== FOLDER)
    throw new ImportProblem('zip.link', { file: shown(name) })
  if (entry.isEncrypted()) throw new ImportProblem('zip.encrypted', { file: shown(name) })
  if (/\.(zip|gz|7z|rar|tar|bz2|xz|zst)$/i.test(name))
    throw new ImportProblem('zip.nested', { file: shown(name) })
  if (!entry.canDecodeFileData()) throw new ImportProblem('zip.damaged')
  return name
}

function judge(entries: readonly { name: string; entry: Entry }[], archiveBytes: number) {
  const names = new Set<string>()
  let unpacked = 0
  let packed = 0
  for (const { name, entry } of entries) {
    const folded = name.toLowerCase()
    if (names.has(folded)) throw new ImportProblem('zip.repeated', { file: shown(name) })
    names.add(folded)
    unpacked += entry.uncompressedSize
    packed += entry.compressedSize
    const isSwollen = entry.uncompressedSize > SMALL && entry.uncompressedSize > entry.compressedSize * RATIO
    if (isSwollen) throw new ImportProblem('zip.bomb', { file: shown(name), limit: RATIO })
  }
  if (unpacked > LARGEST) throw new ImportProblem('zip.too_large', { limit: LARGEST / 1024 ** 3 })
  // Files that share their bytes make a small archive endless.
  if (packed > archiveBytes) throw new ImportProblem('zip.bomb', { file: '*', limit: RATIO })
}

/** An archive may hold its files in one folder. */
function withoutFolder<T extends { name: string }>(entries: readonly T[]): T[] {
  const folder = entries[0]?.name.split('/').slice(0, -1).join('/')
  if (!folder || folder.includes('/') || !entries.every(({ name }) => name.startsWith(`${folder}/`)))
    return [...entries]
  return entries.map((each) => ({ ...each, name: each.name.slice(folder.length + 1) }))
}

function contentOf(zip: ZipFile, name: string, entry: Entry): Content {
  return {
    name,
    bytes: entry.uncompressedSize,
    async *open(signal) {
      let sum = 0
      try {
        const stream: Readable = await zip.openReadStreamPromise(entry)
        for await (const chunk of stream as AsyncIterable<Buffer>) {
          signal?.throwIfAborted()
          sum = crc32(chunk, sum)
          yield chunk
        }
      } catch (error) {
        // Which words the library finds is its own affair: the archive is not what it says it is.
        if (signal?.aborted || !(error instanceof Error) || error instanceof FileFault) throw error
        throw new FileFault('zip.damaged', 1)
      }
      if (sum !== entry.crc32) throw new FileFault('zip.damaged', 1)
    },
  }
}

/** A name that somebody made up is shown cut, and without what cannot be seen. */
function shown(name: string): string {
  return name.replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '?').slice(0, 80)
}
