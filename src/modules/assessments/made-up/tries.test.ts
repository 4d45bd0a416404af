import { expect, test } from 'vitest'
import { score } from '../content/scoring.ts'
import { shippedForms } from '../shipped/forms.ts'
import { triesOf } from './tries.ts'
import { writtenTexts } from './written-texts.ts'

const items = shippedForms.flatMap(({ items }) =>
  items.map(({ item }) => ({ code: item.code, text: item.texts[0]! })),
)

test('to every question that comes with the product there is a right answer and a wrong one, and no answer that cannot be given', () => {
  for (const { code, text } of items)
    for (const { response, most, byPoints } of triesOf(code, text)) {
      const points = [...byPoints.keys()]
      expect(points, `${code} ${response}`).toContain(most)
      expect(Math.min(...points), `${code} ${response}`).toBeLessThan(most)
      for (const answer of [...byPoints.values()].flat())
        expect(score(text, { [response]: answer }).state, `${code} ${response}`).not.toBe('invalid')
    }
})

test('every open question has answers for each number of points of its rubric, no two of them the same', () => {
  const seen = new Set<string>()
  const asked = items.flatMap(({ code, text }) =>
    Object.values(text.keys).flatMap((key) => (key.kind === 'rubric' ? [{ code, key }] : [])),
  )
  expect(asked.map(({ code }) => code).toSorted()).toEqual(Object.keys(writtenTexts).toSorted())
  for (const { code, key } of asked) {
    const texts = writtenTexts[code]!
    expect(Object.keys(texts).map(Number), code).toEqual([...Array(key.points + 1).keys()])
    for (const each of Object.values(texts).flat()) {
      if (/^(nezinu|nē|Nē\.|Jā\.)$/.test(each)) continue
      expect(seen.has(each), each).toBe(false)
      seen.add(each)
    }
  }
})
