/**
 * Speed of extracts: 220,000 pupils × 8 columns, six of them known to others. The check of k alone, the whole report,
 * the search for recodings, and the making and writing of the file.
 *
 *     node bench/extracts.ts [rows]
 */
import { assess, type ExtractColumn, extractCsv, makeExtract, suggest } from '#modules/disclosure/index.ts'
import { equivalenceClasses, kAnonymity } from '#stats/disclosure/index.ts'
import { philox } from '#stats/numeric/random.ts'

const rows = Number(process.argv[2] ?? 220_000)
const random = philox(1)
const drawn = (of: number, name: string) =>
  Array.from({ length: rows }, () => `${name}${Math.floor(of * random.uniform() ** 1.5)}`)
const all = () => '*'
const half = (value: string) => value.slice(0, 2)
const quasi = (name: string, of: number, coarser: ExtractColumn['coarser']): ExtractColumn => ({
  name,
  role: 'quasi',
  values: drawn(of, name.slice(0, 1)),
  coarser,
})
const columns: ExtractColumn[] = [
  quasi('municipality', 42, [half, all]),
  quasi('grade', 12, [half, all]),
  quasi('birthYear', 14, [half, all]),
  quasi('sex', 2, [all]),
  quasi('language', 4, [all]),
  quasi('programme', 9, [all]),
  { name: 'support', role: 'sensitive', values: drawn(4, 's') },
  { name: 'mark', role: 'sensitive', values: drawn(10, ''), ordered: true },
]
const source = { persons: Array.from({ length: rows }, (_, at) => `person ${at}`), columns }
const demand = { k: 5, distinct: 2, entropy: 1.5, distance: 0.5, leftOut: 0.02, alone: 0.05 }

function timed<T>(what: (result: T) => string, work: () => T): T {
  const { user, system } = process.cpuUsage()
  const started = performance.now()
  const result = work()
  const after = process.cpuUsage()
  const cpu = ((after.user + after.system - user - system) / 1e6).toFixed(2)
  console.log(`${what(result)}: ${((performance.now() - started) / 1000).toFixed(2)} s, processor ${cpu} s`)
  return result
}

console.log(`${rows} rows × ${columns.length} columns`)
timed(
  (k: number) => `check of k over all ${columns.length} columns, from text (k = ${k}); budget 1 s`,
  () => {
    const codes = columns.map(({ values }) => {
      const known = new Map<string, number>()
      return Int32Array.from(values, (value) => {
        const code = known.get(value) ?? known.size
        known.set(value, code)
        return code
      })
    })
    return kAnonymity(equivalenceClasses(codes))
  },
)
timed(
  ({ failing }) => `whole report (fails: ${failing.join(', ') || 'nothing'})`,
  () => assess(source, demand),
)
const [best] = timed(
  (found) => `${found.length} recodings found`,
  () => suggest(source, demand),
)
if (best) {
  const extract = timed(
    ({ report, leftOut }) =>
      `extract made (k = ${report.k}, ${leftOut} rows left out, loss ${best.loss.toFixed(2)})`,
    () => makeExtract(source, best.levels, demand),
  )
  timed(
    (bytes) => `written, ${Math.round(bytes / 1e6)} MB`,
    () => {
      let bytes = 0
      for (const piece of extractCsv(extract)) bytes += piece.length
      return bytes
    },
  )
}
console.log(`peak ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`)
