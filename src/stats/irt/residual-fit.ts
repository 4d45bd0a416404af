import { abilityDerivatives, newAbilityDerivatives } from './ability-derivatives.ts'
import type { KnownItem } from './item.ts'
import { checkResponses, knownTest } from './known-items.ts'

/** Mean squares of standardised residuals: 1 where answers scatter as the model says, above where they scatter more. */
export interface MeanSquares {
  /** plain mean: moved most by surprising answers of people far from the item */
  readonly outfit: Float64Array
  /** mean weighted with information: moved by answers of people near the item */
  readonly infit: Float64Array
  /** the same as approximately standard normal numbers (Wilson and Hilferty's cube root) */
  readonly outfitZ: Float64Array
  readonly infitZ: Float64Array
  /** answers that count */
  readonly answers: Int32Array
}

/**
 * Variances of scores count as at least this (as in mirt: the square root of 1e-5), so that one slip of a person far
 * from an item does not outweigh all other answers.
 */
const LEAST_VARIANCE = Math.sqrt(1e-5)

export interface ResidualFit {
  readonly items: MeanSquares
  readonly people: MeanSquares
}

/**
 * Infit and outfit of items and of people at estimated abilities. Where nothing counts (items that say nothing,
 * people whose ability is not finite) mean squares are 1 and z is 0.
 *
 * @param abilities  one per person; usually `wle`. People with infinite ability are left out.
 * @throws           RangeError for responses that are not persons × items, or another number of abilities
 * @see              Wright, Masters (1982), Rating Scale Analysis, ch. 5
 */
export function residualFit(
  responses: Int8Array,
  items: readonly KnownItem[],
  abilities: ArrayLike<number>,
): ResidualFit {
  const persons = checkResponses(responses, items, 'residualFit')
  if (abilities.length !== persons) throw new RangeError('residualFit requires one ability for each person')
  const { layout, values, used } = knownTest(items, 'residualFit')
  const byItem = newSums(items.length)
  const byPerson = newSums(persons)
  const rooms = layout.curves.map(({ scores }) => newAbilityDerivatives(scores.length))
  for (let i = 0; i < persons; i++) {
    if (!Number.isFinite(abilities[i]!)) continue
    for (let j = 0; j < used.length; j++) {
      const { column, position } = used[j]!
      const x = responses[i * items.length + column]!
      if (x < 0 || position[x]! < 0) continue
      const { scores } = layout.curves[j]!
      abilityDerivatives(layout.curves[j]!, values, layout.at[j]!, abilities[i]!, rooms[j]!)
      const moments = scoreMoments(scores, rooms[j]!.p)
      const residual = (x - moments.mean) ** 2
      add(byItem, column, residual, moments)
      add(byPerson, i, residual, moments)
    }
  }
  return { items: meanSquares(byItem), people: meanSquares(byPerson) }
}

interface Moments {
  readonly mean: number
  readonly variance: number
  /** fourth central moment */
  readonly fourth: number
}

function scoreMoments(scores: readonly number[], p: Float64Array): Moments {
  let mean = 0
  for (let c = 0; c < scores.length; c++) mean += scores[c]! * p[c]!
  let variance = 0
  let fourth = 0
  for (let c = 0; c < scores.length; c++) {
    const square = (scores[c]! - mean) ** 2
    variance += p[c]! * square
    fourth += p[c]! * square * square
  }
  return { mean, variance: Math.max(variance, LEAST_VARIANCE), fourth }
}

function newSums(n: number) {
  return {
    answers: new Int32Array(n),
    squares: new Float64Array(n),
    residuals: new Float64Array(n),
    variances: new Float64Array(n),
    outfitSpread: new Float64Array(n),
    infitSpread: new Float64Array(n),
  }
}

function add(
  sums: ReturnType<typeof newSums>,
  at: number,
  residual: number,
  { variance, fourth }: Moments,
): void {
  sums.answers[at]!++
  sums.squares[at]! += residual / variance
  sums.residuals[at]! += residual
  sums.variances[at]! += variance
  sums.outfitSpread[at]! += fourth / (variance * variance)
  sums.infitSpread[at]! += fourth - variance * variance
}

function meanSquares(sums: ReturnType<typeof newSums>): MeanSquares {
  const n = sums.answers.length
  const outfit = new Float64Array(n).fill(1)
  const infit = new Float64Array(n).fill(1)
  const outfitZ = new Float64Array(n)
  const infitZ = new Float64Array(n)
  for (let k = 0; k < n; k++) {
    const count = sums.answers[k]!
    if (count === 0) continue
    outfit[k] = sums.squares[k]! / count
    infit[k] = sums.residuals[k]! / sums.variances[k]!
    outfitZ[k] = cubeRoot(outfit[k]!, sums.outfitSpread[k]! / (count * count) - 1 / count)
    infitZ[k] = cubeRoot(infit[k]!, sums.infitSpread[k]! / (sums.variances[k]! * sums.variances[k]!))
  }
  return { outfit, infit, outfitZ, infitZ, answers: sums.answers }
}

/** A mean square of variance q² as a standard normal number; 0 where it cannot vary. Few answers count as q = √2. */
function cubeRoot(meanSquare: number, variance: number): number {
  if (!(variance > 1e-12)) return 0
  const q = Math.min(Math.sqrt(variance), Math.SQRT2)
  return (Math.cbrt(meanSquare) - 1) * (3 / q) + q / 3
}
