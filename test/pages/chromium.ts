import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The machine's Chromium: the one named in IKMS_CHROMIUM, else the first on the path; null where there is none. */
export const chromiumPath: string | null = (() => {
  const names = ['chromium', 'chromium-browser', 'google-chrome']
  const folders = (process.env.PATH ?? '').split(delimiter)
  const known = process.env.IKMS_CHROMIUM
  const candidates = known ? [known] : folders.flatMap((folder) => names.map((name) => join(folder, name)))
  return candidates.find(isRunnable) ?? null
})()

function isRunnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Chromium as root has no sandbox; it must not call its maker's servers. */
export const chromiumSwitches = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
