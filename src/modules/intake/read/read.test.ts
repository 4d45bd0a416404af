import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'csv-stringify/sync'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newIntake } from '#test/intake.ts'
import { columns, line, mappingOf } from '#test/intake-file.ts'
import { testKeys } from '#test/world.ts'
import { importFile } from '../import.ts'
import { LONGEST_LINE, Splitter } from './splitter.ts'

const { db, folder, importsFile, rows } = await newIntake()
const good = `${columns}\n${line()}\n`

async function split(text: string, pieces: readonly number[] = []) {
  const found: { row: readonly string[]; line: number }[] = []
  const splitter = new Splitter(',', (row, at) => found.push({ row, line: at }))
  const letters = [...text] // pieces of a decoded file never part the two halves of a letter
  for (const length of pieces) await splitter.push(letters.splice(0, length).join(''))
  await splitter.push(letters.join(''))

  await splitter.end()
  return found
}

test('any table comes back as it was written, in whatever pieces it arrives, with the lines it stands in', async () => {
  const value = fc.string({
    unit: fc.constantFrom('a', 'ā', '🙂', ' ', ',', '"', '\n', '\r', ';'),
    maxLength: 6,
  })
  const table = fc
    .integer({ min: 2, max: 4 })
    .chain((width) =>
      fc.array(fc.array(value, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }),
    )
  const pieces = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 20 })
  await fc.assert(
    fc.asyncProperty(table, pieces, fc.constantFrom('\n', '\r\n'), async (written, lengths, end) => {
      const text = stringify(written, { record_delimiter: end, quoted_match: /[\r\n]/ })
      expect((await split(text, lengths)).map(({ row }) => row)).toEqual(written)
    }),
    { numRuns: 300 },
  )
})

test('lines are counted as an editor counts them, before and after the first quote', async () => {
  expect(await split('a,b\n\n1,2\r\n3,"4"\n\n"5",6')).toEqual([
    { row: ['a', 'b'], line: 1 },
    { row: ['1', '2'], line: 3 },
    { row: ['3', '4'], line: 4 },
    { row: ['5', '6'], line: 6 },
  ])
})

test('a file with lone carriage returns as line ends is read', async () => {
  expect((await split('a,b\r1,2\r3,4')).map(({ row }) => row)).toEqual([
    ['a', 'b'],
    ['1', '2'],
    ['3', '4'],
  ])
})

test('a byte order mark and a missing last line end do not matter', async () => {
  expect((await importsFile(`\uFEFF${columns}\n${line()}`)).state).toBe('merged')
})

const faults: [what: string, content: string | Buffer, rule: string, at: number][] = [
  ['an empty file', '', 'file.empty', 1],
  ['a file of a byte order mark', '\uFEFF', 'file.empty', 1],
  ['a header without data', `${columns}\n`, 'file.empty', 1],
  ['empty lines only', '\n\n\n', 'file.empty', 1],
  ['a NUL byte in line 3', Buffer.from(`${good}A\0B`), 'file.binary', 3],
  ['a workbook', Buffer.from('PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0', 'latin1'), 'file.binary', 1],
  ['UTF-16', Buffer.from(good, 'utf16le'), 'file.binary', 1],
  [
    'random bytes',
    Buffer.from(Array.from({ length: 999 }, (_, at) => 1 + ((at * 7919) % 255))),
    'file.encoding',
    1,
  ],
  [
    'a byte that is no UTF-8 in line 3',
    Buffer.concat([Buffer.from(good), Buffer.of(0xe2, 0x41, 10)]),
    'file.encoding',
    3,
  ],
  ['a character cut off at the end', Buffer.concat([Buffer.from(good), Buffer.of(0xc4)]), 'file.encoding', 3],
  ['a quote that is never closed', `${good}A,"1,2\n3,4\n`, 'file.not_csv', 3],
  ['letters after a closing quote', `${good}A,"1"x,2\n`, 'file.not_csv', 3],
  ['a quote inside a value without quotes', `${good}A,1"2,3\n`, 'file.not_csv', 3],
  ['a line too long', `${good}${'x'.repeat(LONGEST_LINE + 1)}`, 'file.line_too_long', 3],
  ['a long line in quotes', `${good}"${'x'.repeat(LONGEST_LINE * 3)}"`, 'file.line_too_long', 3],
]

test.each(faults)('%s is refused', async (_, content, rule, at) => {
  const report = await importsFile(content)
  expect(report).toMatchObject({ state: 'refused', failure: rule })
  expect(report.refusalList).toMatchObject([{ line: at, column: null, rule, value: null }])
  expect(report.refusalList[0]!.message.lv).not.toBe(rule)
})

test('a file that is not there, or is a folder, is not begun', async () => {
  const before = await rows('select count(*) as n from intake.import')
  const mapping = mappingOf()
  await expect(
    importFile({ db, keys: testKeys, mapping, file: join(folder, 'none.csv') }),
  ).rejects.toMatchObject({
    code: 'file.missing',
  })
  await expect(importFile({ db, keys: testKeys, mapping, file: folder })).rejects.toMatchObject({
    code: 'file.not_a_file',
  })
  expect(await rows('select count(*) as n from intake.import')).toEqual(before)
})

/** A file that claims 10 GB on disk without taking them: what is not written reads as NUL. */
function sparseFile(name: string, start: string): string {
  const file = join(folder, name)
  const handle = openSync(file, 'w')
  writeSync(handle, start)
  ftruncateSync(handle, 10 * 1024 ** 3)
  closeSync(handle)
  return file
}

test('a line of 10 GB is refused at once, and memory does not grow with it', async () => {
  const plain = sparseFile('plain.csv', `${good}${'x'.repeat(1024 * 1024)}`)
  const quoted = sparseFile('quoted.csv', `${good}"${'x'.repeat(1024 * 1024)}`)
  const before = process.memoryUsage().rss
  for (const file of [plain, quoted]) {
    const report = await importFile({ db, keys: testKeys, mapping: mappingOf(), file })
    expect(report).toMatchObject({ state: 'refused', failure: 'file.line_too_long', bytes: 10 * 1024 ** 3 })
  }
  expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024)
})
