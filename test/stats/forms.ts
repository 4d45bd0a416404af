import { type Calibration, calibrate, type KnownItem } from '#stats/irt/index.ts'
import type { Random } from '#stats/numeric/random.ts'
import { referenceColumns, referenceJson } from '../setup/reference.ts'

/** What the tests of this folder share: forms of the reference data, and made-up ones. */
export interface LinkingReference {
  readonly items: { names: string[]; coef: number[][] }[]
  readonly methods: Record<string, ReferenceLinks>
  readonly true_score_T1_T2: Record<'theta' | 'T2' | 'T1.as.T2' | 'StdErr', number[]>
  readonly observed_score_T1_T2: Record<'T2' | 'T1.as.T2', number[]>
}

interface ReferenceLinks {
  readonly direct: Record<'A' | 'B' | 'seA' | 'seB', number[]> & { pair: string[] }
  readonly chain_T1_T2_T3: { A: number; B: number; seA: number; seB: number }
}

export const methodNames = {
  'mean-mean': 'mean-mean',
  'mean-gmean': 'mean-geometric',
  'mean-sigma': 'mean-sigma',
  Haebara: 'haebara',
  'Stocking-Lord': 'stocking-lord',
} as const

export function linkingReference(model: 'twoPL' | 'threePL'): LinkingReference {
  return referenceJson<Record<typeof model, LinkingReference>>('linking-2pl-5forms/reference.json')[model]
}

/** Items as the reference gives them: intercept, slope; of three numbers the first is logit(guessing). */
export function referenceForm({ items }: LinkingReference, form: number): KnownItem[] {
  const { names, coef } = items[form - 1]!
  return coef.map((row, i) => {
    const [intercept, slope] = row.slice(-2) as [number, number]
    const guessing = row.length === 3 ? 1 / (1 + Math.exp(-row[0]!)) : 0
    const model = row.length === 3 ? '3pl' : '2pl'
    return { id: names[i]!, model, scores: [0, 1], slope, intercepts: [intercept], guessing }
  })
}

/** Both forms of a pair such as T1.T2, by number. */
export function formsOf(pair: string): [number, number] {
  const [from, to] = pair.split('.').map((form) => Number(form.slice(1)))
  return [from!, to!]
}

/** Answers to one form: ids of its items, persons × items. */
export function referenceAnswers(form: number): { ids: string[]; responses: Int8Array; persons: number } {
  const columns = Object.entries(referenceColumns(`linking-2pl-5forms/form${form}.csv`))
  const persons = columns[0]![1].length
  const responses = Int8Array.from({ length: persons * columns.length }, (_, i) =>
    Number(columns[i % columns.length]![1][Math.floor(i / columns.length)]),
  )
  return { ids: columns.map(([id]) => id), responses, persons }
}

export function calibrateAlone(form: number): Calibration {
  const { ids, responses } = referenceAnswers(form)
  return calibrate({ responses, items: ids.map((id) => ({ id, model: '2pl', categories: 2 })) })
}

/** A form of every model, with parameters drawn. */
export function madeUpForm(random: Random, items: number, prefix = 'I'): KnownItem[] {
  const models = ['2pl', '3pl', 'gpcm', 'graded'] as const
  return Array.from({ length: items }, (_, i) => {
    const model = models[i % models.length]!
    const slope = 0.6 + 1.2 * random.uniform()
    const first = 1.5 * random.normal()
    const intercepts =
      model === '2pl' || model === '3pl' ? [first] : [first + 1, first - 0.5 - random.uniform()]
    const guessing = model === '3pl' ? 0.1 + 0.2 * random.uniform() : 0
    return {
      id: `${prefix}${i}`,
      model,
      scores: [0, 1, 2].slice(0, intercepts.length + 1),
      slope,
      intercepts,
      guessing,
    }
  })
}
