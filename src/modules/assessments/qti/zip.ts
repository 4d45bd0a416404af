import { strToU8, unzipSync, zipSync } from 'fflate'

/** Why a package is not opened. */
export class PackageRefused extends Error {
  readonly reason: 'not_a_zip' | 'too_many_files' | 'too_large' | 'unsafe_path' | 'file_twice'
  readonly file: string
  constructor(reason: PackageRefused['reason'], file = '') {
    super(reason)
    this.name = 'PackageRefused'
    this.reason = reason
    this.file = file
  }
}

const MOST_FILES = 2_000
const MOST_FILE = 5_000_000 // bytes, unpacked
const MOST_IN_ALL = 60_000_000

/**
 * Files of a package by their path. Nothing is ever written to disk; still, a path that would lead out of the package is
 * refused, and so is what unpacks to more than it says.
 *
 * @throws PackageRefused
 */
export function openZip(bytes: Uint8Array): Map<string, Uint8Array> {
  const said = new Map<string, number>()
  let inAll = 0
  let files: Record<string, Uint8Array>
  try {
    files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (name.endsWith('/')) return false
        if (!isSafe(name)) throw new PackageRefused('unsafe_path', name.slice(0, 200))
        if (said.has(name)) throw new PackageRefused('file_twice', name)
        inAll += originalSize
        if (said.size >= MOST_FILES) throw new PackageRefused('too_many_files')
        if (originalSize > MOST_FILE || inAll > MOST_IN_ALL) throw new PackageRefused('too_large', name)
        said.set(name, originalSize)
        return true
      },
    })
  } catch (error) {
    throw error instanceof PackageRefused ? error : new PackageRefused('not_a_zip')
  }
  return new Map(Object.entries(files))
}

function isSafe(path: string): boolean {
  return (
    path.length <= 300 &&
    !/^[/\\]|\\|\0|^[A-Za-z]:/.test(path) &&
    !/\p{Cc}/u.test(path) &&
    path.split('/').every((step) => step !== '..' && step !== '.' && step !== '')
  )
}

/** Packs files; the same files give the same bytes. */
export function makeZip(files: ReadonlyMap<string, Uint8Array | string>): Uint8Array {
  const mtime = new Date(1980, 0, 1)
  return zipSync(
    Object.fromEntries(
      [...files].map(([path, content]) => [
        path,
        [typeof content === 'string' ? strToU8(content) : content, { mtime }],
      ]),
    ),
  )
}
