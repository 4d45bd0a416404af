import { type GroupMean, groupMeans } from './group-means.ts'

/** An estimate with its standard error, both on the common scale. */
export interface Measured {
  readonly estimate: number
  readonly standardError: number
}

/**
 * How far one person moved on a common scale between two measurements with independent errors.
 *
 * @param linkingError  error of the link between the two scales; 0 if both were scaled at once
 * @returns             gain in scale points
 * @throws              RangeError for numbers that are not finite or negative errors
 * @example             gain({ estimate: 500, standardError: 30 }, { estimate: 540, standardError: 40 })
 *                      // { estimate: 40, standardError: 50 }
 */
export function gain(first: Measured, second: Measured, linkingError = 0): Measured {
  const errors = [first.standardError, second.standardError, linkingError]
  if (
    !Number.isFinite(second.estimate - first.estimate) ||
    !errors.every((e) => e >= 0 && Number.isFinite(e))
  ) {
    throw new RangeError('gain requires finite estimates and errors that are not negative')
  }
  return { estimate: second.estimate - first.estimate, standardError: Math.hypot(...errors) }
}

export interface MeanGain extends GroupMean {
  /** sampling error of the mean and linking error together: what a comparison over time has to bear */
  readonly totalError: number | null
}

/**
 * Mean gain by group. The linking error moves all persons of a year alike: it does not shrink with their
 * number, and it cancels where groups of the same year are compared (use `standardError` there).
 *
 * @param gains   one for each row, scale points
 * @param shares  share of the time between the measurements spent in the group, 0–1
 * @throws        RangeError as `groupMeans`, or for a negative linking error
 */
export function meanGains(
  gains: ArrayLike<number>,
  group: ArrayLike<number>,
  groups: number,
  { linkingError = 0, shares }: { linkingError?: number; shares?: ArrayLike<number> } = {},
): MeanGain[] {
  if (!(linkingError >= 0 && Number.isFinite(linkingError))) {
    throw new RangeError('meanGains requires a linking error that is not negative')
  }
  return groupMeans(gains, group, groups, shares).map((mean) => ({
    ...mean,
    totalError: mean.standardError === null ? null : Math.hypot(mean.standardError, linkingError),
  }))
}

/**
 * A gain in months of the mean yearly gain of the whole country (ratio of two independent estimates, error by
 * the delta method).
 *
 * @param yearly  mean gain of the country in one year; its estimate must be above twice its error
 * @throws        RangeError if the country's gain is not clearly above 0: months would mean nothing
 */
export function gainInMonths(gained: Measured, yearly: Measured, monthsInYear = 12): Measured {
  if (!(yearly.estimate > 2 * yearly.standardError && yearly.standardError >= 0)) {
    throw new RangeError('gainInMonths requires a yearly gain clearly above 0')
  }
  const ratio = gained.estimate / yearly.estimate
  const error = Math.hypot(gained.standardError, ratio * yearly.standardError) / yearly.estimate
  return { estimate: monthsInYear * ratio, standardError: monthsInYear * error }
}
