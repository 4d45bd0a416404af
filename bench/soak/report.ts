import { quantile } from '#stats/numeric/quantile.ts'
import type { Sample } from './gauges.ts'
import type { Harm } from './havoc.ts'
import type { Load } from './load.ts'
import type { Promised } from './promises.ts'

const WARM = 300 // s after its start until the memory of a process says something about growth

export interface Found {
  startedAt: Date
  minutes: number
  rate: number
  load: Load
  samples: Sample[]
  harms: Harm[]
  promised: Promised
  /** what was promised and is not there */
  lost: string[]
  /** what the system said of itself */
  stderr: string
}

/** The report as text: what was asked, what was killed, what grew, what was lost. */
export function told({ minutes, rate, load, samples, harms, promised, lost, stderr }: Found): string {
  const { imports, brokenImports, looks, sessions, endedSessions, jobs, trials, backups } = promised
  return [
    `${minutes} minutes at ${rate} requests/s`,
    '',
    ...[...load.told].map(([kind, { quiet, statuses }]) => {
      quiet.sort((a, b) => a - b)
      const times = quiet.length > 0 ? [0.5, 0.95].map((p) => quantile(quiet, p).toFixed(0)) : ['–', '–']
      return `${kind}: ${JSON.stringify(statuses)}; undisturbed p50 ${times[0]}, p95 ${times[1]} ms`
    }),
    '',
    ...[...new Set(harms.map(({ what }) => what))].map((what) => {
      const each = harms.filter((harm) => harm.what === what)
      const [people, jobs] = [each.map((harm) => harm.people), each.map((harm) => harm.jobs)]
      const most = (seconds: number[]) => `${Math.max(...seconds).toFixed(1)} s at most`
      return `${what}: ${each.length} times, people answered after ${most(people)}, jobs process after ${most(jobs)}`
    }),
    '',
    `acknowledged: ${imports.size} imports (${brokenImports.size} cut off), ${looks.length} looks at named learners, ` +
      `${sessions.size} sessions that go on, ${endedSessions.size} sign-outs, ${jobs.size} jobs, ${trials.size} trials, backups up to ${backups.at(-1) ? 'the last' : 'none'}`,
    `lost: ${lost.length}`,
    ...lost.slice(0, 40),
    `faults while undisturbed: ${load.faults.length}`,
    ...load.faults.slice(0, 40),
    '',
    ...growth(samples),
    '',
    `lines of errors in the log: ${stderr.split('\n').filter((line) => line.includes('"level":50')).length}`,
    ...[
      ...new Set(
        stderr
          .split('\n')
          .filter((line) => line.includes('"level":50'))
          .map(messageOf),
      ),
    ].slice(0, 20),
  ].join('\n')
}

const messageOf = (line: string) => {
  const { msg, name, code } = JSON.parse(line) as { msg: string; name?: string; code?: string }
  return [msg, name, code].filter(Boolean).join(' · ')
}

/** How each thing was at first, at most and at last; of processes those that lived longest. */
function growth(samples: readonly Sample[]): string[] {
  const lines: string[] = []
  for (const role of ['supervisor', 'web', 'jobs'] as const) {
    const lives = new Map<number, { at: number; memory: number; files: number }[]>()
    for (const { at, processes } of samples) {
      for (const { role: its, pid, memory, files } of processes) {
        if (its === role) lives.set(pid, [...(lives.get(pid) ?? []), { at, memory, files }])
      }
    }
    const all = [...lives.values()]
    const longest = all.toSorted((a, b) => b.at(-1)!.at - b[0]!.at - (a.at(-1)!.at - a[0]!.at))[0]
    if (!longest) continue
    const warm = longest.filter(({ at }) => at - longest[0]!.at >= WARM)
    const [first, last] = [warm[0], longest.at(-1)!]
    lines.push(
      `${role}: the longest-lived of ${all.length} lived ${((last.at - longest[0]!.at) / 60).toFixed(0)} min; ` +
        `memory ${first?.memory.toFixed(0) ?? '–'} MB warm, ${last.memory.toFixed(0)} MB at last, slope ${slope(warm).toFixed(1)} MB/h, ` +
        `most of any ${Math.max(...all.flat().map(({ memory }) => memory)).toFixed(0)} MB; ` +
        `open files ${longest[0]!.files} at first, ${last.files} at last, ${Math.max(...all.flat().map(({ files }) => files))} at most`,
    )
  }
  const series = (name: string, of: (sample: Sample) => number | undefined, digits = 0) => {
    const values = samples
      .map(of)
      .filter((value) => value !== undefined && Number.isFinite(value)) as number[]
    if (values.length === 0) return
    const [first, most, last] = [values[0]!, Math.max(...values), values.at(-1)!]
    lines.push(
      `${name}: ${first.toFixed(digits)} at first, ${most.toFixed(digits)} at most, ${last.toFixed(digits)} at last`,
    )
  }
  const sum = (of: Record<string, number> | undefined) =>
    of && Object.values(of).reduce((total, n) => total + n, 0)
  const client = (of: Record<string, number> | undefined) =>
    of && sum(Object.fromEntries(Object.entries(of).filter(([who]) => who.startsWith('ikms'))))
  series('connections', ({ connections }) => client(connections))
  series('processes of PostgreSQL', ({ postgresProcesses }) => postgresProcesses)
  series('memory of PostgreSQL beside its shared buffers, MB', ({ postgresMemory }) => postgresMemory)
  series('database, MB', ({ database }) => database)
  series(
    'jobs waiting or under way',
    ({ jobs }) => jobs && (jobs.created ?? 0) + (jobs.retry ?? 0) + (jobs.active ?? 0),
  )
  series('jobs failed', ({ jobs }) => jobs && (jobs.failed ?? 0))
  series('orphans', ({ orphans }) => orphans.length)
  series('leftover files', (each) => each.leftovers.length)
  series('p99 of the delay of a loop, ms', ({ loopLag }) => loopLag && loopLag * 1000)
  lines.push(`leftovers at last: ${samples.at(-1)?.leftovers.join(', ') || 'none'}`)
  return lines
}

/** MB an hour by least squares. */
function slope(points: readonly { at: number; memory: number }[]): number {
  const n = points.length
  if (n < 3) return Number.NaN
  const meanAt = points.reduce((sum, { at }) => sum + at, 0) / n
  const mean = points.reduce((sum, { memory }) => sum + memory, 0) / n
  const up = points.reduce((sum, { at, memory }) => sum + (at - meanAt) * (memory - mean), 0)
  const across = points.reduce((sum, { at }) => sum + (at - meanAt) ** 2, 0)
  return (3600 * up) / across
}
