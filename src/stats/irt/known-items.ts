import { logit } from '../numeric/special.ts'
import { type Curve, familyOf, type KnownItem } from './item.ts'
import { type Layout, newLayout } from './layout.ts'

/** Items with known parameters as the arithmetic sees them; items that say nothing about ability are left out. */
export interface KnownTest {
  readonly layout: Layout
  readonly values: Float64Array
  /** item of the layout → position among the items given, and score → position among its scores, −1 for none */
  readonly used: readonly { readonly column: number; readonly position: Int8Array; readonly scores: number }[]
}

/** The curve and the parameters of an item with two scores or more. @throws RangeError if it is no item */
export function knownCurve(item: KnownItem, who: string): { curve: Curve; values: Float64Array } {
  checkKnown(item, who)
  const guesses = item.model === '3pl' && item.scores.length > 1
  const values = Float64Array.of(item.slope, ...item.intercepts, ...(guesses ? [logit(item.guessing)] : []))
  return { curve: { family: familyOf(item.model), scores: item.scores }, values }
}

/** @throws RangeError for items that are no items */
export function knownTest(items: readonly KnownItem[], who: string): KnownTest {
  const curves: Curve[] = []
  const numbers: Float64Array[] = []
  const used: KnownTest['used'][number][] = []
  items.forEach((item, column) => {
    const known = knownCurve(item, who)
    if (item.scores.length < 2 || item.slope === 0) return
    const position = new Int8Array(128).fill(-1)
    item.scores.forEach((score, k) => {
      position[score] = k
    })
    curves.push(known.curve)
    numbers.push(known.values)
    used.push({ column, position, scores: item.scores.length })
  })
  const layout = newLayout(curves, 0, 0)
  return { layout, values: Float64Array.from(numbers.flatMap((own) => [...own])), used }
}

/** @throws RangeError unless the numbers describe an item */
function checkKnown({ id, model, scores, slope, intercepts, guessing }: KnownItem, who: string): void {
  const fail = (what: string): never => {
    throw new RangeError(`${who} requires ${what} of item ${id}`)
  }
  const sound = scores.every((s, k) => Number.isInteger(s) && s < 128 && s > (scores[k - 1] ?? -1))
  if (!sound) fail('rising scores 0 … 127')
  if (![slope, guessing, ...intercepts].every(Number.isFinite)) fail('finite parameters')
  if (intercepts.length !== Math.max(0, scores.length - 1))
    fail('one intercept for every score but the lowest')
  if (scores.length < 2) return
  if (model === '3pl' ? !(guessing > 0 && guessing < 1) : guessing !== 0) {
    fail('guessing between 0 and 1 if 3pl, else 0,')
  }
  const falling = intercepts.every((d, k) => k === 0 || d < intercepts[k - 1]!)
  if (model === 'graded' && !falling) fail('falling intercepts')
}

/** @returns number of people @throws RangeError unless responses are whole rows of −1 or scores */
export function checkResponses(responses: Int8Array, items: readonly KnownItem[], who: string): number {
  if (items.length === 0 || responses.length === 0 || responses.length % items.length !== 0) {
    throw new RangeError(`${who} requires responses of persons × items`)
  }
  if (!responses.every((x) => x >= -1)) throw new RangeError(`${who} requires scores of at least 0, or −1`)
  return responses.length / items.length
}
