import { familyOf, type KnownItem } from '../irt/item.ts'

/**
 * How the abilities of one calibration stand on the scale of another: ability(to) = stretch · ability(from) + shift.
 * No unit; stretch above 0.
 */
export interface ScaleLink {
  readonly stretch: number
  readonly shift: number
}

/** Sampling variances and covariance of the two numbers of a link. */
export interface LinkVariance {
  readonly stretch: number
  readonly shift: number
  readonly covariance: number
}

/** A link whose errors are known. */
export interface UncertainLink extends ScaleLink {
  readonly variance: LinkVariance
}

/** A scale linked to itself, without error. */
export const sameScale: UncertainLink = {
  stretch: 1,
  shift: 0,
  variance: { stretch: 0, shift: 0, covariance: 0 },
}

export function linkedAbility({ stretch, shift }: ScaleLink, ability: number): number {
  return stretch * ability + shift
}

/**
 * The same item on the other scale: every probability stays, at the linked ability, what it was.
 * @throws RangeError if the link is not finite or does not stretch upwards
 */
export function linkedItem(link: ScaleLink, item: KnownItem): KnownItem {
  checkLink(link)
  const slope = item.slope / link.stretch
  const lowest = item.scores[0]!
  const partialCredit = familyOf(item.model) === 'partial credit'
  const intercepts = item.intercepts.map((intercept, i) => {
    const pull = partialCredit ? item.scores[i + 1]! - lowest : 1
    return intercept - slope * pull * link.shift
  })
  // A model whose slope is 1 by definition keeps that only without a stretch.
  const model =
    slope === 1 ? item.model : item.model === 'rasch' ? '2pl' : item.model === 'pcm' ? 'gpcm' : item.model
  return { ...item, model, slope, intercepts }
}

/** First one link, then the other. */
export function chained(first: ScaleLink, second: ScaleLink): ScaleLink {
  return { stretch: first.stretch * second.stretch, shift: second.stretch * first.shift + second.shift }
}

/** The way back. */
export function reversed(link: ScaleLink): ScaleLink {
  checkLink(link)
  return { stretch: 1 / link.stretch, shift: -link.shift / link.stretch }
}

/** @throws RangeError if the link is not finite or does not stretch upwards */
function checkLink({ stretch, shift }: ScaleLink): void {
  if (!(stretch > 0 && stretch < Number.POSITIVE_INFINITY) || !Number.isFinite(shift)) {
    throw new RangeError('a link requires a finite shift and a finite stretch above 0')
  }
}

/**
 * The scale people read, as a link from abilities to points: the population has this mean and standard deviation there.
 * @throws RangeError if a number is not finite or a standard deviation not above 0
 */
export function reportingScale(
  population: { readonly mean: number; readonly sd: number },
  points: { readonly mean: number; readonly sd: number },
): ScaleLink {
  if (!(population.sd > 0 && points.sd > 0) || !Number.isFinite(population.mean + points.mean)) {
    throw new RangeError('reportingScale requires finite means and standard deviations above 0')
  }
  const stretch = points.sd / population.sd
  return { stretch, shift: points.mean - stretch * population.mean }
}
