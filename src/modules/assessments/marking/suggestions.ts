import type { Tx } from '#db/actor.ts'
import type { ModelCall } from '../outside/call.ts'
import { noteCall } from '../outside/calls-store.ts'
import { suggestionRecords } from './agreement.ts'
import { type HeldRow, learntAnswers, noteSuggestion, suggestionCounts } from './marking-store.ts'
import type { MarkSuggestion } from './model.ts'
import { plainText } from './plain-text.ts'
import { nearest, nearestPoints } from './suggest/nearest.ts'
import type { AskedPoints, Suggester } from './suggest/suggester.ts'

const LEARNS_FROM = 300 // answers: enough for the nearest five, few enough for a request

/** One transaction as the caller. */
export type AsCaller = <Found>(work: (tx: Tx) => Promise<Found>) => Promise<Found>

/**
 * What the suggesters say of the answer before a marker. It is kept before it is shown; where it cannot be, nothing is shown. An
 * outside model that fails says nothing. Nobody waits for a model inside a transaction.
 */
export async function suggestionsFor(
  asCaller: AsCaller,
  round: string,
  held: HeldRow,
  suggesters: readonly Suggester[],
): Promise<MarkSuggestion[]> {
  if (!held.hints) return []
  const asked = await asCaller((tx) => askedOf(tx, held))
  const calls: ModelCall[] = []
  const said = await Promise.all(
    suggesters.map(async (suggester) => ({
      suggester: suggester.name,
      found: await suggester.suggest(asked, (call) => calls.push(call)).catch(() => null),
    })),
  )
  return asCaller(async (tx) => {
    for (const call of calls) await noteCall(tx, call)
    const shown: MarkSuggestion[] = []
    const records = suggestionRecords(await suggestionCounts(tx, round))
    for (const { suggester, found } of said) {
      const isKept = await noteSuggestion(tx, held.task, {
        suggester,
        points: found?.points ?? null,
        shown: true,
      })
      if (!isKept) continue
      shown.push({
        suggester,
        points: found?.points ?? null,
        support: found?.support ?? 0,
        neighbours: [...(found?.neighbours ?? [])],
        why: found?.why ?? null,
        record: records.find((each) => each.item === held.code && each.suggester === suggester) ?? null,
      })
    }
    return shown
  })
}

/** Before a mark is given: what the shipped suggester would have said, kept unseen, so that it is known how far it can be trusted. */
export async function noteUnseen(tx: Tx, held: HeldRow): Promise<void> {
  const { answer, learnt } = await askedOf(tx, held)
  const found = nearestPoints({ answer, learnt })
  if (!found) return
  await noteSuggestion(tx, held.task, { suggester: nearest.name, points: found.points, shown: false })
}

async function askedOf(tx: Tx, held: HeldRow): Promise<AskedPoints> {
  return {
    language: held.content.language,
    question: plainText(held.content),
    criteria: held.rubric.criteria,
    most: held.most,
    answer: String(held.answer[held.response] ?? ''),
    learnt: await learntAnswers(tx, held.task, LEARNS_FROM),
  }
}
