import { expect, test } from 'vitest'
import type { Rule } from '#modules/disclosure/model.ts'
import { askedFrom, fieldOf, filledFrom, filledIn, isSame } from './filled-rule.ts'

const rule: Rule = {
  audience: 'public',
  topic: 'results',
  minimum: 10,
  groupDisclosure: true,
  sensitive: false,
  protectBelow: 1,
  protectAbove: 2,
  dominance: { people: 2, share: 0.855 },
  decimals: null,
  reason: { lv: 'Tāpēc.', en: 'Because.' },
}
const filled = filledFrom(rule, ',')

test('the form shows a rule as people write it: a share per cent with the decimal sign of the language', () => {
  expect(filled).toEqual({
    minimum: '10',
    groupDisclosure: 'on',
    dominancePeople: '2',
    dominanceShare: '85,5',
    decimals: '',
    protectBelow: '1',
    protectAbove: '2',
  })
  expect(filledFrom(rule, '.').dominanceShare).toBe('85.5')
})

test('a form sent back as it was asks for the rule in force', () => {
  const { reason: _, ...told } = rule
  expect(askedFrom(filled, rule)).toEqual(told)
  expect(isSame(askedFrom(filled, rule), rule)).toBe(true)
  const open = { ...rule, dominance: null, decimals: 2 }
  expect(isSame(askedFrom(filledFrom(open, ','), open), open)).toBe(true)
})

test('each field changes its own part of the rule', () => {
  const changed = (more: Partial<typeof filled>) => askedFrom({ ...filled, ...more }, rule)
  expect(changed({ minimum: '20' }).minimum).toBe(20)
  expect(changed({ groupDisclosure: '' }).groupDisclosure).toBe(false)
  expect(changed({ dominancePeople: '', dominanceShare: '' }).dominance).toBeNull()
  expect(changed({ dominanceShare: '33,3 %' }).dominance).toEqual({ people: 2, share: 0.333 })
  expect(changed({ decimals: '1' }).decimals).toBe(1)
  expect(changed({ protectAbove: '4' }).protectAbove).toBe(4)
  for (const more of [{ minimum: '20' }, { groupDisclosure: '' }, { decimals: '1' }, { protectBelow: '3' }])
    expect(isSame(changed(more), rule)).toBe(false)
})

test('what is no number goes to the API as it was typed, to be refused there; a gap as nothing', () => {
  const asked = askedFrom({ ...filled, minimum: 'daudz', protectBelow: '', dominancePeople: '' }, rule)
  expect([asked.minimum, asked.protectBelow, asked.dominance]).toEqual([
    'daudz',
    undefined,
    { people: undefined, share: 0.855 },
  ])
})

test('fields that were not sent are empty, and spaces around words do not count', () => {
  const form = new FormData()
  form.set('minimum', ' 12 ')
  expect(filledIn(form)).toMatchObject({ minimum: '12', groupDisclosure: '', decimals: '' })
})

test('a fault of the API is told at its field', () => {
  expect(['minimum', 'dominance.share', 'dominance.people', 'topic'].map(fieldOf)).toEqual([
    'minimum',
    'dominanceShare',
    'dominancePeople',
    null,
  ])
})
