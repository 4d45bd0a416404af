import { logistic } from '../numeric/special.ts'
import type { CalibrationInput } from './calibration.ts'
import type { Item, ItemEstimate, ItemParameters, KnownItem } from './item.ts'
import type { Layout } from './layout.ts'

type Covariance = (k: number, l: number) => number | null

/** The estimate of one item with its standard errors; those of difficulties and guessing by the delta method. */
export function describeItem(
  item: Item,
  layout: Layout,
  j: number,
  values: Float64Array,
  covariance: Covariance,
): ItemEstimate {
  const curve = layout.curves[j]!
  const at = layout.at[j]!
  const steps = curve.scores.length - 1
  const known: KnownItem = {
    id: item.id,
    model: item.model,
    scores: curve.scores,
    slope: values[at]!,
    intercepts: Array.from(values.subarray(at + 1, at + 1 + steps)),
    guessing: curve.family === 'three parameter' ? logistic(values[at + 2]!) : 0,
  }
  const error = (k: number): number | null => {
    const spread = covariance(at + k, at + k)
    return spread === null ? null : Math.sqrt(Math.max(0, spread))
  }
  const logitGuessing = curve.family === 'three parameter' ? error(2) : null
  return {
    ...known,
    categories: item.categories,
    difficulties: difficulties(known),
    errors: {
      slope: error(0),
      intercepts: known.intercepts.map((_, k) => error(k + 1)),
      guessing: logitGuessing === null ? null : logitGuessing * known.guessing * (1 - known.guessing),
      logitGuessing,
      difficulties: difficulties(known).map((b, k) => difficultyError(known, k, b, at, covariance)),
    },
  }
}

/** Abilities that mark an item; none where the slope is 0. */
function difficulties({ model, scores, slope, intercepts }: ItemParameters & Pick<Item, 'model'>): number[] {
  if (slope === 0) return []
  const byStep = model === 'gpcm' || model === 'pcm'
  return intercepts.map((d, k) => {
    if (!byStep)
      return model === 'rasch' || model === '2pl' ? -d / (slope * (scores[1]! - scores[0]!)) : -d / slope
    return -(d - (k === 0 ? 0 : intercepts[k - 1]!)) / (slope * (scores[k + 1]! - scores[k]!))
  })
}

function difficultyError(
  item: KnownItem,
  k: number,
  b: number,
  at: number,
  covariance: Covariance,
): number | null {
  const byStep = item.model === 'gpcm' || item.model === 'pcm'
  const width = item.model === 'graded' ? 1 : item.scores[k + 1]! - item.scores[k]!
  // b = −(d_k − d_{k−1}) / (slope · width), d_{k−1} only for steps after the first.
  const parts: [number, number][] = [[at, -b / item.slope]]
  parts.push([at + 1 + k, -1 / (item.slope * width)])
  if (byStep && k > 0) parts.push([at + k, 1 / (item.slope * width)])
  let spread = 0
  let estimated = false
  for (const [p, x] of parts) {
    for (const [q, y] of parts) {
      const both = covariance(p, q)
      if (both === null) continue
      estimated = true
      spread += x * y * both
    }
  }
  return estimated ? Math.sqrt(Math.max(0, spread)) : null
}

/** An item that says nothing: everybody who met it has the same score, or nobody met it. */
export function unestimatedItem(
  item: Item,
  { responses, items }: CalibrationInput,
  column: number,
): ItemEstimate {
  const scores: number[] = []
  for (let at = column; at < responses.length && scores.length === 0; at += items.length) {
    if (responses[at]! >= 0) scores.push(responses[at]!)
  }
  return {
    id: item.id,
    model: item.model,
    categories: item.categories,
    scores,
    slope: 0,
    intercepts: [],
    guessing: 0,
    difficulties: [],
    errors: { slope: null, intercepts: [], guessing: null, logitGuessing: null, difficulties: [] },
  }
}
