import { beforeAll, describe, expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { type CubeCell, compute, cubeCells, currentCube } from '#modules/indicators/index.ts'
import { ofTerritoriesOnly } from '#terms/breakdowns.ts'
import { newDatabase } from '#test/database.ts'
import { lastStay, makePlantedRecords, type PlantedTest, plantRecords } from '#test/planted-records.ts'
import {
  isSpecialClass,
  makePlantedRegister,
  plantRegister,
  schools,
  whatIsSaid,
} from '#test/planted-register.ts'
import { recordsIndicators } from './indicators.ts'

const db = await newDatabase()
const register = plantRegister(2026)
const planted = plantRecords(7, register)
let cells: CubeCell[]

beforeAll(async () => {
  await makePlantedRegister(db, register)
  await makePlantedRecords(db, planted)
  await compute(db, recordsIndicators, { day: '2026-11-22' })
  cells = await asJob(db, async (tx) => cubeCells(tx, (await currentCube(tx))!.id, {}))
})

/** A fact as counted here: when, where, of what, how much, what it is divided by, people. */
interface Fact {
  year: number
  school: number
  subject: string
  y: number
  w?: number
  n?: number
  /** who it is about, where the breakdowns are those of learners */
  learner?: number
  stage?: string
}

const saidIn = whatIsSaid(register)
const testOf = new Map(planted.tests.map((each) => [each.id, each]))
const total = (of: readonly number[]) => of.reduce((sum, each) => sum + each, 0)
const stageOf = (grade: number, isTrade: boolean) =>
  isTrade ? 'vocational' : grade <= 3 ? '1-3' : grade <= 6 ? '4-6' : grade <= 9 ? '7-9' : '10-12'

/** A fact of every result of the tests asked for. */
const ofResults = (
  so: (test: PlantedTest) => boolean,
  y: (value: number, test: PlantedTest) => number,
): Fact[] =>
  planted.results.flatMap(({ learner, school, test: id, value }) => {
    const test = testOf.get(id)!
    if (!so(test)) return []
    return [{ year: test.year, school, subject: test.subject, y: y(value, test), learner }]
  })
const isExam = ({ kind }: PlantedTest) => kind === 'exam'
const isMonitoring = ({ kind }: PlantedTest) => kind === 'monitoring'
const hasLevels = (test: PlantedTest) => isMonitoring(test) && test.cuts !== null

/** Mean and sample deviation. */
function moments(of: readonly number[]) {
  const mean = total(of) / of.length
  return { mean, deviation: Math.sqrt(total(of.map((x) => (x - mean) ** 2)) / (of.length - 1)) }
}

function marksAgainstExams(): Fact[] {
  return planted.tests.filter(isExam).flatMap((test) => {
    const subject = test.subject.replace(/^exam-\d+-/, '').replace(/-(ol|al)$/, '')
    const both = planted.results
      .filter((each) => each.test === test.id)
      .flatMap(({ learner, school, value }) => {
        const own = planted.marks
          .filter((each) => each.learner === learner && each.year === test.year && each.scale === 'ten')
          .sort((a, b) => Number(b.school === school) - Number(a.school === school) || a.school - b.school)
          .flatMap(({ subjects, marks }) => marks[(subjects as readonly string[]).indexOf(subject)] ?? [])
        return own[0] === undefined ? [] : [{ learner, school, value, mark: own[0] }]
      })
    const [ofMarks, ofValues] = [
      moments(both.map(({ mark }) => mark)),
      moments(both.map(({ value }) => value)),
    ]
    return both.map(({ learner, school, value, mark }) => ({
      year: test.year,
      school,
      subject: test.subject,
      y: ((mark - ofMarks.mean) / ofMarks.deviation) * ofValues.deviation - (value - ofValues.mean),
      learner,
    }))
  })
}

function chooseAdvanced(): Fact[] {
  const ofTwelve = planted.results.filter(({ test }) => testOf.get(test)!.grade === 12)
  const by = Map.groupBy(ofTwelve, ({ learner, test }) => `${learner} ${testOf.get(test)!.year}`)
  return [...by.values()].map((own) => {
    const last = own.toSorted(
      (a, b) => testOf.get(b.test)!.heldOn.localeCompare(testOf.get(a.test)!.heldOn) || b.test - a.test,
    )[0]!
    const advanced = own.filter(({ test }) => testOf.get(test)!.level === 'AL').length
    return {
      year: testOf.get(last.test)!.year,
      school: last.school,
      subject: '-',
      y: Number(advanced >= 2),
      learner: last.learner,
    }
  })
}

const absent = (told: (a: (typeof planted.absences)[number]) => { y: number; w?: number }): Fact[] =>
  planted.absences.flatMap((each) => {
    const { learner, school, year, lessons } = each
    if (total(lessons) === 0) return []
    const { grade, programme } = lastStay(register.enrolments, learner, school, year)!
    return [
      {
        year,
        school,
        subject: '-',
        ...told(each),
        learner,
        stage: stageOf(grade, programme.startsWith('33')),
      },
    ]
  })

/** Facts of classes by subject, and of all subjects of a class together. */
const ofClasses = (
  told: (c: (typeof planted.lessons)[number], at: number) => { y: number; w: number } | null,
): Fact[] =>
  planted.lessons.flatMap((each) => {
    const { school, year, grade, isTrade, subjects } = each
    const stage = stageOf(grade, isTrade)
    const found = subjects.flatMap((subject, at) => {
      const sums = told(each, at)
      return sums ? [{ year, school, subject, stage, n: 0, ...sums }] : []
    })
    if (found.length === 0) return []
    const sums = { y: total(found.map(({ y }) => y)), w: total(found.map(({ w }) => w)) }
    return [...found, { year, school, subject: '-', stage, n: 0, ...sums }]
  })

function advancedCourses(): Fact[] {
  const by = Map.groupBy(
    planted.lessons.filter(({ grade }) => grade >= 10),
    ({ school, year }) => `${school} ${year}`,
  )
  return [...by.values()].flatMap((own) => {
    const courses = new Set(own.flatMap(({ subjects }) => subjects.filter((each) => each.endsWith('-al'))))
    const { school, year } = own[0]!
    return courses.size === 0 ? [] : [{ year, school, subject: '-', y: courses.size, w: 1, n: 0 }]
  })
}

const expected: Record<string, () => Fact[]> = {
  'ACH-01': () => ofResults(isMonitoring, (value) => value),
  'ACH-02': () => ofResults(hasLevels, (value, { cuts }) => Number(value >= cuts![1]!)),
  'ACH-03': () => ofResults(hasLevels, (value, { cuts }) => Number(value < cuts![0]!)),
  'ACH-16': () => ofResults(hasLevels, (value, { cuts }) => Number(value >= cuts![2]!)),
  'ACH-05': () => ofResults(isExam, (value) => value),
  'ACH-06': () =>
    ofResults(
      (test) => isExam(test) && test.threshold !== null,
      (value, { threshold }) => Number(value < threshold!),
    ),
  'ACH-07': () =>
    ofResults(
      (test) => isExam(test) && test.threshold !== null,
      (value) => Number(value >= 80),
    ),
  'ACH-08': chooseAdvanced,
  'ACH-09': marksAgainstExams,
  'SAF-03': () => absent(({ unexcused, lessons }) => ({ y: total(unexcused), w: total(lessons) })),
  'SAF-04': () =>
    absent(({ unexcused }) => ({
      y: Number(total(unexcused.slice(0, 4)) > 20 || total(unexcused.slice(4)) > 20),
    })),
  'TEA-02': () =>
    ofClasses(({ planned, delivered }, at) =>
      delivered[at] === null ? null : { y: delivered[at]!, w: planned[at]! },
    ),
  'PRG-01': () =>
    ofClasses(({ classId, isTrade, grade, year, subjects, planned }, at) => {
      const day = `${year - 1}-09-01`
      const sample = planted.samples.find(
        (each) =>
          each.grade === grade &&
          each.subject === subjects[at] &&
          (each.since === null || each.since <= day) &&
          (each.until === null || day <= each.until),
      )
      if (!sample || isTrade || isSpecialClass(classId)) return null
      return { y: planned[at]! - sample.lessons, w: sample.lessons }
    }),
  'PRG-02': advancedCourses,
}

const unitsOf = (school: number): [level: string, id: number][] => [
  ['school', school],
  ['municipality', schools.find(({ id }) => id === school)!.municipality],
  ['region', 2],
  ['state', 1],
]
/** Figures are the same when none is off by more than a ten thousandth: differences of marks are told to the sixth place each. */
function expectSame(found: ReadonlyMap<string, number[]>, hand: ReadonlyMap<string, number[]>) {
  expect([...found.keys()].sort()).toEqual([...hand.keys()].sort())
  const far = [...found].filter(([key, sums]) =>
    sums.some((x, at) => Math.abs(x - hand.get(key)![at]!) > 1e-4),
  )
  expect(far).toEqual([])
}

describe.each(
  recordsIndicators
    .filter(({ code }) => code in expected)
    .map(({ code, breakdowns }) => ({ code, breakdowns })),
)('$code', ({ code, breakdowns }) => {
  /** People, sum and what it is divided by, at every unit and in every group. */
  function byHand(): Map<string, number[]> {
    const sums = new Map<string, number[]>()
    for (const fact of expected[code]!()) {
      const about = { ...fact, ...(fact.learner && saidIn(fact.learner, fact.year)) }
      // the linkage of family circumstances is off
      const groups = breakdowns
        .filter((by) => by !== 'context')
        .map((by) => [by, about[by as 'learner' | 'stage']] as const)
      for (const [level, id] of unitsOf(fact.school)) {
        for (const [breakdown, category] of [['-', '-'] as const, ...groups]) {
          if (level === 'school' && ofTerritoriesOnly.includes(breakdown)) continue
          const key = [fact.year, level, id, fact.subject, breakdown, category].join(' ')
          const sum = sums.get(key) ?? [0, 0, 0]
          const add = [fact.n ?? 1, fact.y, fact.w ?? 0]
          sums.set(
            key,
            sum.map((x, at) => x + add[at]!),
          )
        }
      }
    }
    return sums
  }
  const found = () => cells.filter(({ indicator }) => indicator === code)

  test('every figure of every year, unit, subject and group is what counting by hand finds', () => {
    const told = found().map(
      ({ schoolYear, level, unitId, subject, breakdown, category, n, sumY, sumW }) =>
        [[schoolYear, level, unitId, subject, breakdown, category].join(' '), [n, sumY ?? 0, sumW ?? 0]] as [
          string,
          number[],
        ],
    )
    const hand = byHand()
    expect(hand.size).toBeGreaterThan(40)
    expectSame(new Map(told), hand)
  })

  test('the state is the sum of its municipalities and of its schools, in every group', () => {
    const sumsAt = (level: string, besides: readonly string[] = []) => {
      const sums = new Map<string, number[]>()
      for (const { level: at, schoolYear, subject, breakdown, category, n, sumY, sumW } of found()) {
        if (at !== level || besides.includes(breakdown)) continue
        const key = [schoolYear, subject, breakdown, category].join(' ')
        const sum = sums.get(key) ?? [0, 0, 0]
        sums.set(key, [sum[0]! + n, sum[1]! + (sumY ?? 0), sum[2]! + (sumW ?? 0)])
      }
      return sums
    }
    expect(sumsAt('state').size).toBeGreaterThan(2)
    for (const level of ['region', 'municipality']) expectSame(sumsAt(level), sumsAt('state'))
    expectSame(sumsAt('school'), sumsAt('state', ofTerritoriesOnly))
  })
})

test('every indicator of records is counted here by hand, but gaps and those of two tests, which have tests of their own', () => {
  const elsewhere = ['ACH-10', 'ACH-11', 'EQU-01', 'EQU-06', 'EQU-07', 'EQU-08']
  expect(recordsIndicators.map(({ code }) => code).sort()).toEqual(
    [...Object.keys(expected), ...elsewhere].sort(),
  )
})

test('a test of another kind is in no figure of exams or of monitoring', () => {
  const subjects = (codes: string) =>
    new Set(cells.filter(({ indicator }) => new RegExp(codes).test(indicator)).map(({ subject }) => subject))
  expect(subjects('ACH-0[123]')).toEqual(new Set(['reading-6']))
  expect([...subjects('ACH-0[5679]')].every((subject) => subject.startsWith('exam-'))).toBe(true)
  expect(subjects('ACH-10').has('science-9')).toBe(true)
})
