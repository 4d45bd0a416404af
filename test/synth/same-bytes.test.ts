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
function written(name: string, seed: number, since?: number, errors = false): Record<string, string> {
  const out = join(folder, name)
  writePackage(planOf('small', seed, since, errors), out)
  return Object.fromEntries(
    [out, `${out}-context`, `${out}-truths`].flatMap((each) =>
      readdirSync(each).map((file) => [
        each === out || file !== 'manifest.json' ? file : 'context/manifest.json',
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
  const fixed = ['assessments.csv', 'founders.csv', 'scales.csv', 'territories.csv']
  expect(same.sort()).toEqual(fixed)
})

test('context is a package of its own, with a source of its own', () => {
  expect(readdirSync(join(folder, 'first-context')).sort()).toEqual(['context.csv', 'manifest.json'])
  const manifest = JSON.parse(readFileSync(join(folder, 'first-context', 'manifest.json'), 'utf8'))
  expect([manifest.source, manifest.dataKind]).toEqual(['synth-context', 'made_up'])
  expect(readdirSync(join(folder, 'first'))).not.toContain('context.csv')
})

test('truths stand beside the package, never in it', () => {
  const names = readdirSync(join(folder, 'first'))
  expect(names.filter((name) => name.startsWith('true_'))).toEqual([])
  expect(readdirSync(join(folder, 'first-truths'))).toContain('true_abilities.csv')
})

test('planted faults move nothing else: what no fault is about has the same bytes', () => {
  const faulty = written('faulty', 2026, undefined, true)
  expect(Object.keys(first)).not.toContain('planted_errors.csv')
  expect(Object.keys(faulty)).toContain('planted_errors.csv')
  const same = Object.keys(first).filter((file) => faulty[file] === first[file])
  const truths = Object.keys(first).filter((file) => file.startsWith('true_'))
  expect(truths).not.toEqual([])
  expect(same).toEqual(
    expect.arrayContaining([
      ...truths,
      ...['assessments', 'context', 'destinations', 'founders', 'population', 'sample_plans', 'scales'].map(
        (entity) => `${entity}.csv`,
      ),
      'territories.csv',
      'vacancies.csv',
    ]),
  )
  for (const file of [
    'absences.csv',
    'class_groups.csv',
    'enrolments.csv',
    'finance.csv',
    'institutions.csv',
    'learners.csv',
    'lessons.csv',
    'marks.csv',
    'staff.csv',
  ]) {
    expect(same, file).not.toContain(file)
  }
})

test('a folder in which something lies is left alone', () => {
  const out = mkdtempSync(join(folder, 'taken-'))
  writeFileSync(join(out, 'letter.txt'), 'mine')
  expect(() => writePackage(planOf('small', 1), out)).toThrow('not empty')
  expect(readdirSync(out)).toEqual(['letter.txt'])
})

/** Lines of a file of a package, without its header. */
const linesOf = (name: string, file: string) =>
  readFileSync(join(folder, name, file), 'utf8')
    .trim()
    .split('\n')
    .slice(1)

test('since 2026 there is one year of rounds and examinations, and nothing starts from an earlier one', () => {
  written('since', 2026, 2026)
  const lines = linesOf('since', 'assessments.csv')
  const rounds = lines.filter((line) => line.startsWith('M-'))
  expect(rounds).toHaveLength(6)
  for (const line of rounds) expect(line).toMatch(/^M-2026-[36]-.*,MONITORING,,monitoring,,,,[\d ]+$/)
  for (const line of lines) expect(line).toMatch(/^(M-2026|[a-z0-9-]+-2026,)/)
  expect(lines.join()).not.toContain('iedomāts')
})

test('since 2026 every kind of record is there, of the one year that is over', () => {
  for (const file of ['marks.csv', 'absences.csv', 'lessons.csv', 'finance.csv', 'vacancies.csv']) {
    expect(linesOf('since', file).length, file).toBeGreaterThan(20)
  }
  const years = new Set(linesOf('since', 'marks.csv').map((line) => line.split(',')[2]))
  expect([...years]).toEqual(['2026'])
})

test('rounds of years in which nobody was tested say that they are imagined', () => {
  const lines = linesOf('first', 'assessments.csv').filter((line) => line.startsWith('M-'))
  expect(lines).toHaveLength(36)
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
    '06f9cb3df93fbaaea6e7cd1ce0e438b55f3f4ee865f51aea3da62b9257ce68d1',
    'e17a5430e1861c4a106cdba4965ba478aae7f9da1456916543b02b9763faf36f',
    '8bc8abceffdf516925e2533e642d41c069c3c30dac6ecd6df47f1b6af75ec38f',
  ])
})
