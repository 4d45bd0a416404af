import { linkChain, totalVariance } from './link-chain.ts'
import type { CalibratedForm, LinkOptions } from './link-scales.ts'
import { type LinkVariance, type ScaleLink, sameScale } from './scale-link.ts'

/** A form of one grade with the population it was calibrated on. */
export interface GradeForm extends CalibratedForm {
  readonly grade: number
  /** of ability, on the scale of the form; default mean 0, standard deviation 1 */
  readonly population?: { readonly mean: number; readonly sd: number }
}

export interface GradeOnScale {
  readonly grade: number
  /** from the scale of the grade's own form to the common scale */
  readonly link: ScaleLink & { readonly variance: LinkVariance | null }
  /** of the grade's population on the common scale */
  readonly mean: number
  readonly sd: number
  /** of the mean, from the link alone; null without covariances */
  readonly meanError: number | null
}

/** From one grade to the next, on the common scale. */
export interface GradeStep {
  readonly from: number
  readonly to: number
  readonly growth: number
  /** from the links alone; null without covariances */
  readonly growthError: number | null
  /** growth in units of the pooled standard deviation */
  readonly effectSize: number
  readonly sdRatio: number
  readonly anchors: readonly string[]
}

export interface VerticalScale {
  readonly base: number
  readonly grades: readonly GradeOnScale[]
  readonly steps: readonly GradeStep[]
  readonly converged: boolean
  /** what speaks against one scale: means that fall, spreads that jump, links by few items */
  readonly warnings: readonly string[]
}

const FEWEST_ANCHORS = 10

/**
 * One scale over grades: neighbouring grades are linked through the items both took, all are carried to the base grade.
 * Whether that is one trait at all is for the reader to judge: look at drift of the anchors first.
 *
 * @param forms    two or more, in order of grade, each sharing items with the next
 * @param base     grade whose form defines the scale
 * @param options  of each link
 * @throws         RangeError if grades do not rise, the base is none of them, neighbours share no items, or a
 *                 population has no spread
 * @see            Kolen & Brennan (2014), Test equating, scaling, and linking, ch. 9
 */
export function verticalScale(
  forms: readonly GradeForm[],
  base: number,
  options: Omit<LinkOptions, 'anchors'> = {},
): VerticalScale {
  const centre = forms.findIndex(({ grade }) => grade === base)
  if (
    forms.length < 2 ||
    centre < 0 ||
    forms.some(({ grade }, i) => i > 0 && !(grade > forms[i - 1]!.grade))
  ) {
    throw new RangeError(
      'verticalScale requires two or more forms in rising order of grade, the base among them',
    )
  }
  const populations = forms.map(({ population = { mean: 0, sd: 1 } }) => population)
  if (
    !populations.every(({ mean, sd }) => Number.isFinite(mean) && sd > 0 && sd < Number.POSITIVE_INFINITY)
  ) {
    throw new RangeError(
      'verticalScale requires populations with a finite mean and a standard deviation above 0',
    )
  }
  const links = forms.map((_, i) => toBase(forms, i, centre, options))
  const grades = links.map(({ link }, i) => {
    const { mean, sd } = populations[i]!
    return {
      grade: forms[i]!.grade,
      link,
      mean: link.stretch * mean + link.shift,
      sd: link.stretch * sd,
      meanError: link.variance && Math.sqrt(meanVariance(link.variance, mean)),
    }
  })
  const steps = grades.slice(1).map((to, i) => {
    const from = grades[i]!
    const next = links[i + 1]!
    return {
      from: from.grade,
      to: to.grade,
      growth: to.mean - from.mean,
      growthError: growthError(forms, links[i]!, next, populations[i]!.mean, populations[i + 1]!.mean),
      effectSize: (to.mean - from.mean) / Math.sqrt((from.sd ** 2 + to.sd ** 2) / 2),
      sdRatio: to.sd / from.sd,
      anchors: (i < centre ? links[i]!.first : next.first) ?? [],
    }
  })
  return {
    base,
    grades,
    steps,
    converged: links.every(({ converged }) => converged),
    warnings: warningsOf(steps),
  }
}

interface GradeLink {
  readonly link: GradeOnScale['link']
  /** for each form of the scale, 2 × its parameters; null without covariances */
  readonly gradients: readonly Float64Array[] | null
  /** anchors of the link to the neighbour towards the base */
  readonly first: readonly string[] | null
  readonly converged: boolean
}

function toBase(
  forms: readonly GradeForm[],
  at: number,
  centre: number,
  options: Omit<LinkOptions, 'anchors'>,
): GradeLink {
  const known = forms.every(({ covariance }) => covariance)
  const nothing = known
    ? forms.map(({ covariance }) => new Float64Array(2 * Math.sqrt(covariance!.length)))
    : null
  if (at === centre) {
    const link = known ? sameScale : { ...sameScale, variance: null }
    return { link, gradients: nothing, first: null, converged: true }
  }
  const step = at < centre ? 1 : -1
  const way = Array.from({ length: Math.abs(centre - at) + 1 }, (_, i) => at + i * step)
  const chain = linkChain(
    way.map((i) => forms[i]!),
    options,
  )
  const { gradients } = chain
  return {
    link: { stretch: chain.stretch, shift: chain.shift, variance: chain.variance },
    gradients: nothing && gradients && nothing.map((zero, i) => gradients[way.indexOf(i)] ?? zero),
    first: chain.links[0]!.anchors,
    converged: chain.converged,
  }
}

function meanVariance(variance: LinkVariance, mean: number): number {
  return Math.max(0, mean * mean * variance.stretch + 2 * mean * variance.covariance + variance.shift)
}

/** Forms between two grades enter both links, so their errors partly cancel: the difference of the gradients counts. */
function growthError(
  forms: readonly GradeForm[],
  low: GradeLink,
  high: GradeLink,
  lowMean: number,
  highMean: number,
): number | null {
  const [lows, highs] = [low.gradients, high.gradients]
  if (!lows || !highs) return null
  const gradients = forms.map((_, i) => {
    const [a, b] = [lows[i]!, highs[i]!]
    const size = a.length / 2
    // First row: nothing; second row: the change of the difference of means.
    return a.map((_, k) =>
      k < size ? 0 : highMean * b[k - size]! + b[k]! - (lowMean * a[k - size]! + a[k]!),
    )
  })
  return Math.sqrt(totalVariance(forms, gradients).shift)
}

function warningsOf(steps: readonly GradeStep[]): string[] {
  return steps.flatMap(({ from, to, growth, sdRatio, anchors }) => {
    const between = `grades ${from} and ${to}`
    return [
      ...(growth <= 0 ? [`no growth between ${between}`] : []),
      ...(sdRatio < 0.7 || sdRatio > 1.4 ? [`spread differs much between ${between}`] : []),
      ...(anchors.length < FEWEST_ANCHORS ? [`fewer than ${FEWEST_ANCHORS} anchors between ${between}`] : []),
    ]
  })
}
