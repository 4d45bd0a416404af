/**
 * Speed of the teacher stock-flow: 500 futures × 15 years × 25 subjects × 5 regions with intervals, and of
 * its neighbours survey, causal and network. Run: node bench/stats-forecast.ts
 */
import { performance } from 'node:perf_hooks'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'
import { byExposure, groupTimeEffects, simultaneousBands } from '#stats/causal/index.ts'
import { fan, type StockCell, type StockFlowDraws, simulateStockFlow } from '#stats/forecast/index.ts'
import { distanceMatrix, nearestSites } from '#stats/network/index.ts'
import { philox } from '#stats/numeric/random.ts'
import { balancedReplicates, replicateMeans } from '#stats/survey/index.ts'

const random = philox(2026)
const SUBJECTS = 25
const REGIONS = 5
const YEARS = 15

/** A made-up country of about 26,000 teachers in 8 age bands of 5 years, old as Latvia's are. */
function teachers(): StockCell[] {
  const shape = [0.05, 0.07, 0.09, 0.12, 0.16, 0.2, 0.19, 0.12]
  return Array.from({ length: SUBJECTS * REGIONS }, () => {
    const size = 60 + 300 * random.uniform()
    return {
      stock: shape.map((share) => Math.round(size * share)),
      wastage: [0.12, 0.09, 0.06, 0.04, 0.03, 0.03, 0.05, 0.08],
      retirement: [0, 0, 0, 0, 0, 0, 0.1, 0.45],
      entrants: [0.03, 0.015, 0.008, 0.005, 0.003, 0, 0, 0].map((share) => size * share),
      demand: Array.from({ length: YEARS }, (_, year) => size * 0.985 ** year),
    }
  })
}

/** Median of five runs by the clock and in CPU time (all threads), and the peak of the process so far. */
async function measure(name: string, budget: string, work: () => unknown) {
  const seconds: number[] = []
  const cpu: number[] = []
  for (let run = 0; run < 5; run++) {
    const start = performance.now()
    const used = process.cpuUsage()
    await work()
    seconds.push((performance.now() - start) / 1000)
    const { user, system } = process.cpuUsage(used)
    cpu.push((user + system) / 1e6)
  }
  const middle = (xs: number[]) =>
    xs
      .toSorted((a, b) => a - b)[2]!
      .toFixed(3)
      .padStart(7)
  const peak = Math.round(process.resourceUsage().maxRSS / 1024)
  console.log(
    `${name.padEnd(82)}${middle(seconds)} s ${middle(cpu)} cpu s  peak ${String(peak).padStart(4)} MB  budget ${budget}`,
  )
}

const cells = teachers()
const DRAWS = 500
const futures = (first: number, draws: number) =>
  simulateStockFlow({ cells, seed: 1, first, draws, wastageShock: 0.1, entrantSize: 20, demandShock: 0.01 })

/** Intervals of the gap for the country, every subject, every region and every cell. */
function intervals(chunks: StockFlowDraws[]) {
  const all = cells.map((_, cell) => cell)
  const bySubject = Array.from({ length: SUBJECTS }, (_, s) =>
    all.filter((cell) => Math.floor(cell / REGIONS) === s),
  )
  const byRegion = Array.from({ length: REGIONS }, (_, r) => all.filter((cell) => cell % REGIONS === r))
  return [all, ...bySubject, ...byRegion, ...all.map((cell) => [cell])].map((members) => fan(chunks, members))
}

if (isMainThread) await main()
else parentPort!.on('message', () => parentPort!.postMessage(futures(DRAWS / 2, DRAWS / 2)))

async function main() {
  const size = '500 futures × 15 years × 25 subjects × 5 regions × 8 bands, all intervals'
  await measure(size, '1 s', () => intervals([futures(0, DRAWS)]))

  const worker = new Worker(new URL(import.meta.url))
  const half = () =>
    new Promise<StockFlowDraws>((done) => {
      worker.once('message', done)
      worker.postMessage('go')
    })
  await half()
  await measure('the same, half of it in one worker', '1 s', async () => {
    const other = half()
    const own = futures(0, DRAWS / 2)
    return intervals([own, await other])
  })
  await worker.terminate()

  const place = () => ({ latitude: 55.7 + 2.3 * random.uniform(), longitude: 21 + 7 * random.uniform() })
  const origins = Array.from({ length: 30_000 }, place)
  const sites = Array.from({ length: 900 }, place)
  await measure('10 nearest of 900 sites for 30,000 places (27 M distances)', '2 s', () =>
    nearestSites(origins, sites, 10),
  )
  await measure('distances of 1,500 places to 600 sites', '–', () =>
    distanceMatrix(origins.slice(0, 1500), sites.slice(0, 600)),
  )

  const pupils = 20_000
  const school = Array.from({ length: pupils }, (_, i) => Math.floor(i / 125))
  const replicates = balancedReplicates({
    weights: new Array(pupils).fill(10),
    zones: school.map((s) => Math.floor(s / 2)),
    halves: school.map((s) => s % 2),
    fay: 0.5,
  })
  const scores = Array.from({ length: 50 }, () =>
    Float64Array.from({ length: pupils }, () => 500 + 100 * random.normal()),
  )
  await measure('50 statistics × 10 plausible values × 80 replicates of 20,000 pupils', '20 s', () => {
    for (let value = 0; value < 10; value++) replicateMeans(replicates, scores)
  })

  const counties = 600
  const periods = Array.from({ length: 10 }, (_, year) => 2017 + year)
  const starts = Array.from({ length: counties }, (_, i) => [0, 2019, 2021, 2023][i % 4]!)
  const results = starts.flatMap((start) =>
    periods.map((year) => random.normal() + (start > 0 && year >= start ? 0.2 : 0)),
  )
  await measure('event study of 600 units × 10 years with 999 bootstrap draws', '2 s', () => {
    const found = groupTimeEffects({ periods, outcome: results, firstTreated: starts })
    return simultaneousBands(found, byExposure(found).parts, { seed: 1 })
  })
  const many = 220_000
  const covariates = Float64Array.from({ length: 10 * many }, () => random.normal())
  const changes = Float64Array.from({ length: 2 * many }, () => random.normal())
  const helped = Array.from({ length: many }, (_, i) => (i % 5 ? 0 : 2))
  await measure('doubly robust effect for 220,000 pupils with 10 covariates', '20 s', () =>
    groupTimeEffects({ periods: [1, 2], outcome: changes, firstTreated: helped, covariates }),
  )
}
