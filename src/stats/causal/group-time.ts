import { type ChangeMethod, effectOfChange } from './effect-of-change.ts'
import { type CheckedPanel, checkedPanel, type Panel } from './panel.ts'

export interface GroupTimeOptions {
  /** compare with units never treated (default), or with all that are not treated yet */
  readonly control?: 'never' | 'not yet'
  /** default 'doubly robust'; without covariates all three are the same */
  readonly method?: ChangeMethod
  /** periods before the start in which units may already react, default 0 */
  readonly anticipation?: number
  /** what earlier periods are compared with: the period before ('varying', default) or the last before treatment */
  readonly base?: 'varying' | 'universal'
}

/** Effect on one group in one period. Before the start it should be 0: a look at parallel trends. */
export interface GroupTimeEffect {
  readonly group: number
  readonly period: number
  readonly effect: number
  readonly standardError: number
  readonly isPost: boolean
  /** treated units and units compared with */
  readonly treated: number
  readonly controls: number
}

/** All group-time effects with what aggregation needs. */
export interface GroupTime {
  readonly panel: CheckedPanel
  readonly effects: readonly GroupTimeEffect[]
  /** one array of n per effect; standard error = √Σ(cluster sums²) / n */
  readonly influence: readonly Float64Array[]
  /** group and period without an effect, because nobody comparable is left */
  readonly skipped: readonly { readonly group: number; readonly period: number }[]
}

/**
 * Effects by group (units that start together) and period, for treatments that start at different times:
 * the change of the group since its last period before treatment, less the change of units not treated.
 *
 * @throws  RangeError if the panel is malformed, or there is no comparison at all
 * @see     Callaway, Sant'Anna (2021), Journal of Econometrics 225, 200–230, https://doi.org/10.1016/j.jeconom.2020.12.001
 */
export function groupTimeEffects(input: Panel, options: GroupTimeOptions = {}): GroupTime {
  const { control = 'never', method = 'doubly robust', anticipation = 0, base = 'varying' } = options
  if (!(anticipation >= 0 && anticipation < Infinity))
    throw new RangeError('groupTimeEffects requires anticipation of 0 or more')
  const panel = checkedPanel(input)
  const { n, periods, firstTreated, groups } = panel
  const T = periods.length
  const effects: GroupTimeEffect[] = []
  const influence: Float64Array[] = []
  const skipped: { group: number; period: number }[] = []
  for (const group of groups) {
    const lastBefore = periods.findLastIndex((t) => t + anticipation < group)
    for (let at = 0; at < T; at++) {
      const isPost = periods[at]! >= group
      const from = isPost || base === 'universal' || at > lastBefore ? lastBefore : at - 1
      if (from === at || (from < 0 && !isPost)) continue
      const limit = periods[Math.max(at, from)]! + anticipation
      const part = [...firstTreated.keys()].filter((i) => {
        const g = firstTreated[i]!
        return g === group || g === Infinity || (control === 'not yet' && g > limit)
      })
      const found = from < 0 ? undefined : effectIn(panel, part, group, from, at, method)
      if (!found) {
        skipped.push({ group, period: periods[at]! })
        continue
      }
      // Influence is per unit of the part; at the scale of the whole panel it counts n / m times.
      const whole = new Float64Array(n)
      for (const [k, i] of part.entries()) whole[i] = (n / part.length) * found.influence[k]!
      const treated = part.filter((i) => firstTreated[i] === group).length
      influence.push(whole)
      effects.push({
        group,
        period: periods[at]!,
        effect: found.effect,
        standardError: influenceError(panel, whole),
        isPost,
        treated,
        controls: part.length - treated,
      })
    }
  }
  if (effects.length === 0) throw new RangeError('groupTimeEffects requires units to compare with')
  return { panel, effects, influence, skipped }
}

function effectIn(
  panel: CheckedPanel,
  part: readonly number[],
  group: number,
  from: number,
  to: number,
  method: ChangeMethod,
) {
  const T = panel.periods.length
  const treated = Uint8Array.from(part, (i) => (panel.firstTreated[i] === group ? 1 : 0))
  if (!treated.includes(0)) return undefined
  const { columns } = panel
  const x = new Float64Array(part.length * columns)
  for (const [k, i] of part.entries()) x.set(panel.x.subarray(i * columns, (i + 1) * columns), k * columns)
  const change = Float64Array.from(part, (i) => panel.outcome[i * T + to]! - panel.outcome[i * T + from]!)
  const weights = Float64Array.from(part, (i) => panel.weights[i]!)
  return effectOfChange({ change, treated, x, columns, weights, method })
}

/** Standard error of a number from the influence of the n units on it, added up per cluster. */
export function influenceError(panel: CheckedPanel, influence: Float64Array): number {
  const sums = new Float64Array(panel.clusters)
  for (let i = 0; i < panel.n; i++) sums[panel.cluster[i]!]! += influence[i]!
  return Math.sqrt(sums.reduce((total, s) => total + s * s, 0)) / panel.n
}
