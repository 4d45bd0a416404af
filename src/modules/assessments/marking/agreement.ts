import { cohenKappa } from '#stats/classical/index.ts'
import { cusum, wilson } from '#stats/smallarea/index.ts'
import type { Agreement, ItemAgreement, MarkerReport, SuggestionRecord } from './model.ts'

/** A mark beside what it is held against: the other marker's, or the points of a control. */
export interface MarkPair {
  item: string
  most: number
  /** uuid */
  marker: string
  ofControl: boolean
  /** of the two rows of a pair, one */
  isFirst: boolean
  points: number
  otherPoints: number
  /** points that stand; null while a third person has to read the answer */
  settled: number | null
  at: string
}

/** The watch on a marker: half the shift that matters, and when it rings, in standard deviations (docs/assessments/marking.md). */
const SLACK = 0.5
const LIMIT = 4
/** Points; where markers of an item hardly ever differ, one difference must not ring at once. */
const LEAST_SPREAD = 0.5
const Z = 1.959964 // of a 95 % interval

/** How far pairs of points agree. */
export function agreementOf(
  pairs: readonly { points: number; otherPoints: number; most: number }[],
): Agreement {
  const n = pairs.length
  if (n === 0) {
    return {
      n,
      exact: null,
      exactLow: null,
      exactHigh: null,
      kappa: null,
      kappaLow: null,
      kappaHigh: null,
      bias: null,
    }
  }
  const levels = Math.max(...pairs.map(({ most }) => most)) + 1
  const table = Array.from({ length: levels }, () => Array<number>(levels).fill(0))
  for (const { points, otherPoints } of pairs) table[points]![otherPoints]! += 1
  const { kappa, standardError, exact, bias } = cohenKappa(table, 'quadratic')
  const same = pairs.filter(({ points, otherPoints }) => points === otherPoints).length
  const { low, high } = wilson(same, n)
  const isTold = kappa !== null && n >= 2
  const reach = Z * (standardError ?? 0)
  return {
    n,
    exact,
    exactLow: low,
    exactHigh: high,
    kappa: isTold ? kappa : null,
    kappaLow: isTold ? Math.max(-1, kappa - reach) : null,
    kappaHigh: isTold ? Math.min(1, kappa + reach) : null,
    bias,
  }
}

/** Agreement of the two who marked an answer, by item. */
export function agreementByItem(pairs: readonly MarkPair[]): ItemAgreement[] {
  const between = pairs.filter(({ ofControl, isFirst }) => !ofControl && isFirst)
  return groups(between, ({ item }) => item).map(([item, own]) => ({
    item,
    most: own[0]!.most,
    between: { ...agreementOf(own), bias: own.length > 0 ? 0 : null },
  }))
}

/** One marker against the others, against the controls, and over time. */
export function agreementOfMarker(
  marker: string,
  pairs: readonly MarkPair[],
): Pick<MarkerReport, 'between' | 'controls' | 'items' | 'drift'> {
  const own = pairs.filter((each) => each.marker === marker)
  const between = own.filter(({ ofControl }) => !ofControl)
  return {
    between: agreementOf(between),
    controls: agreementOf(own.filter(({ ofControl }) => ofControl)),
    items: groups(between, ({ item }) => item).map(([item, of]) => ({ item, between: agreementOf(of) })),
    drift: driftOf(own, spreads(pairs)),
  }
}

/**
 * The watch on a marker: each mark that can be checked is held against the points that stand, divided by how much marks of that item
 * are off as a rule, and gathered: `high` ← max(0, high + z − 0.5), `low` ← max(0, low − z − 0.5). Over 4 it rings.
 *
 * @param own      marks of the marker in order of time
 * @param usual    by item: root of the mean squared deviation of all markers, points
 */
export function driftOf(own: readonly MarkPair[], usual: ReadonlyMap<string, number>): MarkerReport['drift'] {
  const checked = own.filter(({ settled }) => settled !== null)
  const z = checked.map(({ item, points, settled }) => (points - settled!) / usual.get(item)!)
  const { high, low, firstHigh, firstLow } = cusum(z, { target: 0, slack: SLACK, limit: LIMIT })
  const alarm =
    firstHigh === null && firstLow === null
      ? null
      : (firstHigh ?? Number.POSITIVE_INFINITY) < (firstLow ?? Number.POSITIVE_INFINITY)
        ? ('generous' as const)
        : ('severe' as const)
  return {
    steps: checked.map(({ at }, step) => ({ at, high: high[step]!, low: low[step]! })),
    limit: LIMIT,
    alarm,
  }
}

function spreads(pairs: readonly MarkPair[]): Map<string, number> {
  return new Map(
    groups(pairs, ({ item }) => item).map(([item, own]) => {
      const deviations = own.flatMap(({ points, settled }) => (settled === null ? [] : [points - settled]))
      const mean = deviations.reduce((sum, each) => sum + each * each, 0) / Math.max(1, deviations.length)
      return [item, Math.max(LEAST_SPREAD, Math.sqrt(mean))]
    }),
  )
}

/** Counts of suggested and given points of one item. */
export interface SuggestionCount {
  item: string
  suggester: string
  most: number
  suggested: number
  given: number
  n: number
}

/** How suggestions nobody had looked at agree with people, by item and suggester. */
export function suggestionRecords(counts: readonly SuggestionCount[]): SuggestionRecord[] {
  return groups(counts, ({ item, suggester }) => `${item}\n${suggester}`).map(([, own]) => {
    const { item, suggester, most } = own[0]!
    const table = Array.from({ length: most + 1 }, () => Array<number>(most + 1).fill(0))
    for (const { suggested, given, n } of own) table[Math.min(most, suggested)]![given]! += n
    const { kappa, exact, cases } = cohenKappa(table, 'quadratic')
    const { low, high } = wilson(Math.round(exact * cases), cases)
    return { item, suggester, n: cases, exact, low, high, kappa: cases >= 2 ? kappa : null }
  })
}

function groups<Each>(all: readonly Each[], nameOf: (each: Each) => string): [string, Each[]][] {
  return [...Map.groupBy(all, nameOf)].toSorted(([a], [b]) => (a < b ? -1 : 1))
}
