import { expect, test } from 'vitest'
import { personalCode } from './personal-code.ts'

test.each([
  ['with its dash', '010190-12345'],
  ['without', '01019012345'],
  ['from a certificate', 'PNOLV-010190-12345'],
  ['from eIDAS within Latvia', 'LV/LV/01019012345'],
  ['with blanks around it', ' 010190-12345 '],
])('a personal code %s is the same code', (_how, claim) => {
  expect(personalCode(claim)).toBe('010190-12345')
})

test('a code that begins with 32 and carries no birth date is a code as well', () => {
  expect(personalCode('32841012345')).toBe('328410-12345')
})

test.each([
  ['a code of another country', 'PNOEE-38001085718'],
  ['a code of another country through eIDAS', 'EE/LV/38001085718'],
  ['a passport', 'PASLV-LV1234567'],
  ['a number with a letter', '010190-1234A'],
  ['too few digits', '010190-1234'],
  ['nothing', ''],
  ['something that is no text', 1019012345],
  ['a list', ['010190-12345']],
])('%s is no personal code of ours', (_what, claim) => {
  expect(personalCode(claim)).toBeNull()
})
