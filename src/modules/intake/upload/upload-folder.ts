import { randomUUID } from 'node:crypto'
import { chmod, mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Where uploads wait, and how large one may be. They hold names and personal codes as the source wrote them, so the folder is
 * open to the account of the system only (0700, files 0600), lies outside the database and its backups, and no file outlives
 * its import.
 */
export interface Uploads {
  folder: string
  /** bytes */
  most: number
}

/** Where the operator wants uploads, from the environment: IKMS_UPLOADS, IKMS_UPLOAD_LIMIT in MB. */
export function uploadSettings(env: NodeJS.ProcessEnv): Uploads | undefined {
  const folder = env.IKMS_UPLOADS
  if (!folder) return undefined
  const megabytes = Number(env.IKMS_UPLOAD_LIMIT ?? MOST_MEGABYTES)
  return { folder, most: (megabytes > 0 ? megabytes : MOST_MEGABYTES) * 1024 ** 2 }
}

const MOST_MEGABYTES = 4096

/** How long a file waits for somebody to import it, ms. */
export const KEPT_FOR = 24 * 3600_000

const PART = '.part'
const NAME = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}(\.part)?$/

/** A file that begins to arrive; under its true name only once it is there whole and on the disk. */
export interface Arriving {
  id: string
  write(piece: Uint8Array): Promise<void>
  keep(): Promise<void>
  drop(): Promise<void>
}

export async function beginUpload({ folder }: Uploads): Promise<Arriving> {
  await openFolder(folder)
  const id = randomUUID()
  const path = join(folder, id)
  const file = await open(path + PART, 'wx', 0o600)
  return {
    id,
    async write(piece) {
      for (let from = 0; from < piece.length; ) {
        from += (await file.write(piece, from)).bytesWritten
      }
    },
    async keep() {
      await file.sync()
      await file.close()
      await rename(path + PART, path)
    },
    async drop() {
      await file.close().catch(() => {}) // closed already where it was kept
      await destroyUpload(folder, id)
    },
  }
}

/** Path of an upload that is there whole. */
export function uploadPath(folder: string, id: string): string {
  return join(folder, id)
}

/** Destroys the file of an upload, if it is there. */
export async function destroyUpload(folder: string, id: string): Promise<void> {
  await rm(join(folder, id), { force: true })
  await rm(join(folder, id + PART), { force: true })
}

/**
 * Destroys what nobody needs: uploads broken off by the end of a process, and files that no row of the database waits for.
 *
 * @param waiting  ids of uploads that wait
 * @param young    ms; what was written to since may still be arriving
 * @returns        how many files were destroyed
 */
export async function sweepFolder(
  folder: string,
  waiting: ReadonlySet<string>,
  young: number,
): Promise<number> {
  let destroyed = 0
  for (const name of await readdir(folder).catch(() => [])) {
    if (!NAME.test(name) || waiting.has(name)) continue
    const path = join(folder, name)
    const found = await stat(path).catch(() => undefined)
    if (!found || Date.now() - found.mtimeMs < young) continue
    await rm(path, { force: true })
    destroyed += 1
  }
  return destroyed
}

/** Whether so many bytes more would leave room on the disk for everything else. */
export async function hasRoom({ folder }: Uploads, bytes: number): Promise<boolean> {
  await openFolder(folder)
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize - bytes > SPARE
}

const SPARE = 1024 ** 3 // bytes

async function openFolder(folder: string) {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await chmod(folder, 0o700)
}
