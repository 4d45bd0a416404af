import type { Quadrature } from '../numeric/quadrature.ts'
import { type Expectation, fillLikelihood, newExpectation } from './expectation.ts'
import type { KnownItem } from './item.ts'
import { jointPatterns } from './joint-patterns.ts'
import { checkResponses, type KnownTest, knownTest } from './known-items.ts'
import { normalPrior, type Prior, type PriorClasses, priorClasses } from './prior-classes.ts'
import { probabilities } from './response-functions.ts'

/** Answers to known items, ready for sums over nodes: tables are filled, equal rows stand once. */
export interface ScoredRows {
  readonly test: KnownTest
  readonly persons: number
  readonly classes: PriorClasses
  readonly work: Expectation
  readonly quadrature: Quadrature
}

/**
 * @param who  name of the caller, for refusals
 * @throws     RangeError that says what is required
 */
export function scoredRows(
  responses: Int8Array,
  items: readonly KnownItem[],
  prior: Prior,
  quadrature: Quadrature,
  who: string,
): ScoredRows {
  const persons = checkResponses(responses, items, who)
  const test = knownTest(items, who)
  const classes = priorClasses(prior, persons, who)
  const patterns = jointPatterns({
    responses,
    persons,
    columns: items.length,
    used: test.used,
    priorClass: classes.classOf,
    weights: undefined,
  })
  const points = quadrature.nodes.length
  const work = newExpectation(patterns, points, test.layout.responseAt.at(-1)!, classes.means.length)
  test.layout.curves.forEach((curve, j) => {
    const to = test.layout.responseAt[j]! * points
    probabilities(curve, test.values, test.layout.at[j]!, quadrature.nodes, work.probability, to)
  })
  fillLikelihood(work)
  classes.means.forEach((mean, c) => {
    normalPrior(quadrature, mean, Math.sqrt(classes.variances[c]!), work.prior, c * points)
  })
  return { test, persons, classes, work, quadrature }
}

/** Answers to scores for which an item has no parameters: they were read as no answer. */
export function unreadAnswers(responses: Int8Array, items: readonly KnownItem[]): number {
  const known = items.map(({ scores }) => new Set(scores))
  let count = 0
  for (let at = 0; at < responses.length; at++) {
    const scores = known[at % items.length]!
    if (responses[at]! >= 0 && scores.size > 1 && !scores.has(responses[at]!)) count++
  }
  return count
}
