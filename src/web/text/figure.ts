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
  /** „no 5,1 līdz 5,9 (95 %)”, or nothing where the interval is too narrow to be seen in these decimals. */
  surely: (cell: Bounds) => string | null
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
  // Ends carry no plus, and the unit stands once, at the end.
  const ends = (low: number, high: number) =>
    unit === 'share'
      ? { low: number(100 * low, decimals), high: share(high, decimals) }
      : { low: number(low, decimals), high: number(high, decimals) }
  return {
    value,
    difference:
      unit === 'share'
        ? (x) => t('figure.percentPoints', { x: signed(100 * x, decimals) })
        : (x) => signed(x, decimals),
    interval: (low, high) => t('figure.interval', ends(low, high)),
    range: (low, high) => t('figure.range', ends(low, high)),
    surely: ({ low, high }) => {
      if (low === null || high === null || value(low) === value(high)) return null
      return t('figure.sure', { interval: t('figure.interval', ends(low, high)) })
    },
  }
}

/**
 * Enough decimals to show the interval, never more. Points have one, shares none; one more where the narrowest interval
 * would else not be seen, unless it could not be seen then either.
 */
export function decimalsFor(unit: Unit, shown: readonly Bounds[]): number {
  if (unit === 'pupils') return 0
  const perCent = unit === 'share' ? 100 : 1
  const halves = shown.flatMap(({ low, high }) =>
    low === null || high === null ? [] : [(perCent * (high - low)) / 2],
  )
  const narrowest = Math.min(...halves.filter((half) => half > 0))
  const usual = unit === 'share' ? 0 : 1
  const isFiner = narrowest < 10 ** -usual && narrowest >= 10 ** -(usual + 1) / 2
  const vanishes =
    unit === 'points_difference' && shown.some((cell) => [cell.low, cell.high].some(isLostIn(usual)))
  return isFiner || vanishes ? usual + 1 : usual
}

/** An end of an interval of a difference that would be written as zero although it is not: the reader would see no verdict. */
function isLostIn(decimals: number): (end: number | null) => boolean {
  return (end) => end !== null && Math.abs(end) > 10 ** -(decimals + 2) && Math.abs(end) < 10 ** -decimals / 2
}
