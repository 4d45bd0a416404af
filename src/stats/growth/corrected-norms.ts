import { leastSquares } from '../numeric/least-squares.ts'
import { philox } from '../numeric/random.ts'
import {
  type GrowthNorms,
  type GrowthScores,
  growthNorms,
  percentileTaus,
  sortedScores,
} from './growth-norms.ts'

/** How much of the error is added once more, in variances of the error: 0 is the scores as they are. */
const added = [0, 0.5, 1, 1.5, 2]

/**
 * Norms for starting points measured with error, by simulation and extrapolation: error is added to the
 * earlier scores again and again, the norms are watched as they flatten, and the curve is followed back to
 * where there would be no error. Without it persons who really started high seem to grow more. Meant for means
 * of groups; percentiles of single persons become less certain. Takes about 4 × `draws` times as long as
 * `growthNorms`.
 *
 * @param scores  as for `growthNorms`; earlier scores on a scale that takes many values
 * @param errors  standard errors of the earlier scores, in the same shape; none negative
 * @param seed    of the added errors; belongs into the record of whatever is made with these norms
 * @param draws   simulations for each amount of added error
 * @throws        RangeError as `growthNorms`, for errors that are missing or negative, or for earlier scores of
 *                few values
 * @see           Cook, Stefanski (1994), Journal of the American Statistical Association 89, 1314–1328,
 *                https://doi.org/10.1080/01621459.1994.10476871
 * @see           Shang, VanIwaarden, Betebenner (2015), Educational Measurement: Issues and Practice 34(1),
 *                4–14, https://doi.org/10.1111/emip.12058
 */
export function correctedNorms(
  scores: GrowthScores,
  errors: readonly ArrayLike<number>[],
  { seed, draws = 10, taus = percentileTaus }: { seed: number; draws?: number; taus?: readonly number[] },
): GrowthNorms {
  const plain = growthNorms(scores, taus)
  const fits = errors.length === scores.priors.length && errors.every((own) => own.length === plain.rows)
  if (!fits || !errors.every((own) => Array.from(own).every((e) => e >= 0 && e < Number.POSITIVE_INFINITY))) {
    throw new RangeError('correctedNorms requires an error for each earlier score, none negative')
  }
  if (!Number.isInteger(draws) || draws < 1) throw new RangeError('correctedNorms requires one or more draws')
  if (plain.warnings.some((warning) => warning.includes('few values'))) {
    throw new RangeError('correctedNorms requires earlier scores that take many values')
  }
  // Errors travel with their persons; the draws then do not depend on the order of persons.
  const { current, priors } = sortedScores({ ...scores, priors: [...scores.priors, ...errors] })
  const known = priors.slice(0, errors.length)
  const sizes = priors.slice(errors.length)
  const paths = added.map((_, k) =>
    k === 0 ? plain.coefficients : new Float64Array(plain.coefficients.length),
  )
  let converged = plain.converged
  for (let draw = 0; draw < draws; draw++) {
    const random = philox(seed, draw)
    const noise = sizes.map((size) => size.map((error) => error * random.normal()))
    for (const [k, share] of added.entries()) {
      if (k === 0) continue
      const moved = known.map((prior, p) => prior.map((x, i) => x + Math.sqrt(share) * noise[p]![i]!))
      const norms = growthNorms({ current, priors: moved }, taus, plain.conditioning)
      converged &&= norms.converged
      for (const [c, b] of norms.coefficients.entries()) paths[k]![c]! += b / draws
    }
  }
  const weights = extrapolation()
  const coefficients = new Float64Array(plain.coefficients.length)
  for (const [k, path] of paths.entries())
    for (const [c, b] of path.entries()) coefficients[c]! += weights[k]! * b
  return { ...plain, coefficients, converged }
}

/** What each amount of added error counts in the value, at −1, of the parabola nearest to all of them. */
function extrapolation(): number[] {
  const x = Float64Array.from(added.flatMap((share) => [1, share, share * share]))
  return added.map((_, k) => {
    const y = added.map((__, other) => (other === k ? 1 : 0))
    const [a, b, c] = leastSquares({ x, y, rows: added.length, columns: 3 }).coefficients
    return a! - b! + c!
  })
}
