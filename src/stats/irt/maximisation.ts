import { choleskySolve } from '../numeric/matrix.ts'
import { itemDerivatives } from './complete-data.ts'
import { type FreeParameters, populationAt } from './layout.ts'
import { type Problem, populationDerivatives, steadyCholesky } from './marginal.ts'
import { priorMean } from './population.ts'
import { admissible } from './response-functions.ts'
import { classMoments } from './row-problem.ts'

/** No parameter moves further than this in one step: far from the optimum a quadratic model is a guess. */
const LONGEST = 2

/**
 * The maximisation step of EM: parameters that would be best if the expected counts of the last pass were data.
 *
 * @param rounds  Newton steps an item may take
 */
export function maximise(
  problem: Problem,
  free: FreeParameters,
  values: Float64Array,
  rounds: number,
): Float64Array {
  const next = Float64Array.from(values)
  for (let j = 0; j < problem.layout.curves.length; j++) maximiseItem(problem, free, j, next, rounds)
  maximisePopulation(problem, free, next)
  return next
}

/** Newton steps with the Fisher information, each halved until it gains; writes into `values`. */
export function maximiseItem(
  { layout, quadrature, work, counts, priors }: Problem,
  free: FreeParameters,
  j: number,
  values: Float64Array,
  rounds: number,
): void {
  const from = free.blockAt[j]!
  const size = free.blockAt[j + 1]! - from
  if (size === 0) return
  const curve = layout.curves[j]!
  const at = layout.at[j]!
  const derivatives = () =>
    itemDerivatives(
      curve,
      values,
      at,
      quadrature.nodes,
      counts,
      layout.responseAt[j]! * work.points,
      priors[j],
    )
  let now = derivatives()
  for (let round = 0; round < rounds; round++) {
    const width = now.gradient.length
    const local = Array.from({ length: size }, (_, k) => free.positions[from + k]! - at)
    const gradient = Float64Array.from(local, (k) => now.gradient[k]!)
    const information = new Float64Array(size * size)
    local.forEach((k, a) => {
      local.forEach((l, b) => {
        information[a * size + b] = now.information[k * width + l]!
      })
    })
    const direction = choleskySolve(steadyCholesky(information, size), size, gradient)
    const longest = direction.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
    let gain = 0
    for (let k = 0; k < size; k++) gain += direction[k]! * gradient[k]!
    if (!(gain > 1e-10)) return
    const before = Float64Array.from(local, (k) => values[at + k]!)
    let step = Math.min(1, LONGEST / longest)
    let better = false
    for (let halving = 0; halving < 25 && !better; halving++) {
      local.forEach((k, a) => {
        values[at + k] = before[a]! + step * direction[a]!
      })
      if (admissible(curve, values, at)) {
        const then = derivatives()
        better = then.value > now.value
        if (better) now = then
      }
      step /= 2
    }
    if (!better) {
      local.forEach((k, a) => {
        values[at + k] = before[a]!
      })
      return
    }
  }
}

/** Means and coefficients by weighted least squares on the posteriors, then variances about them. */
function maximisePopulation(problem: Problem, free: FreeParameters, values: Float64Array): void {
  const { layout, population, quadrature, work } = problem
  const at = populationAt(layout)
  const { groups } = population
  const block = layout.curves.length
  const isFree = new Set(free.positions.subarray(free.blockAt[block]!, free.blockAt[block + 1]!))
  if (isFree.size === 0) return
  const { gradient, information } = populationDerivatives(problem, values)
  const means = [...isFree].filter((k) => k < at + groups || k >= at + 2 * groups).map((k) => k - at)
  if (means.length > 0) {
    const a = new Float64Array(means.length * means.length)
    means.forEach((k, row) => {
      means.forEach((l, column) => {
        a[row * means.length + column] = information[k * gradient.length + l]!
      })
    })
    const b = Float64Array.from(means, (k) => gradient[k]!)
    const shift = choleskySolve(steadyCholesky(a, means.length), means.length, b)
    means.forEach((k, row) => {
      values[at + k]! += shift[row]!
    })
  }
  for (let g = 0; g < groups; g++) {
    if (!isFree.has(at + groups + g)) continue
    let people = 0
    let squares = 0
    for (let c = 0; c < population.groupOf.length; c++) {
      if (population.groupOf[c] !== g) continue
      const moments = classMoments(work, quadrature.nodes, c, priorMean(population, values, at, c))
      people += moments.people
      squares += moments.second
    }
    if (people > 0 && squares > 0) values[at + groups + g] = 0.5 * Math.log(squares / people)
  }
}
