import { normalGrid, type Quadrature } from '../numeric/quadrature.ts'
import type { CalibrationInput, Warning } from './calibration.ts'
import { type Standardised, standardise } from './covariates.ts'
import { familyOf, type GuessingPrior, hasUnitSlope, type Item } from './item.ts'

/** Input that has been found usable. */
export interface Checked {
  readonly persons: number
  readonly groups: Int32Array
  readonly groupCount: number
  readonly weights: Float64Array | undefined
  readonly covariates: Standardised
  readonly quadrature: Quadrature
  /** Items with something to tell: given to people and answered with two scores at least, or fixed. */
  readonly used: readonly UsedItem[]
  readonly meanIsFree: boolean
  readonly varianceIsFree: boolean
  readonly warnings: Warning[]
}

export interface UsedItem {
  /** position among the items given */
  readonly column: number
  readonly item: Item
  /** scores in use, rising */
  readonly scores: readonly number[]
  /** score → position among those in use, −1 where it is not */
  readonly position: Int8Array
}

/** @throws RangeError that says what is required */
export function checkCalibration(input: CalibrationInput): Checked {
  const { responses, items } = input
  require(items.length > 0, 'at least one item')
  require(responses.length > 0 && responses.length % items.length === 0, 'responses of persons × items')
  const persons = responses.length / items.length
  require(persons > 1, 'two or more people')
  require(new Set(items.map(({ id }) => id)).size === items.length, 'items with different ids')
  items.forEach(checkItem)
  const { groups, groupCount } = checkGroups(input.groups, persons)
  const weights = checkWeights(input.weights, persons)
  const covariates = standardise(input.covariates, persons, groups, groupCount, weights)
  const quadrature = checkQuadrature(input.quadrature ?? normalGrid(61, -6, 6))
  const warnings: Warning[] = []
  const used = usedItems(responses, items, weights, warnings)
  require(used.some(({ item }) => item.fixed === undefined) ||
    used.length > 0, 'an item with two scores in use')
  const anchored = used.some(({ item }) => item.fixed !== undefined)
  const scaled = used.some(({ item }) => item.fixed !== undefined || hasUnitSlope(item.model))
  const meanIsFree = input.reference === undefined ? anchored : input.reference.mean === 'free'
  const varianceIsFree = input.reference === undefined ? scaled : input.reference.variance === 'free'
  require(anchored || !meanIsFree, 'a fixed item where the mean of the reference group is free')
  require(scaled || !varianceIsFree, 'a fixed slope where the variance of the reference group is free')
  return {
    persons,
    groups,
    groupCount,
    weights,
    covariates,
    quadrature,
    used,
    meanIsFree,
    varianceIsFree,
    warnings,
  }
}

function require(holds: boolean, what: string): void {
  if (!holds) throw new RangeError(`calibrate requires ${what}`)
}

function checkItem(item: Item): void {
  const { id, model, categories, fixed, guessingPrior: prior } = item
  require(Number.isInteger(categories) && categories >= 2 && categories <= 100, `2–100 scores of item ${id}`)
  require(categories === 2 ||
    !(
      model === 'rasch' ||
      model === '2pl' ||
      model === '3pl'
    ), `two scores of item ${id}, because its model is ${model}`)
  if (prior !== undefined && prior !== 'none') {
    require(model === '3pl', `a guessing prior only for 3pl items, not ${id}`)
    require(isProper(prior), `a proper prior of ${id}`)
  }
  if (fixed === undefined) return
  const numbers = [fixed.slope, fixed.guessing, ...fixed.intercepts]
  require(numbers.every(Number.isFinite), `finite parameters of the fixed item ${id}`)
  require(fixed.intercepts.length ===
    fixed.scores.length - 1, `one intercept per step of the fixed item ${id}`)
  require(fixed.scores.length >= 2 &&
    fixed.scores.every(
      (s, k) => s < categories && s > (fixed.scores[k - 1] ?? -1),
    ), `rising scores of the fixed item ${id}`)
  require(familyOf(model) === 'three parameter'
    ? fixed.guessing > 0 && fixed.guessing < 1
    : fixed.guessing === 0, `guessing between 0 and 1 for a 3pl item and 0 for others: ${id}`)
  const falling = fixed.intercepts.every((d, k) => k === 0 || d < fixed.intercepts[k - 1]!)
  require(model !== 'graded' || falling, `falling intercepts of the fixed graded item ${id}`)
}

function isProper(prior: GuessingPrior): boolean {
  if (prior.kind === 'density') return true
  if (prior.kind === 'normal') return Number.isFinite(prior.mean) && prior.sd > 0 && Number.isFinite(prior.sd)
  return prior.alpha >= 1 && prior.beta >= 1 && Number.isFinite(prior.alpha + prior.beta)
}

function checkGroups(groups: ArrayLike<number> | undefined, persons: number) {
  if (groups === undefined) return { groups: new Int32Array(persons), groupCount: 1 }
  require(groups.length === persons, 'one group for each person')
  let last = 0
  for (let i = 0; i < persons; i++) {
    require(Number.isInteger(groups[i]!) && groups[i]! >= 0 && groups[i]! < persons, 'groups 0, 1, 2, …')
    last = Math.max(last, groups[i]!)
  }
  return { groups: Int32Array.from(groups), groupCount: last + 1 }
}

function checkWeights(weights: ArrayLike<number> | undefined, persons: number): Float64Array | undefined {
  if (weights === undefined) return undefined
  require(weights.length === persons, 'one weight for each person')
  let most = 0
  for (let i = 0; i < persons; i++) {
    require(Number.isFinite(weights[i]!) && weights[i]! >= 0, 'finite weights of at least 0')
    most = Math.max(most, weights[i]!)
  }
  require(most > 0, 'weights that are not all 0')
  return Float64Array.from(weights)
}

function checkQuadrature(quadrature: Quadrature): Quadrature {
  const { nodes, weights } = quadrature
  const rising = nodes.every((x, q) => Number.isFinite(x) && (q === 0 || x > nodes[q - 1]!))
  require(nodes.length >= 3 && nodes.length <= 2000 && rising, '3–2000 rising quadrature nodes')
  require(weights.length === nodes.length && weights.every((w) => w >= 0 && w <= 1), 'a weight for each node')
  return quadrature
}

function usedItems(
  responses: Int8Array,
  items: readonly Item[],
  weights: Float64Array | undefined,
  warnings: Warning[],
): UsedItem[] {
  const persons = responses.length / items.length
  const used: UsedItem[] = []
  const offset = new Int32Array(items.length + 1)
  items.forEach(({ categories }, column) => {
    offset[column + 1] = offset[column]! + categories
  })
  const counts = new Float64Array(offset.at(-1)!)
  for (let i = 0, at = 0; i < persons; i++) {
    for (let column = 0; column < items.length; column++, at++) {
      const x = responses[at]!
      if (x === -1) continue
      if (x < 0 || x >= items[column]!.categories) {
        throw new RangeError(
          `calibrate requires scores 0 … ${items[column]!.categories - 1} or −1 for item ${items[column]!.id}, ` +
            `not ${x} (person ${i})`,
        )
      }
      counts[offset[column]! + x]! += weights === undefined ? 1 : weights[i]!
    }
  }
  items.forEach((item, column) => {
    const given: number[] = []
    for (let x = 0; x < item.categories; x++) if (counts[offset[column]! + x]! > 0) given.push(x)
    const scores = item.fixed?.scores ?? given
    warnOfScores(item, given, warnings)
    if (given.length === 0 || scores.length < 2) return
    const position = new Int8Array(item.categories).fill(-1)
    scores.forEach((score, k) => {
      position[score] = k
    })
    used.push({ column, item, scores, position })
  })
  return used
}

function warnOfScores(item: Item, given: readonly number[], warnings: Warning[]): void {
  const { id, categories, fixed } = item
  if (given.length === 0) {
    warnings.push({ code: 'item-never-answered', item: id, message: `nobody answered item ${id}` })
  } else if (fixed !== undefined) {
    const unknown = given.filter((score) => !fixed.scores.includes(score))
    if (unknown.length === 0) return
    const message = `the fixed item ${id} has no parameters for score ${unknown.join(', ')}: read as no answer`
    warnings.push({ code: 'unused-score', item: id, message })
  } else if (given.length === 1) {
    const message = `everybody who answered item ${id} has score ${given[0]}: it says nothing about ability`
    warnings.push({ code: 'item-with-one-score', item: id, message })
  } else if (given.length < categories) {
    const all = Array.from({ length: categories }, (_, x) => x)
    const missing = all.filter((x) => !given.includes(x)).join(', ')
    const message = `nobody has score ${missing} on item ${id}: its probability is taken as 0`
    warnings.push({ code: 'unused-score', item: id, message })
  }
}
