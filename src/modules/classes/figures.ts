import {
  differenceFromWhole,
  type MeanDifference,
  type Moments,
  meanOf,
  type RatioSums,
  ratioDifferenceFromWhole,
  ratioOf,
} from '#stats/describe/index.ts'
import { wilson } from '#stats/smallarea/wilson.ts'
import type { Difference } from '#terms/cell.ts'
import { type ClassEstimate, type ClassFigure, type ClassMarks, ClassMeasure } from './model.ts'

/** Sums of one measure and subject, as the database tells them. */
export interface ClassSums {
  measure: string
  subject: string
  side: 'class' | 'school'
  /** learners; of lessons classes */
  facts: number
  sumY: number
  sumYY: number
  sumW: number
  sumWW: number
  sumWY: number
  /** marks, and learners at each; null of everything else */
  vals: number[] | null
  counts: number[] | null
}

const shares: readonly string[] = ['ACH-02', 'ACH-03', 'CON-03', 'CON-04', 'SAF-04']
const ratios: readonly string[] = ['TEA-02', 'SAF-03', 'missed']
/** Scores may be below zero, depending on their scale; lessons and minutes not, nor then the interval they lie in. */
const scores: readonly string[] = ['ACH-01', 'ACH-05']

/** Figures of a class beside its school, in the order of the framework and then by subject. */
export function figuresOfClass(sums: readonly ClassSums[]): ClassFigure[] {
  return ClassMeasure.options.flatMap((measure) =>
    pairs(sums.filter((each) => each.measure === measure)).map(({ subject, own, school }) => ({
      measure,
      subject,
      own: estimateOf(own),
      school: school && estimateOf(school),
      difference: school && differenceOf(own, school),
    })),
  )
}

/** How marks are spread in a class and beside it, by subject. */
export function marksOfClass(sums: readonly ClassSums[]): ClassMarks[] {
  const ofMarks = sums.filter(({ measure }) => measure.startsWith('marks '))
  return pairs(ofMarks).map(({ subject, own, school }) => {
    const [, scale, markOf] = own.measure.split(' ') as ['marks', ClassMarks['scale'], ClassMarks['markOf']]
    return { subject, scale, markOf, own: markCounts(own), school: school && markCounts(school) }
  })
}

/** How many of a class there are of something that is only counted; null: it is not known. */
export function countOf(sums: readonly ClassSums[], measure: 'pupils' | 'girls'): number | null {
  const own = sums.find((each) => each.measure === measure && each.side === 'class')
  return own ? own.sumY : null
}

function pairs(sums: readonly ClassSums[]) {
  const bySubject = Map.groupBy(sums, ({ measure, subject }) => `${subject} ${measure}`)
  return [...bySubject.keys()].sort().flatMap((key) => {
    const both = bySubject.get(key)!
    const own = both.find(({ side }) => side === 'class')
    const school = both.find(({ side }) => side === 'school') ?? null
    return own ? [{ subject: own.subject, own, school }] : []
  })
}

function estimateOf(sums: ClassSums): ClassEstimate {
  const { measure, facts: n, sumY } = sums
  if (shares.includes(measure)) return { n, value: sumY / n, ...wilson(sumY, n) }
  if (ratios.includes(measure)) {
    const { value, low, high } = ratioOf(ratioSums(sums))
    return { n, value, low: low && Math.max(0, low), high }
  }
  const { mean, low, high } = meanOf(moments(sums))
  return { n, value: mean, low: low && !scores.includes(measure) ? Math.max(0, low) : low, high }
}

/** The class minus everybody else of these grades; null where there is nobody else or chance cannot be judged. */
function differenceOf(own: ClassSums, school: ClassSums): Difference | null {
  if (school.facts <= own.facts) return null
  return toldOf(
    ratios.includes(own.measure)
      ? ratioDifferenceFromWhole(ratioSums(own), ratioSums(school))
      : differenceFromWhole(moments(own), moments(school)),
  )
}

function toldOf({ value, standardError, low, high, clear }: MeanDifference): Difference | null {
  if (value === null || standardError === null || low === null || high === null) return null
  const verdict = !clear ? 'no_clear_difference' : low > 0 ? 'higher' : 'lower'
  return { difference: value, se: standardError, low, high, verdict }
}

function moments({ facts: n, sumY: sum, sumYY: sumOfSquares }: ClassSums): Moments {
  return { n, sumWeights: n, sumWeightsSquared: n, sum, sumOfSquares }
}

function ratioSums({ facts, sumY, sumW, sumYY, sumWW, sumWY }: ClassSums): RatioSums {
  return { rows: facts, y: sumY, w: sumW, yy: sumYY, ww: sumWW, wy: sumWY }
}

function markCounts({ facts: n, sumY, vals, counts }: ClassSums): ClassMarks['own'] {
  return { n, mean: sumY / n, counts: (vals ?? []).map((mark, at) => ({ mark, n: counts![at]! })) }
}
