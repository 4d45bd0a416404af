import { expect, test } from 'vitest'
import { linkErrorBetween } from './link-error.ts'

const first = { code: 'A', linkedTo: null, linkError: 0 }
const second = { code: 'B', linkedTo: 'A', linkError: 3 }
const third = { code: 'C', linkedTo: 'B', linkError: 5 }

test('the error against the first test is told as it is, one step of a chain without what both steps share', () => {
  expect(linkErrorBetween(first, second)).toBe(3)
  expect(linkErrorBetween(second, third)).toBe(4)
})
test('of tests that were not linked to each other both errors count', () => {
  expect(linkErrorBetween({ ...second, code: 'D', linkError: 12 }, third)).toBe(13)
})
test('a test given elsewhere has no error that is known', () => {
  expect(linkErrorBetween(undefined, undefined)).toBe(0)
  expect(linkErrorBetween({ code: 'M', linkedTo: null, linkError: null }, second)).toBe(3)
})
