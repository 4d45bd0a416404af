import { clusteringEffect } from '#stats/survey/index.ts'
import type { Cell, Difference } from '#terms/cell.ts'

/** What says how much less pupils tell when they sit in the same schools. */
export interface Clusters {
  /** pupils with a result in the place */
  pupils: number
  /** schools of the place that had some */
  schools: number
  /** how unequal schools of the country are: variance of pupils a school over its squared mean */
  spread: number
  /** share of the variance of results that lies between schools, of the country */
  correlation: number
}

const Z = 1.96 // of a 95 % interval

/**
 * By how much the variance of a mean is larger than if pupils were drawn one by one: 1 + (m − 1)·ρ, where m are the pupils of the school
 * of the average pupil, (pupils / schools)·(1 + spread). Nothing of it tells of one school: sizes are unequal as in the country, and so
 * is the likeness of pupils of one school.
 *
 * @returns  at least 1
 * @see      Kish (1965), Survey Sampling, 5.4 and 5.6
 */
export function clusterEffect({ pupils, schools, spread, correlation }: Clusters): number {
  if (schools < 1 || pupils < 1) return 1
  const size = Math.max(1, (pupils / schools) * (1 + spread))
  return clusteringEffect(size, Math.min(1, Math.max(0, correlation)))
}

/** The figure with the error and the interval that follow from a design effect. */
export function widened<Wide extends Cell>(cell: Wide, effect: number): Wide {
  if (cell.value === null || cell.low === null || cell.high === null) return cell
  const by = Math.sqrt(effect)
  return {
    ...cell,
    se: cell.se === null ? null : cell.se * by,
    low: cell.value - (cell.value - cell.low) * by,
    high: cell.value + (cell.high - cell.value) * by,
  }
}

/** The difference likewise, and what may be said of it then. */
export function widenedDifference(given: Difference, effect: number): Difference {
  const { difference } = given
  const se = given.se * Math.sqrt(effect)
  const [low, high] = [difference - Z * se, difference + Z * se]
  return {
    ...given,
    se,
    low,
    high,
    verdict: low > 0 ? 'higher' : high < 0 ? 'lower' : 'no_clear_difference',
  }
}
