import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const source = join(import.meta.dirname, '..', '..', 'src')
const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
  .map((file) => ({ file, text: readFileSync(join(source, file), 'utf8') }))

const holding = (pattern: RegExp) => files.filter(({ text }) => pattern.test(text)).map(({ file }) => file)

/** A mark of the gate is worth only as much as the list of places that can make it. */
test.each([
  ['the mark of the gate', /\bas Released\b/, ['modules/disclosure/release.ts']],
  ['the mark of a duty of care', /\bas UnderDuty\b/, ['modules/publications/visible.ts']],
  ['the mark of a checked extract', /\bas CheckedExtract\b/, ['modules/disclosure/extract.ts']],
  ['the mark of noise', /\bas Noisy\b/, ['modules/disclosure/free-table.ts']],
  ['the mark of a told figure', /\bas Told\b/, ['modules/publications/figures.ts']],
] as const)('%s is made in one file', (_mark, pattern, places) => {
  expect(holding(pattern)).toEqual(places)
})

test('cells are called a frozen release only where they are read from one', () => {
  expect(holding(/\bfromFrozenRelease\b/).toSorted()).toEqual([
    'modules/disclosure/index.ts',
    'modules/disclosure/release.ts',
    'modules/publications/store.ts',
  ])
})

test('unprotected cells are read by those who compute, freeze, or show them under a duty of care, and by nobody else', () => {
  const outside = (pattern: RegExp) =>
    holding(pattern).filter((file) => !file.startsWith('modules/indicators/'))
  expect(outside(/\b(cubeCells|cellsOfCube)\b/).toSorted()).toEqual([
    'modules/publications/publish.ts',
    'modules/publications/visible.ts',
  ])
  expect(outside(/\bindicators\.cell\b/)).toEqual([])
})

test('no file silences the compiler', () => {
  expect(holding(/@ts-(ignore|nocheck|expect-error)/)).toEqual([])
})
