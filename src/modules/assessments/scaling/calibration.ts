import {
  type Calibration,
  calibrate,
  type Item,
  type ItemModel,
  type KnownItem,
  plausibleValues,
  priorOf,
} from '#stats/irt/index.ts'
import type { RoundData } from './round-data.ts'
import type { ScalingSettings } from './settings.ts'
import { spreadsOf } from './spreads.ts'

/** Name of an item in estimations and links: a version asks the same wherever it stands. */
export const nameOf = ({ versionId }: { versionId: number }) => String(versionId)

/** Which model each item gets: of two scores or more, with a slope of its own where there are people enough for it. */
export function modelsOf(data: RoundData, responses: Int8Array, { fewest }: ScalingSettings): ItemModel[] {
  const width = data.items.length
  const answers = new Int32Array(width)
  responses.forEach((x, at) => {
    if (x >= 0) answers[at % width]!++
  })
  const isFew = answers.some((count) => count < fewest)
  return data.items.map(({ most }) => (most === 1 ? (isFew ? 'rasch' : '2pl') : isFew ? 'pcm' : 'gpcm'))
}

/** Weights with a mean of 1: what is estimated does not depend on how large they were, errors are those of the people there are. */
export function meanWeights(weight: Float64Array): Float64Array {
  const mean = weight.reduce((sum, w) => sum + w, 0) / weight.length
  return weight.map((w) => w / mean)
}

/** Items of a round from its answers: logits of the round, in which its people have mean 0 (and variance 1, unless slopes are 1). */
export function calibrateRound(
  data: RoundData,
  responses: Int8Array,
  settings: ScalingSettings,
): Calibration {
  const models = modelsOf(data, responses, settings)
  const items = data.items.map(
    (item, at): Item => ({ id: nameOf(item), model: models[at]!, categories: item.most + 1 }),
  )
  return calibrate({ responses, items, weights: meanWeights(data.people.weight) })
}

/** What people are compared by, as numbers: their values are drawn with it. */
interface Conditions {
  names: string[]
  /** people × names */
  values: Float64Array
}

/**
 * Sex, language of instruction, and what the others of the school lead to expect: their mean, drawn to that of all as far as
 * few of them say little. The own answers are not in it, or they would count twice.
 */
export function conditionsOf(data: RoundData, abilities: Float64Array): Conditions {
  const { people } = data
  const n = abilities.length
  const columns: [name: string, of: (i: number) => number][] = [
    ['female', (i) => (people.sex[i] === 'female' ? 1 : 0)],
    ['sex unknown', (i) => (people.sex[i] === 'unknown' ? 1 : 0)],
    ['other language', (i) => (isOther(people.language[i]!) ? 1 : 0)],
    ['language unknown', (i) => (people.language[i] === null ? 1 : 0)],
  ]
  const others = othersOf(people.institution, abilities)
  columns.push(['others of the school', (i) => others[i]!])
  const varying = columns.filter(([, of]) => {
    const first = of(0)
    for (let i = 1; i < n; i++) if (of(i) !== first) return true
    return false
  })
  const values = new Float64Array(n * varying.length)
  varying.forEach(([, of], k) => {
    for (let i = 0; i < n; i++) values[i * varying.length + k] = of(i)
  })
  return { names: varying.map(([name]) => name), values }
}

/** Instruction in another language than Latvian. */
export const isOther = (language: string | null) => language !== null && language !== 'lv'

/** Steps of the expected mean, logits: fewer different ones are drawn from sooner, and no comparison notices. */
const STEP = 0.05

function othersOf(institution: Float64Array, abilities: Float64Array): Float64Array {
  const { between, within, centre, sums } = spreadsOf(institution, abilities)
  return abilities.map((own, i) => {
    const school = sums.get(institution[i]!)!
    const others = school.n - 1
    if (others === 0 || between === 0) return 0
    const share = between / (between + within / others)
    return Math.round((share * ((school.sum - own) / others - centre)) / STEP) * STEP
  })
}

/** Draws from what is known of everybody: answers, and the conditions by which groups are compared. People × draws, in logits. */
export function drawValues(
  data: RoundData,
  responses: Int8Array,
  items: readonly KnownItem[],
  abilities: Float64Array,
  { draws, seed }: { draws: number; seed: number },
): Float64Array {
  const said = items.flatMap((item, at) => (item.scores.length < 2 ? [] : [at]))
  const width = items.length
  const known = said.map((at) => items[at]!)
  const own = new Int8Array((responses.length / width) * said.length)
  for (let i = 0; i < responses.length / width; i++) {
    said.forEach((at, k) => {
      const x = responses[i * width + at]!
      own[i * said.length + k] = x >= 0 && !known[k]!.scores.includes(x) ? -1 : x
    })
  }
  const conditions = conditionsOf(data, abilities)
  const population = calibrate({
    responses: own,
    items: known.map((item) => ({
      id: item.id,
      model: item.model,
      categories: item.scores.at(-1)! + 1,
      fixed: { scores: item.scores, slope: item.slope, intercepts: item.intercepts, guessing: item.guessing },
    })),
    weights: meanWeights(data.people.weight),
    ...(conditions.names.length > 0 && { covariates: conditions }),
    reference: { mean: 'free', variance: 'free' },
    standardErrors: false,
  })
  const prior = priorOf(population, abilities.length, undefined, conditions.values)
  return plausibleValues({ responses: own, items: known, prior, draws, seed }).values
}
