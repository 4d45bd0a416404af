import { NOT_GIVEN, type RoundData } from '#modules/assessments/scaling/round-data.ts'
import { philox } from '#stats/numeric/random.ts'

/** A round whose truth is known. */
export interface MadeUp {
  seed: number
  pupils: number
  schools: number
  items: number
  perForm: number
  forms: number
  /** items that all forms have; default a quarter of a form */
  common?: number
  /** seed of the items; default the same as of the people. The same items may be given to others. */
  itemSeed?: number
  mean?: number
  grade?: number
  schoolYear?: number
  /** logits by which an item, by its place, is harder for girls */
  harderForGirls?: Readonly<Record<number, number>>
}

export interface Truth {
  data: RoundData
  abilities: Float64Array
  items: { slope: number; difficulty: number }[]
}

/** Variance of ability between schools; that of all pupils is 1. */
const BETWEEN = 0.16

/**
 * Answers by two parameters; items of two points are two tries at the same. The first items are anchors and in every form; each
 * form shares others with the next. Girls and boys, languages and regions do not differ.
 */
export function madeUpRound(wanted: MadeUp): Truth {
  const {
    seed,
    pupils,
    schools,
    items: count,
    perForm,
    forms: formCount,
    mean = 0,
    harderForGirls = {},
  } = wanted
  const common = wanted.common ?? Math.floor(perForm / 4)
  const ofItems = philox(wanted.itemSeed ?? seed)
  const items = Array.from({ length: count }, (_, at) => ({
    versionId: at + 1,
    code: `I-${at + 1}`,
    strand: `s${at % 4}`,
    most: at % 5 === 4 ? 2 : 1,
    isAnchor: at < common,
    slope: Math.exp(0.25 * ofItems.normal()),
    difficulty: ofItems.normal(),
  }))
  const own = perForm - common
  const step = formCount === 1 ? 0 : Math.floor((count - common) / formCount)
  const forms = Array.from({ length: formCount }, (_, form) => ({
    code: `F${form + 1}`,
    items: [
      ...Array(common).keys(),
      ...Array.from({ length: own }, (_, k) => common + ((form * step + k) % (count - common))),
    ],
  }))
  const random = philox(seed + 1)
  const school = Array.from({ length: schools }, () => Math.sqrt(BETWEEN) * random.normal())
  const points = new Int8Array(pupils * count).fill(NOT_GIVEN)
  const institution = Float64Array.from({ length: pupils }, () => Math.floor(schools * random.uniform()))
  const abilities = new Float64Array(pupils)
  for (let i = 0; i < pupils; i++) {
    abilities[i] = mean + school[institution[i]!]! + Math.sqrt(1 - BETWEEN) * random.normal()
    for (const at of forms[i % formCount]!.items) {
      const { slope, difficulty, most } = items[at]!
      const more = Math.floor(i / formCount) % 2 === 1 ? (harderForGirls[at] ?? 0) : 0
      const chance = 1 / (1 + Math.exp(-slope * (abilities[i]! - difficulty - more)))
      let got = 0
      for (let k = 0; k < most; k++) if (random.uniform() < chance) got++
      points[i * count + at] = got
    }
  }
  const data: RoundData = {
    code: `made-up-${seed}`,
    kind: 'census',
    domain: 'numeracy',
    grade: wanted.grade ?? 6,
    schoolYear: wanted.schoolYear ?? 2027,
    items: items.map(({ slope: _, difficulty: __, ...item }) => item),
    forms,
    people: {
      id: Float64Array.from({ length: pupils }, (_, i) => i),
      learner: Float64Array.from({ length: pupils }, (_, i) => i),
      institution,
      form: Int32Array.from({ length: pupils }, (_, i) => i % formCount),
      weight: new Float64Array(pupils).fill(1),
      sex: Array.from({ length: pupils }, (_, i) =>
        Math.floor(i / formCount) % 2 === 1 ? 'female' : 'male',
      ),
      language: Array.from({ length: pupils }, (_, i) => (i % 5 ? 'lv' : 'minority')),
      region: Array.from({ length: pupils }, (_, i) => `R${institution[i]! % 5}`),
    },
    points,
  }
  return { data, abilities, items }
}
