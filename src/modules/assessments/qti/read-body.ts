import type { Block, Catalog, Choice, Hot, Inline, Line, StillBlock } from '../model.ts'
import { type Findings, refuse } from './findings.ts'
import { type Element, elementsIn, textIn } from './xml.ts'

/** How bodies of QTI 3 are read. What would change a question is refused; what only changes its looks is left out and said. */

type Piece = Inline | Hot

export interface BodyReader {
  findings: Findings
  /** our name of a picture, by its address in the file; refuses where there is none */
  media: (src: string, at: Element) => string
  /** whether a response is a number */
  isNumber: (response: string) => boolean
  /** for gaps that say nothing of themselves to who cannot see them */
  title: string
}

/** Text as it is shown: runs of white space are one space. */
const single = (text: string) => text.replace(/[ \t\r\n]+/g, ' ')
const tidy = (text: string) => single(text).trim()

export function readBlocks(reader: BodyReader, elements: readonly (Element | string)[]): Block[] {
  return elements.flatMap((each) => {
    if (typeof each === 'string') return each.trim() === '' ? [] : [paragraphOf(reader, [each])]
    return readBlock(reader, each)
  })
}

function paragraphOf(reader: BodyReader, children: readonly (Element | string)[]): Block {
  return { kind: 'paragraph', content: readLine(reader, children) as Inline[], card: null }
}

function readBlock(reader: BodyReader, element: Element): Block[] {
  const { findings } = reader
  const card = () => findings.take(element, 'data-catalog-idref')['data-catalog-idref'] ?? null
  switch (element.name) {
    case 'p':
      return full({
        kind: 'paragraph',
        content: readLine(reader, element.children) as Inline[],
        card: card(),
      })
    case 'h1':
    case 'h2':
    case 'h3':
    case 'h4':
    case 'h5':
    case 'h6':
      if (element.name !== 'h2') findings.leave(element, 'heading_level')
      return full({ kind: 'heading', content: stillLine(reader, element), card: card() })
    case 'ul':
    case 'ol':
      return [
        {
          kind: 'list',
          ordered: element.name === 'ol',
          items: elementsIn(element).map((item) => {
            if (item.name !== 'li') refuse(item, 'unexpected_element')
            findings.take(item)
            return stillLine(reader, item)
          }),
          card: card(),
        },
      ]
    case 'figure':
      return [readFigure(reader, element, card())]
    case 'table':
      return [readTable(reader, element, card())]
    case 'div':
    case 'section':
    case 'blockquote':
      if (element.name === 'blockquote') findings.leave(element, 'shown_as_text')
      findings.take(element)
      return readMixed(reader, element.children)
    case 'img':
      return [{ kind: 'figure', picture: readPicture(reader, element), caption: null, card: null }]
    case 'qti-choice-interaction': {
      const {
        'max-choices': most,
        'min-choices': least,
        shuffle,
        'response-identifier': response,
      } = findings.take(element, 'response-identifier', 'max-choices', 'min-choices', 'shuffle')
      return [
        {
          kind: 'choice',
          response: response ?? refuse(element, 'no_response'),
          prompt: promptOf(reader, element),
          choices: choicesOf(reader, element, 'qti-simple-choice'),
          shuffle: shuffle === 'true',
          least: whole(element, least, 0),
          most: whole(element, most, 1),
        },
      ]
    }
    case 'qti-order-interaction': {
      const { shuffle, 'response-identifier': response } = findings.take(
        element,
        'response-identifier',
        'shuffle',
      )
      if (shuffle !== 'true') findings.leave(element, 'always_shuffled', 'shuffle')
      return [
        {
          kind: 'order',
          response: response ?? refuse(element, 'no_response'),
          prompt: promptOf(reader, element),
          choices: choicesOf(reader, element, 'qti-simple-choice'),
        },
      ]
    }
    case 'qti-match-interaction': {
      const {
        'max-associations': most,
        shuffle,
        'response-identifier': response,
      } = findings.take(element, 'response-identifier', 'max-associations', 'shuffle')
      const sets = elementsIn(element).filter(({ name }) => name === 'qti-simple-match-set')
      if (sets.length !== 2) refuse(element, 'two_sets_needed')
      const [left, right] = sets.map((set) => {
        findings.take(set)
        return elementsIn(set).map((choice) => {
          if (choice.name !== 'qti-simple-associable-choice') refuse(choice, 'unexpected_element')
          const { identifier, 'match-max': each } = findings.take(choice, 'identifier', 'match-max')
          return {
            id: identifier ?? refuse(choice, 'no_identifier'),
            content: stillLine(reader, choice),
            most: whole(choice, each, 1),
          }
        })
      })
      return [
        {
          kind: 'match',
          response: response ?? refuse(element, 'no_response'),
          prompt: promptOf(reader, element),
          left: left!,
          right: right!,
          shuffle: shuffle === 'true',
          most: whole(element, most, 1),
        },
      ]
    }
    case 'qti-hottext-interaction': {
      const {
        'max-choices': most,
        'min-choices': least,
        'response-identifier': response,
      } = findings.take(element, 'response-identifier', 'max-choices', 'min-choices')
      const paragraphs = element.children
        .filter((child) => (typeof child === 'string' ? child.trim() !== '' : child.name !== 'qti-prompt'))
        .map((child) => {
          if (typeof child === 'string') return readLine(reader, [child]) as Hot[]
          if (child.name !== 'p' && child.name !== 'div') refuse(child, 'unexpected_element')
          findings.take(child)
          return readLine(reader, child.children) as Hot[]
        })
      return [
        {
          kind: 'hotText',
          response: response ?? refuse(element, 'no_response'),
          prompt: promptOf(reader, element),
          paragraphs,
          least: whole(element, least, 0),
          most: whole(element, most, 1),
        },
      ]
    }
    case 'qti-slider-interaction': {
      const taken = findings.take(
        element,
        'response-identifier',
        'lower-bound',
        'upper-bound',
        'step',
        'step-label',
        'data-ikms-label-every',
      )
      return [
        {
          kind: 'numberLine',
          response: taken['response-identifier'] ?? refuse(element, 'no_response'),
          prompt: promptOf(reader, element),
          from: decimal(element, taken['lower-bound']),
          to: decimal(element, taken['upper-bound']),
          step: decimal(element, taken.step ?? '1'),
          labelEvery: whole(element, taken['data-ikms-label-every'], 1),
        },
      ]
    }
    case 'qti-extended-text-interaction': {
      const taken = findings.take(element, 'response-identifier', 'expected-lines', 'expected-length')
      return [
        {
          kind: 'extendedText',
          response: taken['response-identifier'] ?? refuse(element, 'no_response'),
          prompt: promptOf(reader, element),
          lines: whole(element, taken['expected-lines'], 5),
          mostCharacters: whole(element, taken['expected-length'], 1000),
        },
      ]
    }
    case 'qti-rubric-block': {
      const { view } = findings.take(element, 'view', 'use')
      if (view !== 'candidate') {
        findings.leave(element, 'not_for_pupils')
        return []
      }
      return elementsIn(element).flatMap((child) =>
        child.name === 'qti-content-body' ? readMixed(reader, child.children) : readBlock(reader, child),
      )
    }
    case 'qti-feedback-block':
    case 'qti-modal-feedback':
    case 'qti-stylesheet':
      findings.leave(element, 'not_carried')
      return []
    default:
      return inlineNames.has(element.name)
        ? [paragraphOf(reader, [element])]
        : refuse(element, /-interaction$/.test(element.name) ? 'unknown_interaction' : 'unknown_element')
  }
}

/** Blocks with loose text between them: what stands in one line becomes a paragraph. */
function readMixed(reader: BodyReader, children: readonly (Element | string)[]): Block[] {
  const blocks: Block[] = []
  let loose: (Element | string)[] = []
  const close = () => {
    if (loose.some((each) => typeof each !== 'string' || each.trim() !== ''))
      blocks.push(paragraphOf(reader, loose))
    loose = []
  }
  for (const child of children) {
    if (typeof child === 'string' || inlineNames.has(child.name)) loose.push(child)
    else {
      close()
      blocks.push(...readBlock(reader, child))
    }
  }
  close()
  return blocks
}

const inlineNames = new Set([
  'strong',
  'b',
  'em',
  'i',
  'sub',
  'sup',
  'br',
  'span',
  'qti-inline-choice-interaction',
  'qti-text-entry-interaction',
  'qti-hottext',
])

/** Nothing to be shown is no block. */
function full(block: Extract<Block, { kind: 'paragraph' | 'heading' }>): Block[] {
  return block.content.length > 0 ? [block] : []
}

/** What can be answered may not stand here. */
function stillLine(reader: BodyReader, element: Element): Line {
  const only = elementsIn(element)
  const inside =
    only.length === 1 && only[0]!.name === 'p' && textIn(element).trim() === textIn(only[0]!).trim()
  const pieces = readLine(reader, inside ? only[0]!.children : element.children)
  const answered = pieces.find(
    ({ kind }) => kind === 'inlineChoice' || kind === 'textEntry' || kind === 'hot',
  )
  return answered ? refuse(element, 'gap_in_wrong_place') : (pieces as Line)
}

const styles: Record<string, 'strong' | 'emphasis' | 'sub' | 'sup'> = {
  strong: 'strong',
  b: 'strong',
  em: 'emphasis',
  i: 'emphasis',
  sub: 'sub',
  sup: 'sup',
}

function readLine(reader: BodyReader, children: readonly (Element | string)[]): Piece[] {
  const pieces: Piece[] = []
  const add = (each: Element | string): void => {
    if (typeof each === 'string') {
      const text = single(each)
      const last = pieces.at(-1)
      if (text === '') return
      if (last?.kind === 'text') last.text = single(last.text + text)
      else pieces.push({ kind: 'text', text })
    } else if (each.name === 'span') {
      reader.findings.take(each)
      each.children.forEach(add)
    } else pieces.push(readPiece(reader, each))
  }
  children.forEach(add)
  const [first, last] = [pieces[0], pieces.at(-1)]
  if (first?.kind === 'text') first.text = first.text.trimStart()
  if (last?.kind === 'text') last.text = last.text.trimEnd()
  return pieces.filter((piece) => piece.kind !== 'text' || piece.text !== '')
}

function readPiece(reader: BodyReader, element: Element): Piece {
  const { findings } = reader
  switch (element.name) {
    case 'br':
      findings.take(element)
      return { kind: 'break' }
    case 'img':
      return { kind: 'picture', ...readPicture(reader, element) }
    case 'qti-hottext': {
      const { identifier } = findings.take(element, 'identifier')
      return {
        kind: 'hot',
        id: identifier ?? refuse(element, 'no_identifier'),
        text: plainText(reader, element),
      }
    }
    case 'qti-inline-choice-interaction': {
      const taken = findings.take(element, 'response-identifier', 'shuffle', 'aria-label')
      return {
        kind: 'inlineChoice',
        response: taken['response-identifier'] ?? refuse(element, 'no_response'),
        label: labelOf(reader, element, taken['aria-label']),
        shuffle: taken.shuffle === 'true',
        choices: elementsIn(element).map((choice) => {
          if (choice.name !== 'qti-inline-choice') refuse(choice, 'unexpected_element')
          const { identifier } = findings.take(choice, 'identifier')
          return { id: identifier ?? refuse(choice, 'no_identifier'), text: plainText(reader, choice) }
        }),
      }
    }
    case 'qti-text-entry-interaction': {
      const taken = findings.take(
        element,
        'response-identifier',
        'expected-length',
        'aria-label',
        'data-ikms-diacritics',
      )
      const response = taken['response-identifier'] ?? refuse(element, 'no_response')
      return {
        kind: 'textEntry',
        response,
        label: labelOf(reader, element, taken['aria-label']),
        expects: reader.isNumber(response) ? 'number' : 'text',
        width: whole(element, taken['expected-length'], 12),
      }
    }
    default: {
      const kind = styles[element.name] ?? refuse(element, 'unknown_element')
      if (element.name === 'b' || element.name === 'i') findings.leave(element, `read_as_${kind}`)
      findings.take(element)
      return { kind, text: single(flatText(reader, element)) }
    }
  }
}

function labelOf({ findings, title }: BodyReader, element: Element, label: string | undefined): string {
  if (label) return label
  findings.leave(element, 'no_label', 'aria-label')
  return title
}

/** Text of an element; marks inside it are left out and said. */
function flatText({ findings }: BodyReader, element: Element): string {
  for (const child of elementsIn(element)) {
    if (child.name === 'img' || /^qti-/.test(child.name)) refuse(child, 'only_text_here')
    findings.leave(child, 'read_as_text')
  }
  return textIn(element)
}

const plainText = (reader: BodyReader, element: Element) => tidy(flatText(reader, element))

function promptOf(reader: BodyReader, element: Element): Line {
  const prompt = elementsIn(element).find(({ name }) => name === 'qti-prompt')
  if (prompt) {
    reader.findings.take(prompt)
    return stillLine(reader, prompt)
  }
  reader.findings.leave(element, 'no_prompt')
  return [{ kind: 'text', text: reader.title }]
}

function choicesOf(reader: BodyReader, element: Element, name: string): Choice[] {
  return elementsIn(element)
    .filter((child) => child.name !== 'qti-prompt')
    .map((choice) => {
      if (choice.name !== name) refuse(choice, 'unexpected_element')
      const { identifier } = reader.findings.take(choice, 'identifier')
      return { id: identifier ?? refuse(choice, 'no_identifier'), content: stillLine(reader, choice) }
    })
}

function readPicture(reader: BodyReader, element: Element) {
  const { src, alt, width } = reader.findings.take(element, 'src', 'alt', 'width')
  return {
    media: reader.media(src ?? refuse(element, 'media_missing'), element),
    alt: alt ?? refuse(element, 'no_alternative_text'),
    width: width === undefined ? null : whole(element, width, 0),
  }
}

function readFigure(reader: BodyReader, element: Element, card: string | null): Block {
  const parts = elementsIn(element)
  const picture = parts.find(({ name }) => name === 'img') ?? refuse(element, 'no_picture')
  const caption = parts.find(({ name }) => name === 'figcaption')
  const other = parts.find((each) => each !== picture && each !== caption)
  if (other) refuse(other, 'unexpected_element')
  if (caption) reader.findings.take(caption)
  return {
    kind: 'figure',
    picture: readPicture(reader, picture),
    caption: caption ? stillLine(reader, caption) : null,
    card,
  }
}

function readTable(reader: BodyReader, element: Element, card: string | null): Block {
  const { findings } = reader
  let caption: string | null = null
  let head: Line[] = []
  const rows: Element[] = []
  const rowsIn = (part: Element) => {
    findings.take(part)
    return elementsIn(part).map((row) => (row.name === 'tr' ? row : refuse(row, 'unexpected_element')))
  }
  for (const part of elementsIn(element)) {
    if (part.name === 'caption') caption = plainText(reader, part)
    else if (part.name === 'thead') {
      const [row, second] = rowsIn(part)
      if (second) refuse(second, 'two_head_rows')
      head = (row ? elementsIn(row) : []).map((cell) => {
        findings.take(cell, 'scope')
        return stillLine(reader, cell)
      })
    } else if (part.name === 'tbody') rows.push(...rowsIn(part))
    else if (part.name === 'tr') rows.push(part)
    else refuse(part, 'unexpected_element')
  }
  const cells = rows.map((row) => elementsIn(row))
  for (const cell of cells.flat()) {
    if (cell.name !== 'td' && cell.name !== 'th') refuse(cell, 'unexpected_element')
    if (cell.attributes.has('colspan') || cell.attributes.has('rowspan')) refuse(cell, 'joined_cells')
    findings.take(cell, 'scope')
  }
  const named = cells.length > 0 && cells.every(([first]) => first?.name === 'th')
  const stray = cells.flatMap((row) => row.slice(named ? 1 : 0)).find(({ name }) => name === 'th')
  if (stray) findings.leave(stray, 'read_as_cell')
  return {
    kind: 'table',
    caption: caption === '' ? null : caption,
    head,
    rows: cells.map((row) => row.map((cell) => readLine(reader, cell.children) as Inline[])),
    named,
    card,
  }
}

/** Blocks in which nothing is answered. */
export function readStill(reader: BodyReader, element: Element): StillBlock[] {
  return readBlocks(reader, element.children).map((block) => {
    const isStill =
      ['heading', 'list', 'figure'].includes(block.kind) ||
      (block.kind === 'paragraph' && !block.content.some(isAnswered)) ||
      (block.kind === 'table' && !block.rows.some((row) => row.some((cell) => cell.some(isAnswered))))
    return isStill ? (block as StillBlock) : refuse(element, 'question_in_shared_text')
  })
}

const isAnswered = ({ kind }: Inline) => kind === 'inlineChoice' || kind === 'textEntry'

/** Alternative content. */
export function readCatalog({ findings }: Pick<BodyReader, 'findings'>, info: Element): Catalog {
  return elementsIn(info).flatMap((catalog) => {
    const { id } = findings.take(catalog, 'id')
    const cards = elementsIn(catalog).flatMap((card) => {
      const { support } = findings.take(card, 'support')
      const known = supports.find((each) => each === support)
      const html = elementsIn(card).find(({ name }) => name === 'qti-html-content')
      if (!known || !html) {
        findings.leave(card, 'unknown_support')
        return []
      }
      const lines = elementsIn(html).map((line) => tidy(textIn(line)))
      const text = (lines.length > 0 ? lines : [tidy(textIn(html))]).filter((line) => line !== '').join('\n')
      return [{ support: known, text }]
    })
    return id && cards.length > 0 ? [{ id, cards }] : []
  })
}

const supports = ['spoken', 'long-description', 'simplified-language', 'sign-language', 'braille'] as const

function whole(element: Element, written: string | undefined, otherwise: number): number {
  if (written === undefined) return otherwise
  return /^\d{1,6}$/.test(written) ? Number(written) : refuse(element, 'not_a_number')
}

export function decimal(element: Element, written: string | undefined): number {
  const value = Number(written)
  return written !== undefined && written.trim() !== '' && Number.isFinite(value)
    ? value
    : refuse(element, 'not_a_number')
}
