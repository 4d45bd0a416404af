import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newIntake } from '#test/intake.ts'
import { columns, line, mappingOf } from '#test/intake-file.ts'
import { LISTED } from './model.ts'
import { ruleSet, rules, ruleWords } from './rules.ts'

const { imports, rows } = await newIntake()

/** Everything the bank holds that came from files. */
const facts = () =>
  rows(`select (select count(*) from registry.territory_version) + (select count(*) from registry.institution_version)
             + (select count(*) from registry.learner) + (select count(*) from identity.person)
             + (select count(*) from registry.enrolment) + (select count(*) from records.result)
             + (select count(*) from records.assessment) + (select count(*) from records.scale) as n`)

type Bad = {
  what: string
  lines: string[]
  line?: number
  column: string | null
  rule: string
  value: string | null
}

const bad: Bad[] = [
  {
    what: 'words for points',
    lines: [line({ points: 'ļoti labi' })],
    column: 'points',
    rule: 'value.not_a_number',
    value: 'ļoti labi',
  },
  {
    what: 'a decimal comma where a point was declared',
    lines: [line({ points: '"4,5"' })],
    column: 'points',
    rule: 'value.not_a_number',
    value: '4,5',
  },
  {
    what: 'exponents',
    lines: [line({ points: '1e1' })],
    column: 'points',
    rule: 'value.not_a_number',
    value: '1e1',
  },
  {
    what: 'NaN',
    lines: [line({ points: 'NaN' })],
    column: 'points',
    rule: 'value.not_a_number',
    value: 'NaN',
  },
  {
    what: 'points above the scale',
    lines: [line({ points: 100.5 })],
    column: 'points',
    rule: 'value.out_of_range',
    value: '100.5',
  },
  {
    what: 'points below the scale',
    lines: [line({ points: -1 })],
    column: 'points',
    rule: 'value.out_of_range',
    value: '-1',
  },
  {
    what: 'a grade that is no whole number',
    lines: [line({ grade: '9.5' })],
    column: 'grade',
    rule: 'value.not_an_integer',
    value: '9.5',
  },
  {
    what: 'a grade nobody has',
    lines: [line({ grade: 14 })],
    column: 'grade',
    rule: 'value.out_of_range',
    value: '14',
  },
  { what: 'no sex', lines: [line({ sex: '' })], column: 'sex', rule: 'value.empty', value: '' },
  {
    what: 'a sex the mapping does not know',
    lines: [line({ sex: 'V' })],
    column: 'sex',
    rule: 'value.not_allowed',
    value: 'V',
  },
  {
    what: 'a day the calendar lacks',
    lines: [line({ from: '2026-02-29' })],
    column: 'from',
    rule: 'value.not_a_day',
    value: '2026-02-29',
  },
  {
    what: 'a day written another way',
    lines: [line({ from: '01.09.2025' })],
    column: 'from',
    rule: 'value.not_a_day',
    value: '01.09.2025',
  },
  {
    what: 'a month that does not exist',
    lines: [line({ born: '2010-13' })],
    column: 'born',
    rule: 'value.not_a_month',
    value: '2010-13',
  },
  {
    what: 'a class name too long',
    lines: [line({ class: 'x'.repeat(90) })],
    column: 'class',
    rule: 'value.too_long',
    value: `${'x'.repeat(79)}…`,
  },
  {
    what: 'an invisible character',
    lines: [line({ class: '9\u0007a' })],
    column: 'class',
    rule: 'value.control_characters',
    value: '9\u0007a',
  },
  {
    what: 'a line break inside a value',
    lines: [line({ class: '"9\na"' })],
    line: 3,
    column: 'class',
    rule: 'value.control_characters',
    value: '9\na',
  },
  {
    what: 'letters that turn the reading direction',
    lines: [line({ class: '9\u202Ea' })],
    column: 'class',
    rule: 'value.control_characters',
    value: '9\u202Ea',
  },
  {
    what: 'an end before the beginning',
    lines: [line({ from: '2026-01-10', to: '2026-01-09' })],
    column: 'to',
    rule: 'enrolment.ends_before_start',
    value: '2026-01-09',
  },
  {
    what: '31 August before the school year',
    lines: [line({ from: '2025-08-31' })],
    column: 'from',
    rule: 'enrolment.outside_school_year',
    value: '2025-08-31',
  },
  {
    what: '1 September after the school year',
    lines: [line({ to: '2026-09-01' })],
    column: 'to',
    rule: 'enrolment.outside_school_year',
    value: '2026-09-01',
  },
  { what: 'too few values', lines: ['A,1,x'], column: null, rule: 'row.column_count', value: null },
  { what: 'too many values', lines: [`${line()},more`], column: null, rule: 'row.column_count', value: null },
  {
    what: 'the same line twice',
    lines: [line({ points: '' }), line({ points: '' })],
    line: 3,
    column: 'from',
    rule: 'enrolment.repeated',
    value: null,
  },
  {
    what: 'two main places at one time',
    lines: [line({ to: '2026-01-31', points: '' }), line({ school: '2', from: '2026-01-31', points: '' })],
    line: 3,
    column: 'from',
    rule: 'enrolment.overlap',
    value: null,
  },
  {
    what: 'a place within a longer one that began earlier',
    lines: [
      line({ points: '' }),
      line({ from: '2025-10-01', to: '2025-10-02', points: '' }),
      line({ from: '2026-01-01', to: '2026-01-02', points: '' }),
    ],
    line: 3,
    column: 'from',
    rule: 'enrolment.overlap',
    value: null,
  },
  {
    what: 'two results in one round',
    lines: [line({ to: '2026-01-31', points: 5 }), line({ from: '2026-02-01', points: 6 })],
    line: 3,
    column: 'points',
    rule: 'result.repeated',
    value: null,
  },
  {
    what: 'a learner of two sexes',
    lines: [line({ to: '2026-01-31', points: '' }), line({ from: '2026-02-01', sex: 'M' })],
    line: 3,
    column: 'sex',
    rule: 'learner.conflict',
    value: null,
  },
  {
    what: 'a learner of two names',
    lines: [line({ to: '2026-01-31', points: '' }), line({ from: '2026-02-01', name: 'Cits' })],
    line: 3,
    column: 'name',
    rule: 'learner.conflict',
    value: null,
  },
  {
    what: 'an institution in two municipalities',
    lines: [line(), line({ code: '2', municipality: 'B' })],
    line: 3,
    column: 'school',
    rule: 'institution.two_municipalities',
    value: '1',
  },
  { what: 'no personal code', lines: [line({ code: '' })], column: 'code', rule: 'value.empty', value: null },
  {
    what: 'a personal code too long to be one',
    lines: [line({ code: 'x'.repeat(60) })],
    column: 'code',
    rule: 'value.too_long',
    value: null,
  },
  {
    what: 'a personal code in another column',
    lines: [line({ class: '010110-20001 Anna Bērziņa 9.a' })],
    column: 'class',
    rule: 'value.too_long',
    value: null,
  },
]

test.each(bad)('$what is refused with file, line, column, rule, value and words', async (given) => {
  const before = await facts()
  const report = await imports([...given.lines, line({ code: 'good', points: 1 })])
  const { line: at = 2, column, rule, value } = given
  expect(report).toMatchObject({
    state: 'refused',
    failure: 'import.rows_refused',
    file: expect.stringMatching(/\.csv$/),
  })
  expect(report.refusalList[0]).toMatchObject({ line: at, column, rule, value })
  for (const words of Object.values(report.refusalList[0]!.message)) {
    expect(words).toMatch(/^\p{Lu}.*\.$/u)
    expect(words).not.toMatch(/undefined|NaN|\[object/)
  }
  expect(await facts()).toEqual(before)
})

test('all that is wrong in a line is named, line by line', async () => {
  const report = await imports([
    line(),
    line({ sex: '?', grade: 'x', points: 'y', school: '' }),
    line({ code: '3', points: -5 }),
  ])
  expect(report.refusalList.map(({ line: at, column }) => [at, column])).toEqual([
    [3, 'school'],
    [3, 'sex'],
    [3, 'grade'],
    [3, 'points'],
    [4, 'points'],
  ])
  expect(report).toMatchObject({ rowsRead: 3, rowsRefused: 2, refusals: 5 })
  expect(report.counts).toMatchObject({ institutions: { refused: 1 }, results: { refused: 2, added: 0 } })
})

test('faults of single rows and of rows together stand in one list in the order of lines', async () => {
  const report = await imports([line({ points: '' }), line({ points: '' }), line({ code: '2', grade: 'x' })])
  expect(report.refusalList.map(({ line: at, rule }) => [at, rule])).toEqual([
    [3, 'enrolment.repeated'],
    [4, 'value.not_an_integer'],
  ])
})

test('what is at odds is found wherever the lines of a learner stand, and also when the learner was forgotten', async () => {
  const enrolment = fc.record({
    code: fc.constantFrom('1', '2', '3', '4'),
    school: fc.constantFrom('1', '2'),
    from: fc.integer({ min: 1, max: 4 }).map((month) => `2026-0${month}-01`),
    to: fc.integer({ min: 4, max: 7 }).map((month) => `2026-0${month}-15`),
    points: fc.constantFrom('', '5'),
  })
  const refused = async (rows: string[], rememberedLearners?: number) => {
    const { counts } = await imports([...rows, line({ code: 'bad', points: 'x' })], { rememberedLearners })
    return [counts.enrolments?.refused ?? 0, counts.results?.refused ?? 0]
  }
  await fc.assert(
    fc.asyncProperty(
      fc.array(enrolment, { minLength: 2, maxLength: 8 }),
      fc.infiniteStream(fc.nat()),
      async (all, keys) => {
        const lines = all.map((each) => line({ ...each, name: each.code }))
        const together = lines.toSorted()
        const apart = lines.map((each) => [keys.next().value, each] as const).toSorted(([a], [b]) => a! - b!)
        const inOrder = await refused(together)
        expect(await refused(apart.map(([, each]) => each))).toEqual(inOrder)
        expect(
          await refused(
            apart.map(([, each]) => each),
            1,
          ),
        ).toEqual(inOrder)
      },
    ),
    { numRuns: 12 },
  )
})

test('the list ends at a thousand, the count does not', async () => {
  const many = Array.from({ length: 1500 }, (_, at) => line({ code: at, points: 'x', grade: 'y' }))
  const report = await imports(many)
  expect(report).toMatchObject({ refusals: 3000, rowsRefused: 1500, rowsRead: 1500 })
  expect(report.refusalList).toHaveLength(LISTED)
  expect(report.refusalList.at(-1)).toMatchObject({ line: 501 })
})

test('municipalities in two regions, and institutions described in two ways, are refused', async () => {
  const mapping = mappingOf({
    region: { code: { column: 'class' }, name: { lv: { column: 'class' }, en: { column: 'class' } } },
    institution: { code: { column: 'school' }, name: { lv: { column: 'name' }, en: { column: 'name' } } },
    learner: { code: { column: 'code' }, sex: { column: 'sex', values: { F: 'female' } } },
  })
  const two = await imports([line(), line({ code: '2', class: 'R2', school: '2' })], { mapping })
  expect(two.refusalList).toMatchObject([
    { line: 3, column: 'municipality', rule: 'territory.conflict', value: 'A' },
  ])
  const named = await imports([line(), line({ code: '2', name: 'Cita' })], { mapping })
  expect(named.refusalList).toMatchObject([
    { line: 3, column: 'school', rule: 'institution.conflict', value: '1' },
  ])
})

test('every rule has its sentence in both languages, different ones', () => {
  const detail = {
    ...Object.fromEntries(
      [
        'file',
        'fields',
        'held',
        'given',
        'code',
        'differs',
        'encoding',
        'expected',
        'missing',
        'found',
        'decimal',
        'entity',
        'day',
        'shape',
        'column',
        'other',
        'piece',
        'pattern',
      ].map((name) => [name, 'x']),
    ),
    ...Object.fromEntries(
      [
        'limit',
        'minimum',
        'maximum',
        'allowed',
        'written',
        'length',
        'first',
        'last',
        'otherLine',
        'ended',
        'before',
        'until',
      ].map((name) => [name, 7]),
    ),
    attribute: 'sex',
  }
  for (const rule of rules) {
    const { lv, en } = ruleWords(rule, detail)
    expect(lv, rule).not.toBe(en)
    for (const words of [lv, en]) expect(words, rule).toMatch(/^[\p{L}].*[.]$/u)
    for (const words of [lv, en]) expect(words, rule).not.toMatch(/undefined|\[object/)
  }
})

test('a header that does not fit is refused without repeating what stands in it', async () => {
  const { importsFile } = await newIntake()
  const header = async (first: string) => (await importsFile(`${first}\n${line()}\n`)).refusalList
  const missing = await header(columns.replace('points', 'punkti'))
  expect(missing).toMatchObject([
    { line: 1, column: null, rule: 'file.header', detail: { missing: 'points', unexpected: 1 } },
  ])
  expect(missing[0]!.message.en).toContain('missing points; columns too many: 1')
  expect(await header(`${columns},${columns.split(',')[0]}`)).toMatchObject([
    { detail: { repeated: 'municipality' } },
  ])
  const [data] = await header(line())
  expect(data).toMatchObject({ rule: 'file.header', value: null })
  expect(JSON.stringify(data)).not.toMatch(/010110|Anna/)
})

test('a rule that is added or dropped makes another version of the rules', () => {
  const names = createHash('sha256').update(rules.toSorted().join()).digest('hex').slice(0, 12)
  expect({ ruleSet, names }).toEqual({ ruleSet: '3', names: '738b24b8314c' })
})

test('the guide names every rule, and no other', () => {
  const guide = readFileSync('docs/import.md', 'utf8').split('## What is refused')[1]!.split('## Speed')[0]!
  const named = [...guide.matchAll(/`([a-z]+\.[a-z_]+)`/g)].map(([, rule]) => rule)
  expect(named.toSorted()).toEqual([...rules].toSorted())
})
