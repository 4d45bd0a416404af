/**
 * How long the second start takes until the first page is there, and how much memory each process has then.
 *
 *     node bench/start.ts [times]
 *
 * Begins with `npm start` itself, as an operator does, on a folder that holds the samples, computed and released.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { quantile } from '#stats/numeric/quantile.ts'
import { childrenOf, freePort, memoryOf, run, webProcessesOf } from '#test/serve/serving.ts'

const times = Number(process.argv[2] ?? 7)
const project = join(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'ikms-start-'))
chmodSync(folder, 0o711) // started as root, PostgreSQL runs as another account
const data = join(folder, 'data')
console.log(
  `${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}`,
)
try {
  const samples = join(project, 'samples')
  await run(['import', join(samples, 'results.csv'), '--mapping', join(samples, 'results.mapping.json')], {
    folder: data,
  })
  await run(['compute'], { folder: data })
  const taken: number[] = []
  for (let time = 0; time <= times; time += 1) {
    const { ms, memory } = await start(await freePort())
    if (time > 0) taken.push(ms) // the first one compiles
    console.log(`${time === 0 ? 'first' : 'second'} start: ${ms.toFixed(0)} ms to the first page; ${memory}`)
  }
  taken.sort((a, b) => a - b)
  console.log(
    `second start: median ${quantile(taken, 0.5).toFixed(0)} ms of ${times}, longest ${taken.at(-1)!.toFixed(0)} ms`,
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function start(port: number): Promise<{ ms: number; memory: string }> {
  const begun = performance.now()
  const npm = spawn('npm', ['start'], {
    cwd: project,
    env: { ...process.env, IKMS_DATA: data, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'ignore'],
    detached: true,
  })
  try {
    while (!(await answers(`http://127.0.0.1:${port}/lv`))) await sleep(10)
    const ms = performance.now() - begun
    const supervisor = supervisorUnder(npm.pid!)!
    const web = webProcessesOf(supervisor)
    const all = [
      `supervisor ${memoryOf(supervisor).toFixed(0)} MB`,
      ...web.map((pid) => `web ${memoryOf(pid).toFixed(0)} MB`),
    ]
    return { ms, memory: all.join(', ') }
  } finally {
    process.kill(-npm.pid!, 'SIGINT')
    await once(npm, 'exit')
  }
}

/** The first process at or below this one that has web processes: npm and its shell stand above it. */
function supervisorUnder(pid: number): number | undefined {
  if (webProcessesOf(pid).length > 0) return pid
  for (const child of childrenOf(pid)) {
    const found = supervisorUnder(child)
    if (found) return found
  }
  return undefined
}

async function answers(address: string): Promise<boolean> {
  return fetch(address).then(
    ({ status }) => status === 200,
    () => false,
  )
}
