import type { KnownItem } from '#stats/irt/index.ts'
import {
  anchorDrift,
  anchorError,
  type CalibratedForm,
  chained,
  type DriftReport,
  type LinkVariance,
  linkScales,
  type ScaleLink,
} from '#stats/linking/index.ts'
import type { Scale } from './model.ts'
import type { ScalingSettings } from './settings.ts'

/** A round that was scaled before, to whose scale another can be carried. */
export interface EarlierRun {
  round: string
  domain: string
  grade: number
  schoolYear: number
  form: CalibratedForm
  scale: Scale
}

/** How a round came to its scale, or why it has one of its own. */
export interface Linking {
  scale: Scale
  /** one for every earlier run that was tried, the one in use last */
  tries: LinkTry[]
}

export interface LinkTry {
  round: string
  grade: number
  schoolYear: number
  /** anchors the two rounds have in common, those left out by decision not counted */
  anchors: number
  drift: DriftReport | null
  /** why it does not hold; null: it does */
  fault:
    | 'too few anchors'
    | 'too few stable anchors'
    | 'anchors drift'
    | 'curves do not determine a link'
    | null
}

interface Own {
  domain: string
  grade: number
  schoolYear: number
  isRehearsal: boolean
  form: CalibratedForm
  /** names of items that are anchors of this round and not left out */
  anchors: ReadonlySet<string>
  /** of ability, in logits of the round */
  population: { mean: number; sd: number }
}

/**
 * The scale of a round: that of the latest round of its grade its anchors lead to; else that of grade 6, where anchors between the
 * grades hold; else one of its own. The first round of grade 6 makes the scale of its domain.
 */
export function findScale(own: Own, earlier: readonly EarlierRun[], settings: ScalingSettings): Linking {
  const tries: LinkTry[] = []
  const known = own.isRehearsal ? [] : earlier.filter(({ domain }) => domain === own.domain)
  const sameGrade = known
    .filter((run) => run.grade === own.grade)
    .sort((a, b) => b.schoolYear - a.schoolYear || (a.round < b.round ? 1 : -1))
  const ofGradeSix = known
    .filter((run) => run.grade === 6 && own.grade !== 6)
    .sort((a, b) => Math.abs(own.schoolYear - a.schoolYear) - Math.abs(own.schoolYear - b.schoolYear))
  for (const [run, least] of [
    ...sameGrade.map((run) => [run, settings.anchors] as const),
    ...ofGradeSix.map((run) => [run, settings.anchorsBetweenGrades] as const),
  ]) {
    const scale = linkTo(own, run, least, tries)
    if (scale) return { scale, tries }
  }
  return { scale: ownScale(own, sameGrade.length > 0, settings), tries }
}

function linkTo(own: Own, run: EarlierRun, least: number, tries: LinkTry[]): Scale | null {
  const there = new Map(run.form.items.map((item) => [item.id, item]))
  const anchors = own.form.items
    .filter((item) => own.anchors.has(item.id) && isAlike(item, there.get(item.id)))
    .map(({ id }) => id)
  const { round, grade, schoolYear } = run
  const about = { round, grade, schoolYear, anchors: anchors.length }
  if (anchors.length < least || anchors.length < 3) {
    tries.push({ ...about, drift: null, fault: 'too few anchors' })
    return null
  }
  const drift = anchorDrift(run.form.items, own.form.items, { anchors })
  if (drift.stable.length < least) {
    tries.push({ ...about, drift, fault: 'too few stable anchors' })
    return null
  }
  if (drift.warnings.length > 0) {
    tries.push({ ...about, drift, fault: 'anchors drift' })
    return null
  }
  const link = linkScales(own.form, run.form, { anchors: drift.stable })
  if (!link.converged) {
    tries.push({ ...about, drift, fault: 'curves do not determine a link' })
    return null
  }
  tries.push({ ...about, drift, fault: null })
  const toBase = chained(link, run.scale.toBase)
  const variance = chainedVariance(link, run.scale.toBase)
  // What the choice of anchors brings: on logits of this round, carried to those of the base.
  const chosen =
    toBase.stretch * anchorError(drift.anchors.filter(({ stable }) => stable).map(({ shift }) => shift))
  const chosenError = Math.hypot(chosen, run.scale.anchorError)
  const { mean } = own.population
  const sampled = variance.shift + 2 * mean * variance.covariance + mean * mean * variance.stretch
  return {
    name: run.scale.name,
    kind: run.grade === own.grade ? 'linked' : 'vertical',
    linkedTo: run.round,
    anchors: [...drift.stable],
    toBase: { stretch: toBase.stretch, shift: toBase.shift, variance },
    anchorError: chosenError,
    reporting: run.scale.reporting,
    linkError: run.scale.reporting.stretch * Math.sqrt(Math.max(0, sampled) + chosenError ** 2),
  }
}

/** Whether an item has the same curve family and scores in both rounds, so that it can link them. */
function isAlike(one: KnownItem, other: KnownItem | undefined): boolean {
  return (
    other !== undefined &&
    one.slope > 0 &&
    other.slope > 0 &&
    one.scores.length > 1 &&
    one.scores.length === other.scores.length &&
    one.scores.every((score, k) => score === other.scores[k])
  )
}

function ownScale(own: Own, hasEarlier: boolean, { mean, sd }: ScalingSettings): Scale {
  const stretch = sd / own.population.sd
  const isBase = own.grade === 6 && !hasEarlier && !own.isRehearsal
  const plain = `${own.domain}-${own.grade}`
  return {
    name: own.isRehearsal
      ? `${plain}-${own.schoolYear}-rehearsal`
      : hasEarlier
        ? `${plain}-${own.schoolYear}`
        : plain,
    kind: isBase ? 'base' : 'own',
    linkedTo: null,
    anchors: [],
    toBase: { stretch: 1, shift: 0, variance: { stretch: 0, shift: 0, covariance: 0 } },
    anchorError: 0,
    reporting: { stretch, shift: mean - stretch * own.population.mean },
    linkError: 0,
  }
}

/** Errors of two links after each other, taken as independent of each other. */
function chainedVariance(
  first: ScaleLink & { variance: LinkVariance | null },
  second: Scale['toBase'],
): LinkVariance {
  const one = first.variance ?? { stretch: 0, shift: 0, covariance: 0 }
  const other = second.variance
  // stretch = s₁s₂ and shift = s₂h₁ + h₂
  const { stretch: s1, shift: h1 } = first
  const { stretch: s2 } = second
  return {
    stretch: s2 * s2 * one.stretch + s1 * s1 * other.stretch,
    shift: s2 * s2 * one.shift + h1 * h1 * other.stretch + 2 * h1 * other.covariance + other.shift,
    covariance: s2 * s2 * one.covariance + s1 * (h1 * other.stretch + other.covariance),
  }
}
