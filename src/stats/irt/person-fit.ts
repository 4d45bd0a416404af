import { abilityDerivatives, newAbilityDerivatives } from './ability-derivatives.ts'
import type { KnownItem } from './item.ts'
import { checkResponses, knownTest } from './known-items.ts'

/**
 * Standardised log-likelihood of each person's answers (lz, for items with more than two scores Zh): how much more
 * (above 0) or less (below 0) likely they are than answers to these items at this ability usually are. Approximately
 * standard normal at the true ability, narrower at an estimated one; far below 0 means a strange pattern.
 *
 * @param abilities  one per person
 * @returns          person → lz; 0 for people without answers, with infinite ability, or who cannot surprise
 * @throws           RangeError for responses that are not persons × items, or another number of abilities
 * @see              Drasgow, Levine, Williams (1985), British Journal of Mathematical and Statistical Psychology 38,
 *                   67–86
 */
export function personFit(
  responses: Int8Array,
  items: readonly KnownItem[],
  abilities: ArrayLike<number>,
): Float64Array {
  const persons = checkResponses(responses, items, 'personFit')
  if (abilities.length !== persons) throw new RangeError('personFit requires one ability for each person')
  const { layout, values, used } = knownTest(items, 'personFit')
  const rooms = layout.curves.map(({ scores }) => newAbilityDerivatives(scores.length))
  const fit = new Float64Array(persons)
  for (let i = 0; i < persons; i++) {
    if (!Number.isFinite(abilities[i]!)) continue
    let logLikelihood = 0
    let expected = 0
    let variance = 0
    for (let j = 0; j < used.length; j++) {
      const { column, position } = used[j]!
      const x = responses[i * items.length + column]!
      if (x < 0 || position[x]! < 0) continue
      const { p } = rooms[j]!
      abilityDerivatives(layout.curves[j]!, values, layout.at[j]!, abilities[i]!, rooms[j]!)
      let mean = 0
      let squares = 0
      for (let c = 0; c < p.length; c++) {
        const log = Math.log(Math.max(p[c]!, 1e-308))
        mean += p[c]! * log
        squares += p[c]! * log * log
      }
      logLikelihood += Math.log(Math.max(p[position[x]!]!, 1e-308))
      expected += mean
      variance += squares - mean * mean
    }
    if (variance > 1e-12) fit[i] = (logLikelihood - expected) / Math.sqrt(variance)
  }
  return fit
}
