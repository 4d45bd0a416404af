import { logistic, logit } from '../numeric/special.ts'
import { addTo, collectCounts } from './expectation.ts'
import type { Curve, GuessingPrior } from './item.ts'
import { type FreeParameters, populationAt } from './layout.ts'
import type { Problem } from './marginal.ts'
import { maximiseItem } from './maximisation.ts'

/** Places per node at which a person may be put. */
const FINENESS = 4

/**
 * Parameters to start from. Everybody gets a first ability from the share of points earned, freed from the difficulty
 * of the items met (PROX); spread by its uncertainty, these abilities take the place of posteriors in one
 * maximisation step.
 */
export function startingValues(problem: Problem, free: FreeParameters, fixed: Float64Array): Float64Array {
  const values = Float64Array.from(fixed)
  const isFree = new Set(free.positions)
  const { layout, priors, patterns } = problem
  layout.curves.forEach((curve, j) => {
    if (isFree.has(layout.at[j]! + 1))
      plainValues(curve, shares(problem, j), priors[j], values, layout.at[j]!)
  })
  const unit = scaleUnit(problem, isFree, values)
  const { ability, noise } = firstAbilities(problem, isFree, values)
  const spread = describe(problem, ability)
  const variance = Math.max(spread.variance, 0.05)
  const reliability = Math.min(0.98, Math.max(0.3, 1 - noise / variance))
  // On the scale of the model: logits where slopes are known, else standard deviations of the reference group.
  const scale = unit ?? Math.sqrt(reliability * variance)
  const origin = isFree.has(populationAt(layout)) ? 0 : spread.means[0]!
  const groupOfRow = (row: number) => problem.population.groupOf[patterns.priorClass[row]!]!
  const places = ability.map((x, row) => {
    const mean = spread.means[groupOfRow(row)]!
    return (mean + reliability * (x - mean) - origin) / scale
  })
  const sd = Math.sqrt((1 - reliability) * reliability * variance) / scale
  const at = populationAt(layout)
  spread.means.forEach((mean, g) => {
    if (isFree.has(at + g)) values[at + g] = clamp((mean - origin) / scale, 3)
    if (isFree.has(at + layout.groups + g))
      values[at + layout.groups + g] = Math.log(clamp(Math.sqrt(reliability * variance) / scale, 3))
  })
  spreadPeople(problem, places, Math.max(sd, 0.15))
  for (let j = 0; j < layout.curves.length; j++) maximiseItem(problem, free, j, values, 12)
  return values
}

/** Share of people at or above each score but the lowest, away from 0 and 1. */
function shares({ patterns, layout }: Problem, j: number): Float64Array {
  const k = layout.curves[j]!.scores.length
  const counts = new Float64Array(k)
  const items = layout.curves.length
  for (let row = 0; row < patterns.rowCount; row++) {
    const position = patterns.answer[row * items + j]!
    if (position >= 0) counts[position]! += patterns.weight[row]!
  }
  const total = counts.reduce((sum, x) => sum + x, 0)
  return counts.map((x) => (x + 0.5 / k) / (total + 0.5))
}

/** Values that reproduce the shares of scores at ability 0. */
function plainValues(
  curve: Curve,
  share: Float64Array,
  prior: GuessingPrior | undefined,
  values: Float64Array,
  at: number,
): void {
  values[at] = 1
  const k = curve.scores.length
  if (curve.family === 'three parameter') {
    const guessing = startingGuessing(prior)
    values[at + 1] = logit(clampShare((share[1]! - guessing) / (1 - guessing)))
    values[at + 2] = logit(guessing)
    return
  }
  for (let c = 1; c < k; c++) {
    if (curve.family === 'graded')
      values[at + c] = logit(clampShare(share.subarray(c).reduce((sum, x) => sum + x, 0)))
    else values[at + c] = Math.log(share[c]! / share[0]!)
  }
}

function startingGuessing(prior: GuessingPrior | undefined): number {
  if (prior === undefined) return 0.2
  if (prior.kind === 'beta') return clampShare(prior.alpha / (prior.alpha + prior.beta))
  return prior.kind === 'normal' ? clampShare(logistic(prior.mean)) : 0.2
}

/** Slope that abilities are measured with where slopes are known; undefined where people define the unit. */
function scaleUnit({ layout }: Problem, isFree: Set<number>, values: Float64Array): number | undefined {
  let total = 0
  let known = 0
  for (let j = 0; j < layout.curves.length; j++) {
    if (isFree.has(layout.at[j]!)) continue
    total += Math.abs(values[layout.at[j]!]!)
    known++
  }
  return known === 0 ? undefined : Math.max(0.2, total / known)
}

/** Logits of the share of points, plus the mean difficulty of the items met; and how much of it is noise. */
function firstAbilities(
  { layout, patterns }: Problem,
  isFree: Set<number>,
  values: Float64Array,
): { ability: Float64Array; noise: number } {
  const items = layout.curves.length
  const rows = patterns.rowCount
  const most = Int32Array.from(layout.curves, ({ scores }) => scores.length - 1)
  const difficulty = new Float64Array(items)
  const isAnchor = new Uint8Array(items)
  layout.curves.forEach(({ scores }, j) => {
    if (isFree.has(layout.at[j]! + 1)) return
    isAnchor[j] = 1
    let total = 0
    for (let c = 1; c < scores.length; c++) total += values[layout.at[j]! + c]!
    difficulty[j] = -total / (scores.length - 1)
  })
  const own = new Float64Array(rows)
  let noise = 0
  let people = 0
  for (let row = 0; row < rows; row++) {
    let points = 0
    let possible = 0
    for (let j = 0; j < items; j++) {
      const x = patterns.answer[row * items + j]!
      if (x < 0) continue
      points += x
      possible += most[j]!
    }
    own[row] = Math.log((points + 0.5) / (possible - points + 0.5))
    noise += patterns.weight[row]! * (1 / (points + 0.5) + 1 / (possible - points + 0.5))
    people += patterns.weight[row]!
  }
  const ability = Float64Array.from(own)
  for (let round = 0; round < 6; round++) {
    const shift = relocate(patterns.answer, patterns.weight, most, isAnchor, own, ability, difficulty)
    if (shift < 0.01) break
  }
  return { ability, noise: noise / people }
}

/** One round: items from the people who met them, then people from the items they met. @returns largest move */
function relocate(
  answer: Int8Array,
  weight: Float64Array,
  most: Int32Array,
  isAnchor: Uint8Array,
  own: Float64Array,
  ability: Float64Array,
  difficulty: Float64Array,
): number {
  const items = most.length
  const met = new Float64Array(items)
  const people = new Float64Array(items)
  const points = new Float64Array(items)
  for (let row = 0; row < own.length; row++) {
    for (let j = 0; j < items; j++) {
      const x = answer[row * items + j]!
      if (x < 0) continue
      people[j]! += weight[row]!
      met[j]! += weight[row]! * ability[row]!
      points[j]! += weight[row]! * x
    }
  }
  for (let j = 0; j < items; j++) {
    if (isAnchor[j] === 1 || people[j] === 0) continue
    const possible = people[j]! * most[j]!
    difficulty[j] = met[j]! / people[j]! - Math.log((points[j]! + 0.5) / (possible - points[j]! + 0.5))
  }
  // Without anchors nothing says where the items lie as a whole: their mean is 0.
  if (isAnchor.every((anchor) => anchor === 0)) {
    const mean = difficulty.reduce((sum, b) => sum + b, 0) / items
    for (let j = 0; j < items; j++) difficulty[j]! -= mean
  }
  let largest = 0
  for (let row = 0; row < own.length; row++) {
    let total = 0
    let count = 0
    for (let j = 0; j < items; j++) {
      if (answer[row * items + j]! < 0) continue
      total += difficulty[j]!
      count++
    }
    const moved = own[row]! + total / count
    largest = Math.max(largest, Math.abs(moved - ability[row]!))
    ability[row] = moved
  }
  return largest
}

/** Means of groups, and the variance within the reference group. */
function describe({ patterns, population }: Problem, ability: Float64Array) {
  const people = new Float64Array(population.groups)
  const total = new Float64Array(population.groups)
  const groupOfRow = (row: number) => population.groupOf[patterns.priorClass[row]!]!
  ability.forEach((x, row) => {
    people[groupOfRow(row)]! += patterns.weight[row]!
    total[groupOfRow(row)]! += patterns.weight[row]! * x
  })
  const means = total.map((x, g) => (people[g]! > 0 ? x / people[g]! : 0))
  let squares = 0
  ability.forEach((x, row) => {
    if (groupOfRow(row) === 0) squares += patterns.weight[row]! * (x - means[0]!) ** 2
  })
  return { means, variance: squares / Math.max(people[0]!, 1e-300) }
}

/** Expected counts as if posteriors were normal with these means and this standard deviation. */
function spreadPeople(
  { patterns, quadrature, work, counts }: Problem,
  places: Float64Array,
  sd: number,
): void {
  const { nodes } = quadrature
  const points = nodes.length
  const last = (points - 1) * FINENESS
  const shapes = new Map<number, Float64Array>()
  const weighted = new Float64Array(points)
  work.joint.fill(0)
  for (let row = 0; row < patterns.rowCount; row++) {
    const share = (places[row]! - nodes[0]!) / (nodes[points - 1]! - nodes[0]!)
    const place = Math.max(0, Math.min(last, Math.round(share * last)))
    let shape = shapes.get(place)
    if (shape === undefined) {
      const centre = nodes[0]! + (place / last) * (nodes[points - 1]! - nodes[0]!)
      shape = nodes.map((x) => Math.exp(-0.5 * ((x - centre) / sd) ** 2))
      const total = shape.reduce((sum, x) => sum + x, 0)
      shape = shape.map((x) => x / total)
      shapes.set(place, shape)
    }
    for (let q = 0; q < points; q++) weighted[q] = shape[q]! * patterns.weight[row]!
    addTo(
      work.joint,
      patterns.leaves,
      patterns.start[row]!,
      patterns.start[row + 1]!,
      points,
      weighted,
      0,
      0,
      points,
    )
  }
  counts.fill(0)
  collectCounts(patterns, points, work.joint, 1, counts)
}

function clamp(x: number, most: number): number {
  return Math.max(-most, Math.min(most, x))
}

function clampShare(p: number): number {
  return Math.max(0.01, Math.min(0.99, p))
}
