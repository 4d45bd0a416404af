import { philox } from '../numeric/random.ts'
import { fitLogistic, type LogisticData, predictLogistic } from './logistic.ts'

/**
 * Folds that never tear a group apart, of about equal size: groups in random order, each to the smallest fold.
 *
 * @param groups  one per row
 * @param k       number of folds, 2 … number of groups
 * @param seed    of the order
 * @returns       fold 0 … k − 1 per row
 * @throws        RangeError if there are fewer groups than folds
 */
export function groupedFolds(groups: readonly (string | number)[], k: number, seed: number): Uint16Array {
  const sizes = new Map<string | number, number>()
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1)
  if (!Number.isInteger(k) || k < 2 || sizes.size < k) {
    throw new RangeError('groupedFolds requires two or more folds and as many groups')
  }
  // Sorted first, so that folds do not depend on the order of rows; large groups first, so that sizes even out.
  const order = [...sizes.keys()].sort((a, b) => (String(a) < String(b) ? -1 : 1))
  philox(seed).shuffle(order)
  order.sort((a, b) => sizes.get(b)! - sizes.get(a)!)
  const filled = new Array<number>(k).fill(0)
  const fold = new Map<string | number, number>()
  for (const group of order) {
    const least = filled.indexOf(Math.min(...filled))
    fold.set(group, least)
    filled[least]! += sizes.get(group)!
  }
  return Uint16Array.from(groups, (group) => fold.get(group)!)
}

/** How well each penalty predicts rows it has not seen. */
export interface PenaltyChoice {
  /** with the smallest loss */
  readonly lambda: number
  /** strongest penalty whose loss is within one standard error of the smallest */
  readonly lambdaOneStandardError: number
  readonly losses: readonly { lambda: number; logLoss: number; standardError: number }[]
}

/**
 * Chooses a penalty by cross-validation: the one with the smallest log-loss on rows left out.
 *
 * @param lambdas  candidates, above 0 (without a penalty a fold may have no finite fit)
 * @param folds    per row, from `groupedFolds`, or by time
 * @throws         RangeError if a fold has no events or no non-events to learn from
 */
export function choosePenalty(
  data: LogisticData,
  lambdas: readonly number[],
  folds: ArrayLike<number>,
): PenaltyChoice {
  const names = [...new Set(Array.from(folds))].sort((a, b) => a - b)
  if (
    folds.length !== data.rows ||
    names.length < 2 ||
    lambdas.length === 0 ||
    !lambdas.every((lambda) => lambda > 0)
  ) {
    throw new RangeError('choosePenalty requires penalties above 0 and a fold for each row, two or more')
  }
  const losses = lambdas.map((lambda) => {
    const byFold = names.map((name) => lossOutside(data, lambda, folds, name))
    const rows = byFold.reduce((total, fold) => total + fold.rows, 0)
    const logLoss = byFold.reduce((total, fold) => total + fold.loss, 0) / rows
    const spread = byFold.reduce((total, fold) => total + (fold.loss / fold.rows - logLoss) ** 2, 0)
    return { lambda, logLoss, standardError: Math.sqrt(spread / (names.length - 1) / names.length) }
  })
  const best = losses.reduce((a, b) => (b.logLoss < a.logLoss ? b : a))
  const near = losses.filter((row) => row.logLoss <= best.logLoss + best.standardError)
  return { lambda: best.lambda, lambdaOneStandardError: Math.max(...near.map((row) => row.lambda)), losses }
}

function lossOutside(data: LogisticData, lambda: number, folds: ArrayLike<number>, out: number) {
  const inside = rowsWhere(data, (i) => folds[i] !== out)
  const outside = rowsWhere(data, (i) => folds[i] === out)
  const model = fitLogistic(inside, lambda)
  const p = predictLogistic(model, outside.x, outside.rows)
  let loss = 0
  let rows = 0
  for (let i = 0; i < outside.rows; i++) {
    const weight = outside.weights?.[i] ?? 1
    rows += weight
    loss -=
      weight *
      (outside.y[i] === 1 ? Math.log(Math.max(p[i]!, 1e-300)) : Math.log(Math.max(1 - p[i]!, 1e-300)))
  }
  return { loss, rows }
}

/** The rows for which `keep` holds. */
export function rowsWhere(
  { x, y, rows, columns, weights }: LogisticData,
  keep: (i: number) => boolean,
): LogisticData {
  const kept = Array.from({ length: rows }, (_, i) => i).filter(keep)
  const part = new Float64Array(kept.length * columns)
  kept.forEach((i, to) => {
    part.set(x.subarray(i * columns, (i + 1) * columns), to * columns)
  })
  return {
    x: part,
    y: Float64Array.from(kept, (i) => y[i]!),
    rows: kept.length,
    columns,
    weights: weights && Float64Array.from(kept, (i) => weights[i]!),
  }
}
