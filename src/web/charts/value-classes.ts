/** A class of figures as they are written: from `low` up to and including `high`; open ends are null. */
export interface ValueClass {
  low: number | null
  high: number | null
  /** how full its mark is, above 0 up to 1: the last class is full */
  share: number
}

/** Figures put into few classes. */
export interface ValueClasses {
  classes: readonly ValueClass[]
  /** Number of the class of a figure, from 0. */
  of: (value: number) => number
}

/**
 * Few classes of round width for a map. Figures are classed as they are written (rounded), so that no two that read the same
 * fall into different classes, and the ends of a class can be read off.
 *
 * @param values    figures in the unit they are written in, at least one
 * @param decimals  how many are written
 * @param isCount   counts differ by whole factors: steps then grow as 1, 2, 5, 10, … instead of being equal
 */
export function valueClasses(
  values: readonly number[],
  { decimals, isCount = false }: { decimals: number; isCount?: boolean },
): ValueClasses {
  if (values.length === 0 || !values.every(Number.isFinite)) {
    throw new RangeError('valueClasses requires one or more finite figures')
  }
  const unit = 10 ** decimals
  const whole = (x: number) => Math.round(x * unit)
  const least = whole(Math.min(...values))
  const most = whole(Math.max(...values))
  const edges = isCount ? growingEdges(least, most) : equalEdges(least, most)
  const classes = Array.from({ length: edges.length + 1 }, (_, k) => ({
    low: k === 0 ? null : edges[k - 1]! / unit,
    high: k === edges.length ? null : (edges[k]! - 1) / unit,
    share: (k + 1) / (edges.length + 1),
  }))
  return { classes, of: (value) => edges.filter((edge) => edge <= whole(value)).length }
}

const MOST = 5 // classes an eye can tell apart
const roundNumbers = Array.from({ length: 16 }, (_, k) => 10 ** k).flatMap((x) => [x, 2 * x, 5 * x])

/** Where classes of equal width begin, but for the first. All in units of the last written decimal. */
function equalEdges(least: number, most: number): number[] {
  if (least === most) return []
  const step = roundNumbers.find((x) => x * (MOST - 1) >= most - least)!
  const first = Math.floor(least / step) + 1
  return Array.from({ length: Math.floor(most / step) - first + 1 }, (_, k) => (first + k) * step)
}

/** Where classes begin that each hold figures several times as large as the one before. */
function growingEdges(least: number, most: number): number[] {
  const within = roundNumbers.filter((x) => x > least && x <= most)
  const every = Math.ceil(within.length / (MOST - 1))
  return within.filter((_, k) => (within.length - 1 - k) % every === 0)
}
