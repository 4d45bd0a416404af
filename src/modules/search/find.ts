import { fold, foldedWords } from '#terms/latvian/fold.ts'
import type { Words } from '#terms/locale.ts'
import type { Findable, Found } from './model.ts'
import { type KnownWord, type SearchIndex, stemsOf } from './search-index.ts'
import { fewestSlips, forgiven, letters, slips } from './slips.ts'

const MOST_WORDS = 8 // of a question; what follows is left out
const LONGEST = 30 // letters of a word; nothing here has longer ones

/** How sure it is that a word of the texts is the one meant. */
const sure = {
  same: 1,
  stem: 0.9,
  otherStem: 0.7,
  beginning: 0.5,
  inside: 0.35,
  kin: 0.35,
  slip: 0.45,
  slips: 0.3,
} as const

/** Words that stand in every question and say nothing about what is looked for. */
const empty = new Set(
  foldedWords(
    'un vai ar par pie pa no uz ko kas kā kur kad cik ir nav tas tā to the of a an in on at to for and or is are what how where when who do does',
  ),
)

/**
 * What a visitor may mean, best first: things that have every word asked for; where there are none, those that have most of
 * them. Digits must be there as they are.
 *
 * @param perKind  most of one kind that are given; kinds of places count as one
 */
export function find(index: SearchIndex, text: string, perKind: number): Found[] {
  const all = foldedWords(text)
    .map((word) => word.slice(0, LONGEST))
    .slice(0, MOST_WORDS)
  const telling = all.filter((word) => !empty.has(word))
  const asked = [...new Set(telling.length > 0 ? telling : all)]
  if (asked.length === 0) return []
  const meant = asked.map((word) => wordsMeant(index, word))
  const scores = new Map<number, { score: number; of: number; digits: number }>()
  meant.forEach((likely, at) => {
    const best = bestPerThing(likely)
    const rare = Math.log(1 + index.things.length / Math.max(1, best.size))
    const isNumber = /^\p{N}/u.test(asked[at]!)
    for (const [thing, score] of best) {
      const sum = scores.get(thing) ?? { score: 0, of: 0, digits: 0 }
      sum.score += score * rare
      sum.of += 1
      if (isNumber) sum.digits += 1
      scores.set(thing, sum)
    }
  })
  const numbers = asked.filter((word) => /^\p{N}/u.test(word)).length
  const most = Math.max(0, ...[...scores.values()].map(({ of }) => of))
  const needed = most === asked.length ? most : Math.max(1, Math.ceil(asked.length / 2))
  const words = new Set(meant.flatMap((likely) => likely.map(({ known }) => known.word)))
  const ranked = [...scores]
    .filter(([, { of, digits }]) => of >= needed && digits === numbers)
    .map(([thing, { score, of }]) => ({
      thing,
      score: (score * of * nameShare(index, thing, words)) / asked.length,
    }))
    .toSorted((a, b) => b.score - a.score || a.thing - b.thing)
  const given = new Map<string, number>()
  const found: Found[] = []
  for (const { thing } of ranked) {
    const each = index.things[thing]!
    const kind = isPlace(each) ? 'place' : each.kind
    const count = given.get(kind) ?? 0
    if (count >= perKind) continue
    given.set(kind, count + 1)
    found.push(told(each, words))
  }
  return found
}

interface Likely {
  known: KnownWord
  sure: number
}

/** The words of the texts that a typed word may stand for; slips are looked for only where nothing else fits. */
function wordsMeant(index: SearchIndex, word: string): Likely[] {
  const stems = stemsOf(word)
  if (/^\p{N}/u.test(word)) {
    return index.words
      .filter((known) => known.word === word || (word.length > 3 && known.word.startsWith(word)))
      .map((known) => ({ known, sure: sure.same }))
  }
  const fitting = index.words.flatMap((known) => {
    const how = fits(known, word, stems)
    return how === 0 ? [] : [{ known, sure: how }]
  })
  return fitting.length > 0 ? fitting : mistyped(index, word, stems[0]!)
}

function fits(known: KnownWord, word: string, stems: readonly string[]): number {
  if (known.word === word) return sure.same
  if (known.stems[0] === stems[0]) return sure.stem
  if (known.stems.some((stem) => stems.includes(stem))) return sure.otherStem
  if (
    word.length >= 3 &&
    (known.word.startsWith(word) || (stems[0]!.length > 3 && known.word.startsWith(stems[0]!)))
  ) {
    return sure.beginning
  }
  if (stems[0]!.length >= 4 && known.word.includes(stems[0]!)) return sure.inside
  return areKin(stems[0]!, known.stems[0]!) ? sure.kin : 0
}

/** Whether two stems begin alike for most of their length: *salīdzināšana*, *salīdzināt*. */
function areKin(a: string, b: string): boolean {
  const longer = Math.max(a.length, b.length)
  const common = Math.max(6, Math.ceil(0.6 * longer))
  return a.length >= common && b.startsWith(a.slice(0, common))
}

function mistyped(index: SearchIndex, word: string, stem: string): Likely[] {
  const most = forgiven(word)
  if (most === 0) return []
  const bits = letters(word)
  const near = index.words.flatMap((known) => {
    if (/^\p{N}/u.test(known.word) || fewestSlips(bits, known.letters) > most + 1) return []
    const count = Math.min(
      slips(word, known.word, most),
      // Of stems, which are shorter, fewer slips are forgiven; one letter of the ending may then be wrong besides.
      stem.length > 3 ? slips(stem, known.stems[0]!, forgiven(stem)) : most + 1,
    )
    return count > most ? [] : [{ known, count }]
  })
  const fewest = Math.min(...near.map(({ count }) => count))
  return near
    .filter(({ count }) => count === fewest)
    .map(({ known, count }) => ({ known, sure: count <= 1 ? sure.slip : sure.slips }))
}

/** How much each thing has of a word asked for: of all that it may stand for, the best. */
function bestPerThing(likely: readonly Likely[]): Map<number, number> {
  const best = new Map<number, number>()
  for (const { known, sure: how } of likely) {
    for (const [thing, weight] of known.weights) {
      best.set(thing, Math.max(how * weight, best.get(thing) ?? 0))
    }
  }
  return best
}

/** 1–2: the more of a name was asked for, the likelier it was meant; the language in which it is more counts. */
function nameShare(index: SearchIndex, thing: number, meant: ReadonlySet<string>): number {
  const shares = index.names[thing]!.map((words) =>
    words.length === 0 ? 0 : words.filter((word) => meant.has(word)).length / words.length,
  )
  return 1 + Math.max(...shares)
}

function isPlace({ kind }: Findable): boolean {
  return kind === 'state' || kind === 'region' || kind === 'municipality' || kind === 'institution'
}

function told({ alsoCalled: _names, says, ...thing }: Findable, meant: ReadonlySet<string>): Found {
  const excerpt =
    says.lv === '' ? null : { lv: bestSentence(says.lv, meant), en: bestSentence(says.en, meant) }
  const shown = [thing.name, thing.within, excerpt].flatMap((words: Words | null) =>
    words ? [words.lv, words.en] : [],
  )
  const matched = [...new Set(shown.flatMap(foldedWords))].filter((word) => meant.has(word))
  return { ...thing, excerpt, matched }
}

const LONG = 240 // signs of an excerpt

/** The sentence with most of the words meant, the first of them; cut where it is long. */
function bestSentence(text: string, meant: ReadonlySet<string>): string {
  const sentences = text.split(/(?<=[.!?”])\s+(?=\p{Lu}|„|“)/u)
  const counts = sentences.map((each) => new Set(foldedWords(each).filter((word) => meant.has(word))).size)
  const best = sentences[counts.indexOf(Math.max(...counts))]!
  return fold(best).length <= LONG ? best : `${best.slice(0, LONG).replace(/\s+\S*$/, '')} …`
}
