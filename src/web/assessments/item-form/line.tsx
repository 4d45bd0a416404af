import type { Hot, Inline, Plain } from '#modules/assessments/model.ts'
import type { Answers } from './answers.ts'
import css from './item-form.module.css'
import type { Words } from './words.ts'

/** What drawing an item needs besides the item. */
export interface Drawing {
  answers: Answers
  /** address of a picture */
  media: (name: string) => string
  words: Words
  /** before the names of elements, where several items stand on a page */
  prefix: string
}

/** A line of an item, with its gaps. */
export function ItemLine({ pieces, draw }: { pieces: readonly (Plain | Inline | Hot)[]; draw: Drawing }) {
  return pieces.map((piece, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other name, and never move
    <Piece key={at} piece={piece} draw={draw} />
  ))
}

function Piece({ piece, draw }: { piece: Plain | Inline | Hot; draw: Drawing }) {
  switch (piece.kind) {
    case 'text':
    case 'hot':
      return piece.text
    case 'strong':
      return <strong>{piece.text}</strong>
    case 'emphasis':
      return <em>{piece.text}</em>
    case 'sub':
      return <sub>{piece.text}</sub>
    case 'sup':
      return <sup>{piece.text}</sup>
    case 'break':
      return <br />
    case 'picture':
      return (
        <img
          src={draw.media(piece.media)}
          alt={piece.alt}
          style={widthOf(piece.width)}
          className={css.inline}
        />
      )
    case 'inlineChoice':
      return (
        <select
          name={piece.response}
          aria-label={piece.label}
          defaultValue={(draw.answers[piece.response] as string[] | undefined)?.[0] ?? ''}
          className={css.gap}
        >
          <option value="">{draw.words.choose}</option>
          {piece.choices.map(({ id, text }) => (
            <option key={id} value={id}>
              {text}
            </option>
          ))}
        </select>
      )
    case 'textEntry':
      return (
        <input
          type="text"
          name={piece.response}
          aria-label={piece.label}
          defaultValue={String(draw.answers[piece.response] ?? '')}
          inputMode={piece.expects === 'number' ? 'decimal' : undefined}
          maxLength={200}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          className={css.gap}
          style={{ width: `${piece.width + 3}ch` }}
        />
      )
  }
}

/** Pictures grow with the letters. @param width  px at the usual size of letters */
export function widthOf(width: number | null): { width: string } | undefined {
  return width === null ? undefined : { width: `${width / 18.7}em` }
}
