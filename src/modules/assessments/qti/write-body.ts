import type { Block, Catalog, Hot, Inline, Line, Plain } from '../model.ts'
import { escaped, tag } from './xml.ts'

/** How bodies are written in QTI 3. What QTI has no word for stands in attributes `data-ikms-…`. */

export function bodyXml(
  blocks: readonly Block[],
  media: string,
  ignoresDiacritics: ReadonlySet<string>,
): string {
  return blocks.map((block) => blockXml(block, media, ignoresDiacritics)).join('\n')
}

function blockXml(block: Block, media: string, plain: ReadonlySet<string>): string {
  const card = { 'data-catalog-idref': 'card' in block ? block.card : null }
  const line = (pieces: readonly (Inline | Hot)[]) =>
    pieces.map((piece) => pieceXml(piece, media, plain)).join('')
  const prompt = (pieces: Line) => tag('qti-prompt', {}, line(pieces))
  switch (block.kind) {
    case 'paragraph':
      return tag('p', card, line(block.content))
    case 'heading':
      return tag('h2', card, line(block.content))
    case 'list':
      return tag(
        block.ordered ? 'ol' : 'ul',
        card,
        block.items.map((item) => tag('li', {}, line(item))).join(''),
      )
    case 'figure':
      return tag(
        'figure',
        card,
        picture(block.picture, media) + (block.caption ? tag('figcaption', {}, line(block.caption)) : ''),
      )
    case 'table': {
      const head = block.head.map((cell) => tag('th', { scope: 'col' }, line(cell))).join('')
      const rows = block.rows.map((row) =>
        tag(
          'tr',
          {},
          row
            .map((cell, at) =>
              block.named && at === 0 ? tag('th', { scope: 'row' }, line(cell)) : tag('td', {}, line(cell)),
            )
            .join(''),
        ),
      )
      return tag(
        'table',
        card,
        (block.caption === null ? '' : tag('caption', {}, escaped(block.caption))) +
          (head === '' ? '' : tag('thead', {}, tag('tr', {}, head))) +
          tag('tbody', {}, rows.join('')),
      )
    }
    case 'choice':
      return tag(
        'qti-choice-interaction',
        {
          'response-identifier': block.response,
          'max-choices': block.most,
          'min-choices': block.least,
          shuffle: block.shuffle,
        },
        prompt(block.prompt) +
          block.choices
            .map(({ id, content }) => tag('qti-simple-choice', { identifier: id }, line(content)))
            .join(''),
      )
    case 'order':
      return tag(
        'qti-order-interaction',
        { 'response-identifier': block.response, shuffle: true },
        prompt(block.prompt) +
          block.choices
            .map(({ id, content }) => tag('qti-simple-choice', { identifier: id }, line(content)))
            .join(''),
      )
    case 'match': {
      const side = (choices: typeof block.left) =>
        tag(
          'qti-simple-match-set',
          {},
          choices
            .map(({ id, content, most }) =>
              tag('qti-simple-associable-choice', { identifier: id, 'match-max': most }, line(content)),
            )
            .join(''),
        )
      return tag(
        'qti-match-interaction',
        { 'response-identifier': block.response, 'max-associations': block.most, shuffle: block.shuffle },
        prompt(block.prompt) + side(block.left) + side(block.right),
      )
    }
    case 'hotText':
      return tag(
        'qti-hottext-interaction',
        { 'response-identifier': block.response, 'max-choices': block.most, 'min-choices': block.least },
        prompt(block.prompt) + block.paragraphs.map((pieces) => tag('p', {}, line(pieces))).join(''),
      )
    case 'numberLine':
      return tag(
        'qti-slider-interaction',
        {
          'response-identifier': block.response,
          'lower-bound': block.from,
          'upper-bound': block.to,
          step: block.step,
          'data-ikms-label-every': block.labelEvery,
        },
        prompt(block.prompt),
      )
    case 'extendedText':
      return tag(
        'qti-extended-text-interaction',
        {
          'response-identifier': block.response,
          'expected-lines': block.lines,
          'expected-length': block.mostCharacters,
        },
        prompt(block.prompt),
      )
  }
}

const pieceTags = { strong: 'strong', emphasis: 'em', sub: 'sub', sup: 'sup' } as const

function pieceXml(piece: Inline | Hot | Plain, media: string, plain: ReadonlySet<string>): string {
  switch (piece.kind) {
    case 'text':
      return escaped(piece.text)
    case 'break':
      return '<br/>'
    case 'picture':
      return picture(piece, media)
    case 'hot':
      return tag('qti-hottext', { identifier: piece.id }, escaped(piece.text))
    case 'inlineChoice':
      return tag(
        'qti-inline-choice-interaction',
        { 'response-identifier': piece.response, shuffle: piece.shuffle, 'aria-label': piece.label },
        piece.choices
          .map(({ id, text }) => tag('qti-inline-choice', { identifier: id }, escaped(text)))
          .join(''),
      )
    case 'textEntry':
      return tag('qti-text-entry-interaction', {
        'response-identifier': piece.response,
        'expected-length': piece.width,
        'aria-label': piece.label,
        'data-ikms-diacritics': plain.has(piece.response) ? 'ignore' : null,
      })
    default:
      return tag(pieceTags[piece.kind], {}, escaped(piece.text))
  }
}

function picture(
  { media: name, alt, width }: { media: string; alt: string; width: number | null },
  folder: string,
) {
  return tag('img', { src: `${folder}${name}`, alt, width })
}

/** Alternative content, as a QTI catalog. */
export function catalogXml(catalog: Catalog): string {
  if (catalog.length === 0) return ''
  const cards = catalog.map(({ id, cards }) =>
    tag(
      'qti-catalog',
      { id },
      cards
        .map(({ support, text }) =>
          tag(
            'qti-card',
            { support },
            tag(
              'qti-html-content',
              {},
              text
                .split('\n')
                .map((line) => tag('p', {}, escaped(line)))
                .join(''),
            ),
          ),
        )
        .join(''),
    ),
  )
  return tag('qti-catalog-info', {}, cards.join(''))
}
