/**
 * How fast pages and API answer under a steady load, served as in production, each address asked once (cold).
 *
 *     node bench/load.ts [pages|api|analyst …] [--processes 1,2] [--seconds 40] [--data FOLDER]
 *
 * Data: those of a folder that is filled and published already (`ikms synth --size demo`), left as it is; without one the reference
 * file where IKMS_REFERENCE is set, else a made-up one of its size. Build the portal first (npm run build).
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { quantile } from '#stats/numeric/quantile.ts'
import { philox } from '#stats/numeric/random.ts'
import { freePort, memoryOf, run, type Serving, serve } from '#test/serve/serving.ts'
import { address } from '../src/web/addresses.ts'
import { makeResults } from './load/made-up.ts'
import type { Outcome, Plan } from './load/sender.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    processes: { type: 'string', default: '1,2' },
    seconds: { type: 'string', default: '40' },
    data: { type: 'string' },
  },
})
const kinds = positionals.length > 0 ? positionals : ['pages', 'api', 'analyst']
const seconds = Number(values.seconds)
const rates: Record<string, number> = { pages: 100, api: 150, analyst: 150 }
const WARM_UP = 200 // requests; a process that has just begun compiles its code first

const folder = mkdtempSync(join(tmpdir(), 'ikms-load-'))
chmodSync(folder, 0o711) // started as root, PostgreSQL runs as another account
const data = values.data ?? join(folder, 'data')
console.log(
  `${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}`,
)
try {
  if (values.data === undefined) await prepare()
  for (const webProcesses of values.processes.split(',').map(Number)) {
    for (const kind of kinds) await measure(kind, webProcesses)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function prepare() {
  let file = join(folder, 'results.csv')
  let mapping = 'samples/results.mapping.json'
  if (process.env.IKMS_REFERENCE) {
    file = join(process.env.IKMS_REFERENCE, 'chem97', 'results.csv')
    mapping = 'samples/chem97.mapping.json'
  } else makeResults(file)
  for (const command of [['import', file, '--mapping', mapping], ['compute']]) {
    const { code, out, error } = await run(command, { folder: data })
    if (code !== 0) throw new Error(`${command[0]} ended with ${code}: ${error}`)
    console.log(out.trim().split('\n').at(-1))
  }
}

/** A fresh server, so that nothing is cached; one kind of load; what it took. */
async function measure(kind: string, webProcesses: number) {
  const server = await serve({ folder: data, port: await freePort(), webProcesses })
  try {
    const rate = rates[kind]!
    const requests = (await requestsOf(kind, server)).slice(0, WARM_UP + rate * seconds)
    if (requests.length < WARM_UP + rate * seconds)
      console.log(`${kind}: ${requests.length} addresses in all`)
    const { times, statuses, bytes } = await send({
      address: server.address,
      requests,
      rate,
      warmUp: WARM_UP,
    })
    times.sort((a, b) => a - b)
    const [p50, p95, p99] = [0.5, 0.95, 0.99].map((p) => quantile(times, p).toFixed(1))
    const memory = server.webProcesses().map((pid) => memoryOf(pid, true).toFixed(0))
    console.log(
      `${kind}, ${webProcesses} web: ${times.length} at ${rate}/s: p50 ${p50}, p95 ${p95}, p99 ${p99}, ` +
        `longest ${Math.max(...times).toFixed(0)} ms; ${JSON.stringify(statuses)}; cache ${await hits(server)}; ` +
        `${(bytes / times.length / 1024).toFixed(1)} kB each; peak memory web ${memory.join(' + ')} MB, ` +
        `supervisor ${memoryOf(server.child.pid!, true).toFixed(0)} MB`,
    )
  } finally {
    server.child.kill('SIGTERM')
    await server.ended
  }
}

async function send(plan: Plan): Promise<Outcome> {
  const sender = fork(join(import.meta.dirname, 'load', 'sender.ts'))
  sender.send(plan)
  const [outcome] = await once(sender, 'message')
  return outcome as Outcome
}

type Requests = Plan['requests']

/** Every unit × year × language once, in an order drawn from a seed. */
async function requestsOf(kind: string, server: Serving): Promise<Requests> {
  const units = await allUnits(server)
  const sessions = kind === 'analyst' ? await analysts(server) : []
  const years = await schoolYears(server)
  const all = units.flatMap(({ level, id }) =>
    years.flatMap((year) =>
      (['lv', 'en'] as const).map((language) => ({
        path:
          kind === 'pages' ? address(language, level, { id, year }) : `/api/v1/profiles/${id}?year=${year}`,
        headers: { 'accept-language': language },
      })),
    ),
  )
  const random = philox(2026)
  const drawn = all
    .map((each) => ({ each, at: random.uniform() }))
    .sort((a, b) => a.at - b.at)
    .map(({ each }) => each)
  if (sessions.length === 0) return drawn
  return drawn.map(({ path, headers }, at) => ({
    path,
    headers: { ...headers, cookie: sessions[at % sessions.length]! },
  }))
}

type Level = 'state' | 'region' | 'municipality' | 'school'

/** School years that pages of the country can be asked for. */
async function schoolYears({ address: at }: Serving): Promise<number[]> {
  const { items } = (await (await fetch(`${at}/api/v1/territories`)).json()) as {
    items: { id: string; kind: string }[]
  }
  const state = items.find(({ kind }) => kind === 'state')!
  const profile = (await (await fetch(`${at}/api/v1/profiles/${state.id}`)).json()) as {
    schoolYears: number[]
  }
  return profile.schoolYears
}

async function allUnits({ address: at }: Serving): Promise<{ level: Level; id: string }[]> {
  const read = async (path: string) =>
    (await (await fetch(`${at}/api/v1${path}`)).json()) as {
      items: { id: string; kind: string }[]
      next: string | null
    }
  const units = (await read('/territories')).items.map(({ id, kind }) => ({ level: kind as Level, id }))
  let next: string | null = ''
  while (next !== null) {
    const page: Awaited<ReturnType<typeof read>> = await read(
      `/institutions?limit=1000${next && `&cursor=${next}`}`,
    )
    units.push(...page.items.map(({ id }) => ({ level: 'school' as const, id })))
    next = page.next
  }
  return units
}

/** Sessions of an analyst: enough of them that none meets its limit. */
async function analysts({ address }: Serving): Promise<string[]> {
  const { items } = (await (await fetch(`${address}/api/v1/demo-people`)).json()) as {
    items: { id: string; tier: string }[]
  }
  const person = items.find(({ tier }) => tier === 'analyst')!.id
  const sessions: string[] = []
  while (sessions.length < 12) {
    const answer = await fetch(`${address}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ person }),
    })
    sessions.push(answer.headers.get('set-cookie')!.split(';')[0]!)
  }
  return sessions
}

async function hits({ address }: Serving): Promise<string> {
  const text = await (await fetch(`${address}/metrics`)).text()
  const of = (result: string) =>
    Number(new RegExp(`page_cache_total\\{result="${result}"\\} (\\d+)`).exec(text)?.[1] ?? 0)
  return `${of('hit')} hits, ${of('miss')} misses`
}
