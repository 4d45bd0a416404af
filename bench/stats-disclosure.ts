/**
 * Speed of disclosure control. Run by `node bench/stats-disclosure.ts [small|large|parts]`. Prints cells, hidden cells,
 * programmes, seconds of the processor and the peak memory of the process, beside the budget. The country is made up: schools in
 * municipalities in regions, every breakdown crossed with every other, all totals linked.
 */
import {
  attack,
  equivalenceClasses,
  kAnonymity,
  type LinkedTables,
  noiseTable,
  noisyCount,
  suppress,
  tablesBuilder,
} from '#stats/disclosure/index.ts'
import { philox } from '#stats/numeric/random.ts'
import { highsSolver } from './highs-programmes.ts'

/** A breakdown: parts of one total, or a tree; number 0 is the top. */
interface Dimension {
  parents: readonly number[] // −1 for the top
}

const flat = (parts: number): Dimension => ({ parents: [-1, ...Array<number>(parts).fill(0)] })

function places(schools: number): Dimension {
  const random = philox(1)
  const parents = [-1, 0, 0, 0, 0, 0]
  const first = parents.length
  for (let m = 0; m < 42; m++) parents.push(1 + (m % 5))
  for (let s = 0; s < schools; s++) parents.push(first + Math.floor(42 * random.uniform() ** 2))
  return { parents }
}

function country(dimensions: readonly Dimension[], mean: number): LinkedTables {
  const random = philox(2)
  const sizes = dimensions.map(({ parents }) => parents.length)
  const strides = sizes.map((_, at) => sizes.slice(at + 1).reduce((a, b) => a * b, 1))
  const children = dimensions.map(({ parents }) =>
    parents.map((_, node) => parents.flatMap((parent, child) => (parent === node ? [child] : []))),
  )
  const total = sizes.reduce((a, b) => a * b, 1)
  const values = new Float64Array(total)
  const factor = dimensions.map(({ parents }) => parents.map(() => 0.2 + 2 * random.uniform() ** 2))
  const at = (cell: number, d: number) => Math.floor(cell / strides[d]!) % sizes[d]!
  for (let cell = 0; cell < total; cell++) {
    if (!dimensions.every((_, d) => children[d]![at(cell, d)]!.length === 0)) continue
    const expected = dimensions.reduce((product, _, d) => product * factor[d]![at(cell, d)]!, mean)
    values[cell] = Math.max(0, Math.round(expected + Math.sqrt(expected) * random.normal()))
  }
  // totals one dimension after the other, deepest nodes first
  for (let d = 0; d < dimensions.length; d++) {
    for (let node = sizes[d]! - 1; node >= 0; node--) {
      const parts = children[d]![node]!
      if (parts.length === 0) continue
      for (let cell = 0; cell < total; cell++) {
        if (at(cell, d) !== node) continue
        let sum = 0
        for (const part of parts) sum += values[cell + (part - node) * strides[d]!]!
        values[cell] = sum
      }
    }
  }
  const builder = tablesBuilder()
  for (let cell = 0; cell < total; cell++) builder.cell(cell.toString(36).padStart(5, '0'), values[cell]!)
  for (let cell = 0; cell < total; cell++) {
    for (let d = 0; d < dimensions.length; d++) {
      const node = at(cell, d)
      const parts = children[d]![node]!
      if (parts.length > 0)
        builder.total(
          cell,
          parts.map((part) => cell + (part - node) * strides[d]!),
        )
    }
  }
  return builder.build()
}

async function release(name: string, dimensions: readonly Dimension[], mean: number, budget: string) {
  const solver = await highsSolver(6000)
  // time of the processor: the machine may be busy with other things
  let from = process.cpuUsage()
  const lap = () => {
    const { user, system } = process.cpuUsage(from)
    from = process.cpuUsage()
    return (user + system) / 1e6
  }
  const tables = country(dimensions, mean)
  const described = lap()
  const primary = Uint8Array.from(tables.values, (value) => (value > 0 && value < 5 ? 1 : 0))
  const protection = { lower: 1, upper: 2 }
  const pattern = suppress(tables, primary, protection)
  const protectedIn = lap()
  const report = attack(tables, pattern.hidden, { ...protection, solver, shown: pattern.shown })
  const attacked = lap()
  const count = (mark: number) => pattern.hidden.reduce((sum, own) => sum + (own === mark ? 1 : 0), 0)
  console.log(`${name}: ${tables.keys.length} cells, ${tables.low.length} facts; budget ${budget}`)
  console.log(
    `  hidden: ${count(1)} primary, ${count(2)} secondary; without protection: ${pattern.unprotected.length}`,
  )
  console.log(
    `  attack: ${report.components} components, largest ${report.largest}, ${report.constructed} proofs constructed, ${report.programmes} programmes, ${report.leaks.length} leaks`,
  )
  console.log(
    `  described ${described.toFixed(1)} s, protected ${protectedIn.toFixed(1)} s, attacked ${attacked.toFixed(1)} s; peak ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`,
  )
}

const which = process.argv[2] ?? 'small'
if (which === 'small') {
  await release('100,000 linked cells', [places(600), flat(12), flat(2), flat(3)], 3, '10 s')
}
if (which === 'large') {
  await release(
    '1 M linked cells',
    [places(664), flat(12), flat(2), flat(2), flat(2), flat(3)],
    3,
    '60 s, 500 MB',
  )
}
if (which === 'parts') {
  const table = noiseTable({ most: 3, variance: 1 })
  const random = philox(3)
  const keys = Float64Array.from({ length: 1_000_000 }, () => random.uniform())
  measure('cell-key answers, 1 M cells', 'budget 1 s', () => {
    for (let at = 0; at < keys.length; at++) noisyCount(at % 50, keys[at]!, table)
  })
  const columns = [12, 2, 14, 42, 600, 3, 2, 5].map((codes) =>
    Int32Array.from({ length: 220_000 }, () => random.integer(codes)),
  )
  measure('classes of 220,000 records × 8 columns', 'budget 1 s', () => {
    kAnonymity(equivalenceClasses(columns))
  })
}

function measure(name: string, budget: string, work: () => void): void {
  const seconds = Array.from({ length: 3 }, () => {
    const from = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(from)
    return (user + system) / 1e6
  }).sort((a, b) => a - b)
  console.log(`${name}: ${seconds[1]!.toFixed(3)} s (median of 3), ${budget}`)
}
