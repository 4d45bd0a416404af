/**
 * The test day: children come in, then answer through HTTP, some losing their connection, while the server is killed (-9) and started
 * again. Tells how long saving takes, where the time goes (CPU of every part; what connections to the database wait for), and whether
 * any answer that was acknowledged is lost. Devices behave as the script of the page does: they wait longer and longer, and as long as
 * they are told (Retry-After).
 *
 *     node bench/test-day.ts [--children 20000] [--start-seconds 300] [--rate 2000] [--seconds 60] [--kills 2] [--kill-seconds 30]
 *                            [--processes 2] [--drops 0.01]
 *
 * Steady load first, for the time of saving; then as much again with kills, for what is lost. The load program runs on the same machine.
 * Build the portal first (npm run build). Ends with 1 when something was lost or refused.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { asJob } from '#db/actor.ts'
import { quantile } from '#stats/numeric/quantile.ts'
import { freePort, jobsProcessesOf, memoryOf, run, type Serving, serve } from '#test/serve/serving.ts'
import { openBank } from '../src/open-bank.ts'
import { makeResults } from './load/made-up.ts'
import { type Cpu, costsOf, cpuOf, watchWaits } from './test-day-costs.ts'
import type { Order, Told } from './test-day-load.ts'
import { plantTestDay, type TwoAnswers } from './test-day-plant.ts'

const { values } = parseArgs({
  options: {
    children: { type: 'string', default: '20000' },
    'start-seconds': { type: 'string', default: '300' },
    rate: { type: 'string', default: '2000' },
    seconds: { type: 'string', default: '60' },
    kills: { type: 'string', default: '2' },
    'kill-seconds': { type: 'string', default: '30' },
    processes: { type: 'string', default: '2' },
    drops: { type: 'string', default: '0.01' },
  },
})
const [children, startSeconds, rate, seconds] = [
  Number(values.children),
  Number(values['start-seconds']),
  Number(values.rate),
  Number(values.seconds),
]
const [kills, killSeconds, drops] = [
  Number(values.kills),
  Number(values['kill-seconds']),
  Number(values.drops),
]

const folder = mkdtempSync(join(tmpdir(), 'ikms-test-day-'))
chmodSync(folder, 0o711) // started as root, PostgreSQL runs as another account
const data = join(folder, 'data')
const keysPath = join(folder, 'keys.json')
const around = {
  folder: data,
  port: await freePort(),
  webProcesses: Number(values.processes),
  more: { IKMS_KEYS: keysPath, IKMS_PROXY: '1' },
}
console.log(
  `${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}`,
)

let server: Serving | undefined
let load: ChildProcess | undefined
let isLost = false
try {
  const results = join(folder, 'results.csv')
  makeResults(results, 500)
  const made = await run(['import', results, '--mapping', 'samples/results.mapping.json'], around)
  if (made.code !== 0) throw new Error(`import ended with ${made.code}: ${made.error}`)
  const { answers, planted } = await plant()
  server = await serve(around)
  load = fork(join(import.meta.dirname, 'test-day-load.ts'))
  await order({ what: 'meet', address: server.address, children: planted, answers })
  const started = await measured(
    `${children} starts in ${startSeconds} s (code, first item, all items)`,
    () => order({ what: 'start', seconds: startSeconds }),
  )
  const steady = await measured(`${rate} answers/s for ${seconds} s`, () =>
    order({ what: 'answer', perSecond: rate, seconds, drops }),
  )
  console.log(
    `  peak memory web ${server
      .webProcesses()
      .map((pid) => memoryOf(pid, true).toFixed(0))
      .join(' + ')} MB`,
  )
  const killing = kills > 0 ? killAgain() : Promise.resolve()
  const killed =
    kills > 0 ? await order({ what: 'answer', perSecond: rate, seconds: killSeconds * kills, drops }) : null
  await killing
  if (killed) tell(`${rate} answers/s for ${killSeconds * kills} s with ${kills} kills (-9)`, killed)
  const acknowledged = [...steady.acknowledged, ...(killed?.acknowledged ?? [])]
  const lost = await lostOf(acknowledged, answers)
  console.log(`${acknowledged.length} answers acknowledged, ${lost} of them lost`)
  isLost = lost > 0 || [started, steady, killed].some((told) => told && Object.keys(told.refused).length > 0)
} finally {
  load?.kill()
  server?.child.kill('SIGTERM')
  await server?.ended
  rmSync(folder, { recursive: true, force: true })
}
process.exit(isLost ? 1 : 0)

async function plant() {
  const { db, keys } = await openBank({ folder: data, url: undefined, keysPath }, 'guest')
  try {
    const { children: planted, answers } = await plantTestDay(db, keys, children)
    return { planted, answers }
  } finally {
    await db.close()
  }
}

/** Does a part of the day and tells how it went, what it cost and what the database was seen doing. */
async function measured(what: string, part: () => Promise<Told>): Promise<Told> {
  const cpu = (): Cpu => cpuOf(server!.child.pid!, load!.pid!)
  const before = cpu()
  const waits = await watchWaits(data)
  const told = await part()
  tell(what, told)
  console.log(`  ${costsOf(before, cpu(), told.times.length)}`)
  console.log(`  connections to the database, as seen: ${JSON.stringify(await waits())}`)
  return told
}

async function order(what: Order): Promise<Told> {
  load!.send(what)
  const [told] = await once(load!, 'message')
  return told as Told
}

/** Kills the server with everything it started, and starts it again, evenly over the time. */
async function killAgain() {
  for (let nth = 0; nth < kills; nth += 1) {
    await sleep((killSeconds * 1000) / 2)
    const { child } = server!
    const gone = [child.pid!, ...server!.webProcesses(), ...jobsProcessesOf(child.pid!)]
    for (const pid of gone) process.kill(pid, 'SIGKILL')
    const at = performance.now()
    server = await serve(around)
    console.log(
      `  killed ${gone.length} processes, ready again after ${((performance.now() - at) / 1000).toFixed(1)} s`,
    )
    await sleep((killSeconds * 1000) / 2)
  }
}

function tell(what: string, { times, dueAt, tries, refused, replaced, after }: Told) {
  const sorted = times.toSorted((a, b) => a - b)
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((p) => quantile(sorted, p).toFixed(0))
  const bySecond = Map.groupBy(times.keys(), (at) => dueAt[at]!)
  const worst = [...bySecond.values()].map((those) =>
    quantile(
      those.map((at) => times[at]!).toSorted((a, b) => a - b),
      0.95,
    ),
  )
  const slow = worst.filter((p) => p > 200).length
  console.log(
    `${what}: ${times.length} done; p50 ${p50}, p95 ${p95}, p99 ${p99}, longest ${sorted.at(-1)?.toFixed(0)} ms; ` +
      `seconds with a p95 above 200 ms: ${slow} of ${worst.length}; tried again ${JSON.stringify(tries)}; ` +
      `replaced before they were saved ${replaced}; nothing waited ${(after / 1000).toFixed(1)} s after the last; refused ${JSON.stringify(refused)}`,
  )
}

/** Acknowledged answers that are not in the database as they were sent, or that an older one has taken the place of. */
async function lostOf(acknowledged: Told['acknowledged'], answers: readonly TwoAnswers[]): Promise<number> {
  const { db } = await openBank({ folder: data, url: undefined, keysPath }, 'guest')
  try {
    return await asJob(db, async (tx) => {
      const { rows } = await tx.query<{
        participant: string
        position: number
        revision: number
        answer: unknown
      }>(
        `select p.participant_uuid as participant, a.position, a.revision, a.answer
           from assessments.answer a join assessments.participant p using (participant_id)`,
      )
      const there = new Map(
        rows.map((row) => [`${row.participant} ${row.position} ${row.revision}`, canonical(row.answer)]),
      )
      return acknowledged.filter(
        ([participant, position, revision, nth]) =>
          there.get(`${participant} ${position} ${revision}`) !== canonical(answers[position - 1]![nth]),
      ).length
    })
  } finally {
    await db.close()
  }
}

/** The database keeps the names of an object in its own order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, each) =>
    each && typeof each === 'object' && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  )
}
