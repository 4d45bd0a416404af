import { expect, test } from 'vitest'
import { isMadeUp } from '../../src/synth/codes.ts'
import { type ContractFile, contractFiles, type Row } from '../../src/synth/contract.ts'
import { Made } from './made.ts'

const made = new Made('small', 7)
const demo = new Made('demo', 7)

/** Which column of which file refers to which column of another. */
const references: [file: ContractFile, column: string, to: ContractFile, target: string][] = [
  ['territories', 'parent_code', 'territories', 'code'],
  ['territories', 'successor_code', 'territories', 'code'],
  ['founders', 'territory_code', 'territories', 'code'],
  ['institutions', 'founder_id', 'founders', 'founder_id'],
  ['institutions', 'legal_atvk', 'territories', 'code'],
  ['institutions', 'successor_reg', 'institutions', 'reg_number'],
  ['delivery_sites', 'reg_number', 'institutions', 'reg_number'],
  ['delivery_sites', 'atvk', 'territories', 'code'],
  ['programmes', 'reg_number', 'institutions', 'reg_number'],
  ['programmes', 'site_id', 'delivery_sites', 'site_id'],
  ['class_groups', 'reg_number', 'institutions', 'reg_number'],
  ['class_groups', 'site_id', 'delivery_sites', 'site_id'],
  ['class_groups', 'class_teacher_uid', 'staff', 'staff_uid'],
  ['learners', 'residence_code', 'territories', 'code'],
  ['enrolments', 'learner_uid', 'learners', 'learner_uid'],
  ['enrolments', 'class_id', 'class_groups', 'class_id'],
  ['employments', 'staff_uid', 'staff', 'staff_uid'],
  ['employments', 'reg_number', 'institutions', 'reg_number'],
  ['assessments', 'scale', 'scales', 'code'],
  ['assessments', 'starts_from', 'assessments', 'code'],
  ['results', 'learner_uid', 'learners', 'learner_uid'],
  ['results', 'assessment', 'assessments', 'code'],
  ['results', 'reg_number', 'institutions', 'reg_number'],
  ['representations', 'child_uid', 'learners', 'learner_uid'],
  ['marks', 'learner_uid', 'learners', 'learner_uid'],
  ['marks', 'reg_number', 'institutions', 'reg_number'],
  ['absences', 'learner_uid', 'learners', 'learner_uid'],
  ['absences', 'reg_number', 'institutions', 'reg_number'],
  ['lessons', 'class_id', 'class_groups', 'class_id'],
  ['sample_plans', 'programme_code', 'programmes', 'programme_code'],
  ['finance', 'reg_number', 'institutions', 'reg_number'],
  ['vacancies', 'reg_number', 'institutions', 'reg_number'],
  ['population', 'atvk', 'territories', 'code'],
  ['destinations', 'learner_uid', 'learners', 'learner_uid'],
]

test.each(references)('%s.%s names what %s.%s describes', (file, column, to, target) => {
  for (const country of [made, demo]) {
    const known = country.values(to, target as keyof Row<typeof to>)
    const named = country.values(file, column as keyof Row<typeof file>)
    named.delete(null)
    expect([...named].filter((value) => !known.has(value))).toEqual([])
  }
})

test('every class and every enrolment is in a programme that its institution offers on those days', () => {
  const offered = new Map(
    made.of('programmes').map((row) => [`${row.reg_number} ${row.programme_code}`, row] as const),
  )
  const classes = new Map(made.of('class_groups').map((row) => [row.class_id, row] as const))
  for (const { class_id, programme_code } of made.of('enrolments')) {
    if (programme_code === null) continue
    const { reg_number, school_year } = classes.get(class_id)!
    const programme = offered.get(`${reg_number} ${programme_code}`)!
    expect(programme, `${reg_number} ${programme_code}`).toBeDefined()
    expect(String(programme.started_on) <= `${Number(school_year) - 1}-09-01`).toBe(true)
    expect(programme.ended_on === null || String(programme.ended_on) >= `${school_year}-08-31`).toBe(true)
  }
})

test('what has to be one of its kind is', () => {
  const keys: [ContractFile, (row: Row<ContractFile>) => string][] = [
    ['territories', (row) => String(Object.values(row)[0])],
    ['delivery_sites', (row) => Object.values(row as Row<'delivery_sites'>).join()],
    ['class_groups', (row) => String((row as Row<'class_groups'>).class_id)],
    ['learners', (row) => String((row as Row<'learners'>).learner_uid)],
    ['staff', (row) => String((row as Row<'staff'>).staff_uid)],
    ['employments', (row) => String((row as Row<'employments'>).employment_id)],
    ['results', (row) => `${(row as Row<'results'>).learner_uid} ${(row as Row<'results'>).assessment}`],
    [
      'marks',
      (row) =>
        Object.values(row as Row<'marks'>)
          .slice(0, 3)
          .join(),
    ],
    [
      'absences',
      (row) =>
        Object.values(row as Row<'absences'>)
          .slice(0, 3)
          .join(),
    ],
    ['lessons', (row) => String((row as Row<'lessons'>).class_id)],
    ['vacancies', (row) => String((row as Row<'vacancies'>).vacancy_id)],
    ['destinations', (row) => String((row as Row<'destinations'>).learner_uid)],
    [
      'institutions',
      (row) => `${(row as Row<'institutions'>).reg_number} ${(row as Row<'institutions'>).since}`,
    ],
  ]
  for (const [file, keyOf] of keys) {
    const all = demo.of(file).map(keyOf)
    expect(new Set(all).size, file).toBe(all.length)
  }
})

test('rows have the columns of the contract and no others', () => {
  for (const [file, columns] of Object.entries(contractFiles)) {
    for (const row of demo.of(file as ContractFile).slice(0, 500)) {
      expect(Object.keys(row).sort()).toEqual([...columns].sort())
    }
  }
})

test('nobody is in two main places on one day, and every stay lies within its school year', () => {
  const classes = new Map(demo.of('class_groups').map((row) => [row.class_id, row] as const))
  const stays = new Map<unknown, { from: string; to: string }[]>()
  for (const row of demo.of('enrolments')) {
    const { school_year: year } = classes.get(row.class_id)!
    const first = `${Number(year) - 1}-09-01`
    const last = `${year}-08-31`
    const from = String(row.from ?? first)
    const to = String(row.to ?? last)
    expect(from >= first && from <= to && to <= last, `${row.learner_uid} ${from} ${to}`).toBe(true)
    if (!row.main) continue
    const own = stays.get(row.learner_uid) ?? []
    own.push({ from, to })
    stays.set(row.learner_uid, own)
  }
  for (const own of stays.values()) {
    own.sort((a, b) => (a.from < b.from ? -1 : 1))
    for (let at = 1; at < own.length; at++) expect(own[at - 1]!.to < own[at]!.from).toBe(true)
  }
})

test('who leaves has a last day, and who has no reason to leave has none', () => {
  for (const { to, leave_reason, main } of demo.of('enrolments')) {
    expect(to === null).toBe(leave_reason === null)
    if (!main && to !== null) expect(leave_reason).toBe('other')
  }
})

test('every class has a grade, a school that is open in its year, and at least one learner', () => {
  const taught = demo.values('enrolments', 'class_id')
  const schools = new Map(demo.of('institutions').map((row) => [row.reg_number, row] as const))
  for (const { class_id, grade, reg_number, school_year } of demo.of('class_groups')) {
    expect(Number.isInteger(grade) && Number(grade) >= 0 && Number(grade) <= 13).toBe(true)
    const { opened_on, closed_on } = schools.get(reg_number)!
    expect(String(opened_on) <= `${Number(school_year) - 1}-09-01`).toBe(true)
    expect(closed_on === null || String(closed_on) >= `${school_year}-08-31`, String(class_id)).toBe(true)
    expect(taught.has(class_id), String(class_id)).toBe(true)
  }
})

test('small schools teach several grades together', () => {
  const combined = demo.of('class_groups').filter((row) => row.combined)
  expect(combined.length).toBeGreaterThan(20)
  const sizes = new Map<unknown, number>()
  for (const { class_id, main } of demo.of('enrolments')) {
    if (main) sizes.set(class_id, (sizes.get(class_id) ?? 0) + 1)
  }
  for (const { class_id } of combined) expect(sizes.get(class_id) ?? 0).toBeLessThan(14)
})

test('Varakļāni has its schools until the day it joins Madona, and Madona after it', () => {
  const gone = made.of('territories').find((row) => row.code === '0055000')!
  expect([gone.until, gone.successor_code]).toEqual(['2025-06-30', '0038001'])
  const before = made.of('institutions').filter((row) => row.legal_atvk === '0055000')
  expect(before.length).toBeGreaterThan(1)
  for (const { reg_number, closed_on } of before) {
    if (closed_on !== null && String(closed_on) < '2025-07-01') continue
    const after = made.of('institutions').find((row) => row.reg_number === reg_number && row.since !== null)!
    expect([after.legal_atvk, after.since]).toEqual(['0038001', '2025-07-01'])
  }
  expect(made.values('learners', 'residence_code').has('0055000')).toBe(false)
})

test('numbers belong to nobody: codes fail their check in the one documented way, institutions begin with 00', () => {
  const codes = [
    ...demo.values('learners', 'learner_uid'),
    ...demo.values('staff', 'staff_uid'),
    ...demo.values('representations', 'adult_code'),
  ].map(String)
  expect(new Set(codes).size).toBe(codes.length)
  expect(codes.filter((code) => !isMadeUp(code))).toEqual([])
  const former = [...demo.values('learners', 'previous_uid')].filter((code) => code !== null).map(String)
  expect(former.length).toBeGreaterThan(10)
  expect(former.filter((code) => !isMadeUp(code) && !/^UA-\d{6,}$/.test(code))).toEqual([])
  for (const reg of demo.values('institutions', 'reg_number')) expect(reg).toMatch(/^00\d{8}$/)
})

test('parents act for children who are taught and not of age; brothers and sisters share them', () => {
  const births = new Map(demo.of('learners').map((row) => [row.learner_uid, row.birth_month] as const))
  const children = new Map<unknown, number>()
  for (const { child_uid, adult_code, from } of demo.of('representations')) {
    expect(String(births.get(child_uid)) > '2008-10').toBe(true)
    expect(String(from).startsWith(String(births.get(child_uid)))).toBe(true)
    children.set(adult_code, (children.get(adult_code) ?? 0) + 1)
  }
  const many = [...children.values()].filter((n) => n > 1).length
  expect(many / children.size).toBeGreaterThan(0.15)
  expect(many / children.size).toBeLessThan(0.6)
})

test('months, days and numbers are written as the contract asks', () => {
  for (const { birth_month } of demo.of('learners'))
    expect(birth_month).toMatch(/^(19[4-9]|20[0-2])\d-(0[1-9]|1[0-2])$/)
  for (const { from, to } of demo.of('employments')) {
    for (const day of [from, to]) if (day !== null) expect(day).toMatch(/^\d{4}-\d{2}-\d{2}$/)
    expect(to === null || String(from) <= String(to)).toBe(true)
  }
  for (const { value } of demo.of('results')) {
    expect(Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 1000).toBe(true)
  }
  for (const { transport_minutes: minutes } of demo.of('enrolments')) {
    expect(minutes === null || (Number(minutes) >= 1 && Number(minutes) <= 240)).toBe(true)
  }
})

test('about 19 in 20 learners take a monitoring test in their grade', () => {
  const grades = new Map(demo.of('class_groups').map((row) => [row.class_id, row] as const))
  const there = new Set(
    demo.of('enrolments').flatMap(({ class_id, learner_uid, main, to }) => {
      const { grade, school_year } = grades.get(class_id)!
      const stays = to === null || String(to) > '2026-04-27'
      return main && stays && grade === 6 && school_year === 2026 ? [learner_uid] : []
    }),
  )
  const tested = demo.of('results').filter(({ assessment }) => assessment === 'M-2026-6-NUM').length
  expect(tested / there.size).toBeGreaterThan(0.9)
  expect(tested / there.size).toBeLessThan(0.97)
})
