import type { Adjusted, Interaction, SittingItem } from '#modules/assessments/model.ts'
import { interactionsOf } from '#modules/assessments/model.ts'
import { useLanguage } from '../../text/language.ts'
import type { Answers } from '../item-form/answers.ts'
import { ItemForm } from '../item-form/item-form.tsx'
import { wordsIn } from '../item-form/words.ts'
import css from './sitting.module.css'

/** In which shape the fields of a response are sent, for the script, which knows nothing else of the item. */
function shapeOf({ kind }: Interaction): 'text' | 'list' | 'match' | 'order' {
  switch (kind) {
    case 'textEntry':
    case 'numberLine':
    case 'extendedText':
      return 'text'
    case 'match':
    case 'order':
      return kind
    default:
      return 'list'
  }
}

/** What can be chosen how often, for the script: most of all, and of each choice by its name. Left out: as often as one likes. */
interface Limits {
  most?: number
  left?: Record<string, number>
  right?: Record<string, number>
}

function limitsOf(interaction: Interaction): Limits | null {
  const { kind } = interaction
  if (kind !== 'choice' && kind !== 'hotText' && kind !== 'match') return null
  const most = interaction.most > 0 ? { most: interaction.most } : {}
  if (kind !== 'match') return most
  const of = (side: readonly { id: string; most: number }[]) =>
    Object.fromEntries(side.flatMap(({ id, most }) => (most > 0 ? [[id, most]] : [])))
  return { ...most, left: of(interaction.left), right: of(interaction.right) }
}

/** One item to be answered: a form of plain fields, which the script sends piece by piece and which works without it. */
export function PlaceForm(props: {
  place: SittingItem
  places: number
  /** null: the script sends it, and knows whose it is */
  participant: string | null
  adjusted: Adjusted
  fault?: string | null
}) {
  const { place, places, participant, adjusted, fault } = props
  const { position, revision, answers, item } = place
  const { t, to } = useLanguage()
  const asked = interactionsOf(item.body)
  const shapes = Object.fromEntries(asked.map((each) => [each.response, shapeOf(each)]))
  const limits = Object.fromEntries(
    asked.flatMap((each) => {
      const own = limitsOf(each)
      return own ? [[each.response, own]] : []
    }),
  )
  return (
    <form
      method="post"
      action={to('sittingItem', { position })}
      className={css.place}
      data-place={position}
      data-revision={revision}
      data-shapes={JSON.stringify(shapes)}
      data-limits={JSON.stringify(limits)}
      data-title={t('sitting.taskOf', { n: position, of: places })}
    >
      {participant !== null && (
        <>
          <input type="hidden" name="revision" value={revision} />
          <input type="hidden" name="participant" value={participant} />
        </>
      )}
      {fault && (
        <p role="alert" className={css.fault}>
          {fault}
        </p>
      )}
      <ItemForm
        item={item}
        adjustments={adjusted}
        draw={{
          answers: answers as Answers,
          media: (name) => `/api/v1/sittings/current/items/${position}/media/${encodeURIComponent(name)}`,
          words: wordsIn(item.language),
          prefix: `u${position}-`,
        }}
      />
      <p className={css.steps}>
        {position > 1 && (
          <button type="submit" name="go" value={position - 1} className="button quiet">
            {t('sitting.back')}
          </button>
        )}
        {position < places ? (
          <button type="submit" name="go" value={position + 1} className="button">
            {t('sitting.next')}
          </button>
        ) : (
          <button type="submit" name="go" value="end" className="button">
            {t('sitting.toEnd')}
          </button>
        )}
      </p>
    </form>
  )
}
