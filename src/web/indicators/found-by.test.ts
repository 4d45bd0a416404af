import { expect, test } from 'vitest'
import { foundBy } from './found-by.ts'

const turnover = ['STF-02', { lv: 'Pedagogu mainība', en: 'Teacher turnover' }]

test.each([
  ['pedagogs', 'in another case'],
  ['mainiba', 'without marks'],
  ['turn', 'by its beginning'],
  ['stf02', 'by its code'],
  ['pedagogu mainības', 'all its words'],
  ['', 'by nothing at all'],
])('an indicator is found by “%s”: %s', (q) => {
  expect(foundBy(q, turnover)).toBe(true)
})

test('one word that is not there is enough not to find it', () => {
  expect(foundBy('pedagogu atzīmes', turnover)).toBe(false)
})
