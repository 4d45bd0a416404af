// What must be there before IKMS runs: its packages, its own Node, and the built portal. Plain JavaScript for any Node from
// 18 on, because it runs before anything is installed.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const projectFolder = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const inProject = (path) => join(projectFolder, path)

/** The Node the project pins (package.json), which may be newer than the machine's. */
export const projectNode = () => inProject('node_modules/node/bin/node')

const installed = inProject('node_modules/.ikms-installed')
const built = inProject('build/.ikms-built')

/** Installs the packages when they are missing or not those of the lock file; ends the process when that fails. */
export async function ensureInstalled() {
  if (read(installed) === hashOf(['package-lock.json']) && existsSync(projectNode())) return
  console.error('Installing packages: once, and again after updates. It takes a minute or two.')
  const { npm_execpath: npm } = process.env // set when npm runs us: the same npm, on every system
  const [command, args] = npm?.endsWith('js') ? [process.execPath, [npm]] : ['npm', []]
  // Development packages too: the portal is built here.
  run('npm install', command, [...args, 'install', '--include=dev', '--no-audit', '--no-fund'])
  if (!existsSync(projectNode())) {
    // Where npm runs no install scripts, this one still has to: it fetches Node for this computer.
    run('Fetching Node', process.execPath, ['installArchSpecificPackage.js'], inProject('node_modules/node'))
  }
  writeFileSync(installed, hashOf(['package-lock.json']))
}

/** Builds the portal when it is missing or older than its sources; ends the process when that fails. */
export async function ensureBuilt() {
  const sources = [
    ...['src/web', 'src/terms', 'src/stats', 'public'],
    ...['package-lock.json', 'vite.config.ts', 'react-router.config.ts'],
    ...readdirSync(inProject('src/modules')).map((module) => `src/modules/${module}/model.ts`),
  ]
  const now = hashOf(sources)
  if (read(built) === now && existsSync(inProject('build/server/index.js'))) return
  console.error('Building the portal.')
  run('Building the portal', projectNode(), [inProject('node_modules/@react-router/dev/bin.cjs'), 'build'])
  mkdirSync(dirname(built), { recursive: true })
  writeFileSync(built, now)
}

/**
 * Runs a file of the project on its own Node in place of this process: same terminal, signals handed on, same end.
 *
 * @param {string} file  relative to the project's folder
 * @param {string[]} args
 */
export function become(file, args) {
  // Node keeps what it made of our TypeScript: the next start is twice as fast and needs less memory.
  const env = { NODE_COMPILE_CACHE: inProject('node_modules/.cache/compiled'), ...process.env }
  const child = spawn(projectNode(), [inProject(file), ...args], { stdio: 'inherit', env })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // At a terminal, Ctrl-C reaches the child by itself; a second one would be taken for impatience.
      if (!(signal === 'SIGINT' && process.stdin.isTTY)) child.kill(signal)
    })
  }
  child.on('error', (error) => fail(`${projectNode()} does not run: ${error.message}`))
  child.on('exit', (code, signal) => {
    if (!signal) process.exit(code)
    for (const each of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(each)
    process.kill(process.pid, signal)
  })
}

/** Runs a step; all its words go to standard error, so that the output of a command stays clean. */
function run(what, command, args, cwd = projectFolder) {
  const { status, error } = spawnSync(command, args, { cwd, stdio: ['ignore', 2, 2] })
  if (status !== 0) fail(`${what} failed${error ? `: ${error.message}` : ', see above'}.`)
}

function fail(message) {
  console.error(message)
  process.exit(1)
}

function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

/** One hash over files and folders: names and contents, tests left out. */
function hashOf(paths) {
  const hash = createHash('sha256')
  for (const file of paths.flatMap((path) => filesOf(inProject(path)))) {
    hash
      .update(`${relative(projectFolder, file)}\0`)
      .update(readFileSync(file))
      .update('\0')
  }
  return hash.digest('hex')
}

function filesOf(path) {
  if (!existsSync(path) || /\.test\.tsx?$/.test(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesOf(join(path, name)))
}
