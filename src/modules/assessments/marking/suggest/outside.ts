import { z } from 'zod'
import { type OutsideModel, openDoor } from '../../outside/door.ts'
import type { Suggester } from './suggester.ts'

const limits = { wait: 8_000, mostBytes: 20_000 }

const Reply = z.object({ points: z.number().int().min(0), why: z.string().max(2000).nullish() })

/**
 * Asks a model elsewhere for points. It is sent the question, the rubric and the answer, and nothing else: no identifier of a pupil, a
 * school, a marker or a round, and no other answers. What comes back counts only where it is in shape and within the points.
 *
 * @throws RangeError where the address is not https (or of this machine) or its host is not on the list
 */
export function outsideSuggester(model: OutsideModel): Suggester {
  const door = openDoor('points', model, limits)
  return {
    name: `http ${door.host}`,
    async suggest({ language, question, criteria, most, answer }, note) {
      const { found, call } = await door.ask({ language, question, criteria, most, answer }, (said) => {
        const { success, data } = Reply.safeParse(said)
        return success && data.points <= most ? data : null
      })
      note?.(call)
      return found && { points: found.points, support: 1, neighbours: [], why: found.why ?? null }
    },
  }
}
