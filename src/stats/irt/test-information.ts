import { abilityDerivatives, newAbilityDerivatives } from './ability-derivatives.ts'
import type { KnownItem } from './item.ts'
import { knownCurve, knownTest } from './known-items.ts'
import { probabilities } from './response-functions.ts'

/** What a test tells about ability, at each of some abilities. */
export interface TestInformation {
  /** Fisher information of the whole test, 1/logit² */
  readonly information: Float64Array
  /** standard error of an ability estimated there: 1/√information; infinite where there is none */
  readonly error: Float64Array
  /** expected sum of scores */
  readonly expectedScore: Float64Array
  /** information of each item: items × abilities */
  readonly byItem: Float64Array
}

/**
 * Information and conditional standard error of a test along ability.
 *
 * @throws RangeError for abilities that are not finite, or items that are no items
 */
export function testInformation(items: readonly KnownItem[], abilities: ArrayLike<number>): TestInformation {
  const n = abilities.length
  for (let i = 0; i < n; i++) {
    if (!Number.isFinite(abilities[i]!)) throw new RangeError('testInformation requires finite abilities')
  }
  const { layout, values, used } = knownTest(items, 'testInformation')
  const information = new Float64Array(n)
  const expectedScore = new Float64Array(n)
  const byItem = new Float64Array(items.length * n)
  layout.curves.forEach((curve, j) => {
    const at = newAbilityDerivatives(curve.scores.length)
    for (let i = 0; i < n; i++) {
      abilityDerivatives(curve, values, layout.at[j]!, abilities[i]!, at)
      let own = 0
      for (let c = 0; c < curve.scores.length; c++) {
        own += at.p[c]! * at.first[c]! * at.first[c]!
        expectedScore[i]! += at.p[c]! * curve.scores[c]!
      }
      byItem[used[j]!.column * n + i] = own
      information[i]! += own
    }
  })
  return { information, error: information.map((x) => 1 / Math.sqrt(x)), expectedScore, byItem }
}

/**
 * Probability of each score of an item at each ability: scores in use × abilities, score after score.
 *
 * @throws RangeError for abilities that are not finite, or an item that is none
 */
export function scoreProbabilities(item: KnownItem, abilities: ArrayLike<number>): Float64Array {
  const { curve, values } = knownCurve(item, 'scoreProbabilities')
  const n = abilities.length
  for (let i = 0; i < n; i++) {
    if (!Number.isFinite(abilities[i]!)) throw new RangeError('scoreProbabilities requires finite abilities')
  }
  if (curve.scores.length < 2) return new Float64Array(curve.scores.length * n).fill(1)
  const table = new Float64Array(curve.scores.length * n)
  probabilities(curve, values, 0, Float64Array.from(abilities), table, 0)
  return table
}
