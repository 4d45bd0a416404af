import { describe, expect, test } from 'vitest'
import { interactionsOf } from '../content/body.ts'
import { mostOf } from '../content/item.ts'
import { bestAnswers, score } from '../content/scoring.ts'
import { misplaced } from '../framework.ts'
import { Item } from '../model.ts'
import { readPackage, writePackage } from '../qti/index.ts'
import { mediaTypeOf } from '../qti/media.ts'
import { shippedForms } from './forms.ts'
import { framework2026 } from './framework-2026.ts'

const everything = shippedForms.flatMap(({ items }) => items)
const everyKind = [
  'choice',
  'extendedText',
  'hotText',
  'inlineChoice',
  'match',
  'numberLine',
  'order',
  'textEntry',
]

test('three domains, two grades, and no code twice', () => {
  expect(shippedForms.map(({ domain, grade }) => `${domain} ${grade}`).sort()).toEqual(
    ['numeracy 3', 'numeracy 6', 'reading 3', 'reading 6', 'science 3', 'science 6'].sort(),
  )
  expect(new Set(everything.map(({ item }) => item.code)).size).toBe(everything.length)
})

describe.each(shippedForms)('$domain in grade $grade', ({ domain, grade, items, blueprint }) => {
  const texts = items.map(({ item }) => item.texts[0]!)
  const points = texts.map(mostOf)
  const total = points.reduce((sum, each) => sum + each, 0)
  const shareOf = (is: (place: Item['place']) => boolean) =>
    items.reduce((sum, { item }, at) => sum + (is(item.place) ? points[at]! : 0), 0) / total

  test('every item is whole, and has its place and outcome in the framework', () => {
    for (const { item, files } of items) {
      expect(Item.parse(item)).toEqual(item)
      expect(item.place).toMatchObject({ domain, grade })
      expect(item.place.outcome).not.toBeNull()
      expect([item.code, misplaced(framework2026, item.place)]).toEqual([item.code, null])
      for (const { bytes, type } of files) expect(mediaTypeOf(bytes)).toBe(type)
    }
  })

  test('there is every kind of question', () => {
    const kinds = new Set(texts.flatMap(({ body }) => interactionsOf(body).map(({ kind }) => kind)))
    expect([...kinds].sort()).toEqual(everyKind)
  })

  test('the form is as its blueprint says', () => {
    const isIn = ({ least, most }: { least: number; most: number }, value: number) =>
      value >= least && value <= most
    expect(isIn(blueprint.items, items.length)).toBe(true)
    expect(isIn(blueprint.points, total)).toBe(true)
    const outside = [
      ...Object.entries(blueprint.strands).map(
        ([strand, range]) => [strand, range, shareOf((place) => place.strand === strand)] as const,
      ),
      ...Object.entries(blueprint.processes).map(
        ([process, range]) => [process, range, shareOf((place) => place.process === process)] as const,
      ),
    ].filter(([, range, share]) => !isIn(range, share))
    expect(outside).toEqual([])
  })

  test('the right answers get every point but those a person gives, and no answer gets none', () => {
    for (const { item } of items) {
      const [text] = item.texts
      const byPeople = Object.values(text!.keys).reduce(
        (sum, key) => sum + (key.kind === 'rubric' ? key.points : 0),
        0,
      )
      expect([item.code, score(text!, bestAnswers(text!)).points]).toEqual([
        item.code,
        mostOf(text!) - byPeople,
      ])
      expect([item.code, score(text!, {}).points]).toEqual([item.code, 0])
    }
  })

  test('a rubric says what every number of points asks for, down to none', () => {
    for (const { item } of items) {
      for (const key of Object.values(item.texts[0]!.keys)) {
        if (key.kind !== 'rubric') continue
        expect([item.code, key.criteria.map(({ points }) => points)]).toEqual([
          item.code,
          Array.from({ length: key.points + 1 }, (_, at) => key.points - at),
        ])
      }
    }
  })

  test('it travels as one QTI package and comes back the same', () => {
    const { items: read, findings } = readPackage(writePackage(items), null)
    expect(findings).toEqual([])
    expect(read.map(({ item }) => item)).toEqual(items.map(({ item }) => item))
  })
})

test('the keys of numbers are right: worked by machine where the sentence is a sum', () => {
  const worked = everything.flatMap(({ item }) => {
    const [text] = item.texts
    return text!.body.flatMap((block) => {
      if (block.kind !== 'paragraph' || block.content.length !== 2) return []
      const [sum, gap] = block.content
      if (sum?.kind !== 'text' || gap?.kind !== 'textEntry') return []
      const asked = /^([\d ,+−·:()]+) = $/.exec(sum.text)?.[1]
      const key = text!.keys[gap.response]
      return asked && key?.kind === 'number' ? [[asked, worth(asked), key.accepted[0]!.value] as const] : []
    })
  })
  expect(worked.length).toBeGreaterThanOrEqual(6)
  for (const [asked, value, told] of worked) expect([asked, told]).toEqual([asked, value])
})

/** A sum as it is written in a Latvian school. */
function worth(asked: string): number {
  const said = asked.replaceAll(',', '.').replaceAll('−', '-').replaceAll('·', '*').replaceAll(':', '/')
  const [add, mul, one] = [
    (): number => {
      let sum = mul()
      while (tokens[0] === '+' || tokens[0] === '-') sum += tokens.shift() === '+' ? mul() : -mul()
      return sum
    },
    (): number => {
      let product = one()
      while (tokens[0] === '*' || tokens[0] === '/')
        product = tokens.shift() === '*' ? product * one() : product / one()
      return product
    },
    (): number => {
      if (tokens[0] !== '(') return Number(tokens.shift())
      tokens.shift()
      const inside = add()
      tokens.shift()
      return inside
    },
  ]
  const tokens = said.match(/[\d.]+|[-+*/()]/g)!
  return Number(add().toFixed(9))
}
