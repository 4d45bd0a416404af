import type { Indicator } from '#modules/indicators/model.ts'
import type { Cell } from '#terms/cell.ts'
import type { Language } from './language.ts'

/** How the figures of one indicator are written: the same decimals for all that stand side by side. */
export interface FigureWriter {
  /** The figure itself: „5,8”, „52 %”, „31 022”, „+0,4”. */
  value: (x: number) => string
  /** Difference of two figures, always with its sign: „+0,9”, „−3 %-p.”. */
  difference: (x: number) => string
  /** „no 5,1 līdz 5,9” */
  interval: (low: number, high: number) => string
  /** The two ends without a preposition, for tables: „5,1 līdz 5,9”. */
  range: (low: number, high: number) => string
}

type Unit = Indicator['unit']
type Bounds = Pick<Cell, 'low' | 'high'>

export function figureWriter(language: Language, unit: Unit, shown: readonly Bounds[]): FigureWriter {
  const { t, count, number, signed, share } = language
  const decimals = decimalsFor(unit, shown)
  const value = {
    pupils: count,
    share: (x: number) => share(x, decimals),
    points: (x: number) => number(x, decimals),
    points_difference: (x: number) => signed(x, decimals),
  }[unit]
  const bare = unit === 'share' ? (x: number) => number(100 * x, decimals) : value
  return {
    value,
    difference:
      unit === 'share'
        ? (x) => t('figure.percentPoints', { x: signed(100 * x, decimals) })
        : (x) => signed(x, decimals),
    interval: (low, high) => t('figure.interval', { low: bare(low), high: value(high) }),
    range: (low, high) => t('figure.range', { low: bare(low), high: value(high) }),
  }
}

/**
 * Enough decimals to show the interval, never more: one more than usual when the narrowest interval is narrower than a
 * fifth of the last decimal place would let see. Points have one decimal, shares none.
 */
export function decimalsFor(unit: Unit, shown: readonly Bounds[]): number {
  if (unit === 'pupils') return 0
  const perCent = unit === 'share' ? 100 : 1
  const halves = shown.flatMap(({ low, high }) =>
    low === null || high === null ? [] : [(perCent * (high - low)) / 2],
  )
  const narrowest = Math.min(...halves.filter((half) => half > 0))
  const usual = unit === 'share' ? 0 : 1
  return narrowest < 10 ** -usual ? usual + 1 : usual
}
