import type { Tx } from '#db/actor.ts'
import { agreementByItem, agreementOfMarker, suggestionRecords } from './agreement.ts'
import {
  controlAnswers,
  markingDecisions,
  markingPeople,
  markPairs,
  suggestionCounts,
} from './marking-store.ts'
import type { MarkingReport, MarkingRound } from './model.ts'

/** How far the markers of a round agree: for who leads the marking. */
export async function markingReport(tx: Tx, round: MarkingRound): Promise<MarkingReport> {
  const pairs = await markPairs(tx, round.id)
  const people = await markingPeople(tx, round.id)
  return {
    round,
    items: agreementByItem(pairs),
    markers: people.map((person) => ({ ...person, ...agreementOfMarker(person.id, pairs) })),
    suggestions: suggestionRecords(await suggestionCounts(tx, round.id)),
    controls: await controlAnswers(tx, round.id),
    decisions: await markingDecisions(tx, round.id),
  }
}
