import { abilityDerivatives, newAbilityDerivatives } from './ability-derivatives.ts'
import type { KnownItem } from './item.ts'
import { checkResponses, knownTest } from './known-items.ts'

/** Correlations of what is left of the answers to two items once ability is taken out. */
export interface LocalDependence {
  /** Q3 of every pair: items × items, symmetric, diagonal 1; 0 where too few people answered both or none differ */
  readonly q3: Float64Array
  /** people who answered both: items × items */
  readonly people: Int32Array
  /** mean over pairs: a little below 0 if items are locally independent, about −1/(items − 1) */
  readonly mean: number
}

/**
 * Yen's Q3. A pair whose Q3 lies 0.2 or more above the mean shares something besides ability: a text, a stem, a
 * result carried on.
 *
 * @param abilities  one per person; people with infinite ability are left out
 * @throws           RangeError for responses that are not persons × items, or another number of abilities
 * @see              Yen (1984), Applied Psychological Measurement 8, 125–145; Christensen, Makransky, Horton (2017),
 *                   Applied Psychological Measurement 41, 178–194
 */
export function localDependence(
  responses: Int8Array,
  items: readonly KnownItem[],
  abilities: ArrayLike<number>,
): LocalDependence {
  const persons = checkResponses(responses, items, 'localDependence')
  if (abilities.length !== persons)
    throw new RangeError('localDependence requires one ability for each person')
  const { layout, values, used } = knownTest(items, 'localDependence')
  const rooms = layout.curves.map(({ scores }) => newAbilityDerivatives(scores.length))
  const n = items.length
  const sums = new PairSums(n)
  const residual = new Float64Array(n)
  for (let i = 0; i < persons; i++) {
    if (!Number.isFinite(abilities[i]!)) continue
    residual.fill(Number.NaN)
    for (let j = 0; j < used.length; j++) {
      const { column, position } = used[j]!
      const x = responses[i * n + column]!
      if (x < 0 || position[x]! < 0) continue
      const { scores } = layout.curves[j]!
      const { p } = rooms[j]!
      abilityDerivatives(layout.curves[j]!, values, layout.at[j]!, abilities[i]!, rooms[j]!)
      let expected = 0
      for (let c = 0; c < scores.length; c++) expected += scores[c]! * p[c]!
      residual[column] = x - expected
    }
    sums.add(residual)
  }
  return sums.correlations()
}

/** Sums for the correlations of all pairs, each over the people who have both numbers. */
class PairSums {
  readonly n: number
  readonly people: Int32Array
  /** for pair (a, b): Σ of a, over people with both */
  readonly sum: Float64Array
  readonly squares: Float64Array
  readonly products: Float64Array
  constructor(n: number) {
    this.n = n
    this.people = new Int32Array(n * n)
    this.sum = new Float64Array(n * n)
    this.squares = new Float64Array(n * n)
    this.products = new Float64Array(n * n)
  }
  /** NaN stands for no answer. */
  add(residual: Float64Array): void {
    const { n } = this
    for (let a = 0; a < n; a++) {
      const x = residual[a]!
      if (Number.isNaN(x)) continue
      for (let b = 0; b < n; b++) {
        const y = residual[b]!
        if (Number.isNaN(y)) continue
        this.people[a * n + b]!++
        this.sum[a * n + b]! += x
        this.squares[a * n + b]! += x * x
        this.products[a * n + b]! += x * y
      }
    }
  }
  correlations(): LocalDependence {
    const { n, people, sum, squares, products } = this
    const q3 = new Float64Array(n * n)
    let total = 0
    let pairs = 0
    for (let a = 0; a < n; a++) {
      q3[a * n + a] = 1
      for (let b = 0; b < a; b++) {
        const count = people[a * n + b]!
        const ofA = squares[a * n + b]! - sum[a * n + b]! ** 2 / count
        const ofB = squares[b * n + a]! - sum[b * n + a]! ** 2 / count
        if (count < 3 || !(ofA > 1e-12) || !(ofB > 1e-12)) continue
        const both = products[a * n + b]! - (sum[a * n + b]! * sum[b * n + a]!) / count
        q3[a * n + b] = both / Math.sqrt(ofA * ofB)
        q3[b * n + a] = q3[a * n + b]!
        total += q3[a * n + b]!
        pairs++
      }
    }
    return { q3, people, mean: pairs === 0 ? 0 : total / pairs }
  }
}
