import { type GroupTime, influenceError } from './group-time.ts'

/** An average of group-time effects. */
export interface AverageEffect {
  readonly effect: number
  readonly standardError: number
  /** n, for bands and combinations */
  readonly influence: Float64Array
}

/** Averages by one key, and over all of them. */
export interface Aggregation {
  /** `key`: periods since the start, first period of treatment, or calendar period */
  readonly parts: readonly (AverageEffect & { readonly key: number; readonly treated: number })[]
  readonly overall: AverageEffect
}

/**
 * Event study: effects by time since the start. Before the start they should be 0. Overall: plain mean over
 * the times from the start on.
 */
export function byExposure(result: GroupTime): Aggregation {
  const parts = average(
    result,
    (group, period) => periodsSince(result, group, period),
    () => true,
  )
  return {
    parts,
    overall: plainMean(
      result,
      parts.filter((part) => part.key >= 0),
    ),
  }
}

/** Effects by group: mean over its periods from the start on. Overall: weighted by size of the groups. */
export function byGroup(result: GroupTime): Aggregation {
  const { panel, effects, influence } = result
  const parts = panel.groups.flatMap((group) => {
    const at = [...effects.keys()].filter((k) => effects[k]!.group === group && effects[k]!.isPost)
    if (at.length === 0) return []
    const share = new Float64Array(at.length).fill(1 / at.length)
    const treated = effects[at[0]!]!.treated
    return [
      {
        key: group,
        treated,
        ...combined(
          result,
          at.map((k) => effects[k]!.effect),
          at.map((k) => influence[k]!),
          share,
        ),
      },
    ]
  })
  const sizes = groupSizes(
    result,
    parts.map((part) => part.key),
  )
  const effectsOfParts = parts.map((part) => part.effect)
  const overall = weighted(
    result,
    effectsOfParts,
    parts.map((part) => part.influence),
    sizes,
  )
  return { parts, overall }
}

/** Effects by calendar period, weighted by size of the groups treated by then. Overall: plain mean over periods. */
export function byPeriod(result: GroupTime): Aggregation {
  const parts = average(
    result,
    (_, period) => period,
    (isPost) => isPost,
  )
  return { parts, overall: plainMean(result, parts) }
}

/** One number: all effects from the start on, weighted by size of the groups. */
export function simpleAverage(result: GroupTime): AverageEffect {
  const [only] = average(
    result,
    () => 0,
    (isPost) => isPost,
  )
  if (!only) throw new RangeError('an average requires effects after the start of treatment')
  return { effect: only.effect, standardError: only.standardError, influence: only.influence }
}

/** Periods are counted by their place in the panel, so that years two apart are one step if none lies between. */
function periodsSince({ panel }: GroupTime, group: number, period: number): number {
  const start = panel.periods.findIndex((t) => t >= group)
  return panel.periods.indexOf(period) - start
}

function average(
  result: GroupTime,
  keyOf: (group: number, period: number) => number,
  counts: (isPost: boolean) => boolean,
) {
  const { effects, influence } = result
  const kept = [...effects.keys()].filter((k) => counts(effects[k]!.isPost))
  const keys = [...new Set(kept.map((k) => keyOf(effects[k]!.group, effects[k]!.period)))].sort(
    (a, b) => a - b,
  )
  return keys.map((key) => {
    const at = kept.filter((k) => keyOf(effects[k]!.group, effects[k]!.period) === key)
    const sizes = groupSizes(
      result,
      at.map((k) => effects[k]!.group),
    )
    const treated = new Map(at.map((k) => [effects[k]!.group, effects[k]!.treated]))
      .values()
      .reduce((a, b) => a + b, 0)
    return {
      key,
      treated,
      ...weighted(
        result,
        at.map((k) => effects[k]!.effect),
        at.map((k) => influence[k]!),
        sizes,
      ),
    }
  })
}

/** Share of each listed group among all units, and what each unit adds to it. */
function groupSizes({ panel }: GroupTime, groups: readonly number[]) {
  return groups.map((group) => {
    const member = panel.weights.map((w, i) => (panel.firstTreated[i] === group ? w : 0))
    return { share: member.reduce((a, b) => a + b, 0) / panel.n, member }
  })
}

/** Average with weights in proportion to group sizes, whose own sampling error is carried along. */
function weighted(
  result: GroupTime,
  effects: readonly number[],
  influence: readonly Float64Array[],
  sizes: ReturnType<typeof groupSizes>,
): AverageEffect {
  if (effects.length === 0) throw new RangeError('an average requires effects after the start of treatment')
  const total = sizes.reduce((sum, size) => sum + size.share, 0)
  const weights = Float64Array.from(sizes, (size) => size.share / total)
  const base = combined(result, effects, influence, weights)
  const whole = base.influence.slice()
  for (let i = 0; i < whole.length; i++) {
    let drift = 0
    for (const { share, member } of sizes) drift += member[i]! - share
    for (const [k, { share, member }] of sizes.entries()) {
      whole[i]! += effects[k]! * ((member[i]! - share) / total - (weights[k]! * drift) / total)
    }
  }
  return { effect: base.effect, standardError: influenceError(result.panel, whole), influence: whole }
}

function plainMean(result: GroupTime, parts: readonly AverageEffect[]): AverageEffect {
  if (parts.length === 0) throw new RangeError('an average requires effects after the start of treatment')
  const share = new Float64Array(parts.length).fill(1 / parts.length)
  return combined(
    result,
    parts.map((part) => part.effect),
    parts.map((part) => part.influence),
    share,
  )
}

function combined(
  result: GroupTime,
  effects: readonly number[],
  influence: readonly Float64Array[],
  weights: Float64Array,
): AverageEffect {
  const whole = new Float64Array(result.panel.n)
  for (const [k, own] of influence.entries())
    for (let i = 0; i < whole.length; i++) whole[i]! += weights[k]! * own[i]!
  const effect = effects.reduce((sum, value, k) => sum + weights[k]! * value, 0)
  return { effect, standardError: influenceError(result.panel, whole), influence: whole }
}
