// npm test: checks the house, builds the portal, runs every test. `npm test -- src/db` runs those of a folder only.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { ensureBuilt, ensureInstalled, projectFolder, projectNode } from './lib/ground.mjs'

await ensureInstalled()
await ensureBuilt()
ensureBrowser()

const chosen = process.argv.slice(2)
const node = (args) => spawnSync(projectNode(), args, { cwd: projectFolder, stdio: 'inherit' }).status ?? 1

const checked = chosen.length > 0 ? 0 : node([join(projectFolder, 'scripts/check.mjs')])
const tested = node([join(projectFolder, 'node_modules/vitest/vitest.mjs'), 'run', ...chosen])
if (checked !== 0) console.error('npm run check found something: see above, before the tests')
process.exit(tested || checked)

/** Page tests need a Chromium. Where Debian's can be installed it is; elsewhere they are skipped and everything else runs. */
function ensureBrowser() {
  if (
    process.env.IKMS_CHROMIUM ||
    onPath('chromium') ||
    onPath('chromium-browser') ||
    onPath('google-chrome')
  )
    return
  const isRoot = process.getuid?.() === 0
  if (isRoot && onPath('apt-get')) {
    console.error('Installing Chromium for the page tests (Debian package chromium).')
    const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const apt = (...args) =>
      spawnSync('apt-get', ['-qq', ...args], { stdio: ['ignore', 'ignore', 2], env: environment })
    apt('update')
    if (apt('install', '-y', '--no-install-recommends', 'chromium').status === 0) return
  }
  console.error(
    'No Chromium here: the page tests are skipped. Install chromium or set IKMS_CHROMIUM to its path.',
  )
}

function onPath(name) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)))
}
