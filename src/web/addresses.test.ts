import { expect, test } from 'vitest'
import { address, addresses, type PageKey } from './addresses.ts'

const pages = Object.keys(addresses) as PageKey[]
const params = {
  id: '00000000-0000-4000-8000-000000000001',
  code: 'ACH-05',
  number: '1.0',
  year: 2026,
  position: 7,
  round: 'R-1',
}

test('no two pages share an address, in either language', () => {
  for (const locale of ['lv', 'en'] as const) {
    const all = pages.map((page) => address(locale, page, params))
    expect(new Set(all).size).toBe(all.length)
  }
})

test('an address with a year stays the address of that year; without, it means the latest', () => {
  expect(address('lv', 'school', params)).toBe(`/lv/skolas/${params.id}/2026`)
  expect(address('en', 'school', { id: params.id })).toBe(`/en/schools/${params.id}`)
  expect(address('lv', 'home')).toBe('/lv')
})

test('an address is never made without what it needs, and nothing breaks out of its step', () => {
  expect(() => address('lv', 'school')).toThrow(RangeError)
  expect(address('lv', 'indicator', { code: '../ieiet?' })).toBe('/lv/raditaji/..%2Fieiet%3F')
})
