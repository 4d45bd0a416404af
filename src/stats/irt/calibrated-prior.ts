import type { Calibration } from './calibration.ts'
import type { Prior } from './prior-classes.ts'

/**
 * What a calibration says about people before their answers: the mean and variance of their group, the mean moved by
 * their covariates.
 *
 * @param groups      person → group; default: all in group 0
 * @param covariates  persons × coefficients of the calibration, row by row; required if it has any
 * @throws            RangeError for unknown groups, missing or non-finite covariates
 */
export function priorOf(
  { groups: estimates, coefficients }: Calibration,
  persons: number,
  groups?: ArrayLike<number>,
  covariates?: ArrayLike<number>,
): Prior {
  const columns = coefficients.length
  if (
    (groups !== undefined && groups.length !== persons) ||
    (covariates?.length ?? 0) !== persons * columns
  ) {
    throw new RangeError('priorOf requires one group and every covariate for each person')
  }
  const mean = new Float64Array(persons)
  const variance = new Float64Array(persons)
  for (let i = 0; i < persons; i++) {
    const group = estimates[groups?.[i] ?? 0]
    if (group === undefined)
      throw new RangeError(`priorOf requires a group of the calibration, not ${groups?.[i]}`)
    mean[i] = group.mean
    variance[i] = group.variance
    for (let k = 0; k < columns; k++) {
      const x = covariates![i * columns + k]!
      if (!Number.isFinite(x)) throw new RangeError('priorOf requires finite covariates')
      mean[i]! += coefficients[k]!.value * (x - coefficients[k]!.average)
    }
  }
  return { mean, variance }
}
