import fc from 'fast-check'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { arbitraryText } from '#test/assessments/arbitrary-items.ts'
import { ItemText, type Keys } from '../model.ts'
import { type Block, interactionsOf } from './body.ts'
import { choiceIds, faultsOf } from './item.ts'
import { forPupil, fromPupil, type PupilItem, toPupil } from './pupil.ts'
import type { Answers } from './response.ts'
import { bestAnswers, score, scoreShown } from './scoring.ts'

const runs = { numRuns: 150 }
const line = (text: string) => [{ kind: 'text' as const, text }]
const asking = (body: Block[], keys: Keys): ItemText =>
  ItemText.parse({ language: 'lv', title: 'Uzdevums', stimulus: null, catalog: [], body, keys })
const choices = ['A', 'B', 'C', 'D'].map((id) => ({ id, content: line(id) }))
const points = (text: ItemText, answer: unknown) => score(text, { R: answer }).points

describe('every item', () => {
  test('that is generated here can be answered and scored', () => {
    fc.assert(
      fc.property(arbitraryText(), (text) => {
        expect(faultsOf(text)).toEqual([])
        expect(ItemText.parse(text)).toEqual(text)
      }),
      runs,
    )
  })
  test('gives all its points for what its key calls right', () => {
    fc.assert(
      fc.property(arbitraryText(false), (text) => {
        const { state, points, most } = score(text, bestAnswers(text))
        expect([state, points]).toEqual(['scored', most])
      }),
      runs,
    )
  })
  test('gives nothing for nothing', () => {
    fc.assert(
      fc.property(arbitraryText(), (text) => {
        expect(score(text, {})).toMatchObject({ state: 'scored', points: 0 })
        const empty = Object.fromEntries(
          Object.entries(bestAnswers(text)).map(([response, answer]) => [
            response,
            typeof answer === 'string' ? ' ' : [],
          ]),
        )
        expect(score(text, empty)).toMatchObject({ state: 'scored', points: 0 })
      }),
      runs,
    )
  })
  test('never gives more than its most, nor less than nothing, and each part stays within its own', () => {
    fc.assert(
      fc.property(arbitraryText(), fc.integer({ min: 0, max: 99 }), (text, seed) => {
        const { state, points, most, parts } = score(text, someAnswers(text, seed))
        expect(state).not.toBe('invalid')
        expect(points).toBeGreaterThanOrEqual(0)
        expect(points).toBeLessThanOrEqual(most)
        for (const part of parts) expect(part.points ?? 0).toBeLessThanOrEqual(part.most)
      }),
      runs,
    )
  })
  test('does not ask in which order its parts were answered, nor choices without an order', () => {
    fc.assert(
      fc.property(arbitraryText(), fc.integer({ min: 0, max: 99 }), (text, seed) => {
        const answers = someAnswers(text, seed)
        const ordered = new Set(
          interactionsOf(text.body).flatMap((each) => (each.kind === 'order' ? [each.response] : [])),
        )
        const turned = Object.fromEntries(
          Object.entries(answers)
            .toReversed()
            .map(([response, answer]) => [
              response,
              Array.isArray(answer) && !ordered.has(response) ? answer.toReversed() : answer,
            ]),
        )
        expect(score(text, turned)).toEqual(score(text, answers))
      }),
      runs,
    )
  })
})

describe('what a pupil gets', () => {
  test('has no place for a key', () => {
    expectTypeOf<PupilItem>().not.toHaveProperty('keys')
    expectTypeOf<Parameters<typeof forPupil>[0]>().not.toHaveProperty('keys')
  })
  test('is the same for two items that differ in their keys only', () => {
    const text = arbitraryText()
    fc.assert(
      fc.property(text, text, fc.nat(1e6), (a, b, seed) => {
        expect(forPupil({ ...a, keys: b.keys } as ItemText, seed)).toEqual(forPupil(a, seed))
        expect(JSON.stringify(forPupil(a, seed))).not.toMatch(/"(keys|correct|accepted|criteria|tolerance)"/)
      }),
      runs,
    )
  })
  test('names choices by where they stand: the names of the item, and their order where it is shuffled, do not come through', () => {
    const order = (names: string[]): Block => ({
      kind: 'order',
      response: 'R',
      prompt: line('Sakārto!'),
      choices: names.map((id) => ({ id, content: line(`vārds ${id}`) })),
    })
    const named = (names: string[]) =>
      asking([order(names)], { R: { kind: 'order', rule: 'all', correct: names, points: 1 } })
    const seen = new Set<string>()
    for (let seed = 0; seed < 40; seed += 1) {
      const [block] = forPupil(named(['pirmais', 'otrais', 'tresais']), seed).body
      const shown = choiceIds(block as Exclude<Block, { kind: 'paragraph' }> & { kind: 'order' })
      expect(shown).toEqual(['c1', 'c2', 'c3'])
      seen.add(JSON.stringify(block))
    }
    expect(seen.size).toBe(6)
  })
  test('is answered in its own names, and scored the same', () => {
    fc.assert(
      fc.property(arbitraryText(), fc.nat(1e6), (text, seed) => {
        const answers = bestAnswers(text)
        const asSeen = toPupil(text, seed, answers)
        expect(score({ ...text, body: forPupil(text, seed).body }, asSeen).state).not.toBe('invalid')
        expect(fromPupil(text, seed, asSeen)).toEqual(answers)
      }),
      runs,
    )
  })
  test('cannot be answered with what was not shown', () => {
    const text = asking(
      [{ kind: 'choice', response: 'R', prompt: line('Kurš?'), choices, shuffle: true, least: 0, most: 1 }],
      { R: { kind: 'choice', rule: 'all', correct: ['B'], points: 1 } },
    )
    expect(fromPupil(text, 1, { R: ['B'] })).toBeNull()
    expect(fromPupil(text, 1, { R: ['c9'] })).toBeNull()
    expect(scoreShown(text, 1, { R: ['B'] })).toMatchObject({ state: 'invalid', fault: 'no_such_choice' })
    expect(scoreShown(text, 1, toPupil(text, 1, { R: ['B'] }))).toMatchObject({ state: 'scored', points: 1 })
  })
})

describe('cases worked by hand', () => {
  test('one choice: all or nothing', () => {
    const text = asking(
      [{ kind: 'choice', response: 'R', prompt: line('Kurš?'), choices, shuffle: false, least: 0, most: 1 }],
      { R: { kind: 'choice', rule: 'all', correct: ['B'], points: 2 } },
    )
    expect(points(text, ['B'])).toBe(2)
    expect(points(text, ['A'])).toBe(0)
    expect(score(text, { R: ['A', 'B'] })).toMatchObject({
      state: 'invalid',
      points: null,
      fault: 'too_many',
    })
  })
  test('several choices with partial credit: a wrong one takes a point, but never below nothing', () => {
    const map = [
      { id: 'A', points: 1 },
      { id: 'B', points: 1 },
      { id: 'C', points: -1 },
    ]
    const text = asking(
      [{ kind: 'choice', response: 'R', prompt: line('Kuri?'), choices, shuffle: false, least: 0, most: 0 }],
      { R: { kind: 'choice', rule: 'map', correct: ['A', 'B'], points: 2, map } },
    )
    expect(
      [['A', 'B'], ['A'], ['A', 'B', 'C'], ['C'], ['A', 'D']].map((chosen) => points(text, chosen)),
    ).toEqual([2, 1, 1, 0, 1])
  })
  test('pairs: each right one gives its points', () => {
    const side = (ids: string[], most: number) => ids.map((id) => ({ id, content: line(id), most }))
    const correct = [
      { left: 'a', right: 'X' },
      { left: 'b', right: 'Y' },
    ]
    const block: Block = {
      kind: 'match',
      response: 'R',
      prompt: line('Savieno!'),
      left: side(['a', 'b'], 1),
      right: side(['X', 'Y', 'Z'], 0),
      shuffle: true,
      most: 0,
    }
    const map = correct.map((pair) => ({ ...pair, points: 1 }))
    const each = asking([block], { R: { kind: 'match', rule: 'map', correct, points: 2, map } })
    const whole = asking([block], { R: { kind: 'match', rule: 'all', correct, points: 3 } })
    expect(points(each, correct)).toBe(2)
    expect(points(whole, correct.toReversed())).toBe(3)
    expect(points(each, [correct[0], { left: 'b', right: 'Z' }])).toBe(1)
    expect(points(whole, [correct[0], { left: 'b', right: 'Z' }])).toBe(0)
    expect(score(each, { R: [correct[0], { left: 'a', right: 'Y' }] }).fault).toBe('too_many')
  })
  test('an order: whole, or place by place', () => {
    const block: Block = { kind: 'order', response: 'R', prompt: line('Sakārto!'), choices }
    const correct = ['D', 'C', 'B', 'A']
    const parts = asking([block], { R: { kind: 'order', rule: 'parts', correct, points: 4 } })
    const whole = asking([block], { R: { kind: 'order', rule: 'all', correct, points: 1 } })
    expect(points(parts, ['D', 'C', 'A', 'B'])).toBe(2)
    expect(points(whole, ['D', 'C', 'A', 'B'])).toBe(0)
    expect(points(whole, correct)).toBe(1)
  })
  test('numbers: comma and point, a true minus, spaces between thousands, and near enough', () => {
    const text = asking(
      [
        {
          kind: 'paragraph',
          card: null,
          content: [{ kind: 'textEntry', response: 'R', label: 'Garums', expects: 'number', width: 6 }],
        },
      ],
      {
        R: {
          kind: 'number',
          accepted: [
            { value: 1250.5, tolerance: 0, points: 2 },
            { value: 1250.5, tolerance: 1, points: 1 },
            { value: -3, tolerance: 0, points: 2 },
          ],
        },
      },
    )
    const given = [
      '1250,5',
      '1250.5',
      '1 250,50',
      '1\u00a0250,5',
      ' 1251 ',
      '1251,6',
      '−3',
      '-3,0',
      '3',
      '1e3',
      '0x4e2',
      '1,250.5',
      'trīs',
      '',
    ]
    expect(given.map((each) => points(text, each))).toEqual([2, 2, 2, 2, 1, 0, 2, 2, 0, 0, 0, 0, 0, 0])
  })
  test('words: capitals and diacritics count unless the key says otherwise; spaces never do', () => {
    const key = {
      kind: 'text' as const,
      accepted: [
        { text: 'Eglē', points: 2 },
        { text: 'kokā', points: 1 },
      ],
    }
    const block: Block = {
      kind: 'paragraph',
      card: null,
      content: [{ kind: 'textEntry', response: 'R', label: 'Kur?', expects: 'text', width: 10 }],
    }
    const strict = asking([block], { R: { ...key, ignoreCase: false, ignoreDiacritics: false } })
    const lenient = asking([block], { R: { ...key, ignoreCase: true, ignoreDiacritics: true } })
    const given = ['Eglē', ' Eglē ', 'eglē', 'Egle', 'KOKĀ', 'E\u0304gle', '<script>alert(1)</script>']
    expect(given.map((each) => points(strict, each))).toEqual([2, 2, 0, 0, 0, 0, 0])
    expect(given.map((each) => points(lenient, each))).toEqual([2, 2, 2, 2, 1, 2, 0])
  })
  test('a place on a line of numbers', () => {
    const text = asking(
      [
        {
          kind: 'numberLine',
          response: 'R',
          prompt: line('Kur ir 0,75?'),
          from: 0,
          to: 2,
          step: 0.25,
          labelEvery: 4,
        },
      ],
      { R: { kind: 'number', accepted: [{ value: 0.75, tolerance: 0, points: 1 }] } },
    )
    expect(['0,75', '0.75', '0.5', '1'].map((each) => points(text, each))).toEqual([1, 1, 0, 0])
    expect(score(text, { R: '0.7' })).toMatchObject({ state: 'invalid', fault: 'no_such_choice' })
  })
  test('a long text waits for a marker; the rest is scored already', () => {
    const text = asking(
      [
        { kind: 'choice', response: 'R', prompt: line('Kurš?'), choices, shuffle: false, least: 0, most: 1 },
        { kind: 'extendedText', response: 'W', prompt: line('Kāpēc?'), lines: 4, mostCharacters: 200 },
      ],
      {
        R: { kind: 'choice', rule: 'all', correct: ['B'], points: 1 },
        W: { kind: 'rubric', points: 3, criteria: [{ points: 3, text: 'Paskaidro ar piemēru.' }] },
      },
    )
    expect(score(text, { R: ['B'], W: 'Jo <b>tā</b> ir.' })).toMatchObject({
      state: 'needs_marker',
      points: 1,
      most: 4,
      parts: [{ points: 1 }, { response: 'W', points: null, most: 3 }],
    })
    expect(score(text, { R: ['B'], W: '  ' })).toMatchObject({ state: 'scored', points: 1 })
  })
})

test('hostile answers are refused, with a reason', () => {
  const text = asking(
    [
      { kind: 'choice', response: 'R', prompt: line('Kurš?'), choices, shuffle: false, least: 0, most: 0 },
      { kind: 'extendedText', response: 'W', prompt: line('Kāpēc?'), lines: 4, mostCharacters: 200 },
    ],
    {
      R: { kind: 'choice', rule: 'all', correct: ['B'], points: 1 },
      W: { kind: 'rubric', points: 3, criteria: [{ points: 3, text: 'Paskaidro.' }] },
    },
  )
  const refused: [sent: unknown, fault: string][] = [
    [null, 'not_answers'],
    [[], 'not_answers'],
    ['R', 'not_answers'],
    [{ R: 'B' }, 'wrong_shape'],
    [{ R: { length: 1, 0: 'B' } }, 'wrong_shape'],
    [{ R: [['B']] }, 'wrong_shape'],
    [{ R: ['B', 'B'] }, 'chosen_twice'],
    [{ R: ['<script>'] }, 'no_such_choice'],
    [{ R: Array(1e6).fill('B') }, 'wrong_shape'],
    [{ X: ['B'] }, 'no_such_response'],
    [JSON.parse('{"__proto__": ["B"]}'), 'no_such_response'],
    [{ constructor: ['B'] }, 'no_such_response'],
    [Object.fromEntries(Array.from({ length: 1e5 }, (_, at) => [`R${at}`, 'x'])), 'no_such_response'],
    [{ W: 'x'.repeat(1e6) }, 'too_long'],
    [{ W: 'a\0b' }, 'wrong_shape'],
    [{ W: '\ud800' }, 'wrong_shape'],
    [{ W: 5 }, 'wrong_shape'],
  ]
  expect(refused.map(([sent]) => score(text, sent).fault)).toEqual(refused.map(([, fault]) => fault))
})

/** Answers that may be right or wrong, but can be given. */
function someAnswers({ body }: ItemText, seed: number): Answers {
  return Object.fromEntries(
    interactionsOf(body).map((interaction): [string, Answers[string]] => {
      const { response } = interaction
      switch (interaction.kind) {
        case 'textEntry':
          return [response, ['12,5', 'vārds', '0'][seed % 3]!]
        case 'numberLine':
          return [response, String(interaction.from + (seed % 2) * interaction.step)]
        case 'extendedText':
          return [response, 'Tāpēc.']
        case 'match':
          return [response, [{ left: interaction.left[0]!.id, right: interaction.right[seed % 2]!.id }]]
        case 'order': {
          const ids = choiceIds(interaction)
          return [response, [...ids.slice(seed % ids.length), ...ids.slice(0, seed % ids.length)]]
        }
        case 'inlineChoice':
          return [response, [choiceIds(interaction)[seed % 2]!]]
        default: {
          const ids = choiceIds(interaction)
          const most = interaction.most === 0 ? ids.length : interaction.most
          return [response, ids.filter((_, at) => (seed >> at) % 2 === 0).slice(0, most)]
        }
      }
    }),
  )
}
