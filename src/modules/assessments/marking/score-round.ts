import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import type { ItemText } from '../model.ts'
import { scorePupil } from './score-pupil.ts'
import {
  type FormItem,
  itemsOfForms,
  keepScores,
  keepTasks,
  noteScored,
  pupilsToScore,
  roundToScore,
} from './scoring-store.ts'

/** What scoring a round came to. */
export interface ScoredRound {
  pupils: number
  /** places with points by rule */
  scored: number
  /** written answers for people */
  open: number
}

/**
 * Scores every answer of a round by rule and lays out what people have to mark. Doing it again gives the same: marks that were given
 * stay, unless the answer itself has changed since.
 *
 * @param onProgress  told the share done, 0–1, after every few hundred pupils; may throw to end the work, and then nothing is kept
 * @returns           null where there is no such round, or nothing can have been answered in it yet
 */
export function scoreRound(
  db: Database,
  code: string,
  onProgress: (share: number) => void = () => {},
): Promise<ScoredRound | null> {
  return asJob(db, async (tx) => {
    const found = await roundToScore(tx, code)
    if (!found) return null
    const round = found.id
    const forms = await itemsOfForms(tx, round)
    const done: ScoredRound = { pupils: 0, scored: 0, open: 0 }
    for await (const pupils of pupilsToScore(tx, round)) {
      const scored = pupils.map((pupil) => {
        const items = forms.get(pupil.form) ?? []
        const shown = new Map(items.map((item) => [item.position, shownTo(item, pupil.language)]))
        return { pupil, items, shown, ...scorePupil(textsOf(shown), pupil.answers, pupil.seed) }
      })
      const places = scored.flatMap(({ pupil, places }) =>
        places.map((each) => ({ ...each, participant: pupil.id })),
      )
      const open = scored.flatMap(({ pupil, items, shown, open }) =>
        open.map((each) => ({
          ...each,
          participant: pupil.id,
          versionId: items.find(({ position }) => position === each.position)!.versionId,
          language: shown.get(each.position)!.language,
        })),
      )
      await keepScores(tx, places)
      await keepTasks(
        tx,
        round,
        pupils.map(({ id }) => id),
        open,
      )
      done.pupils += pupils.length
      done.scored += places.filter(({ state }) => state === 'by_rule').length
      done.open += open.length
      onProgress(Math.min(1, done.pupils / found.pupils))
    }
    await noteScored(tx, round)
    return done
  })
}

type Shown = FormItem['texts'][number]

/** The text in the language of the pupil, else the original. */
function shownTo({ texts }: FormItem, language: string | null): Shown {
  return texts.find((each) => each.language === language) ?? texts[0]!
}

function textsOf(shown: ReadonlyMap<number, Shown>): Map<number, ItemText> {
  return new Map([...shown].map(([position, { text }]) => [position, text]))
}
