import { z } from 'zod'

/** What an item shows: text, tables, pictures and the places where something is answered. Holds no key. */

/** Names a response, choice or card inside one item; as QTI wants identifiers. */
export const Id = z.string().regex(/^[A-Za-z_][A-Za-z0-9_.-]{0,31}$/)

/** Text that XML and PostgreSQL can both hold. */
const holdable = (text: string) => text.isWellFormed() && !/(?![\n])\p{Cc}|[\ufffe\uffff]/u.test(text)
export const Text = z.string().max(4000).refine(holdable, 'control characters')
/** Spaces as they are shown: never two in a row, no ends of lines. */
const isSingle = (text: string) => !/ {2}|\n/.test(text)
const isTrimmed = (text: string) => text !== '' && text.trim() === text
/** A name or label: one line, something in it. */
export const Label = Text.max(300).refine((text) => isSingle(text) && isTrimmed(text), 'spaces')
/** Some lines, each with something in it. */
export const Lines = Text.refine(
  (text) => text.split('\n').every((line) => isSingle(line) && isTrimmed(line)),
  'spaces',
)
const Words = Text.min(1).refine(isSingle, 'spaces')

export const MediaName = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,59}\.(png|jpg|gif|webp|svg)$/)

export const Picture = z.object({
  media: MediaName,
  alt: Text.max(1000).describe('what the picture says; empty only where it says nothing'),
  width: z.number().int().min(1).max(4000).nullable().describe('px; null: as the file is'),
})

const Plain = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: Words }),
  z.object({ kind: z.enum(['strong', 'emphasis', 'sub', 'sup']), text: Words }),
  z.object({ kind: z.literal('break') }),
  z.object({ kind: z.literal('picture'), ...Picture.shape }),
])
/** A piece of a line without anything to answer. */
export type Plain = z.infer<typeof Plain>

/** Pieces as they stand in a line: no space at its ends, and what is one text is one piece. */
function isLine(pieces: readonly { kind: string; text?: string | undefined }[]): boolean {
  const [first, last] = [pieces[0], pieces.at(-1)]
  return (
    !(first?.kind === 'text' && first.text?.startsWith(' ')) &&
    !(last?.kind === 'text' && last.text?.endsWith(' ')) &&
    pieces.every(({ kind }, at) => kind !== 'text' || pieces[at - 1]?.kind !== 'text')
  )
}
const spaces = 'spaces at the ends of a line, or a text in two pieces'

/** A line: pieces without anything to answer. */
export const Line = z.array(Plain).max(200).refine(isLine, spaces)
export type Line = z.infer<typeof Line>
const FullLine = z.array(Plain).min(1).max(200).refine(isLine, spaces)

export const Choice = z.object({ id: Id, content: FullLine })
export type Choice = z.infer<typeof Choice>
export const Choices = z.array(Choice).min(2).max(40)

const InlineChoice = z.object({
  kind: z.literal('inlineChoice'),
  response: Id,
  label: Label.describe('what is chosen, for those who do not see the sentence'),
  choices: z
    .array(z.object({ id: Id, text: Label }))
    .min(2)
    .max(20),
  shuffle: z.boolean(),
})
const TextEntry = z.object({
  kind: z.literal('textEntry'),
  response: Id,
  label: Label,
  expects: z.enum(['text', 'number']),
  width: z.number().int().min(1).max(60).describe('expected characters'),
})
const HotText = z.object({ kind: z.literal('hot'), id: Id, text: Label })

/** A piece of a line that may be answered in place. */
export const Inline = z.discriminatedUnion('kind', [...Plain.options, InlineChoice, TextEntry])
export type Inline = z.infer<typeof Inline>
/** A piece of a text in which pieces can be chosen. */
export const Hot = z.discriminatedUnion('kind', [...Plain.options, HotText])
export type Hot = z.infer<typeof Hot>

/** Alternative content of a block, by the id of its card (`Catalog`). */
const card = { card: Id.nullable().describe('alternative content in the catalog; null: none') }

export const Still = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('heading'), content: FullLine, ...card }),
  z.object({
    kind: z.literal('list'),
    ordered: z.boolean(),
    items: z.array(FullLine).min(1).max(40),
    ...card,
  }),
  z.object({ kind: z.literal('figure'), picture: Picture, caption: Line.nullable(), ...card }),
])
const Paragraph = z.object({ kind: z.literal('paragraph'), content: FullLine, ...card })
const Table = z.object({
  kind: z.literal('table'),
  caption: Label.nullable(),
  head: z.array(Line).max(12).describe('names of the columns; empty: none'),
  rows: z.array(z.array(Line).min(1).max(12)).min(1).max(60),
  named: z.boolean().describe('the first cell of a row names it'),
  ...card,
})
/** A block of a text that several items share, or of a question; nothing in it is answered. */
export const StillBlock = z.discriminatedUnion('kind', [...Still.options, Paragraph, Table])
export type StillBlock = z.infer<typeof StillBlock>

/** The same where gaps may stand in lines and cells. */
const OpenParagraph = Paragraph.extend({ content: z.array(Inline).min(1).max(200).refine(isLine, spaces) })
const OpenTable = Table.extend({
  rows: z
    .array(z.array(z.array(Inline).max(60).refine(isLine, spaces)).min(1).max(12))
    .min(1)
    .max(60),
})

const many = z.number().int().min(0).max(40)
const asked = { response: Id, prompt: FullLine }
const limits = {
  least: many.describe('fewest to choose; 0: may stay empty'),
  most: many.describe('most that can be chosen; 0: no limit, 1: one'),
}

/** One or several of some choices. */
export const ChoiceInteraction = z.object({
  kind: z.literal('choice'),
  ...asked,
  choices: Choices,
  shuffle: z.boolean(),
  ...limits,
})
/** What is on the left is joined with what is on the right. */
const MatchChoices = z.array(Choice.extend({ most: many.describe('joined at most so often; 0: no limit') }))
export const MatchInteraction = z.object({
  kind: z.literal('match'),
  ...asked,
  left: MatchChoices.min(1).max(12),
  right: MatchChoices.min(2).max(12),
  shuffle: z.boolean(),
  most: many.describe('pairs in all; 0: no limit'),
})
/** Choices are put into an order. They are always shown shuffled. */
export const OrderInteraction = z.object({ kind: z.literal('order'), ...asked, choices: Choices.max(10) })
/** Pieces of a text are chosen. */
export const HotTextInteraction = z.object({
  kind: z.literal('hotText'),
  ...asked,
  paragraphs: z.array(z.array(Hot).min(1).max(300).refine(isLine, spaces)).min(1).max(30),
  ...limits,
})
const amount = z.number().min(-1e9).max(1e9)
/** A point is set on a line of numbers. */
export const NumberLineInteraction = z.object({
  kind: z.literal('numberLine'),
  ...asked,
  from: amount,
  to: amount,
  step: z.number().gt(0).max(1e9).describe('between two places where the point can stand; at most 60 places'),
  labelEvery: z.number().int().min(1).max(60).describe('steps between two numbers written at the line'),
})
/** A longer answer in own words. */
export const ExtendedTextInteraction = z.object({
  kind: z.literal('extendedText'),
  ...asked,
  lines: z.number().int().min(1).max(40),
  mostCharacters: z.number().int().min(20).max(5000),
})

const BlockInteraction = z.discriminatedUnion('kind', [
  ChoiceInteraction,
  MatchInteraction,
  OrderInteraction,
  HotTextInteraction,
  NumberLineInteraction,
  ExtendedTextInteraction,
])
export type BlockInteraction = z.infer<typeof BlockInteraction>
export type InlineInteraction = z.infer<typeof InlineChoice> | z.infer<typeof TextEntry>
export type Interaction = BlockInteraction | InlineInteraction

export const Block = z.discriminatedUnion('kind', [
  ...Still.options,
  OpenParagraph,
  OpenTable,
  ...BlockInteraction.options,
])
export type Block = z.infer<typeof Block>

/** A text, table or picture that several items ask about. */
export const Stimulus = z.object({
  code: Id.describe('items with the same code share it'),
  title: Label,
  body: z.array(StillBlock).min(1).max(60),
})
export type Stimulus = z.infer<typeof Stimulus>

/** Alternative content for who needs it (QTI 3 catalog). */
export const Catalog = z.array(
  z.object({
    id: Id,
    cards: z
      .array(
        z.object({
          support: z.enum(['spoken', 'long-description', 'simplified-language', 'sign-language', 'braille']),
          text: Lines,
        }),
      )
      .min(1)
      .max(5),
  }),
)
export type Catalog = z.infer<typeof Catalog>

/** Everything that can be answered in a body, in the order of reading. */
export function interactionsOf(body: readonly Block[]): Interaction[] {
  return body.flatMap((block): Interaction[] => {
    switch (block.kind) {
      case 'paragraph':
        return block.content.filter(isAnswered)
      case 'table':
        return block.rows.flatMap((row) => row.flatMap((cell) => cell.filter(isAnswered)))
      case 'heading':
      case 'list':
      case 'figure':
        return []
      default:
        return [block]
    }
  })
}

function isAnswered(piece: Inline): piece is InlineInteraction {
  return piece.kind === 'inlineChoice' || piece.kind === 'textEntry'
}

/** Names of the pictures that stand in some blocks. */
export function mediaOf(value: unknown): string[] {
  const found = new Set<string>()
  const look = (each: unknown) => {
    if (Array.isArray(each)) each.forEach(look)
    else if (each && typeof each === 'object') {
      if ('media' in each && typeof each.media === 'string') found.add(each.media)
      Object.values(each).forEach(look)
    }
  }
  look(value)
  return [...found].sort()
}

/** Where a point can stand on a number line. */
export function placesOf({ from, to, step }: { from: number; to: number; step: number }): number[] {
  const count = Math.round((to - from) / step)
  return Array.from({ length: count + 1 }, (_, at) => Number((from + at * step).toPrecision(12)))
}
