/**
 * Speed of the gate: the release of a made-up country from its cells, without a database, and the same once more after
 * itself, when everything told is told already. Run by `node --max-semi-space-size=16 bench/release.ts [years]`. Prints cells, what is told and hidden, the attack, seconds and the peak memory of the
 * process, beside the budget of ten minutes and 500 MB for the full country on a job worker.
 *
 * A year holds about 600 schools of 42 municipalities with 224,000 pupils: the number of pupils by sex, and for nine tests
 * (three grades × three subjects, 20,000 pupils each) the mean with its distribution, the share who took part, and progress
 * that is not public at schools.
 */
import { highsSolver } from '#modules/disclosure/highs-solver.ts'
import { cellsOf, type MadeUpCountry, type Pupil, treeOf } from '#modules/disclosure/made-up-country.ts'
import { release } from '#modules/disclosure/release.ts'
import type { CubeCell } from '#modules/indicators/model.ts'
import { philox } from '#stats/numeric/random.ts'

const years = Number(process.argv[2] ?? 1)
const everyLevel = new Set(['school', 'municipality', 'region', 'state'])
const rule = {
  audience: 'public' as const,
  topic: 'results',
  minimum: 10,
  groupDisclosure: true,
  sensitive: false,
  protectBelow: 1,
  protectAbove: 2,
  dominance: null,
  decimals: 2,
  reason: { lv: '', en: '' },
}
const counted = { ...rule, minimum: 5, groupDisclosure: false }
const indicators = new Map([
  ['CTX-01', { code: 'CTX-01', kind: 'count' as const }],
  ['ACH-05', { code: 'ACH-05', kind: 'mean' as const }],
  ['ACH-10', { code: 'ACH-10', kind: 'share' as const }],
  ['ACH-11', { code: 'ACH-11', kind: 'mean' as const }],
])
const policies = new Map([
  ['CTX-01', { rule: counted, publicLevels: everyLevel }],
  ['ACH-05', { rule, publicLevels: everyLevel }],
  ['ACH-10', { rule: counted, publicLevels: everyLevel }],
  ['ACH-11', { rule, publicLevels: new Set(['municipality', 'region', 'state']) }],
])

const solver = await highsSolver()
const total = { cells: 0, told: 0, linked: 0, hidden: 0, programmes: 0, largest: 0, insiders: 0, more: 0 }
let again = 0
const began = performance.now()
let describing = 0
for (let year = 2021; year < 2021 + years; year++) {
  const from = performance.now()
  const country = countryOf(year)
  const cells = yearOf(country, year)
  const hierarchies = [treeOf(country)]
  describing += performance.now() - from
  const circumstances = { indicators, policies, hierarchies, earlier: [], solver, kept: new Map() }
  const { told, attack } = release(cells, 'public', circumstances)
  const earlier = told.flatMap((cell) => (cell.n === null ? [] : [{ ...cell, n: cell.n }]))
  const second = release(cells, 'public', { ...circumstances, earlier, kept: new Map() })
  again += second.attack.seconds
  second.told.forEach(({ absent }, at) => {
    if (absent === null && told[at]!.absent !== null) total.more += 1
    if (absent !== null && told[at]!.absent === null) throw new Error('what was told is hidden again')
  })
  total.cells += cells.length
  total.told += told.filter(({ absent }) => absent === null).length
  total.linked += attack.cells
  total.hidden += attack.hidden
  total.programmes += attack.programmes
  total.insiders += attack.insiders
  total.largest = Math.max(total.largest, attack.largest)
}
const seconds = (performance.now() - began - describing) / 1000 - again
console.log(`${years} year(s): ${total.cells} figures, ${total.told} told; ${total.linked} linked counts`)
console.log(
  `  attack: ${total.hidden} hidden, largest component ${total.largest}, ${total.programmes} programmes, ${total.insiders} open to one insider`,
)
console.log(
  `  released in ${seconds.toFixed(1)} s, once more after itself in ${again.toFixed(1)} s, telling ${total.more} more (budget 600 s); peak ${Math.round(process.resourceUsage().maxRSS / 1024)} MB (budget 500 MB)`,
)

function countryOf(seed: number): MadeUpCountry {
  const random = philox(seed)
  const municipalities: number[] = []
  const pupils: Pupil[] = []
  for (let school = 0; school < 600; school++) {
    municipalities.push(Math.floor(42 * random.uniform() ** 2))
    const size = Math.round(15 + 1200 * random.uniform() ** 3)
    for (let pupil = 0; pupil < size; pupil++) {
      pupils.push({
        school,
        sex: random.uniform() < 0.49 ? 'female' : 'male',
        value: Math.max(0, Math.min(10, Math.round(5.6 + 2 * random.normal()))),
      })
    }
  }
  return { pupils, municipalities, regions: Array.from({ length: 42 }, (_, at) => at % 5) }
}

function yearOf(country: MadeUpCountry, schoolYear: number): CubeCell[] {
  const cells = cellsOf(country, { indicator: 'CTX-01', subject: '-', schoolYear }, false)
  for (let test = 0; test < 9; test++) {
    // every eleventh pupil is in the grade; one in twenty of them was ill
    const tested = country.pupils.filter((_, at) => at % 11 === test)
    const subject = `test ${test}`
    const took = tested.map((pupil, at) => ({ ...pupil, value: at % 20 === 0 ? 0 : 1 }))
    const both = tested.filter((_, at) => at % 9 !== 0)
    cells.push(
      ...cellsOf({ ...country, pupils: tested }, { indicator: 'ACH-05', subject, schoolYear }, true),
      ...cellsOf({ ...country, pupils: took }, { indicator: 'ACH-10', subject, schoolYear }, false),
      ...cellsOf({ ...country, pupils: both }, { indicator: 'ACH-11', subject, schoolYear }, false),
    )
  }
  return cells
}
