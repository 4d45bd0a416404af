import { mean, sum, variance } from '../numeric/sum.ts'
import type { UncertainLink } from './scale-link.ts'
import { sameScale } from './scale-link.ts'

/** A mean (or another value) on the scale of its own calibration, with the link that carries it to the common one. */
export interface Measured {
  readonly value: number
  /** from sampling of persons and from measurement, on the same scale as the value; not negative */
  readonly standardError: number
  /** default: already on the common scale, without error of its own */
  readonly link?: UncertainLink
  /** an error of the link besides the sampling of persons: which anchors were chosen (`anchorError`) */
  readonly anchorError?: number
}

export interface Compared {
  readonly difference: number
  readonly standardError: number
  /** what of it comes from linking; it does not become smaller with more persons */
  readonly linkingError: number
}

/**
 * The difference of two linked values with all its errors: of sampling, and of linking. Two values carried by the very
 * same link (the same object) share its error: the shift cancels, and what is left grows with their distance.
 *
 * @throws RangeError if a number is not finite or an error negative
 */
export function compareLinked(later: Measured, earlier: Measured): Compared {
  const [a, b] = [checked(later), checked(earlier)]
  const sampling = (a.link.stretch * a.standardError) ** 2 + (b.link.stretch * b.standardError) ** 2
  const shared = a.link === b.link
  const linking = shared
    ? (a.value - b.value) ** 2 * a.link.variance.stretch
    : linkVariance(a) + linkVariance(b) + a.anchorError ** 2 + b.anchorError ** 2
  return {
    difference: onCommonScale(a) - onCommonScale(b),
    standardError: Math.sqrt(sampling + linking),
    linkingError: Math.sqrt(linking),
  }
}

/** A value on the common scale with its whole error: of sampling and of its link. */
export function linkedValue(measured: Measured): {
  value: number
  standardError: number
  linkingError: number
} {
  const own = checked(measured)
  const linking = linkVariance(own) + own.anchorError ** 2
  return {
    value: onCommonScale(own),
    standardError: Math.sqrt((own.link.stretch * own.standardError) ** 2 + linking),
    linkingError: Math.sqrt(linking),
  }
}

type Complete = Required<Measured>

function checked(measured: Measured): Complete {
  const whole = { link: sameScale, anchorError: 0, ...measured }
  const errors = [whole.standardError, whole.anchorError]
  if (
    !Number.isFinite(whole.value) ||
    !errors.every((error) => error >= 0 && error < Number.POSITIVE_INFINITY)
  ) {
    throw new RangeError('a comparison requires finite values and standard errors of 0 or more')
  }
  return whole
}

function onCommonScale({ value, link }: Complete): number {
  return link.stretch * value + link.shift
}

/** Variance of stretch · value + shift from the errors of stretch and shift. */
function linkVariance({ value, link }: Complete): number {
  const { stretch, shift, covariance } = link.variance
  return Math.max(0, value * value * stretch + 2 * value * covariance + shift)
}

/**
 * Error of a mean link from the choice of anchors: had other items been the anchors, the link would have moved by about
 * this much. Anchors of one unit (a text with its questions) move together and count as one.
 *
 * @param shifts  of the anchors: location on the new scale less location on the old one, linked; two or more
 * @param units   unit of each anchor; default: each its own. Two or more different ones
 * @returns       on the scale of the shifts
 * @throws        RangeError if there are fewer than two anchors or units, or a shift is not finite
 * @see           OECD (2005), PISA 2003 technical report, ch. 13; Monseur & Berezner (2007), Journal of Applied
 *                Measurement 8, 323–335
 */
export function anchorError(shifts: readonly number[], units?: readonly (string | number)[]): number {
  if (shifts.length < 2 || (units && units.length !== shifts.length)) {
    throw new RangeError('anchorError requires two or more anchors, each with its unit')
  }
  if (!units) return Math.sqrt(variance(shifts) / shifts.length)
  const names = [...new Set(units)]
  if (names.length < 2) throw new RangeError('anchorError requires anchors from two or more units')
  // Variance of a ratio mean of clusters: deviations from the mean summed within units.
  const centre = mean(shifts)
  const totals = names.map((name) => sum(shifts.filter((_, i) => units[i] === name).map((x) => x - centre)))
  const m = names.length
  return Math.sqrt((m / (m - 1)) * sum(totals.map((t) => t * t))) / shifts.length
}
