/**
 * Speed of growth percentiles and of linear mixed models: `node bench/stats-growth.ts [case]`.
 * Every case runs in a process of its own on made-up scores from a seed; seconds are the median of the runs
 * after the first (which also compiles), with the first beside it.
 */
import { spawnSync } from 'node:child_process'
import { performance } from 'node:perf_hooks'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import {
  type GrowthNorms,
  type GrowthScores,
  growthNorms,
  growthPercentiles,
  joinNorms,
  mixedModel,
  percentileTaus,
} from '../src/stats/growth/index.ts'
import { philox } from '../src/stats/numeric/random.ts'

interface Case {
  readonly name: string
  /** seconds */
  readonly budget: number
  readonly runs: number
  readonly prepare: () => () => unknown
}

const halves = [percentileTaus.filter((tau) => tau < 0.5), percentileTaus.filter((tau) => tau >= 0.5)]

const cases: readonly Case[] = [
  {
    name: 'growth percentiles, 20,000 pupils, 2 priors, 1 thread',
    budget: 0.6,
    runs: 9,
    prepare: () => growth(20_000),
  },
  {
    name: 'growth percentiles, 200,000 pupils, 2 priors, 1 thread',
    budget: 5,
    runs: 5,
    prepare: () => growth(200_000),
  },
  { name: 'the same 200,000 on 2 workers', budget: 5, runs: 5, prepare: () => shared(200_000) },
  {
    name: 'mixed model, 99,000 pupils in 600 schools in 43 municipalities',
    budget: 0.7,
    runs: 9,
    prepare: nested,
  },
]

/** Three scores on one scale, whole points, a bent relation. */
function madeUpScores(pupils: number): GrowthScores {
  const random = philox(2026)
  const scores = [0, 1, 2].map(() => new Float64Array(pupils))
  for (let i = 0; i < pupils; i++) {
    const ability = random.normal()
    for (const [year, score] of scores.entries()) {
      const bend = 5 * year * (ability * ability - 1)
      score[i] = Math.round(500 + 25 * year + bend + 100 * (0.9 * ability + 0.43 * random.normal()))
    }
  }
  const [first, second, third] = scores
  return { current: third!, priors: [second!, first!] }
}

function growth(pupils: number) {
  const scores = madeUpScores(pupils)
  return () => growthPercentiles(growthNorms(scores), scores)
}

function shared(pupils: number) {
  const scores = madeUpScores(pupils)
  return async () => {
    const parts = await Promise.all(
      halves.map((taus) => {
        return new Promise<GrowthNorms>((resolve, reject) => {
          const worker = new Worker(new URL(import.meta.url), { workerData: { scores, taus } })
          worker.once('message', resolve)
          worker.once('error', reject)
        })
      }),
    )
    return growthPercentiles(joinNorms(parts), scores)
  }
}

function nested() {
  const random = philox(2027)
  const [rows, schools, areas, columns] = [99_000, 600, 43, 4]
  const school = Array.from({ length: schools }, () => ({
    area: random.integer(areas),
    effect: 0.3 * random.normal(),
  }))
  const area = Array.from({ length: areas }, () => 0.15 * random.normal())
  const group = new Int32Array(rows)
  const larger = new Int32Array(rows)
  const x = new Float64Array(rows * columns)
  const y = new Float64Array(rows)
  for (let i = 0; i < rows; i++) {
    group[i] = Math.floor(schools * random.uniform() ** 1.5)
    const own = school[group[i]!]!
    larger[i] = own.area
    const start = random.normal() + own.effect
    x.set([1, start, start * start, random.integer(2)], i * columns)
    y[i] = 0.6 * start + 0.05 * start * start + own.effect + area[own.area]! + 0.7 * random.normal()
  }
  const terms = [
    { name: 'school', group, groups: schools },
    { name: 'municipality', group: larger, groups: areas },
  ]
  return () => mixedModel({ x, y, rows, columns, terms })
}

async function measure({ name, budget, runs, prepare }: Case) {
  const work = prepare()
  const seconds: number[] = []
  for (let run = 0; run <= runs; run++) {
    const start = performance.now()
    await work()
    seconds.push((performance.now() - start) / 1000)
  }
  const median = seconds.slice(1).sort((a, b) => a - b)[Math.floor(runs / 2)]!
  const peak = Math.round(process.resourceUsage().maxRSS / 1024)
  console.log(
    `${name.padEnd(64)} ${median.toFixed(3).padStart(7)} s (first ${seconds[0]!.toFixed(3)} s)` +
      `  peak ${String(peak).padStart(4)} MB  budget ${budget} s, 500 MB`,
  )
}

if (!isMainThread) {
  const { scores, taus } = workerData as { scores: GrowthScores; taus: number[] }
  parentPort!.postMessage(growthNorms(scores, taus))
} else if (process.argv[2]) await measure(cases[Number(process.argv[2])]!)
else {
  for (const place of cases.keys()) {
    spawnSync(process.execPath, [import.meta.filename, String(place)], { stdio: 'inherit' })
  }
}
