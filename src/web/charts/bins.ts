import { tickStep } from './tick-step.ts'

export interface Bin {
  from: number
  to: number
  /** one value only, or all from `from` up to but not including `to` (the last bin includes its end) */
  single: boolean
  n: number
}

type Values = readonly { value: number; n: number }[]

/**
 * Bars of a distribution. Few different values: one bar each. Many: equal steps of a round width. Two distributions
 * drawn together get the same bins, so `also` widens them.
 *
 * @param values  people at each value
 * @param also    a second distribution that must fit the same bars
 * @param most    the largest number of bars
 */
export function binsOf(values: Values, also: Values = [], most = 16): Bin[] {
  const distinct = [...new Set([...values, ...also].map(({ value }) => value))].sort((a, b) => a - b)
  if (distinct.length === 0) return []
  if (distinct.length <= most) {
    const people = new Map<number, number>()
    for (const { value, n } of values) people.set(value, (people.get(value) ?? 0) + n)
    return distinct.map((value) => ({ from: value, to: value, single: true, n: people.get(value) ?? 0 }))
  }
  const low = distinct[0]!
  const high = distinct.at(-1)!
  const step = tickStep(high - low, most)
  const first = Math.floor(low / step)
  const count = Math.max(1, Math.ceil(high / step) - first)
  const bins = Array.from({ length: count }, (_, k) => ({
    from: round((first + k) * step),
    to: round((first + k + 1) * step),
    single: false,
    n: 0,
  }))
  for (const { value, n } of values) {
    const k = Math.min(count - 1, Math.max(0, Math.floor(value / step + 1e-9) - first))
    bins[k]!.n += n
  }
  return bins
}

function round(x: number): number {
  return Number(x.toPrecision(12))
}
