import { scaleLinear } from 'd3-scale'
import type { Indicator } from '#modules/indicators/model.ts'
import type { Assessment } from '#modules/records/model.ts'

/**
 * A horizontal scale in per cent of the width at hand. Charts are drawn with per cent across and pixels down, so that
 * one drawing fits a phone, a screen and paper, and its text keeps its size.
 */
export interface Scale {
  low: number
  high: number
  /** Position of a value: „37.5%”. Values outside are held at the edge. */
  at: (x: number) => string
  /** Position as a number 0–100. */
  percent: (x: number) => number
  ticks: readonly number[]
  /** decimals that tell every tick from the next */
  decimals: number
}

/** Ends beyond which no value can lie, such as the points of a test. */
export interface Limits {
  low: number
  high: number
}

/**
 * A scale that holds all values with a little room, from round number to round number, never beyond the limits. Where
 * there is only a lower limit (counts) it begins there, so that twice as many lie twice as far.
 */
export function scaleOver(values: readonly number[], limits: Limits | null = null, about = 5): Scale {
  const isCount = limits !== null && limits.high === Number.POSITIVE_INFINITY
  const low = Math.min(...values, ...(isCount ? [limits.low] : []))
  const high = Math.max(...values)
  if (!Number.isFinite(low) || !Number.isFinite(high)) return scaleFrom(0, 1, about)
  const room = (high - low || Math.abs(high) || 1) * 0.04
  const nice = scaleLinear([low - room, high + room], [0, 100]).nice(about)
  const [from, to] = nice.domain() as [number, number]
  return scaleFrom(Math.max(from, limits?.low ?? from), Math.min(to, limits?.high ?? to), about)
}

/**
 * The same for one row of figures that is read by itself: never narrower than what is worth a look (ten percentage points of
 * a share, a fifth of any other figure), so that a small difference does not fill the line.
 */
export function scaleAround(
  values: readonly number[],
  unit: Indicator['unit'],
  limits: Limits | null = null,
): Scale {
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const least = unit === 'share' ? 0.1 : 0.2 * Math.max(Math.abs(low), Math.abs(high))
  const missing = Math.max(0, least - (high - low)) / 2
  const ends = [low - missing, high + missing].map((end) =>
    limits === null ? end : Math.min(limits.high, Math.max(limits.low, end)),
  )
  return scaleOver(
    [...values, ...ends],
    limits === null || limits.high !== Number.POSITIVE_INFINITY ? limits : null,
    3,
  )
}

/** A scale between two given ends. */
export function scaleFrom(low: number, high: number, about = 5): Scale {
  const scale = scaleLinear([low, high], [0, 100]).clamp(true)
  const percent = (x: number) => Math.round(scale(x) * 100) / 100
  const ticks = scale.ticks(about)
  return { low, high, percent, at: (x) => `${percent(x)}%`, ticks, decimals: decimalsOf(ticks) }
}

/** Where the figures of an indicator can lie at all: counts from 0 up, a share in 0–1, points on the scale of their test. */
export function limitsOf(unit: Indicator['unit'], assessment: Assessment | null | undefined): Limits | null {
  if (unit === 'pupils') return { low: 0, high: Number.POSITIVE_INFINITY }
  if (unit === 'share') return { low: 0, high: 1 }
  if (unit === 'percentile') return { low: 0, high: 100 }
  if (unit === 'points' && assessment)
    return { low: assessment.scale.minimum, high: assessment.scale.maximum }
  return null
}

function decimalsOf([first, second]: readonly number[]): number {
  if (first === undefined || second === undefined) return 0
  return Math.max(0, -Math.floor(Math.log10(second - first) + 1e-9))
}
