import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { folderWith } from './folders.ts'

const scripts = join(import.meta.dirname, '../../scripts')

/** A checkout in small: our start scripts, and programs in place of npm and of the portal's builder that note each run. */
function checkout() {
  const folder = folderWith({
    'package.json': '{ "type": "module" }',
    'package-lock.json': 'lock 1',
    'npm.cjs': `const fs = require('fs'); fs.appendFileSync('npm.log', process.argv.slice(2).join(' ') + '\\n')
      fs.mkdirSync('node_modules/node/bin', { recursive: true })
      if (!fs.existsSync('node_modules/node/bin/node')) fs.symlinkSync(process.execPath, 'node_modules/node/bin/node')`,
  })
  cpSync(scripts, join(folder, 'scripts'), { recursive: true })
  const put = (path: string, content: string) => {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  put(
    'node_modules/@react-router/dev/bin.cjs',
    `const fs = require('fs'); fs.appendFileSync('build.log', 'built\\n')
     fs.mkdirSync('build/server', { recursive: true }); fs.writeFileSync('build/server/index.js', '')`,
  )
  put('node_modules/@react-router/dev/package.json', '{}')
  put('src/web/root.tsx', 'page 1')
  put('src/modules/registry/model.ts', 'model 1')
  put('src/modules/registry/store.ts', 'store 1')
  put('src/cli.ts', `console.log(process.argv.slice(2).join(' '), process.version); process.exitCode = 7`)
  const lines = (log: string) =>
    existsSync(join(folder, log)) ? readFileSync(join(folder, log), 'utf8').trim().split('\n').length : 0
  const run = (script: string, ...args: string[]) =>
    spawn(process.execPath, [join(folder, 'scripts', script), ...args], {
      env: { ...process.env, npm_execpath: join(folder, 'npm.cjs') },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  return { folder, put, lines, run }
}

async function end(child: ReturnType<typeof spawn>) {
  const [said, [code, signal]] = await Promise.all([text(child.stdout!), once(child, 'exit')])
  return { said, code, signal }
}

test('a command installs once, again when the lock file changes, and ends as the command ends', async () => {
  const { put, lines, run } = checkout()
  expect(await end(run('ikms.mjs', 'import', 'a file.csv'))).toEqual({
    said: `import a file.csv ${process.version}\n`,
    code: 7,
    signal: null,
  })
  await end(run('ikms.mjs'))
  expect([lines('npm.log'), lines('build.log')]).toEqual([1, 0])
  put('package-lock.json', 'lock 2')
  await end(run('ikms.mjs'))
  expect(lines('npm.log')).toBe(2)
})

test('start builds the portal once, and again when what is shown changes', async () => {
  const { put, lines, run } = checkout()
  expect((await end(run('start.mjs'))).said).toBe(`serve ${process.version}\n`)
  put('src/modules/registry/store.ts', 'store 2')
  await end(run('start.mjs'))
  expect(lines('build.log')).toBe(1)
  put('src/web/root.tsx', 'page 2')
  await end(run('start.mjs'))
  put('src/modules/registry/model.ts', 'model 2')
  await end(run('start.mjs'))
  expect([lines('npm.log'), lines('build.log')]).toEqual([1, 3])
})

test('signals reach the program, which ends in its own time', async () => {
  const { put, run } = checkout()
  put(
    'src/cli.ts',
    `process.on('SIGTERM', () => setTimeout(() => { console.log('stopped'); process.exit(3) }, 100))
     setInterval(() => {}, 1000); console.log('serving')`,
  )
  const child = run('start.mjs')
  child.stdout!.once('data', () => child.kill('SIGTERM'))
  expect(await end(child)).toEqual({ said: 'serving\nstopped\n', code: 3, signal: null })
})

test('an installation that fails is tried again', async () => {
  const { folder, put, lines, run } = checkout()
  const npm = readFileSync(join(folder, 'npm.cjs'), 'utf8')
  put('npm.cjs', 'process.exit(1)')
  expect((await end(run('ikms.mjs'))).code).toBe(1)
  put('npm.cjs', npm)
  expect((await end(run('ikms.mjs'))).code).toBe(7)
  expect(lines('npm.log')).toBe(1)
})
