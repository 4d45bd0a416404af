/**
 * An hour of everything at once: pages, API, people at work, imports, computing, publishing, trials, backups, while parts
 * of the system are killed in turn. Tells whether memory, connections, files or processes grow, and whether anything that
 * was acknowledged is lost.
 *
 *     node bench/soak.ts [--minutes 60] [--rate 12] [--deeds 28] [--pupils 6000] [--report soak.json]
 *
 * On a made-up bank. Build the portal first (npm run build). Ends with 1 when something was lost or a quiet request failed.
 */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { isAlive, postgresProcessesIn } from '#db/embedded/processes.ts'
import { freePort, run, until } from '#test/serve/serving.ts'
import { makeResults } from './load/made-up.ts'
import { type Sample, sample } from './soak/gauges.ts'
import { type Harm, wreak } from './soak/havoc.ts'
import { Load } from './soak/load.ts'
import { broken, nothingPromised } from './soak/promises.ts'
import { told } from './soak/report.ts'
import { System } from './soak/system.ts'
import { askForCompute, askForTrial, backUp, every, importNew, type Writing } from './soak/writers.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    rate: { type: 'string', default: '12' },
    deeds: { type: 'string', default: '28' },
    pupils: { type: 'string', default: '6000' },
    report: { type: 'string' },
  },
})
const [minutes, rate, deedsCount] = [Number(values.minutes), Number(values.rate), Number(values.deeds)]
const SAMPLE = 15_000 // ms
const QUEUE = 600_000 // ms that what was asked for gets to be done at the end

const root = mkdtempSync(join(tmpdir(), 'ikms-soak-'))
chmodSync(root, 0o711) // started as root, PostgreSQL runs as another account
const [folder, files] = [join(root, 'data'), join(root, 'files')]
mkdirSync(files)
const base = join(root, 'results.csv')
const startedAt = new Date()
const system = new System(folder, await freePort())
const promised = nothingPromised()
const load = new Load(system, promised)
const writing: Writing = { system, load, promised, base, files, faults: load.faults }

makeResults(base, Number(values.pupils))
for (const command of [
  ['import', base, '--mapping', 'samples/results.mapping.json'],
  ['compute'],
  ['backup'],
]) {
  const { code, out, error } = await system.command(...command)
  if (code !== 0) throw new Error(`${command[0]} ended with ${code}: ${error}`)
  console.log(out.trim().split('\n').at(-1))
}
await system.start()
await load.prepare()

const began = performance.now()
const samples: Sample[] = []
const harms: Harm[] = []
const lost: string[] = []
const isEnding = () => load.isEnding
setTimeout(() => {
  load.isEnding = true
}, minutes * 60_000)
const stepping = (seconds: number, work: (time: number) => Promise<unknown>) =>
  every(seconds, isEnding, async (time) => {
    try {
      await work(time)
    } catch (error) {
      load.faults.push(`${new Date().toISOString()} ${(error as Error).stack}`)
    }
  })
/** As far as it has come: a program that is itself cut off leaves what it saw. */
const report = () => {
  const { stderr } = system
  const text = told({ startedAt, minutes, rate, load, samples, harms, promised, lost, stderr })
  const errors = stderr.split('\n').filter((line) => line.includes('"level":50'))
  if (values.report) {
    writeFileSync(
      values.report,
      JSON.stringify({ startedAt, minutes, rate, samples, harms, lost, faults: load.faults, text, errors }),
    )
  }
  return text
}
await Promise.all([
  wreak(system, { minutes, deedsCount, began }, isEnding, harms).catch((error: Error) => {
    load.faults.push(`it did not recover: ${error.message}`)
    load.isEnding = true
  }),
  stepping(60, async () => void report()),
  load.send(rate),
  stepping(60, (time) => importNew(writing, time)),
  stepping(97, () => askForCompute(writing)),
  stepping(180, (time) => askForTrial(writing, time)),
  stepping(240, () => backUp(writing)),
  stepping(SAMPLE / 1000, async () => samples.push(await sample(system, began))),
])

console.log(`${new Date().toISOString()} the load has ended; what was asked for is being done`)
const waiting = async () =>
  (await system.ask(`select from pgboss.job where state in ('created', 'retry', 'active')`)).length
await until(async () => (await waiting()) === 0, QUEUE).catch(() =>
  load.faults.push('the queue was not done'),
)
lost.push(...(await broken(system, promised)))
samples.push(await sample(system, began))

const left = [system.server.child.pid!, ...system.server.webProcesses(), ...system.jobsProcesses()]
system.server.child.kill('SIGTERM')
if ((await system.server.ended) !== 0) lost.push('serve did not end well')
const living = [...left.filter(isAlive), ...postgresProcessesIn(join(folder, 'postgres', 'data'))]
if (living.length > 0) lost.push(`still running after the stop: ${living.join(', ')}`)

const other = { folder: join(root, 'restored'), more: { IKMS_KEYS: join(folder, 'keys.json') } }
const restored = await run(['restore', promised.backups.at(-1)!], other)
if (restored.code !== 0) lost.push(`the last backup does not restore: ${restored.error}`)

const machine = `${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}`
console.log(`${startedAt.toISOString().slice(0, 10)}, ${machine}\n${report()}`)
if (lost.length > 0 || load.faults.length > 0) process.exitCode = 1
else rmSync(root, { recursive: true, force: true })
