import type { Block, Content, StillBlock } from '#modules/assessments/model.ts'
import { InteractionField } from './interaction.tsx'
import css from './item-form.module.css'
import { type Drawing, ItemLine, widthOf } from './line.tsx'

/** How an item is shown to a child who needs it otherwise. */
export interface Adjustments {
  /** % of the usual size of letters */
  size: 100 | 125 | 150 | 200
  colours: 'plain' | 'contrast' | 'dark' | 'cream'
  /** more room between letters, words and lines */
  wide: boolean
  /** shows alternative content, e.g. what is read aloud */
  support: boolean
}

/**
 * An item to be answered, as plain fields of the form around it: without scripts, with the keyboard, with a screen reader, and
 * with the adjustments a child needs. It never knows what is right.
 */
export function ItemForm({
  item,
  adjustments: { size, colours, wide, support },
  draw,
}: {
  item: Content
  adjustments: Adjustments
  draw: Drawing
}) {
  const catalog = support ? item.catalog : []
  return (
    <div
      lang={item.language}
      className={css.item}
      data-colours={colours}
      data-wide={wide}
      style={{ fontSize: `${size}%` }}
    >
      {item.stimulus && (
        <section className={css.sheet} aria-label={item.stimulus.title}>
          <h2>{item.stimulus.title}</h2>
          {item.stimulus.body.map((block, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: blocks have no other name, and never move
            <BlockView key={at} block={block} catalog={catalog} draw={draw} />
          ))}
        </section>
      )}
      <div className={css.sheet}>
        {item.body.map((block, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          <BlockView key={at} block={block} catalog={catalog} draw={draw} />
        ))}
      </div>
    </div>
  )
}

function BlockView({
  block,
  catalog,
  draw,
}: {
  block: Block | StillBlock
  catalog: Content['catalog']
  draw: Drawing
}) {
  const cards = 'card' in block ? (catalog.find(({ id }) => id === block.card)?.cards ?? []) : []
  return (
    <>
      <BlockBody block={block} draw={draw} />
      {cards.map(({ support, text }) => (
        <p key={support} className={css.support}>
          <strong>{draw.words.support[support]}:</strong> {text}
        </p>
      ))}
    </>
  )
}

function BlockBody({ block, draw }: { block: Block | StillBlock; draw: Drawing }) {
  switch (block.kind) {
    case 'paragraph':
      return (
        <p>
          <ItemLine pieces={block.content} draw={draw} />
        </p>
      )
    case 'heading':
      return (
        <h3>
          <ItemLine pieces={block.content} draw={draw} />
        </h3>
      )
    case 'list': {
      const items = block.items.map((pieces, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name, and never move
        <li key={at}>
          <ItemLine pieces={pieces} draw={draw} />
        </li>
      ))
      return block.ordered ? <ol className="bullets">{items}</ol> : <ul className="bullets">{items}</ul>
    }
    case 'figure': {
      const { media, alt, width } = block.picture
      return (
        <figure className={css.figure}>
          <img src={draw.media(media)} alt={alt} style={widthOf(width)} />
          {block.caption && (
            <figcaption>
              <ItemLine pieces={block.caption} draw={draw} />
            </figcaption>
          )}
        </figure>
      )
    }
    case 'table':
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
        <section className={css.scroll} aria-label={block.caption ?? undefined} tabIndex={0}>
          <table>
            {block.caption && <caption>{block.caption}</caption>}
            {block.head.length > 0 && (
              <thead>
                <tr>
                  {block.head.map((cell, at) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: cells have no other name, and never move
                    <th key={at} scope="col">
                      <ItemLine pieces={cell} draw={draw} />
                    </th>
                  ))}
                </tr>
              </thead>
            )}
            <tbody>
              {block.rows.map((row, no) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: as above
                <tr key={no}>
                  {row.map((cell, at) => {
                    const isName = block.named && at === 0
                    const Cell = isName ? 'th' : 'td'
                    return (
                      // biome-ignore lint/suspicious/noArrayIndexKey: as above
                      <Cell key={`${no} ${at}`} scope={isName ? 'row' : undefined}>
                        <ItemLine pieces={cell} draw={draw} />
                      </Cell>
                    )
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )
    default:
      return <InteractionField interaction={block} draw={draw} />
  }
}
