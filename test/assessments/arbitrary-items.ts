import fc from 'fast-check'
import type {
  Block,
  Choice,
  Inline,
  Interaction,
  Item,
  ItemText,
  Key,
  Keys,
  Line,
  Plain,
} from '#modules/assessments/model.ts'

/** Items of every kind, for laws that must hold for all of them. */

const letters = 'aābcčdeēfgģhiījkķlļmnņoprsštuūvzžAĀČ„”–… 0123456789,.?!<>&\'"=%€½²😀'
const said = fc
  .array(fc.constantFrom(...letters), { minLength: 1, maxLength: 24 })
  .map((all) => all.join('').replace(/ +/g, ' '))
  .filter((text) => text.trim() !== '')
const label = said.map((text) => text.trim())
const note = fc.oneof(
  label,
  fc.tuple(label, label).map(([a, b]) => `${a}\n${b}`),
)

const picture = fc.record({
  media: fc.constantFrom('attels.svg', 'karte-1.png'),
  alt: note,
  width: fc.option(fc.integer({ min: 1, max: 900 })),
})
const plain: fc.Arbitrary<Plain> = fc.oneof(
  { weight: 6, arbitrary: said.map((text): Plain => ({ kind: 'text', text })) },
  fc.record({ kind: fc.constantFrom('strong', 'emphasis', 'sub', 'sup'), text: said }),
  fc.constant({ kind: 'break' } as const),
  picture.map((each): Plain => ({ kind: 'picture', ...each })),
)
/** As a line has to be: neighbouring texts are one, and no space stands at its ends. */
const joined = (pieces: readonly Plain[]): Line =>
  pieces
    .filter((piece, at) => piece.kind !== 'text' || pieces[at - 1]?.kind !== 'text')
    .map((piece) => (piece.kind === 'text' ? { ...piece, text: piece.text.trim() } : piece))
const line: fc.Arbitrary<Line> = fc.array(plain, { minLength: 1, maxLength: 3 }).map(joined)
const card = fc.option(fc.constantFrom('k1', 'k2'))

const still: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constant('heading'), content: line, card }),
  fc.record({ kind: fc.constant('paragraph'), content: line, card }),
  fc.record({
    kind: fc.constant('list'),
    ordered: fc.boolean(),
    items: fc.array(line, { minLength: 1, maxLength: 3 }),
    card,
  }),
  fc.record({ kind: fc.constant('figure'), picture, caption: fc.option(line), card }),
  fc.record({
    kind: fc.constant('table'),
    caption: fc.option(label),
    head: fc.array(line, { maxLength: 2 }),
    rows: fc.array(fc.array(line, { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 3 }),
    named: fc.boolean(),
    card,
  }),
)

const points = fc.integer({ min: 1, max: 4 })
const ids = (letter: string, least: number, most: number) =>
  fc.integer({ min: least, max: most }).map((n) => Array.from({ length: n }, (_, at) => `${letter}${at}`))
const choicesOf = (names: readonly string[]): fc.Arbitrary<Choice[]> =>
  fc.tuple(...names.map((id) => line.map((content) => ({ id, content })))).map((all) => [...all])

type Asked = { interaction: Interaction; key: Key }

const byChoice = (names: readonly string[], most: number): fc.Arbitrary<Key> =>
  fc
    .record({
      correct: fc.subarray([...names], {
        minLength: 1,
        maxLength: most === 0 ? names.length : Math.min(most, names.length),
      }),
      points,
      isMap: fc.boolean(),
      takes: fc.integer({ min: -2, max: 0 }),
    })
    .map(({ correct, points, isMap, takes }): Key => {
      if (!isMap) return { kind: 'choice', rule: 'all', correct, points }
      const map = names.map((id) => ({ id, points: correct.includes(id) ? points : takes }))
      return { kind: 'choice', rule: 'map', correct, points: points * correct.length, map }
    })

const limits = fc.constantFrom({ least: 0, most: 1 }, { least: 1, most: 2 }, { least: 0, most: 0 })
const choice = (response: string): fc.Arbitrary<Asked> =>
  fc.tuple(ids('A', 2, 5), limits).chain(([names, limit]) =>
    fc
      .record({
        choices: choicesOf(names),
        prompt: line,
        shuffle: fc.boolean(),
        key: byChoice(names, limit.most),
      })
      .map(({ key, ...rest }) => ({
        interaction: { kind: 'choice' as const, response, ...rest, ...limit },
        key,
      })),
  )
const hotText = (response: string): fc.Arbitrary<Asked> =>
  fc.tuple(ids('H', 2, 5), limits).chain(([names, limit]) =>
    fc
      .record({
        texts: fc.tuple(...names.map(() => label)),
        between: said,
        prompt: line,
        key: byChoice(names, limit.most),
      })
      .map(({ texts, between, prompt, key }) => ({
        interaction: {
          kind: 'hotText' as const,
          response,
          prompt,
          paragraphs: names.map((id, at) => [
            { kind: 'text' as const, text: `${between.trim()} ` },
            { kind: 'hot' as const, id, text: texts[at]! },
          ]),
          ...limit,
        },
        key,
      })),
  )
const inlineChoice = (response: string): fc.Arbitrary<Asked> =>
  ids('G', 2, 4).chain((names) =>
    fc
      .record({
        texts: fc.tuple(...names.map(() => label)),
        label,
        shuffle: fc.boolean(),
        key: byChoice(names, 1),
      })
      .map(({ texts, label, shuffle, key }) => ({
        interaction: {
          kind: 'inlineChoice' as const,
          response,
          label,
          shuffle,
          choices: names.map((id, at) => ({ id, text: texts[at]! })),
        },
        key,
      })),
  )
const order = (response: string): fc.Arbitrary<Asked> =>
  ids('O', 2, 5).chain((names) =>
    fc
      .record({
        choices: choicesOf(names),
        prompt: line,
        correct: fc.shuffledSubarray(names, { minLength: names.length }),
        rule: fc.constantFrom('all' as const, 'parts' as const),
        points,
      })
      .map(({ choices, prompt, correct, rule, points }) => ({
        interaction: { kind: 'order' as const, response, prompt, choices },
        key: { kind: 'order' as const, rule, correct, points: rule === 'parts' ? correct.length : points },
      })),
  )
const match = (response: string): fc.Arbitrary<Asked> =>
  fc.tuple(ids('L', 1, 3), ids('R', 2, 4)).chain(([left, right]) =>
    fc
      .record({
        lefts: choicesOf(left),
        rights: choicesOf(right),
        prompt: line,
        shuffle: fc.boolean(),
        to: fc.tuple(...left.map(() => fc.constantFrom(...right))),
        points,
        isMap: fc.boolean(),
        once: fc.boolean(),
      })
      .map(({ lefts, rights, prompt, shuffle, to, points, isMap, once }): Asked => {
        const correct = left.map((id, at) => ({ left: id, right: to[at]! }))
        return {
          interaction: {
            kind: 'match',
            response,
            prompt,
            shuffle,
            most: once ? left.length : 0,
            left: lefts.map((each) => ({ ...each, most: 1 })),
            right: rights.map((each) => ({ ...each, most: 0 })),
          },
          key: isMap
            ? {
                kind: 'match',
                rule: 'map',
                correct,
                points: points * left.length,
                map: correct.map((pair) => ({ ...pair, points })),
              }
            : { kind: 'match', rule: 'all', correct, points },
        }
      }),
  )
/** Two of them are so far apart that no answer fits both. */
const amount = fc.integer({ min: -300, max: 300 }).map((n) => 2 * n + 0.125)
const textEntry = (response: string): fc.Arbitrary<Asked> =>
  fc.oneof(
    fc
      .record({
        label,
        width: fc.integer({ min: 1, max: 20 }),
        accepted: fc.uniqueArray(fc.record({ text: label, points }), {
          minLength: 1,
          maxLength: 3,
          selector: ({ text }) => text,
        }),
        ignoreCase: fc.boolean(),
        ignoreDiacritics: fc.boolean(),
      })
      .map(
        ({ label, width, ...key }): Asked => ({
          interaction: { kind: 'textEntry', response, label, width, expects: 'text' },
          key: { kind: 'text', ...key },
        }),
      ),
    fc
      .record({
        label,
        width: fc.integer({ min: 1, max: 20 }),
        accepted: fc.uniqueArray(
          fc.record({ value: amount, tolerance: fc.constantFrom(0, 0.25, 0.5), points }),
          { minLength: 1, maxLength: 3, selector: ({ value }) => value },
        ),
      })
      .map(
        ({ label, width, accepted }): Asked => ({
          interaction: { kind: 'textEntry', response, label, width, expects: 'number' },
          key: { kind: 'number', accepted },
        }),
      ),
  )
const numberLine = (response: string): fc.Arbitrary<Asked> =>
  fc
    .record({
      from: fc.integer({ min: -5, max: 5 }),
      places: fc.integer({ min: 1, max: 20 }),
      step: fc.constantFrom(0.25, 0.5, 1, 5),
      at: fc.nat(),
      prompt: line,
      labelEvery: fc.integer({ min: 1, max: 5 }),
      points,
    })
    .map(
      ({ from, places, step, at, prompt, labelEvery, points }): Asked => ({
        interaction: {
          kind: 'numberLine',
          response,
          prompt,
          from,
          to: from + places * step,
          step,
          labelEvery,
        },
        key: {
          kind: 'number',
          accepted: [{ value: from + (at % (places + 1)) * step, tolerance: 0, points }],
        },
      }),
    )
const extendedText = (response: string): fc.Arbitrary<Asked> =>
  fc
    .record({
      prompt: line,
      lines: fc.integer({ min: 1, max: 10 }),
      mostCharacters: fc.integer({ min: 100, max: 900 }),
      points,
      criteria: fc.array(fc.record({ points: fc.integer({ min: 0, max: 4 }), text: note }), {
        minLength: 1,
        maxLength: 3,
      }),
    })
    .map(
      ({ points, criteria, ...rest }): Asked => ({
        interaction: { kind: 'extendedText', response, ...rest },
        key: { kind: 'rubric', points, criteria },
      }),
    )

const kinds = [choice, hotText, order, match, numberLine, inlineChoice, textEntry]

function placed({ interaction }: Asked, before: string): Block {
  if (interaction.kind !== 'inlineChoice' && interaction.kind !== 'textEntry') return interaction
  const content: Inline[] = [{ kind: 'text', text: `${before.trim()} ` }, interaction]
  return { kind: 'paragraph', content, card: null }
}

/** One text of an item. @param waits  with questions that need a marker */
export function arbitraryText(waits = true): fc.Arbitrary<ItemText> {
  const asked = fc
    .array(fc.constantFrom(...(waits ? [...kinds, extendedText] : kinds)), { minLength: 1, maxLength: 3 })
    .chain((chosen) => fc.tuple(...chosen.map((make, at) => make(`R${at + 1}`))))
  const pages = fc.array(still, { maxLength: 2 })
  return fc
    .record({
      asked,
      before: fc.tuple(said, pages),
      after: pages,
      title: label,
      stimulus: fc.option(
        fc.record({
          code: fc.constant('S1'),
          title: label,
          body: fc.array(still, { minLength: 1, maxLength: 3 }),
        }),
      ),
      spoken: note,
    })
    .map(({ asked, before: [words, first], after, title, stimulus, spoken }) => ({
      language: 'lv' as const,
      title,
      stimulus: stimulus as ItemText['stimulus'],
      body: [...first, ...asked.map((each) => placed(each, words)), ...after],
      catalog: ['k1', 'k2'].map((id) => ({ id, cards: [{ support: 'spoken' as const, text: spoken }] })),
      keys: Object.fromEntries(asked.map(({ interaction, key }) => [interaction.response, key])) as Keys,
    }))
}

/** A whole item with one text. */
export function arbitraryItem(): fc.Arbitrary<Item> {
  return fc
    .record({
      code: fc.integer({ min: 100, max: 999 }).map((n) => `RP3-${n}`),
      domain: fc.constantFrom('reading' as const, 'numeracy' as const, 'science' as const),
      grade: fc.constantFrom(0, 3, 6),
      outcome: fc.option(fc.constant('M.3.1')),
      accessibility: fc.oneof(fc.constant(''), note),
      text: arbitraryText(),
    })
    .map(({ code, domain, grade, outcome, accessibility, text }) => ({
      code,
      place: { domain, grade, strand: 'numbers', process: 'apply', outcome },
      accessibility,
      texts: [text],
    }))
}
