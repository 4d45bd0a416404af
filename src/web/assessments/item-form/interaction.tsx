import { type BlockInteraction, type Line, placesOf } from '#modules/assessments/model.ts'
import { type Answers, partName, placeIn } from './answers.ts'
import css from './item-form.module.css'
import { type Drawing, ItemLine } from './line.tsx'

/** A question that stands by itself: a group with its prompt, answered with the keyboard alone as with a finger. */
export function InteractionField({ interaction, draw }: { interaction: BlockInteraction; draw: Drawing }) {
  const name = `${draw.prefix}${interaction.response}`
  if (interaction.kind === 'extendedText') {
    return (
      <div className={css.question}>
        <label htmlFor={name} className={css.prompt}>
          <ItemLine pieces={interaction.prompt} draw={draw} />
        </label>
        <textarea
          id={name}
          name={interaction.response}
          rows={interaction.lines}
          maxLength={interaction.mostCharacters}
          defaultValue={String(draw.answers[interaction.response] ?? '')}
          aria-describedby={`${name}-most`}
          className={css.long}
        />
        <p id={`${name}-most`} className={css.hint}>
          {draw.words.characters(interaction.mostCharacters)}
        </p>
      </div>
    )
  }
  const hint = hintOf(interaction, draw)
  return (
    <fieldset className={css.question} aria-describedby={hint ? `${name}-hint` : undefined}>
      <legend className={css.prompt}>
        <ItemLine pieces={interaction.prompt} draw={draw} />
      </legend>
      {hint && (
        <p id={`${name}-hint`} className={css.hint}>
          {hint}
        </p>
      )}
      <Fields interaction={interaction} draw={draw} />
    </fieldset>
  )
}

function hintOf(interaction: BlockInteraction, { words }: Drawing): string | null {
  switch (interaction.kind) {
    case 'choice':
    case 'hotText':
      if (interaction.most === 1) return words.oneOnly
      return interaction.most === 0 ? words.several : words.atMost(interaction.most)
    case 'order':
      return words.order
    case 'match':
      return interaction.right.every(({ most }) => most === 1) ? words.onceEach : null
    default:
      return null
  }
}

function Fields({
  interaction,
  draw,
}: {
  interaction: Exclude<BlockInteraction, { kind: 'extendedText' }>
  draw: Drawing
}) {
  const { response } = interaction
  const chosen = (draw.answers[response] ?? []) as string[]
  switch (interaction.kind) {
    case 'choice':
      return (
        <ul className={css.options}>
          {interaction.choices.map(({ id, content }) => (
            <li key={id}>
              <label className={css.option}>
                <input
                  type={interaction.most === 1 ? 'radio' : 'checkbox'}
                  name={response}
                  value={id}
                  defaultChecked={chosen.includes(id)}
                />
                <span>
                  <ItemLine pieces={content} draw={draw} />
                </span>
              </label>
            </li>
          ))}
        </ul>
      )
    case 'hotText':
      return interaction.paragraphs.map((pieces, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs have no other name, and never move
        <p key={at}>
          {pieces.map((piece, no) =>
            piece.kind === 'hot' ? (
              <label key={piece.id} className={css.hot}>
                <input
                  type={interaction.most === 1 ? 'radio' : 'checkbox'}
                  name={response}
                  value={piece.id}
                  defaultChecked={chosen.includes(piece.id)}
                />
                <span>{piece.text}</span>
              </label>
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: as above
              <ItemLine key={no} pieces={[piece]} draw={draw} />
            ),
          )}
        </p>
      ))
    case 'order':
      return (
        <ul className={css.rows}>
          {interaction.choices.map(({ id, content }) => (
            <li key={id}>
              <select
                name={partName(response, id)}
                aria-label={draw.words.place(plainText(content))}
                defaultValue={placeIn(interaction, id, draw.answers)}
                className={css.gap}
              >
                <option value="">–</option>
                {interaction.choices.map((_, at) => (
                  <option key={partName(response, String(at))} value={at + 1}>
                    {at + 1}.
                  </option>
                ))}
              </select>
              <span>
                <ItemLine pieces={content} draw={draw} />
              </span>
            </li>
          ))}
        </ul>
      )
    case 'match':
      return (
        <ul className={css.rows}>
          {interaction.left.map((left) => (
            <li key={left.id}>
              <span id={`${draw.prefix}${response}-${left.id}`} className={css.left}>
                <ItemLine pieces={left.content} draw={draw} />
              </span>
              {left.most === 1 ? (
                <select
                  name={partName(response, left.id)}
                  aria-label={draw.words.joins(plainText(left.content))}
                  defaultValue={joinedTo(left.id, draw.answers[response])[0] ?? ''}
                  className={css.gap}
                >
                  <option value="">{draw.words.choose}</option>
                  {interaction.right.map((right) => (
                    <option key={right.id} value={right.id}>
                      {plainText(right.content)}
                    </option>
                  ))}
                </select>
              ) : (
                // biome-ignore lint/a11y/useSemanticElements: a fieldset inside a row of a list would stand below it
                <span
                  role="group"
                  aria-labelledby={`${draw.prefix}${response}-${left.id}`}
                  className={css.group}
                >
                  {interaction.right.map((right) => (
                    <label key={right.id} className={css.hot}>
                      <input
                        type="checkbox"
                        name={partName(response, left.id)}
                        value={right.id}
                        defaultChecked={joinedTo(left.id, draw.answers[response]).includes(right.id)}
                      />
                      <span>
                        <ItemLine pieces={right.content} draw={draw} />
                      </span>
                    </label>
                  ))}
                </span>
              )}
            </li>
          ))}
        </ul>
      )
    case 'numberLine':
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
        <section className={css.scroll} aria-label={draw.words.line} tabIndex={0}>
          <ol className={css.line}>
            {placesOf(interaction).map((place, at) => {
              const said = draw.words.number(place)
              const isLabelled = at % interaction.labelEvery === 0
              return (
                <li key={place}>
                  <label>
                    <input
                      type="radio"
                      name={response}
                      value={place}
                      defaultChecked={draw.answers[response] === String(place)}
                    />
                    <span className={isLabelled ? css.mark : 'hidden'}>{said}</span>
                  </label>
                </li>
              )
            })}
          </ol>
        </section>
      )
  }
}

function joinedTo(left: string, answer: Answers[string] | undefined): string[] {
  const pairs = Array.isArray(answer) ? answer : []
  return pairs.flatMap((pair) => (typeof pair === 'object' && pair.left === left ? [pair.right] : []))
}

/** Words of a line, for where no pictures can stand. */
function plainText(pieces: Line): string {
  return pieces
    .map((piece) => (piece.kind === 'picture' ? piece.alt : piece.kind === 'break' ? ' ' : piece.text))
    .join('')
}
