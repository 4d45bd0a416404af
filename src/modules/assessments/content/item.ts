import { z } from 'zod'
import { Block, Catalog, Id, type Interaction, interactionsOf, Label, Stimulus } from './body.ts'
import { Key, Keys, mostPoints } from './key.ts'

/** Languages items can be in; Latvian comes first. */
export const ItemLanguage = z.enum(['lv', 'en', 'ru', 'pl', 'uk', 'lt', 'et'])
export type ItemLanguage = z.infer<typeof ItemLanguage>

/** An item in one language, as a person sees it, without what is right. */
export const Content = z.object({
  language: ItemLanguage,
  title: Label,
  stimulus: Stimulus.nullable(),
  body: z.array(Block).min(1).max(60),
  catalog: Catalog.max(60),
})
export type Content = z.infer<typeof Content>

/** An item in one language with its keys, one for each response. */
export const ItemText = Content.extend({ keys: Keys })
export type ItemText = z.infer<typeof ItemText>

/** Where an item stands in the framework. */
export const Place = z.object({
  domain: z.enum(['reading', 'numeracy', 'science']),
  grade: z.number().int().min(0).max(9).describe('0: preschool'),
  strand: Id,
  process: Id,
  outcome: Id.nullable(),
})
export type Place = z.infer<typeof Place>

/** A whole item: its place, and its texts, the original first. */
export const Item = z
  .object({
    code: z.string().regex(/^[A-Z0-9][A-Z0-9-]{2,31}$/),
    place: Place,
    accessibility: z.string().max(2000).describe('notes for those who adapt it or mark it'),
    texts: z.array(ItemText).min(1).max(7),
  })
  .superRefine(({ texts }, context) => {
    for (const message of texts.flatMap(faultsOf).concat(differences(texts))) {
      context.addIssue({ code: 'custom', message })
    }
  })
export type Item = z.infer<typeof Item>

/** The most points an item can give. */
export function mostOf({ keys }: { keys: Keys }): number {
  return Object.values(keys).reduce((sum, key) => sum + mostPoints(key), 0)
}

/** What contradicts itself in an item; empty when it can be answered and scored. */
export function faultsOf({ body, keys, catalog, stimulus }: ItemText): string[] {
  const asked = interactionsOf(body)
  const cards = new Set(catalog.map(({ id }) => id))
  const used = [...body, ...(stimulus?.body ?? [])].flatMap((block) =>
    'card' in block && block.card ? [block.card] : [],
  )
  return [
    ...(asked.length === 0 ? ['nothing is asked'] : []),
    ...doubles(asked.map(({ response }) => response)).map((id) => `response ${id} is there twice`),
    ...doubles(catalog.map(({ id }) => id)).map((id) => `card ${id} is there twice`),
    ...used.filter((id) => !cards.has(id)).map((id) => `card ${id} is not in the catalog`),
    ...Object.keys(keys)
      .filter((id) => !asked.some(({ response }) => response === id))
      .map((id) => `key ${id} belongs to no response`),
    ...asked.flatMap((interaction) => {
      const key = Object.hasOwn(keys, interaction.response) ? keys[interaction.response] : undefined
      if (!key) return [`response ${interaction.response} has no key`]
      return [...faultsOfInteraction(interaction), ...faultsOfKey(interaction, key)].map(
        (fault) => `response ${interaction.response}: ${fault}`,
      )
    }),
  ]
}

/** Kinds of keys by what is answered. */
const keyKind: Record<Exclude<Interaction['kind'], 'textEntry'>, Key['kind']> = {
  choice: 'choice',
  hotText: 'choice',
  inlineChoice: 'choice',
  match: 'match',
  order: 'order',
  numberLine: 'number',
  extendedText: 'rubric',
}

/** What can be chosen; empty where something is written. */
export function choiceIds(interaction: Interaction): string[] {
  switch (interaction.kind) {
    case 'choice':
    case 'inlineChoice':
    case 'order':
      return interaction.choices.map(({ id }) => id)
    case 'hotText':
      return interaction.paragraphs.flatMap((line) =>
        line.flatMap((piece) => (piece.kind === 'hot' ? [piece.id] : [])),
      )
    default:
      return []
  }
}

function faultsOfInteraction(interaction: Interaction): string[] {
  const faults = doubles(choiceIds(interaction)).map((id) => `choice ${id} is there twice`)
  if (interaction.kind === 'match') {
    const ids = [...interaction.left, ...interaction.right].map(({ id }) => id)
    faults.push(...doubles(ids).map((id) => `choice ${id} is there twice`))
  }
  if (interaction.kind === 'hotText' && choiceIds(interaction).length < 2)
    faults.push('fewer than two pieces to choose')
  if ('least' in interaction && interaction.most !== 0 && interaction.least > interaction.most)
    faults.push('more must be chosen than can be')
  if (interaction.kind === 'numberLine') {
    const places = (interaction.to - interaction.from) / interaction.step
    const isWhole = Math.abs(places - Math.round(places)) < 1e-9
    if (!(places >= 1 && places <= 60 && isWhole))
      faults.push('the line has no whole number of 1 to 60 steps')
  }
  return faults
}

function faultsOfKey(interaction: Interaction, key: Key): string[] {
  const wanted =
    interaction.kind === 'textEntry'
      ? interaction.expects === 'number'
        ? 'number'
        : 'text'
      : keyKind[interaction.kind]
  if (key.kind !== wanted) return [`a key of kind ${wanted} is needed`]
  const known = new Set(choiceIds(interaction))
  switch (key.kind) {
    case 'choice': {
      const ids = [...key.correct, ...(key.rule === 'map' ? key.map.map(({ id }) => id) : [])]
      const most = 'most' in interaction ? interaction.most : 1
      return [
        ...ids.filter((id) => !known.has(id)).map((id) => `there is no choice ${id}`),
        ...doubles(key.correct),
        ...(key.rule === 'map' ? doubles(key.map.map(({ id }) => id)) : []),
        ...(most !== 0 && key.correct.length > most ? ['more is right than can be chosen'] : []),
        ...(key.rule === 'map' &&
        mapped(key.correct, (id) => key.map.find((each) => each.id === id)?.points) < key.points
          ? ['the right answer does not reach the points']
          : []),
      ]
    }
    case 'match': {
      if (interaction.kind !== 'match') return []
      const name = ({ left, right }: { left: string; right: string }) => `${left} ${right}`
      const pairs = [...key.correct, ...(key.rule === 'map' ? key.map : [])]
      const has = (side: readonly { id: string }[], id: string) => side.some((each) => each.id === id)
      const isTooMuch = [...interaction.left, ...interaction.right].some(
        ({ id, most }) =>
          most !== 0 && key.correct.filter(({ left, right }) => left === id || right === id).length > most,
      )
      return [
        ...pairs
          .filter(({ left, right }) => !has(interaction.left, left) || !has(interaction.right, right))
          .map(name),
        ...doubles(key.correct.map(name)),
        ...(key.rule === 'map' ? doubles(key.map.map(name)) : []),
        ...(isTooMuch || (interaction.most !== 0 && key.correct.length > interaction.most)
          ? ['more is right than can be joined']
          : []),
        ...(key.rule === 'map' &&
        mapped(key.correct, (pair) => key.map.find((each) => name(each) === name(pair))?.points) < key.points
          ? ['the right answer does not reach the points']
          : []),
      ]
    }
    case 'order':
      return [
        ...(key.correct.length !== known.size ||
        key.correct.some((id) => !known.has(id)) ||
        doubles(key.correct).length > 0
          ? ['the right order does not hold every choice once']
          : []),
        ...(key.rule === 'parts' && key.points !== key.correct.length ? ['parts give one point each'] : []),
      ]
    default:
      return []
  }
}

function mapped<Each>(correct: readonly Each[], pointsOf: (each: Each) => number | undefined): number {
  return correct.reduce((sum, each) => sum + (pointsOf(each) ?? 0), 0)
}

function doubles(ids: readonly string[]): string[] {
  return [...new Set(ids.filter((id, at) => ids.indexOf(id) !== at))]
}

/** Texts of one item ask the same in the same way; only words, and what is right as words, may differ. */
function differences(texts: readonly ItemText[]): string[] {
  const shape = ({ body, keys }: ItemText) =>
    JSON.stringify([
      interactionsOf(body).map((interaction) => ({ ...interaction, ...wordless(interaction) })),
      Object.entries(keys)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([id, key]) => [id, key.kind === 'text' || key.kind === 'rubric' ? mostPoints(key) : key]),
    ])
  return [
    ...doubles(texts.map(({ language }) => language)).map((language) => `two texts are in ${language}`),
    ...texts
      .slice(1)
      .flatMap((text) => (shape(text) === shape(texts[0]!) ? [] : [`${text.language} asks something else`])),
  ]
}

function wordless(interaction: Interaction) {
  const sides =
    interaction.kind === 'match'
      ? [interaction.left, interaction.right].map((side) => side.map(({ id, most }) => [id, most]))
      : []
  return {
    prompt: 0,
    label: 0,
    width: 0,
    lines: 0,
    mostCharacters: 0,
    choices: choiceIds(interaction),
    paragraphs: 0,
    left: sides[0],
    right: sides[1],
  }
}

export { Key }
