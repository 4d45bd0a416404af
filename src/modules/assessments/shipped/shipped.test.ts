import { expect, test } from 'vitest'
import { interactionsOf } from '../content/body.ts'
import { bestAnswers, score } from '../content/scoring.ts'
import { misplaced } from '../framework.ts'
import { Item } from '../model.ts'
import { readPackage, writePackage } from '../qti/index.ts'
import { mediaTypeOf } from '../qti/media.ts'
import { framework2026 } from './framework-2026.ts'
import { numeracy3 } from './numeracy-3.ts'

const texts = numeracy3.map(({ item }) => item.texts[0]!)

test('every item that comes with the product is whole, and has its place in the framework', () => {
  for (const { item, files } of numeracy3) {
    expect(Item.parse(item)).toEqual(item)
    expect([item.code, misplaced(framework2026, item.place)]).toEqual([item.code, null])
    for (const { bytes, type } of files) expect(mediaTypeOf(bytes)).toBe(type)
  }
  expect(new Set(numeracy3.map(({ item }) => item.code)).size).toBe(numeracy3.length)
})

test('there is every kind of question, every strand and every process', () => {
  const kinds = new Set(texts.flatMap(({ body }) => interactionsOf(body).map(({ kind }) => kind)))
  expect([...kinds].sort()).toEqual(
    ['choice', 'extendedText', 'hotText', 'inlineChoice', 'match', 'numberLine', 'order', 'textEntry'].sort(),
  )
  const places = numeracy3.map(({ item }) => item.place)
  expect(new Set(places.map(({ strand }) => strand))).toEqual(
    new Set(['numbers', 'measures', 'data', 'problems']),
  )
  expect(new Set(places.map(({ process }) => process))).toEqual(new Set(['know', 'apply', 'reason']))
})

test('the keys are right: worked by hand', () => {
  const points = Object.fromEntries(
    numeracy3.map(({ item }) => {
      const [text] = item.texts
      return [item.code, score(text!, byHand[item.code] ?? bestAnswers(text!)).points]
    }),
  )
  expect(points).toEqual({
    'RP3-001': 1,
    'RP3-002': 1,
    'RP3-003': 2,
    'RP3-004': 4,
    'RP3-005': 3,
    'RP3-006': 2,
    'RP3-007': 2,
    'RP3-008': 2,
    'RP3-009': 3,
    'RP3-010': 1,
    'RP3-011': 0, // waits for a marker
    'RP3-012': 1,
  })
})

/** What a pupil who can do it answers. 2 · 6 + 3 · 2 = 18; 35 · 2 = 70, 9 · 8 = 72, 28 · 1 = 28; 8 − 3 = 5. */
const byHand: Record<string, Record<string, unknown>> = {
  'RP3-001': { R1: ['C'] },
  'RP3-002': { R1: '350' },
  'RP3-003': { R1: ['B', 'A', 'D', 'C'] },
  'RP3-006': { R1: ['M'], R2: ['V'] },
  'RP3-008': { R1: '18,00' },
  'RP3-009': { R1: '70', R2: '72', R3: '28' },
  'RP3-010': { R1: 'Kvadratu' },
  'RP3-012': { R1: ['B'] },
}

test('they travel as one QTI package and come back the same', () => {
  const { items, findings } = readPackage(writePackage(numeracy3), null)
  expect(findings).toEqual([])
  expect(items.map(({ item }) => item)).toEqual(numeracy3.map(({ item }) => item))
})
