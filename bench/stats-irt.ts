/**
 * Speed of item response theory in plain JavaScript: `node bench/stats-irt.ts [part of a case's name]`.
 * Made-up answers from a seed; every time is the median of the runs and includes standard errors and EAP.
 */

import { type CalibrationInput, calibrate, type Item } from '../src/stats/irt/index.ts'
import { philox, type Random } from '../src/stats/numeric/random.ts'
import { threads } from './irt/threads.ts'

interface Case {
  readonly name: string
  /** seconds */
  readonly budget: number
  readonly runs: number
  /** worker threads besides this one */
  readonly helpers: number
  readonly make: () => CalibrationInput
}

const cases: readonly Case[] = [
  { name: '20,000 × 40, 2PL and GPCM', budget: 1, runs: 5, helpers: 0, make: () => oneGroup(20_000, 40) },
  { name: '60,000 × 60, 2PL and GPCM', budget: 4, runs: 3, helpers: 0, make: () => oneGroup(60_000, 60) },
  { name: '60,000 × 60, two threads', budget: 2, runs: 3, helpers: 1, make: () => oneGroup(60_000, 60) },
  { name: '3 groups × 10,000, 90 items, 15 anchors', budget: 5, runs: 3, helpers: 0, make: threeGroups },
]

function oneGroup(persons: number, count: number): CalibrationInput {
  const random = philox(2026)
  const items = makeItems(count, random)
  const responses = new Int8Array(persons * count)
  for (let i = 0; i < persons; i++) {
    const ability = random.normal()
    for (let j = 0; j < count; j++) responses[i * count + j] = answer(items[j]!, ability, random)
  }
  return { responses, items: items.map(({ item }) => item) }
}

/** Every group answers the 15 anchors and 25 items of its own; the groups differ in mean and spread. */
function threeGroups(): CalibrationInput {
  const random = philox(2027)
  const items = makeItems(90, random)
  const persons = 30_000
  const responses = new Int8Array(persons * 90).fill(-1)
  const groups = Int32Array.from({ length: persons }, (_, i) => i % 3)
  groups.forEach((g, i) => {
    const ability = [0, 0.5, 0.9][g]! + [1, 1.1, 1.2][g]! * random.normal()
    for (let j = 0; j < 90; j++) {
      if (j < 15 || Math.floor((j - 15) / 25) === g)
        responses[i * 90 + j] = answer(items[j]!, ability, random)
    }
  })
  return { responses, items: items.map(({ item }) => item), groups }
}

interface MadeUp {
  readonly item: Item
  readonly slope: number
  readonly steps: readonly number[]
}

function makeItems(count: number, random: Random): MadeUp[] {
  return Array.from({ length: count }, (_, j) => {
    const categories = j % 4 === 3 ? 4 : 2
    const slope = Math.exp(0.3 * random.normal())
    const difficulty = random.normal()
    const steps = Array.from(
      { length: categories - 1 },
      (_, k) => difficulty + 0.7 * (k - (categories - 2) / 2),
    )
    return {
      item: { id: `item ${j + 1}`, model: categories === 2 ? '2pl' : 'gpcm', categories },
      slope,
      steps,
    }
  })
}

function answer({ slope, steps }: MadeUp, ability: number, random: Random): number {
  const weights = [1]
  for (const step of steps) weights.push(weights.at(-1)! * Math.exp(slope * (ability - step)))
  let left = random.uniform() * weights.reduce((sum, w) => sum + w, 0)
  for (let k = 0; k < weights.length; k++) {
    left -= weights[k]!
    if (left < 0) return k
  }
  return weights.length - 1
}

const wanted = process.argv[2]
for (const { name, budget, runs, helpers, make } of cases) {
  if (wanted !== undefined && !name.includes(wanted)) continue
  const input = make()
  const shared = helpers > 0 ? threads(helpers) : undefined
  const seconds: number[] = []
  let result = ''
  for (let run = 0; run < runs; run++) {
    const begun = performance.now()
    const { logLikelihood, passes, converged } = calibrate(input, shared)
    seconds.push((performance.now() - begun) / 1000)
    result = `ln L ${logLikelihood.toFixed(3)}, ${passes} passes${converged ? '' : ', not converged'}`
  }
  await shared?.close()
  seconds.sort((a, b) => a - b)
  const peak = process.resourceUsage().maxRSS / 1024
  const median = seconds[Math.floor(runs / 2)]!
  console.log(
    `${name}: ${median.toFixed(2)} s (best ${seconds[0]!.toFixed(2)}, budget ${budget}), peak ${peak.toFixed(0)} MB; ${result}`,
  )
}
