import { beforeAll, expect, test } from 'vitest'
import type { Row } from '../../src/synth/contract.ts'
import { Made } from './made.ts'

/** What was recorded of learners, classes and schools, looked at in the rows of the package alone; truths are what it is compared with. */
let made: Made
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length
const sumOf = (list: unknown) =>
  String(list)
    .split(' ')
    .reduce((sum, each) => sum + Number(each), 0)

beforeAll(() => {
  made = new Made('demo', 11, 2025)
}, 120_000)

/** Results of an assessment as numbers, by learner. */
const resultsOf = (assessment: string) =>
  new Map(
    made
      .of('results')
      .flatMap((row) =>
        row.assessment === assessment ? [[String(row.learner_uid), Number(row.value)] as const] : [],
      ),
  )
const parameter = (name: string) =>
  Number(made.of('true_parameters').find((row) => row.parameter === name)!.value)

test.each([
  ['exam-9-latvian-2025', 58.5],
  ['exam-9-english-2025', 65.8],
  ['exam-9-mathematics-2025', 53.8],
  ['exam-12-mathematics-ol-2025', 43.7],
  ['exam-12-mathematics-al-2025', 62],
])('the mean of %s is the published %d per cent at any size', (code, published) => {
  expect(Math.abs(mean([...resultsOf(code).values()]) - published)).toBeLessThan(0.8)
})

test('mathematics of grade 9 has two hills with a valley between them; Latvian has one', () => {
  const heights = (code: string) => {
    const bands = new Array<number>(10).fill(0)
    for (const value of resultsOf(code).values()) bands[Math.min(9, Math.floor(value / 10))]! += 1
    return bands
  }
  /** How deep the deepest valley is, as a share of the lower of the hills beside it. */
  const valley = (bands: readonly number[]) =>
    Math.max(
      ...bands.map((n, at) => {
        const beside = Math.min(Math.max(...bands.slice(0, at + 1)), Math.max(...bands.slice(at)))
        return 1 - n / beside
      }),
    )
  expect(valley(heights('exam-9-mathematics-2025'))).toBeGreaterThan(0.25)
  expect(valley(heights('exam-9-latvian-2025'))).toBeLessThan(0.08)
})

test('per cents are what the parts add up to, cut off to whole ones', () => {
  const maxima = new Map(
    made.of('assessments').map((row) => [
      row.code,
      String(row.parts ?? '')
        .split(' ')
        .reduce((sum, part) => sum + Number(part.split(':')[1] ?? 0), 0),
    ]),
  )
  const papers = made.of('results').filter((row) => row.parts !== null)
  expect(papers.length).toBeGreaterThan(5_000)
  for (const { assessment, value, parts } of papers) {
    expect(Number(value)).toBe(Math.floor((100 * sumOf(parts)) / maxima.get(assessment)! + 1e-9))
  }
})

test('girls are ahead in the Latvian examination by what was planted', () => {
  const sexes = new Map(made.of('learners').map((row) => [row.learner_uid, row.sex]))
  for (const code of ['exam-9-latvian-2025', 'exam-9-latvian-2026']) {
    const by = (sex: string) =>
      [...resultsOf(code)].flatMap(([uid, value]) => (sexes.get(uid) === sex ? [value] : []))
    const [girls, boys] = [by('female'), by('male')]
    const spread = 19
    const error = spread * Math.sqrt(1 / girls.length + 1 / boys.length)
    // Boys have special needs more often.
    expect(Math.abs(mean(girls) - mean(boys) - parameter(`${code}.sexGap`) - 0.7)).toBeLessThan(3 * error)
  }
})

test('who goes on to secondary school has passed grade 9; who has not passed has no document', () => {
  const reasons = new Map(
    made.of('enrolments').flatMap((row) => {
      const isNine = String(row.class_id).slice(11, 18) === '2026-09'
      return isNine && row.main ? [[String(row.learner_uid), row.leave_reason] as const] : []
    }),
  )
  const failed = [...resultsOf('exam-9-mathematics-2026')].filter(([, value]) => value < 15)
  expect(failed.length).toBeGreaterThan(5)
  const why = new Set(failed.map(([uid]) => reasons.get(uid)))
  expect(why.has('completed')).toBe(false)
  expect(why.has('graduated_without_certificate')).toBe(true)
})

/** Marks of a year by learner and subject. */
function marksOf(year: number, subject: string): Map<string, number> {
  const found = new Map<string, number>()
  for (const row of made.of('marks')) {
    if (row.school_year !== year || row.scale !== 'ten') continue
    const own = new RegExp(`(?:^| )${subject}:\\S+/(\\d+)(?: |$)`).exec(String(row.marks))
    if (own) found.set(String(row.learner_uid), Number(own[1]))
  }
  return found
}

test('marks go with examinations: those of mathematics correlate at 0.5–0.85, and about 6 is the mean', () => {
  const marks = marksOf(2026, 'mathematics')
  const pairs = [...resultsOf('exam-9-mathematics-2026')].flatMap(([uid, value]) => {
    const mark = marks.get(uid)
    return mark === undefined ? [] : [[mark, value] as const]
  })
  expect(pairs.length).toBeGreaterThan(1_000)
  const [x, y] = [mean(pairs.map(([a]) => a)), mean(pairs.map(([, b]) => b))]
  const of = (f: (a: number, b: number) => number) => pairs.reduce((sum, [a, b]) => sum + f(a - x, b - y), 0)
  const correlation = of((a, b) => a * b) / Math.sqrt(of((a) => a * a) * of((_, b) => b * b))
  expect(correlation).toBeGreaterThan(0.5)
  expect(correlation).toBeLessThan(0.85)
  expect(Math.abs(x - 6.1)).toBeLessThan(0.4)
})

test('marks are 1–10, and levels 1–4 below grade 4', () => {
  for (const { scale, grade, marks } of made.of('marks')) {
    expect(scale).toBe(Number(grade) <= 3 ? 'levels' : 'ten')
    const most = scale === 'ten' ? 10 : 4
    for (const told of String(marks).split(' ')) {
      expect(told).toMatch(/^[a-z-]+:(\d+|-)\/(\d+|-)\/(\d+|-)$/)
      for (const [mark] of told.matchAll(/\d+/g)) expect(Number(mark) >= 1 && Number(mark) <= most).toBe(true)
    }
  }
})

test('nobody misses more lessons than were held, and months have ten numbers', () => {
  for (const row of made.of('absences')) {
    const [held, excused, unexcused] = [row.lessons, row.excused, row.unexcused].map((list) =>
      String(list).split(' ').map(Number),
    )
    expect([held!.length, excused!.length, unexcused!.length]).toEqual([10, 10, 10])
    expect(held!.every((lessons, at) => excused![at]! + unexcused![at]! <= lessons)).toBe(true)
  }
})

test('who misses most without excuse leaves most: the worst tenth far more often than the rest', () => {
  const left = new Map(
    made.of('true_risks').map((row) => [`${row.learner_uid} ${row.school_year}`, row.left === true]),
  )
  const shares = made.of('absences').flatMap((row) => {
    const gone = left.get(`${row.learner_uid} ${row.school_year}`)
    return gone === undefined ? [] : [{ share: sumOf(row.unexcused) / sumOf(row.lessons), gone }]
  })
  shares.sort((a, b) => b.share - a.share)
  const rate = (part: typeof shares) => mean(part.map(({ gone }) => Number(gone)))
  const tenth = Math.floor(shares.length / 10)
  expect(rate(shares.slice(0, tenth))).toBeGreaterThan(4 * rate(shares.slice(tenth)))
  // A few miss much: more than 40 lessons a year.
  const much = made.of('absences').filter((row) => sumOf(row.unexcused) > 40).length
  expect(much / made.of('absences').length).toBeGreaterThan(0.005)
  expect(much / made.of('absences').length).toBeLessThan(0.12)
})

test('a fifth higher in context is worth more in the tests, fifth by fifth', () => {
  const fifths = new Map(
    made
      .of('context')
      .flatMap((row) => (row.school_year === 2026 ? [[String(row.learner_uid), Number(row.quintile)]] : [])),
  )
  const values = [...resultsOf('M-2026-6-NUM')]
  const means = [1, 2, 3, 4, 5].map((fifth) =>
    mean(values.flatMap(([uid, value]) => (fifths.get(uid) === fifth ? [value] : []))),
  )
  // The slope planted is 33 points a deviation within schools; the outer fifths lie 2.8 deviations apart, and schools differ too.
  expect(means[4]! - means[0]!).toBeGreaterThan(70)
  expect(means[4]! - means[0]!).toBeLessThan(150)
  for (let at = 1; at < 5; at++) expect(means[at]!).toBeGreaterThan(means[at - 1]! - 8)
})

test('four or five in a hundred planned lessons are not held; planned lessons follow the sample plan in most classes', () => {
  const sample = new Map(
    made
      .of('sample_plans')
      .map((row) => [`${row.programme_code} ${row.grade} ${row.subject}`, Number(row.lessons)]),
  )
  const classes = new Map(made.of('class_groups').map((row) => [row.class_id, row]))
  let [planned, delivered, asSaid, all] = [0, 0, 0, 0]
  for (const { class_id, lessons } of made.of('lessons')) {
    const { programme_code, grade } = classes.get(class_id)!
    for (const told of String(lessons).split(' ')) {
      const [subject, figures] = told.split(':')
      const [plan, held] = figures!.split('/').map(Number)
      planned += plan!
      delivered += held!
      expect(held! <= plan!).toBe(true)
      const said = sample.get(`${programme_code} ${grade} ${subject}`)
      if (said === undefined) continue
      all += 1
      if (said === plan) asSaid += 1
    }
  }
  expect(1 - delivered / planned).toBeGreaterThan(0.03)
  expect(1 - delivered / planned).toBeLessThan(0.06)
  expect(asSaid / all).toBeGreaterThan(0.8)
  expect(all).toBeGreaterThan(5_000)
})

test('about two thirds of those who finish grade 12 of general schools go on to study', () => {
  const finished = new Set(
    made.of('enrolments').flatMap((row) => {
      const isTwelve = /-20\d\d-12/.test(String(row.class_id)) && /^3101/.test(String(row.programme_code))
      const isDone = row.leave_reason === 'completed' || row.leave_reason === 'graduated_without_certificate'
      return isTwelve && isDone ? [row.learner_uid] : []
    }),
  )
  const went = made.of('destinations').filter((row) => finished.has(row.learner_uid))
  const study = went.filter((row) => row.kind === 'higher_education')
  expect(went.length).toBeGreaterThan(1_500)
  expect(study.length / went.length).toBeGreaterThan(0.58)
  expect(study.length / went.length).toBeLessThan(0.72)
})

test('people of school age are about as many as the learners who live there', () => {
  const learners = made.of('learners').filter((row) => {
    const born = Number(String(row.birth_month).slice(0, 4))
    return born >= 2011 && born <= 2018
  }).length
  const people = made
    .of('population')
    .filter((row) => row.year === 2026 && Number(row.age) >= 7 && Number(row.age) <= 14)
    .reduce((sum, row) => sum + Number(row.people), 0)
  expect(Math.abs(learners / people - 1)).toBeLessThan(0.05)
})

test('places of people by age are those of their time: Varakļāni to 2025, then Madona', () => {
  const years = (code: string) =>
    [...new Set(made.of('population').flatMap((row) => (row.atvk === code ? [Number(row.year)] : [])))].sort()
  expect(years('0055000').at(-1)).toBe(2025)
  expect(years('0038001').at(-1)).toBe(2026)
})

test('a vacancy is filled after it was opened, and some are open on the day of the package', () => {
  const all = made.of('vacancies')
  for (const { open_on, filled_on } of all) {
    expect(String(open_on) <= '2026-10-01').toBe(true)
    expect(filled_on === null || String(filled_on) > String(open_on)).toBe(true)
  }
  expect(all.filter((row) => row.filled_on === null).length).toBeGreaterThan(20)
})

test.each(['small', 'demo'] as const)(
  'in %s there is a school of 30 to 60 pupils with combined classes, named among the truths',
  (size) => {
    const country = size === 'demo' ? made : new Made('small', 2026, 2026)
    const reg = country
      .of('true_special_schools')
      .find(({ what }) => what === 'about_45_pupils_combined_classes')!.reg_number
    const classes = new Map(
      country
        .of('class_groups')
        .flatMap((row) => (row.reg_number === reg && row.school_year === 2027 ? [[row.class_id, row]] : [])),
    ) as Map<unknown, Row<'class_groups'>>
    const pupils = country
      .of('enrolments')
      .filter((row) => row.main && Number(classes.get(row.class_id)?.grade ?? 0) > 0)
    expect(pupils.length).toBeGreaterThan(30)
    expect(pupils.length).toBeLessThan(60)
    expect([...classes.values()].some((row) => row.combined)).toBe(true)
  },
)

test('some learn at home in the family, in programmes that say so, on the roll of their school', () => {
  const home = made.of('programmes').filter((row) => row.form === 'home')
  expect(home.length).toBeGreaterThan(0)
  const offers = new Set(home.map((row) => `${row.reg_number} ${row.programme_code}`))
  const at = made
    .of('enrolments')
    .filter((row) => offers.has(`${String(row.class_id).slice(0, 10)} ${row.programme_code}`))
  expect(at.length).toBeGreaterThan(20)
  expect(made.values('institutions', 'kind').has('prison')).toBe(true)
})
