import type { CubeCell, Indicator } from '#modules/indicators/model.ts'
import { residualSquares } from '#stats/describe/index.ts'
import type { Rule } from './model.ts'
import { ratioSumsOf } from './primary.ts'

/** A figure that an earlier release told. */
export interface EarlierCell extends Omit<CubeCell, 'sumYY' | 'plausible' | 'facts' | 'sumWW' | 'sumWY'> {}

/** What an earlier release gives away together with this one. */
export interface Revision {
  /** the same number was told before: it can be hidden no more */
  readonly isTold: boolean
  /** told again, the figure would give away the few people by whom it differs */
  readonly reveals: boolean
  /** as `reveals`, of the distribution, whose counts are exact */
  readonly spreadReveals: boolean
}

/**
 * Compares a figure with those that earlier releases told of the same unit. Where 1 … minimum − 1 people came or went, the
 * difference of the two sums is the sum of the few. Told means are rounded, and in a large unit the rounding hides the few: it is
 * enough when the mean of the few is known no better than to a standard deviation of the cell. Ratios are asked where every
 * row of them is a person.
 *
 * @param earlier  of the same indicator in any version, year, unit, subject and category
 */
export function revisionOf(
  cell: CubeCell,
  { kind }: Pick<Indicator, 'kind'>,
  rule: Rule,
  earlier: readonly EarlierCell[],
): Revision {
  const rounded = kind === 'mean' || kind === 'ratio' ? roundedTo(cell, rule) : cell
  const few = earlier.filter(({ n }) => n !== cell.n && Math.abs(n - cell.n) < rule.minimum)
  const isTold = earlier.some(
    ({ n, sumY, sumW }) =>
      n === cell.n && sumW === cell.sumW && (sumY === null || sumY === cell.sumY || sumY === rounded.sumY),
  )
  const minds =
    kind === 'mean' ||
    (kind === 'share' && rule.groupDisclosure) ||
    (kind === 'ratio' && cell.facts === cell.n)
  const reveals = few.some((before) => {
    if (!minds) return false
    if (kind === 'share') return true
    const now = uncertaintyOfSum(cell.sumW ?? cell.n, rule)
    const uncertain = now + (before.values ? 0 : uncertaintyOfSum(before.sumW ?? before.n, rule))
    return uncertain / Math.abs(cell.n - before.n) < deviation(cell)
  })
  return { isTold, reveals, spreadReveals: few.some(({ values }) => values !== null) }
}

/** Half the width of the interval in which a sum lies, when it is told divided by `n` with the rule's decimals. */
function uncertaintyOfSum(n: number, { decimals }: Rule): number {
  return decimals === null ? 0 : 0.5 * 10 ** -decimals * n
}

/** Standard deviation, from moments that do not know the values; 0 where there are none. */
function deviation({ n, sumY, sumYY }: CubeCell): number {
  if (sumY === null || sumYY === null || n < 2) return 0
  return Math.sqrt(Math.max(0, (sumYY - (sumY * sumY) / n) / (n - 1)))
}

/**
 * The cell with mean and standard deviation rounded to the rule's decimals, so that everything derived from it is
 * derived from the rounded ones. For means and ratios; counts, shares and cells whose distribution is told stay as they are.
 */
export function roundedTo(cell: CubeCell, rule: Rule): CubeCell {
  return cell.sumW === null ? roundedMean(cell, rule) : roundedRatio(cell, rule)
}

function roundedMean(cell: CubeCell, { decimals }: Rule): CubeCell {
  const { n, sumY, sumYY, plausible } = cell
  if (decimals === null || sumY === null || sumYY === null || n === 0) return cell
  const round = roundingTo(decimals)
  const mean = round(sumY / n)
  const sd = round(deviation(cell))
  return {
    ...cell,
    sumY: n * mean,
    sumYY: n * mean * mean + (n - 1) * sd * sd,
    // how plausible values differ says nothing about anybody; where they lie follows the rounded mean
    ...(plausible && { plausible: plausible.map((sum) => n * mean + (sum - sumY)) }),
  }
}

/** The ratio to the rule's decimals; its residuals to three significant digits, which an interval does not miss. */
function roundedRatio(cell: CubeCell, { decimals }: Rule): CubeCell {
  const { sumY, sumW, sumWW, sumWY } = cell
  if (decimals === null || sumY === null || sumWW === null || sumWY === null || !(sumW! > 0)) return cell
  const ratio = roundingTo(decimals)(sumY / sumW!)
  const around = Number(residualSquares(ratioSumsOf(cell)).toPrecision(3))
  return { ...cell, sumY: ratio * sumW!, sumYY: around + 2 * ratio * sumWY - ratio * ratio * sumWW }
}

function roundingTo(decimals: number): (figure: number) => number {
  return (figure) => Number(figure.toFixed(decimals)) + 0 // never −0
}
