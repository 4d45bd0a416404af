import { brentRoot } from '../numeric/brent.ts'
import { chiSquareCumulative } from '../numeric/distributions.ts'
import { cholesky, choleskySolve } from '../numeric/matrix.ts'
import { normalGrid } from '../numeric/quadrature.ts'
import { hasUnitSlope, type KnownItem, parameterCount } from './item.ts'
import { checkResponses, knownCurve } from './known-items.ts'
import { noncentralChiSquare } from './noncentral.ts'
import { probabilities, scoreFunctions } from './response-functions.ts'
import {
  covarianceOfMoments,
  expectedMoments,
  type ItemMoments,
  itemMoments,
  observedMoments,
  over,
} from './score-moments.ts'

export interface OverallFitInput {
  /** persons × items; people without an answer to some item are left out */
  readonly responses: Int8Array
  readonly items: readonly KnownItem[]
  /** distribution of ability the items were calibrated with; default standard normal */
  readonly population?: { readonly mean: number; readonly variance: number }
  /** Whether that variance was estimated; default: if a slope is fixed. */
  readonly varianceEstimated?: boolean
}

/** How well a calibrated test reproduces shares of scores and how items go together in pairs. */
export interface OverallFit {
  /** M2 for items with two scores, C2 for more */
  readonly statistic: number
  readonly df: number
  /** probability of as much or more if the model holds */
  readonly p: number
  /** misfit per degree of freedom, with its 90 % interval; 0.05 and less is usually called close */
  readonly rmsea: number
  readonly rmseaInterval: readonly [number, number]
  /** root mean square difference of observed and expected correlations */
  readonly srmsr: number
  /** improvement over items that have nothing in common: 1 is complete */
  readonly cfi: number
  readonly tli: number
  /** people who answered all items */
  readonly people: number
}

/**
 * Fit of the whole model from shares of scores of single items and mean products of pairs.
 *
 * @returns null where there are no degrees of freedom left
 * @throws  RangeError for responses that are not persons × items, items that say nothing, too few whole answers, or
 *          items that together leave no spread
 * @see     Maydeu-Olivares, Joe (2006), Psychometrika 71, 713–732; Cai, Monro (2014), CRESST report 839
 */
export function overallFit(input: OverallFitInput): OverallFit | null {
  const { responses, items, population = { mean: 0, variance: 1 } } = input
  checkResponses(responses, items, 'overallFit')
  if (!Number.isFinite(population.mean) || !(population.variance > 0)) {
    throw new RangeError('overallFit requires a finite mean and a positive variance of the population')
  }
  if (items.some(({ scores }) => scores.length < 2)) {
    throw new RangeError('overallFit requires items that were given two scores at least')
  }
  const varianceEstimated = input.varianceEstimated ?? items.some(({ model }) => hasUnitSlope(model))
  const seen = observedMoments(responses, items)
  const { nodes } = normalGrid(61, -6, 6)
  const density = nodes.map((x) => Math.exp((-0.5 * (x - population.mean) ** 2) / population.variance))
  const mass = density.reduce((sum, w) => sum + w, 0)
  const weights = density.map((w) => w / mass)
  const model = modelMoments(items, nodes)
  const slopes = modelSlopes(items, model, nodes, weights, population, varianceEstimated)
  const fit = quadraticForm(seen.moments, model, weights, slopes, seen.people)
  if (fit.df <= 0) return null
  const none = independence(seen.shares)
  const nothing = quadraticForm(seen.moments, none.moments, Float64Array.of(1), none.slopes, seen.people)
  const [own, baseline] = [fit.statistic - fit.df, nothing.statistic - nothing.df]
  return {
    ...fit,
    p: chiSquareCumulative(fit.statistic, fit.df, 'upper'),
    rmsea: Math.sqrt(Math.max(0, own) / (fit.df * (seen.people - 1))),
    rmseaInterval: rmseaInterval(fit.statistic, fit.df, seen.people),
    srmsr: srmsr(seen.correlations, model, weights),
    cfi: baseline > 0 ? Math.min(1, Math.max(0, 1 - own / baseline)) : 1,
    tli: (nothing.statistic / nothing.df - fit.statistic / fit.df) / (nothing.statistic / nothing.df - 1),
    people: seen.people,
  }
}

function modelMoments(items: readonly KnownItem[], nodes: Float64Array): ItemMoments[] {
  return items.map((item) => {
    const { curve, values } = knownCurve(item, 'overallFit')
    const table = new Float64Array(curve.scores.length * nodes.length)
    probabilities(curve, values, 0, nodes, table, 0)
    const share = curve.scores
      .slice(1)
      .map((_, k) => table.subarray((k + 1) * nodes.length, (k + 2) * nodes.length))
    return itemMoments(share)
  })
}

/** Derivatives of the moments by each estimated parameter: parameter → moments. */
function modelSlopes(
  items: readonly KnownItem[],
  moments: readonly ItemMoments[],
  nodes: Float64Array,
  weights: Float64Array,
  { mean, variance }: { mean: number; variance: number },
  varianceEstimated: boolean,
): Float64Array[] {
  const slopes: Float64Array[] = []
  items.forEach((item, j) => {
    const { curve, values } = knownCurve(item, 'overallFit')
    const k = curve.scores.length
    const p = new Float64Array(k * nodes.length)
    const s = new Float64Array(parameterCount(curve) * k * nodes.length)
    probabilities(curve, values, 0, nodes, p, 0)
    scoreFunctions(curve, values, 0, nodes, p, 0, s, 0)
    for (let l = hasUnitSlope(item.model) ? 1 : 0; l < parameterCount(curve); l++) {
      const change = Array.from({ length: k - 1 }, (_, c) =>
        nodes.map((_, q) => p[(c + 1) * nodes.length + q]! * s[(l * k + c + 1) * nodes.length + q]!),
      )
      slopes.push(slopesOfItem(moments, weights, j, itemMoments(change)))
    }
  })
  if (varianceEstimated) {
    // By ln(sd), the weights still summing to 1.
    const raw = nodes.map((x) => (x - mean) ** 2 / variance - 1)
    const centre = over(weights, raw)
    slopes.push(
      expectedMoments(
        moments,
        weights.map((w, q) => w * (raw[q]! - centre)),
      ),
    )
  }
  return slopes
}

/** Change of all moments when the scores of item j change as given. */
function slopesOfItem(
  moments: readonly ItemMoments[],
  weights: Float64Array,
  j: number,
  change: ItemMoments,
): Float64Array {
  const slopes: number[] = []
  moments.forEach(({ share }, i) => {
    share.forEach((_, k) => {
      slopes.push(i === j ? over(weights, change.share[k]!) : 0)
    })
  })
  for (let a = 0; a < moments.length; a++) {
    for (let b = 0; b < a; b++) {
      const other = a === j ? b : b === j ? a : -1
      slopes.push(other < 0 ? 0 : over(weights, change.mean, moments[other]!.mean))
    }
  }
  return Float64Array.from(slopes)
}

/** Items with nothing in common: every score has the share that was observed. */
function independence(shares: readonly Float64Array[]) {
  const moments = shares.map((share) => itemMoments(Array.from(share, (p) => Float64Array.of(p))))
  const one = Float64Array.of(1)
  const slopes = shares.flatMap((share, j) =>
    Array.from(share, (_, k) => {
      const change = Array.from(share, (_, l) => Float64Array.of(k === l ? 1 : 0))
      return slopesOfItem(moments, one, j, itemMoments(change))
    }),
  )
  return { moments, slopes }
}

/** N × residuals weighted by their inverse covariance, with the directions that parameters can fit taken out. */
function quadraticForm(
  observed: Float64Array,
  items: readonly ItemMoments[],
  weights: Float64Array,
  slopes: readonly Float64Array[],
  people: number,
): { statistic: number; df: number } {
  const size = observed.length
  const df = size - slopes.length
  if (df <= 0) return { statistic: 0, df }
  const expected = expectedMoments(items, weights)
  const residual = observed.map((x, k) => x - expected[k]!)
  let factor: Float64Array
  try {
    factor = cholesky(covarianceOfMoments(items, weights), size)
  } catch {
    throw new RangeError('overallFit requires items whose scores vary and do not follow from each other')
  }
  const weightedResidual = choleskySolve(factor, size, residual)
  const weightedSlopes = slopes.map((slope) => choleskySolve(factor, size, slope))
  const count = slopes.length
  const products = new Float64Array(count * count)
  const right = new Float64Array(count)
  weightedSlopes.forEach((left, k) => {
    slopes.forEach((slope, l) => {
      products[k * count + l] = inner(left, slope)
    })
    right[k] = inner(left, residual)
  })
  let statistic = inner(residual, weightedResidual)
  if (count > 0) {
    const solved = choleskySolve(cholesky(products, count), count, right)
    statistic -= inner(solved, right)
  }
  return { statistic: people * Math.max(0, statistic), df }
}

function inner(a: Float64Array, b: Float64Array): number {
  let total = 0
  for (let k = 0; k < a.length; k++) total += a[k]! * b[k]!
  return total
}

function srmsr(observed: Float64Array, items: readonly ItemMoments[], weights: Float64Array): number {
  const means = items.map(({ mean }) => over(weights, mean))
  const sds = items.map(({ square }, j) => Math.sqrt(over(weights, square) - means[j]! ** 2))
  let total = 0
  let at = 0
  for (let j = 0; j < items.length; j++) {
    for (let i = 0; i < j; i++) {
      const both = over(weights, items[j]!.mean, items[i]!.mean) - means[j]! * means[i]!
      total += (observed[at++]! - both / (sds[j]! * sds[i]!)) ** 2
    }
  }
  return Math.sqrt(total / at)
}

/** Ends of the 90 % interval of the RMSEA, from the noncentrality at which the statistic has rank 0.95 and 0.05. */
function rmseaInterval(statistic: number, df: number, people: number): [number, number] {
  const end = (rank: number): number => {
    if (chiSquareCumulative(statistic, df) <= rank) return 0
    const high = statistic + 20 * Math.sqrt(statistic + df) + 100
    const { x } = brentRoot((lambda) => noncentralChiSquare(statistic, df, lambda) - rank, 0, high)
    return Math.sqrt(Math.max(0, x) / (df * (people - 1)))
  }
  return [end(0.95), end(0.05)]
}
