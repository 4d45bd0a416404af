import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Account, closedFolderAbove, isPrivateFolder, privateFolder } from './account.ts'

const LONGEST = 103 // bytes of a socket's path: sun_path holds 104 on macOS and 108 on Linux, with the closing zero

/** The socket's name is fixed by PostgreSQL; the port is only a part of that name. */
export const SOCKET_PORT = 5432
export const socketFile = (folder: string, port: number) => join(folder, `.s.PGSQL.${port}`)

/**
 * Where the socket stands: beside the data, or, when that path is too long for a socket, in a folder of the system's
 * temporary folder named by a hash of the data folder, so that every process of this installation finds it again.
 */
export function socketFolderFor(home: string, account: Account): string {
  const beside = join(home, 'run')
  const fits = (folder: string) => Buffer.byteLength(socketFile(folder, SOCKET_PORT)) <= LONGEST
  const name = `ikms-${createHash('sha256').update(home).digest('hex').slice(0, 16)}`
  const folder = [beside, join(tmpdir(), name), join('/tmp', name)].find(
    (each) => fits(each) && closedFolderAbove(each, account) === undefined,
  )
  if (!folder) throw new Error('No folder for the database socket: the temporary folder has too long a path')
  if (!existsSync(folder)) privateFolder(folder, account)
  if (!isPrivateFolder(folder, account)) {
    throw new Error(`${folder} exists but is not a private folder of the database's account: remove it`)
  }
  return folder
}
