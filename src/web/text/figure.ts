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
  const { t, number, signed, share } = language
  const decimals = decimalsFor(unit, shown)
  const plain = (x: number) => `${number(x, decimals)}${after(unit)}`
  const value =
    unit === 'share'
      ? (x: number) => share(x, decimals)
      : unit === 'points_difference'
        ? (x: number) => signed(x, decimals)
        : plain
  // Ends carry no plus, and the unit stands once, at the end.
  const ends = (low: number, high: number) =>
    unit === 'share'
      ? { low: number(100 * low, decimals), high: share(high, decimals) }
      : { low: number(low, decimals), high: plain(high) }
  return {
    value,
    difference:
      unit === 'share'
        ? (x) => t('figure.percentPoints', { x: signed(100 * x, decimals) })
        : (x) => `${signed(x, decimals)}${after(unit)}`,
    interval: (low, high) => t('figure.interval', ends(low, high)),
    range: (low, high) => t('figure.range', ends(low, high)),
    surely: ({ low, high }) => {
      if (low === null || high === null || value(low) === value(high)) return null
      return t('figure.sure', { interval: t('figure.interval', ends(low, high)) })
    },
  }
}

const NBSP = '\u00a0'

/** Units with a sign that is written after every number, the same in both languages. */
const signs: Partial<Record<Unit, string>> = {
  eur: '€',
  eur_per_pupil: '€',
  m2: 'm²',
  minutes: 'min',
  kilometres: 'km',
}

function after(unit: Unit): string {
  const sign = signs[unit]
  return sign ? NBSP + sign : ''
}

/** Units of which nobody reads a tenth where the interval does not ask for it. */
const coarse: ReadonlySet<Unit> = new Set(['share', 'eur_per_pupil', 'minutes'])

/**
 * Enough decimals to show the interval, never more. Points and ratios have one, shares none; one more where the narrowest interval
 * would else not be seen, unless it could not be seen then either.
 */
export function decimalsFor(unit: Unit, shown: readonly Bounds[]): number {
  if (isWhole(unit)) return 0
  const perCent = unit === 'share' ? 100 : 1
  const halves = shown.flatMap(({ low, high }) =>
    low === null || high === null ? [] : [(perCent * (high - low)) / 2],
  )
  const narrowest = Math.min(...halves.filter((half) => half > 0))
  const usual = coarse.has(unit) ? 0 : 1
  const isFiner = narrowest < 10 ** -usual && narrowest >= 10 ** -(usual + 1) / 2
  const vanishes =
    unit === 'points_difference' && shown.some((cell) => [cell.low, cell.high].some(isLostIn(usual)))
  return isFiner || vanishes ? usual + 1 : usual
}

function isWhole(unit: Unit): boolean {
  return unit === 'pupils' || unit === 'people' || unit === 'eur'
}

/** An end of an interval of a difference that would be written as zero although it is not: the reader would see no verdict. */
function isLostIn(decimals: number): (end: number | null) => boolean {
  return (end) => end !== null && Math.abs(end) > 10 ** -(decimals + 2) && Math.abs(end) < 10 ** -decimals / 2
}
