import { scoreShown } from '../content/scoring.ts'
import type { ItemText } from '../model.ts'

/** What became of one place of a form. */
export interface PlaceScore {
  position: number
  /** null: a marker has to decide, or the place was never reached */
  points: number | null
  state: 'by_rule' | 'waits' | 'omitted' | 'not_reached' | 'invalid'
}

/** A written answer that a person has to read. */
export interface OpenAnswer {
  position: number
  response: string
  revision: number
  /** points of the rest of the item, by rule */
  rulePoints: number
  most: number
}

/** An answer as it was saved last. */
export interface SavedAnswer {
  revision: number
  answer: unknown
}

/**
 * Scores what a pupil answered, by rule. An empty place before the last answered one was *omitted* and gets 0; after it the
 * pupil *never got there* and has no points. An answer that cannot have been given is *invalid* and gets 0.
 *
 * @param items    by position, in order of the form
 * @param answers  the latest of each place, by position
 * @param seed     under which the pupil saw the choices
 */
export function scorePupil(
  items: ReadonlyMap<number, ItemText>,
  answers: Readonly<Record<string, SavedAnswer>>,
  seed: number,
): { places: PlaceScore[]; open: OpenAnswer[] } {
  const answered = [...items.keys()].filter((position) => !isBlank(answers[position]?.answer))
  const last = Math.max(0, ...answered)
  const given = new Set(answered)
  const open: OpenAnswer[] = []
  const places = [...items].map(([position, text]): PlaceScore => {
    if (!given.has(position)) {
      return position < last
        ? { position, points: 0, state: 'omitted' }
        : { position, points: null, state: 'not_reached' }
    }
    const { answer, revision } = answers[position]!
    const { state, points, parts } = scoreShown(text, seed, answer)
    if (state === 'invalid') return { position, points: 0, state }
    if (state === 'scored') return { position, points, state: 'by_rule' }
    for (const part of parts) {
      if (part.points !== null) continue
      open.push({ position, response: part.response, revision, rulePoints: points ?? 0, most: part.most })
    }
    return { position, points: null, state: 'waits' }
  })
  return { places, open }
}

/** Whether nothing at all was answered; what is no answer in shape is not blank, but invalid. */
function isBlank(answer: unknown): boolean {
  if (answer === undefined || answer === null) return true
  if (typeof answer !== 'object' || Array.isArray(answer)) return false
  return Object.values(answer).every((each) =>
    typeof each === 'string' ? each.trim() === '' : Array.isArray(each) && each.length === 0,
  )
}
