import { chmodSync, chownSync, lstatSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/** Under which account PostgreSQL runs: our own, or `nobody` because PostgreSQL refuses to run as root. */
export type Account = { name: 'own' | 'nobody'; uid?: number; gid?: number }

const NOBODY = 65534 // where /etc/passwd does not name the account (small containers)

/** The account PostgreSQL runs under when this process starts it. */
export function serverAccount(): Account {
  if (process.getuid?.() !== 0) return { name: 'own' }
  const line = readPasswd()
    .split('\n')
    .find((each) => each.startsWith('nobody:'))
  const [, , uid, gid] = line?.split(':') ?? []
  return { name: 'nobody', uid: Number(uid ?? NOBODY), gid: Number(gid ?? NOBODY) }
}

function readPasswd(): string {
  try {
    return readFileSync('/etc/passwd', 'utf8')
  } catch {
    return ''
  }
}

/** Makes a folder that only the account (and root) can enter: 0700, whatever the umask was. */
export function privateFolder(path: string, account: Account) {
  mkdirSync(path, { recursive: true })
  chmodSync(path, 0o700)
  if (account.uid !== undefined) chownSync(path, account.uid, account.gid!)
}

/**
 * The first folder above `path` that the account may not pass through, or undefined. PostgreSQL names its files by
 * absolute path, so one closed folder on the way (a checkout in /root, say) keeps it from starting.
 */
export function closedFolderAbove(path: string, account: Account): string | undefined {
  if (account.uid === undefined) return undefined
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    const { mode, uid, gid } = statSync(folder)
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001
    if ((mode & bit) === 0) return folder
    if (folder === dirname(folder)) return undefined
  }
}

/** True when the path is a real folder (no link) of the account that nobody else can enter. */
export function isPrivateFolder(path: string, account: Account): boolean {
  const found = lstatSync(path)
  const owner = account.uid ?? process.getuid?.() ?? found.uid
  return found.isDirectory() && found.uid === owner && (found.mode & 0o077) === 0
}
