import { setFlagsFromString } from 'node:v8'
import { highsSolver } from '#modules/disclosure/highs-solver.ts'
/**
 * Speed of disclosure control. Run by `node bench/stats-disclosure.ts [small|country|release|large|parts] [years]`. Prints cells,
 * hidden cells, programmes, seconds of the processor and of the clock, and the peak memory of the process, beside the budget. The
 * country is made up:
 *
 * small    600 schools × 12 grades × 2 × 3, every breakdown crossed with every other, 1.7 pupils in an atom: harsher than any country
 * country  the same with 224,000 pupils
 * release  ten years × 650 places × 50 parts in single breakdowns × n, hits, misses: what is really published, a million cells
 * large    664 schools × 12 × 2 × 2 × 2 × 3, all crossed: a million cells
 * parts    cell keys and classes of records
 */
import {
  attack,
  equivalenceClasses,
  kAnonymity,
  type LinkedTables,
  noiseTable,
  noisyCount,
  suppress,
} from '#stats/disclosure/index.ts'
import { philox } from '#stats/numeric/random.ts'
import { countryRelease } from './disclosure/country.ts'
import { cube, flat, places } from './disclosure/cube.ts'

/** Minimum of five; one below and two above must remain possible. */
const MINIMUM = 5
const PROTECTION = { lower: 1, upper: 2 }

/** Seconds of the processor (the machine may be busy with other things) and of the clock since the last lap. */
function stopwatch() {
  let processor = process.cpuUsage()
  let clock = performance.now()
  return () => {
    const { user, system } = process.cpuUsage(processor)
    const seconds = (performance.now() - clock) / 1000
    processor = process.cpuUsage()
    clock = performance.now()
    return `${((user + system) / 1e6).toFixed(1)} s (clock ${seconds.toFixed(1)})`
  }
}

async function measureRelease(
  name: string,
  budget: string,
  describe: () => { tables: LinkedTables; together?: Int32Array; primary: Uint8Array },
) {
  const solver = await highsSolver(1000)
  const lap = stopwatch()
  const { tables, together, primary } = describe()
  console.log(`${name}: ${tables.keys.length} cells, ${tables.low.length} facts; budget ${budget}`)
  console.log(`  described ${lap()}, ${memory()}`)
  const pattern = suppress(tables, primary, { ...PROTECTION, ...(together && { together }) })
  const count = (mark: number) => pattern.hidden.reduce((sum, own) => sum + (own === mark ? 1 : 0), 0)
  console.log(`  protected ${lap()}, ${memory()}`)
  console.log(
    `  hidden: ${count(1)} primary, ${count(2)} secondary, loss ${Math.round(pattern.loss)}; without protection: ${pattern.unprotected.length}`,
  )
  const report = attack(tables, pattern.hidden, { ...PROTECTION, solver, shown: pattern.shown })
  console.log(`  attacked ${lap()}, ${memory()}`)
  console.log(
    `  ${report.components} components, largest ${report.largest}, ${report.constructed} proofs constructed, ${report.programmes} programmes, ${report.leaks.length} leaks`,
  )
}

function memory(): string {
  return `peak ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`
}

/** Every count below the minimum is primary. */
function crossed(tables: LinkedTables) {
  return { tables, primary: Uint8Array.from(tables.values, (n) => (n > 0 && n < MINIMUM ? 1 : 0)) }
}

/** Every figure about fewer people than the minimum is primary, with its hits and misses. */
function figures(years: number) {
  const { tables, together } = countryRelease(years)
  const few = new Set<number>()
  tables.keys.forEach((key, cell) => {
    const n = tables.values[cell]!
    if (key.endsWith('|n') && n > 0 && n < MINIMUM) few.add(together[cell]!)
  })
  return { tables, together, primary: Uint8Array.from(together, (group) => (few.has(group) ? 1 : 0)) }
}

setFlagsFromString('--semi-space-growth-factor=1')
const which = process.argv[2] ?? 'small'
const dense = [places(600), flat(12), flat(2), flat(3)]
if (which === 'small') {
  await measureRelease('dense cube, sparse pupils', '10 s, 500 MB', () => crossed(cube(dense, { mean: 3 })))
}
if (which === 'country') {
  const pupils = 224_000
  await measureRelease('dense cube, all pupils', '10 s, 500 MB', () => crossed(cube(dense, { pupils })))
}
if (which === 'release') {
  const years = Number(process.argv[3] ?? 10)
  await measureRelease(`release of ${years} years`, '60 s, 500 MB', () => figures(years))
}
if (which === 'large') {
  const six = [places(664), flat(12), flat(2), flat(2), flat(2), flat(3)]
  await measureRelease('dense cube of six dimensions', '60 s, 500 MB', () => crossed(cube(six, { mean: 3 })))
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
