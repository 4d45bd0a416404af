/**
 * Speed of the numeric ground, of small numbers and of models for people. Run by `node bench/stats-numeric.ts`.
 * Prints the median of several runs, the peak memory of the process so far, and the budget where there is one.
 */
import { normalCumulative, normalQuantile, studentTQuantile } from '#stats/numeric/distributions.ts'
import { leastSquares } from '#stats/numeric/least-squares.ts'
import { philox } from '#stats/numeric/random.ts'
import { bsplineBasis } from '#stats/numeric/splines.ts'
import { exactSum, sum } from '#stats/numeric/sum.ts'
import { calibration, discrimination, fitLogistic, predictLogistic } from '#stats/regression/index.ts'
import {
  decideClass,
  estimateBetaPrior,
  funnelLimits,
  overdispersion,
  shareAbove,
  sharePosterior,
} from '#stats/smallarea/index.ts'

function measure(name: string, budget: string, runs: number, work: () => void): void {
  const seconds = Array.from({ length: runs }, () => {
    const from = performance.now()
    work()
    return (performance.now() - from) / 1000
  }).sort((a, b) => a - b)
  const peak = Math.round(process.resourceUsage().maxRSS / 1024)
  const median = seconds[Math.floor(runs / 2)]!.toFixed(3)
  console.log(`${name.padEnd(72)} ${median.padStart(9)} s  ${String(peak).padStart(5)} MB  ${budget}`)
}

const random = philox(20_260_901)
const million = Float64Array.from({ length: 1_000_000 }, () => random.normal())
let sink = 0 // results are kept, so that nothing is optimised away

measure('10 million uniform random numbers', '', 3, () => {
  for (let i = 0; i < 10_000_000; i++) sink += random.uniform()
})
measure('10 million normal random numbers', '', 3, () => {
  for (let i = 0; i < 10_000_000; i++) sink += random.normal()
})
measure('compensated sum of a million', '', 5, () => {
  sink += sum(million)
})
measure('exact sum of a million', '', 5, () => {
  sink += exactSum(million)
})
measure('normal distribution function, a million', '', 3, () => {
  for (let i = 0; i < million.length; i++) sink += normalCumulative(million[i]!)
})
measure('normal quantile, a million', '', 3, () => {
  for (let i = 1; i <= 1_000_000; i++) sink += normalQuantile(i / 1_000_001)
})
measure('t quantile, 100,000 different degrees of freedom', '', 3, () => {
  for (let i = 1; i <= 100_000; i++) sink += studentTQuantile(0.975, i / 10)
})
measure('cubic B-spline basis of a million with 4 inner knots', '', 3, () => {
  sink += bsplineBasis(million, { knots: [-1, -0.3, 0.3, 1], boundary: [-6, 6] })[0]!
})

const rows = 200_000
const x = Float64Array.from({ length: rows * 12 }, () => random.normal())
const y = Float64Array.from({ length: rows }, () => random.normal())
measure('least squares, 200,000 × 12', '', 3, () => {
  sink += leastSquares({ x, y, rows, columns: 12 }).residualSumOfSquares
})

const units = 650
const n = Array.from({ length: units }, () => 10 + random.integer(400))
const hits = n.map((size) => random.integer(Math.max(1, Math.round(size * 0.25))))
measure('risk signals: 650 units × 15 indicators × 10 years', 'budget 5 s', 1, () => {
  for (let round = 0; round < 150; round++) {
    const shares = hits.map((hit, i) => hit / n[i]!)
    const target = 0.12
    const errors = n.map((size) => Math.sqrt((target * (1 - target)) / size))
    const { tau2 } = overdispersion(shares, errors, target)
    const prior = estimateBetaPrior(hits, n)
    for (let i = 0; i < units; i++) {
      const posterior = sharePosterior(prior, hits[i]!, n[i]!)
      const width = posterior.high - posterior.low
      const found = decideClass([0.1, 0.2], (t) => shareAbove(posterior, t), { n: n[i]!, width })
      sink +=
        (found.decided ?? 0) + funnelLimits(target, n[i]!, 0.95, tau2).low + funnelLimits(target, n[i]!).high
    }
  }
})

const persons = 1_400_000
const features = 25
const big = new Float64Array(persons * features)
const outcome = new Uint8Array(persons)
for (let i = 0; i < persons; i++) {
  let logit = -3.5
  for (let j = 0; j < features; j++) {
    const value = random.normal()
    big[i * features + j] = value
    logit += (value * (j % 5)) / 10
  }
  outcome[i] = random.uniform() < 1 / (1 + Math.exp(-logit)) ? 1 : 0
}
let model = fitLogistic(
  {
    x: big.slice(0, 100 * features),
    y: Uint8Array.from({ length: 100 }, (_, i) => i % 2),
    rows: 100,
    columns: features,
  },
  1,
)
measure('penalised logistic regression, 1.4 million person-terms × 25', 'budget 60 s', 1, () => {
  model = fitLogistic({ x: big, y: outcome, rows: persons, columns: features }, 5)
})
measure('its predictions for 1.4 million rows', 'budget 10 s', 1, () => {
  sink += predictLogistic(model, big, persons)[0]!
})
const held = 140_000
const p = predictLogistic(model, big.subarray(0, held * features), held)
measure('area with error and calibration of 140,000 persons', '', 3, () => {
  sink += discrimination(p, outcome.subarray(0, held)).auc + calibration(p, outcome.subarray(0, held)).slope!
})
console.log(
  `fit converged: ${model.converged}; ${Number.isFinite(sink) ? 'all results finite' : 'a result is not finite'}`,
)
