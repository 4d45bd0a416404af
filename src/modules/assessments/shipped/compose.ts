import type { Block, Catalog, Item, Keys, Line, Place, Stimulus } from '../model.ts'
import type { MediaFile } from '../store.ts'

/**
 * Items written as a test is written: what is asked in words, with the right answer marked in them.
 *
 * - choices: the right ones begin with `*`
 * - gaps in a line: `{#18}` a number, `{"kvadrātu|kvadrāts"}` words, `{ir / *nav}` a list
 * - hot text: `[piece]` can be chosen, `[*piece]` is right
 */

/** An item with the pictures that come with it. */
export interface ShippedItem {
  item: Item
  files: MediaFile[]
}

/** A part of a body. Asked for its blocks once, with names for its responses. */
export type Part = (response: () => string) => {
  blocks: Block[]
  keys: Keys
  catalog?: Catalog
  file?: MediaFile
}

export const say = (text: string): Line => [{ kind: 'text', text }]

/** A paragraph in which nothing is asked. */
export function text(words: string): Part {
  return () => ({ blocks: [{ kind: 'paragraph', content: say(words), card: null }], keys: {} })
}

/** One choice is right. */
export function pick(prompt: string, choices: readonly string[], points = 1): Part {
  return choice(prompt, choices, 1, (correct) => ({ kind: 'choice', rule: 'all', correct, points }))
}

/** Several choices are right: exactly they give the points. */
export function pickAll(prompt: string, choices: readonly string[], points = 1): Part {
  return choice(prompt, choices, 0, (correct) => ({ kind: 'choice', rule: 'all', correct, points }))
}

/** Several choices are right: each gives a point, a wrong one takes one. */
export function pickEach(prompt: string, choices: readonly string[]): Part {
  return choice(prompt, choices, 0, (correct, ids) => ({
    kind: 'choice',
    rule: 'map',
    correct,
    points: correct.length,
    map: ids.map((id) => ({ id, points: correct.includes(id) ? 1 : -1 })),
  }))
}

function choice(
  prompt: string,
  marked: readonly string[],
  most: number,
  key: (correct: string[], ids: string[]) => Keys[string],
): Part {
  return (response) => {
    const name = response()
    const ids = marked.map((_, at) => String.fromCharCode(65 + at))
    const choices = marked.map((words, at) => ({ id: ids[at]!, content: say(words.replace(/^\*/, '')) }))
    const correct = ids.filter((_, at) => marked[at]!.startsWith('*'))
    return {
      blocks: [
        { kind: 'choice', response: name, prompt: say(prompt), choices, shuffle: true, least: 1, most },
      ],
      keys: { [name]: key(correct, ids) },
    }
  }
}

export interface GapRules {
  /** of each gap */
  points?: number
  /** spelling is what is asked: diacritics count */
  isSpelling?: boolean
}

/** A line with gaps. */
export function fill(line: string, rules: GapRules = {}): Part {
  return (response) => {
    const { content, keys } = gaps(line, response, line, rules)
    return { blocks: [{ kind: 'paragraph', content, card: null }], keys }
  }
}

/** A table, perhaps with gaps in its cells; the first cell of a row names it. */
export function table(
  caption: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
  rules: GapRules = {},
): Part {
  return (response) => {
    const keys: Keys = {}
    const filled = rows.map((cells) =>
      cells.map((cell, at) => {
        const made = gaps(cell, response, `${cells[0]}: ${lowered(head[at] ?? caption)}`, rules)
        Object.assign(keys, made.keys)
        return made.content
      }),
    )
    return {
      blocks: [{ kind: 'table', caption, head: head.map(say), rows: filled, named: true, card: null }],
      keys,
    }
  }
}

const lowered = (words: string) => words.charAt(0).toLocaleLowerCase('lv') + words.slice(1)

type OpenLine = Extract<Block, { kind: 'paragraph' }>['content']

/** What stands in the braces of a line becomes gaps; their label is the sentence without them, for those who do not see it. */
function gaps(
  line: string,
  response: () => string,
  sentence: string,
  { points = 1, isSpelling = false }: GapRules,
): { content: OpenLine; keys: Keys } {
  const keys: Keys = {}
  const label = sentence
    .replace(/\{[^}]*\}/g, '…')
    .slice(0, 300)
    .trim()
  const content = line.split(/(\{[^}]*\})/).flatMap((piece): OpenLine => {
    if (piece === '') return []
    if (!piece.startsWith('{')) return [{ kind: 'text', text: piece }]
    const name = response()
    const asked = piece.slice(1, -1)
    if (asked.startsWith('#')) {
      const value = Number(asked.slice(1).replace(',', '.'))
      keys[name] = { kind: 'number', accepted: [{ value, tolerance: 0, points }] }
      return [{ kind: 'textEntry', response: name, label, expects: 'number', width: 6 }]
    }
    if (asked.startsWith('"')) {
      const accepted = asked
        .slice(1, -1)
        .split('|')
        .map((words) => ({ text: words, points }))
      keys[name] = { kind: 'text', accepted, ignoreCase: !isSpelling, ignoreDiacritics: !isSpelling }
      const width = Math.max(...accepted.map((each) => each.text.length)) + 4
      return [{ kind: 'textEntry', response: name, label, expects: 'text', width }]
    }
    const marked = asked.split(' / ')
    const ids = marked.map((_, at) => String.fromCharCode(65 + at))
    keys[name] = {
      kind: 'choice',
      rule: 'all',
      correct: ids.filter((_, at) => marked[at]!.startsWith('*')),
      points,
    }
    const choices = marked.map((words, at) => ({ id: ids[at]!, text: words.replace(/^\*/, '') }))
    return [{ kind: 'inlineChoice', response: name, label, choices, shuffle: false }]
  })
  return { content, keys }
}

/** Each on the left belongs to one on the right, a point each; `extra` belong to none. */
export function match(prompt: string, pairs: Record<string, string>, extra: readonly string[] = []): Part {
  return (response) => {
    const name = response()
    const side = (letter: string, words: readonly string[], most: number) =>
      words.map((each, at) => ({ id: `${letter}${at + 1}`, content: say(each), most }))
    const rights = [...new Set(Object.values(pairs)), ...extra]
    const correct = Object.values(pairs).map((right, at) => ({
      left: `L${at + 1}`,
      right: `V${rights.indexOf(right) + 1}`,
    }))
    const often = new Set(Object.values(pairs)).size < correct.length ? 0 : 1
    return {
      blocks: [
        {
          kind: 'match',
          response: name,
          prompt: say(prompt),
          left: side('L', Object.keys(pairs), 1),
          right: side('V', rights, often),
          shuffle: true,
          most: correct.length,
        },
      ],
      keys: {
        [name]: {
          kind: 'match',
          rule: 'map',
          correct,
          points: correct.length,
          map: correct.map((pair) => ({ ...pair, points: 1 })),
        },
      },
    }
  }
}

/** To be put into the order in which it is given here. */
export function inOrder(prompt: string, steps: readonly string[], points = 2): Part {
  return (response) => {
    const name = response()
    const choices = steps.map((words, at) => ({ id: String.fromCharCode(65 + at), content: say(words) }))
    return {
      blocks: [{ kind: 'order', response: name, prompt: say(prompt), choices }],
      keys: { [name]: { kind: 'order', rule: 'all', correct: choices.map(({ id }) => id), points } },
    }
  }
}

/** Pieces of a text are to be found: all of the right ones and no other. */
export function find(prompt: string, lines: readonly string[], points = 1): Part {
  return (response) => {
    const name = response()
    const correct: string[] = []
    let at = 0
    const paragraphs = lines.map((line) =>
      line
        .split(/(\[[^\]]*\])/)
        .filter((piece) => piece !== '')
        .map((piece) => {
          if (!piece.startsWith('[')) return { kind: 'text' as const, text: piece }
          at += 1
          const id = `H${at}`
          if (piece.startsWith('[*')) correct.push(id)
          return { kind: 'hot' as const, id, text: piece.replace(/^\[\*?|\]$/g, '') }
        }),
    )
    const most = correct.length === 1 ? 1 : 0
    return {
      blocks: [{ kind: 'hotText', response: name, prompt: say(prompt), paragraphs, least: 1, most }],
      keys: { [name]: { kind: 'choice', rule: 'all', correct, points } },
    }
  }
}

/** A point is to be set on a line of numbers. */
export function onLine(
  prompt: string,
  line: { from: number; to: number; step: number; labelEvery: number },
  at: number,
): Part {
  return (response) => {
    const name = response()
    return {
      blocks: [{ kind: 'numberLine', response: name, prompt: say(prompt), ...line }],
      keys: { [name]: { kind: 'number', accepted: [{ value: at, tolerance: 0, points: 1 }] } },
    }
  }
}

/** Answered in own words and read by a marker: what each number of points asks for, most first. */
export function explain(prompt: string, criteria: Readonly<Record<number, string>>, lines = 4): Part {
  return (response) => {
    const name = response()
    const wanted = Object.entries(criteria).map(([points, words]) => ({
      points: Number(points),
      text: words,
    }))
    return {
      blocks: [
        { kind: 'extendedText', response: name, prompt: say(prompt), lines, mostCharacters: lines * 150 },
      ],
      keys: {
        [name]: {
          kind: 'rubric',
          points: Math.max(...wanted.map(({ points }) => points)),
          criteria: wanted.sort((a, b) => b.points - a.points),
        },
      },
    }
  }
}

/** A picture with what it says in words, and read aloud. */
export function picture(file: MediaFile, alt: string, caption: string, spoken: string): Part {
  return () => ({
    blocks: [
      { kind: 'figure', picture: { media: file.name, alt, width: 420 }, caption: say(caption), card: 'K1' },
    ],
    keys: {},
    catalog: [{ id: 'K1', cards: [{ support: 'spoken', text: spoken }] }],
    file,
  })
}

/** A text that several items ask about, a paragraph a line. */
export function reading(code: string, title: string, paragraphs: readonly string[]): Stimulus {
  return {
    code,
    title,
    body: paragraphs.map((words) => ({ kind: 'paragraph', content: say(words), card: null })),
  }
}

/** A text with a table that several items ask about: words before it, the table, words after it. */
export function dataText(
  code: string,
  title: string,
  before: readonly string[],
  [caption, head, rows]: readonly [
    caption: string,
    head: readonly string[],
    rows: readonly (readonly string[])[],
  ],
  after: readonly string[] = [],
): Stimulus {
  const texts = (words: readonly string[]) => reading(code, title, words).body
  return {
    code,
    title,
    body: [
      ...texts(before),
      {
        kind: 'table',
        caption,
        head: head.map(say),
        rows: rows.map((cells) => cells.map(say)),
        named: true,
        card: null,
      },
      ...texts(after),
    ],
  }
}

export interface About {
  stimulus?: Stimulus
  /** for those who adapt or mark it */
  note?: string
}

/** How items of one domain and grade are written: number, place in the framework, title, parts. */
export function itemsOf(prefix: string, domain: Place['domain'], grade: number) {
  return (
    number: number,
    [strand, process, outcome]: readonly [
      strand: string,
      process: 'know' | 'apply' | 'reason',
      outcome: string,
    ],
    title: string,
    parts: readonly Part[],
    { stimulus, note = '' }: About = {},
  ): ShippedItem => {
    let asked = 0
    const response = () => {
      asked += 1
      return `R${asked}`
    }
    const made = parts.map((part) => part(response))
    return {
      item: {
        code: `${prefix}-${String(number).padStart(3, '0')}`,
        place: { domain, grade, strand, process, outcome },
        accessibility: note,
        texts: [
          {
            language: 'lv',
            title,
            stimulus: stimulus ?? null,
            body: made.flatMap(({ blocks }) => blocks),
            catalog: made.flatMap(({ catalog }) => catalog ?? []),
            keys: Object.assign({}, ...made.map(({ keys }) => keys)),
          },
        ],
      },
      files: made.flatMap(({ file }) => file ?? []),
    }
  }
}
