import { expect, test } from 'vitest'
import { checkDigit, isMadeUp, personalCode, registrationNumber } from './codes.ts'

test('the check digit agrees with a code worked by hand', () => {
  // 1 + 3·10 + 2·5 + 1·8 + 2·4 + 3·2 + 4·1 + 5·6 + 6·3 + 7·7 + 8·9 = 236; 236 mod 11 = 5
  expect(checkDigit('3212345678')).toBe(5)
})

test('a made-up code ends five off its check digit: no register can have given it out', () => {
  for (let n = 0; n < 2_000; n++) {
    const code = personalCode(n, 2026)
    expect(code).toMatch(/^32\d{4}-\d{5}$/)
    const digits = code.replace('-', '')
    expect((Number(digits[10]) - checkDigit(digits) + 10) % 10).toBe(5)
    expect(isMadeUp(code)).toBe(true)
  }
})

test('a code that passes its check, or fails it in another way, is not taken for made up', () => {
  const digits = '3212345678'
  expect([0, 1, 2, 3, 4, 5, 6, 7, 8, 9].filter((last) => isMadeUp(`321234-5678${last}`))).toEqual([
    (checkDigit(digits) + 5) % 10,
  ])
  expect(isMadeUp('010190-12340')).toBe(false)
})

test('every number has a code of its own, under every seed', () => {
  for (const seed of [0, 7, 999_999, 2 ** 53 - 1]) {
    const codes = new Set(Array.from({ length: 20_000 }, (_, n) => personalCode(n * 4_999, seed)))
    expect(codes.size).toBe(20_000)
  }
})

test('registration numbers have ten digits and begin with two noughts', () => {
  expect(registrationNumber(0)).toMatch(/^00\d{8}$/)
  expect(registrationNumber(5_000)).toMatch(/^00\d{8}$/)
})
