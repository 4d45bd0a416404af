/**
 * Speed of scaling one domain and grade: `node bench/scale-round.ts`. 20,000 pupils of 600 schools, four forms of 40 items in a
 * matrix of 100, from a seed; with errors, plausible values and the report, without the database. Budget: 10 s.
 */
import { reportOf } from '../src/modules/assessments/scaling/report.ts'
import { NOT_GIVEN, type RoundData } from '../src/modules/assessments/scaling/round-data.ts'
import { scaleData } from '../src/modules/assessments/scaling/scale-data.ts'
import { usualSettings } from '../src/modules/assessments/scaling/settings.ts'
import { philox } from '../src/stats/numeric/random.ts'

const PUPILS = 20_000
const ITEMS = 100
const PER_FORM = 40
const FORMS = 4
const SCHOOLS = 600

const data = madeUp()
for (let run = 0; run < 3; run++) {
  const began = performance.now()
  const since = () => ((performance.now() - began) / 1000).toFixed(2)
  const marks: string[] = []
  const scaled = await scaleData(data, {
    seed: 1,
    settings: usualSettings,
    earlier: [],
    droppedItems: new Set(),
    droppedAnchors: new Set(),
    standards: [],
    onStep: (done) => {
      marks.push(`${done} at ${since()} s`)
    },
  })
  const report = reportOf(data, scaled, { expected: PUPILS, choices: [], isOmitted: () => false, mastery: 0.67 })
  const most = Math.round(process.resourceUsage().maxRSS / 1024)
  console.log(`${since()} s (${marks.join(', ')}), ${most} MB; ${report.flags.length} flags, mean ${report.mean}`)
}

/** Every form shares twenty items with the next, all four the first ten. */
function madeUp(): RoundData {
  const random = philox(2026)
  const items = Array.from({ length: ITEMS }, (_, at) => ({
    versionId: at + 1,
    code: `I-${at + 1}`,
    strand: `s${at % 4}`,
    most: at % 5 === 4 ? 2 : 1,
    isAnchor: at < 10,
    slope: Math.exp(0.25 * random.normal()),
    difficulty: random.normal(),
  }))
  const forms = Array.from({ length: FORMS }, (_, form) => ({
    code: `F${form + 1}`,
    items: [...Array(10).keys(), ...Array.from({ length: PER_FORM - 10 }, (_, k) => 10 + ((form * 22 + k) % 90))],
  }))
  const school = Array.from({ length: SCHOOLS }, () => 0.4 * random.normal())
  const points = new Int8Array(PUPILS * ITEMS).fill(NOT_GIVEN)
  const form = Int32Array.from({ length: PUPILS }, (_, i) => i % FORMS)
  const institution = Float64Array.from({ length: PUPILS }, () => Math.floor(SCHOOLS * random.uniform()))
  for (let i = 0; i < PUPILS; i++) {
    const ability = school[institution[i]!]! + 0.92 * random.normal()
    for (const at of forms[form[i]!]!.items) {
      const { slope, difficulty, most } = items[at]!
      const chance = 1 / (1 + Math.exp(-slope * (ability - difficulty)))
      let got = 0
      for (let k = 0; k < most; k++) if (random.uniform() < chance) got++
      points[i * ITEMS + at] = got
    }
  }
  return {
    code: 'bench',
    kind: 'census',
    domain: 'numeracy',
    grade: 6,
    schoolYear: 2027,
    items,
    forms,
    people: {
      id: Float64Array.from({ length: PUPILS }, (_, i) => i),
      learner: Float64Array.from({ length: PUPILS }, (_, i) => i),
      institution,
      form,
      weight: new Float64Array(PUPILS).fill(1),
      sex: Array.from({ length: PUPILS }, (_, i) => (i % 2 ? 'female' : 'male')),
      language: Array.from({ length: PUPILS }, (_, i) => (i % 5 ? 'lv' : 'minority')),
      region: Array.from({ length: PUPILS }, (_, i) => `R${Math.floor(institution[i]! / 120)}`),
    },
    points,
  }
}
