import { expect, test } from 'vitest'
import { CodeTable } from './code-table.ts'

test('codes are numbered as they are met, and found again with what was said of them', () => {
  const table = new CodeTable()
  const codes = Array.from({ length: 50_000 }, (_, at) => `3200${at % 7}-${at}`)
  for (const [at, code] of codes.entries()) expect(table.add(code, `Anna ${at}`, at + 2)).toBe(at)
  expect(table.size).toBe(50_000)
  expect(codes.findIndex((code, at) => table.find(code) !== at)).toBe(-1)
  expect([table.said(49_999), table.line(49_999)]).toEqual(['Anna 49999', 50_001])
  expect(table.find('32000-50001')).toBe(-1)
})

test('codes and words of any letters are kept, the empty ones too', () => {
  const table = new CodeTable()
  const given = ['ķš-1', 'кс-1', '🦔', '', 'k']
  given.forEach((code, at) => {
    table.add(code, `${code}ā`, at)
  })
  expect(given.map((code) => table.find(code))).toEqual([0, 1, 2, 3, 4])
  expect(given.map((_, no) => table.said(no))).toEqual(given.map((code) => `${code}ā`))
})

test('one code that begins as another does is another code', () => {
  const table = new CodeTable()
  table.add('12', '3', 1)
  expect(table.find('123')).toBe(-1)
  expect(table.find('1')).toBe(-1)
})

test('a code too long for its place is no code', () => {
  expect(() => new CodeTable().add('ā'.repeat(128), '', 1)).toThrow(RangeError)
})
