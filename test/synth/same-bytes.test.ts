import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { writePackage } from '../../src/synth/package.ts'
import { planOf } from '../../src/synth/size.ts'

const folder = mkdtempSync(join(tmpdir(), 'ikms-synth-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The digest of every file of a package and of its truths. */
function written(name: string, seed: number, since?: number): Record<string, string> {
  const out = join(folder, name)
  writePackage(planOf('small', seed, since), out)
  return Object.fromEntries(
    [out, `${out}-truths`].flatMap((each) =>
      readdirSync(each).map((file) => [
        file,
        createHash('sha256')
          .update(readFileSync(join(each, file)))
          .digest('hex'),
      ]),
    ),
  )
}

const first = written('first', 2026)

test('the same seed makes the same bytes in every file', () => {
  expect(written('second', 2026)).toEqual(first)
})

test('another seed makes another country: of the files about people and schools none is the same', () => {
  const other = written('other', 2027)
  expect(Object.keys(other).sort()).toEqual(Object.keys(first).sort())
  const same = Object.keys(other).filter((file) => other[file] === first[file])
  // What is no matter of chance: the facts of the country, the tests that are held, the parameters.
  const fixed = ['assessments.csv', 'founders.csv', 'scales.csv', 'territories.csv', 'true_parameters.csv']
  expect(same.sort()).toEqual(fixed)
})

test('truths stand beside the package, never in it', () => {
  const names = readdirSync(join(folder, 'first'))
  expect(names.filter((name) => name.startsWith('true_'))).toEqual([])
  expect(readdirSync(join(folder, 'first-truths'))).toContain('true_abilities.csv')
})

test('a folder in which something lies is left alone', () => {
  const out = mkdtempSync(join(folder, 'taken-'))
  writeFileSync(join(out, 'letter.txt'), 'mine')
  expect(() => writePackage(planOf('small', 1), out)).toThrow('not empty')
  expect(readdirSync(out)).toEqual(['letter.txt'])
})

test('since 2026 there is one year of rounds, and nothing starts from an earlier one', () => {
  written('since', 2026, 2026)
  const lines = readFileSync(join(folder, 'since', 'assessments.csv'), 'utf8')
    .trim()
    .split('\n')
  expect(lines).toHaveLength(1 + 6)
  for (const line of lines.slice(1)) expect(line).toMatch(/^M-2026-[36]-.*,MONITORING,$/)
  expect(lines.join()).not.toContain('iedomāts')
})

test('rounds of years in which nobody was tested say that they are imagined', () => {
  const lines = readFileSync(join(folder, 'first', 'assessments.csv'), 'utf8')
    .trim()
    .split('\n')
    .slice(1)
  for (const line of lines) {
    expect(line.includes('(iedomāts)') && line.includes('(imagined)')).toBe(!line.startsWith('M-2026'))
  }
})

test('a year that nobody can speak of is refused', () => {
  expect(() => planOf('small', 1, 2028)).toThrow('from 2016 to 2027')
  expect(() => planOf('small', 1, 2015)).toThrow('from 2016 to 2027')
})

test('the country of seed 2026 is the one it always was: whoever changes it changes every figure that was told of it', () => {
  expect([first['enrolments.csv'], first['results.csv'], first['employments.csv']]).toEqual([
    'a19806081183dd74661189cc0946340dbdde0d3b1808b8552ff12593b7eadbb2',
    '42c65e33fcc36f6c0f7df8d3503de5e17b9707cb9f5adfda051d515c02827590',
    '6ef403d57a7d2252ef80ce56c413ef0f0158fd224185093ae03de0fc6346eb34',
  ])
})
