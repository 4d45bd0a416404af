import {
  type CalibratedForm,
  type EstimatedLink,
  type LinkOptions,
  linkScales,
  parameterVariance,
} from './link-scales.ts'
import { chained, type LinkVariance, type ScaleLink, sameScale } from './scale-link.ts'

export interface ChainedLink extends ScaleLink {
  /** null unless every link has one */
  readonly variance: LinkVariance | null
  readonly standardErrors: { readonly stretch: number; readonly shift: number } | null
  readonly links: readonly EstimatedLink[]
  /** for each form, the derivatives of stretch (first row) and shift (second row) by its item parameters; null as above */
  readonly gradients: readonly Float64Array[] | null
  readonly converged: boolean
}

/**
 * The link from the first form to the last through forms that share items with their neighbours. The items of a form in
 * the middle enter two links; the errors take that into account.
 *
 * @param forms    two or more, in order
 * @param options  of each link; anchors are always all items in common
 * @throws         RangeError if there are fewer than two forms, or neighbours cannot be linked
 * @see            Battauz (2013), https://doi.org/10.1007/s11336-012-9316-y
 */
export function linkChain(
  forms: readonly CalibratedForm[],
  options: Omit<LinkOptions, 'anchors'> = {},
): ChainedLink {
  if (forms.length < 2) throw new RangeError('linkChain requires two or more forms')
  const links = forms.slice(1).map((form, i) => linkScales(forms[i]!, form, options))
  const whole = links.reduce<ScaleLink>(chained, sameScale)
  const gradients = links.every(({ gradient }) => gradient) ? formGradients(links) : null
  const variance = gradients && totalVariance(forms, gradients)
  return {
    ...whole,
    variance,
    standardErrors: variance && { stretch: Math.sqrt(variance.stretch), shift: Math.sqrt(variance.shift) },
    links,
    gradients,
    converged: links.every(({ converged }) => converged),
  }
}

/** A form in the middle of the chain enters two links: what it does through both adds up. */
function formGradients(links: readonly EstimatedLink[]): Float64Array[] {
  return Array.from({ length: links.length + 1 }, (_, form) => {
    const parts: Float64Array[] = []
    if (form > 0) parts.push(throughChain(links, form - 1, links[form - 1]!.gradient!.to))
    if (form < links.length) parts.push(throughChain(links, form, links[form]!.gradient!.from))
    return parts.reduce((a, b) => a.map((x, i) => x + b[i]!))
  })
}

/** What the derivatives of one link become in the whole chain. */
function throughChain(links: readonly ScaleLink[], at: number, gradient: Float64Array): Float64Array {
  const before = links.slice(0, at).reduce(chained, sameScale)
  const after = links.slice(at + 1).reduce(chained, sameScale)
  const size = gradient.length / 2
  return gradient.map((value, i) =>
    i < size
      ? after.stretch * before.stretch * value
      : after.stretch * (before.shift * gradient[i - size]! + value),
  )
}

/** Covariance of stretch and shift from all forms, taken as calibrated on different people. */
export function totalVariance(
  forms: readonly CalibratedForm[],
  gradients: readonly Float64Array[],
): LinkVariance {
  let [stretch, shift, covariance] = [0, 0, 0]
  forms.forEach((form, i) => {
    const part = parameterVariance(gradients[i]!, form.covariance!)
    stretch += part.stretch
    shift += part.shift
    covariance += part.covariance
  })
  return { stretch, shift, covariance }
}
