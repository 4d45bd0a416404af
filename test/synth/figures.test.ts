import { beforeAll, expect, test } from 'vitest'
import { learnersBySchool } from '../../src/synth/country.ts'
import { history } from '../../src/synth/learners/history.ts'
import { OUT, UKRAINE } from '../../src/synth/learners/population.ts'
import { kilometres } from '../../src/synth/network/geography.ts'
import { makeNetwork } from '../../src/synth/network/network.ts'
import { NEVER } from '../../src/synth/network/school.ts'
import { examsOf } from '../../src/synth/records/exam-list.ts'
import { sitExams } from '../../src/synth/records/exams.ts'
import { Purse } from '../../src/synth/records/finance.ts'
import { planOf } from '../../src/synth/size.ts'
import { Roster } from '../../src/synth/staff/roster.ts'

/**
 * The whole country, counted without writing its rows, against what was published: figures of the Ministry of Education and Science for
 * the start of 2025/26 unless another year is named. Each tolerance is what chance and the simulation may miss by.
 */
const plan = planOf('country', 2026)
const network = makeNetwork(plan)

const counted = {
  general: 0,
  vocational: 0,
  firstCourse: 0,
  preschoolFirst: 0,
  ukraine: 0,
  need: 0,
  girls: 0,
}
const grades = new Int32Array(14)
let bySchool: ArrayLike<number> = []
let staff: number[] = [] // ages in general education
const exams = examsOf(plan)
const papers = new Map<string, { n: number; sum: number; failed: number }>()
let spent = 0 // EUR, municipal schools of general education in 2024

beforeAll(() => {
  const roster = new Roster(network, plan)
  const purse = new Purse()
  for (const year of history(plan, network)) {
    const { people, events } = year
    const learners = learnersBySchool(year, network)
    roster.step(year.year, learners)
    purse.count(year, network)
    for (const { file, rows } of sitExams(year, exams, { network, seed: plan.seed }).rows(String)) {
      if (file !== 'results') continue
      for (const { assessment, value } of rows) {
        const own = papers.get(String(assessment)) ?? { n: 0, sum: 0, failed: 0 }
        papers.set(String(assessment), own)
        own.n += 1
        own.sum += Number(value)
        if (Number(value) < 10) own.failed += 1
      }
    }
    for (let learner = 0; learner < people.count; learner++) {
      const school = people.school[learner]!
      if (school === OUT || events.from[learner]! > 0) continue
      const { kind } = network.schools[school]!
      const grade = people.grade[learner]!
      if (year.year === plan.firstYear && grade === 0) counted.preschoolFirst += 1
      if (year.year !== 2026) continue
      if (kind === 'vocational') {
        counted.vocational += 1
        if (grade === 10) counted.firstCourse += 1
      } else if (grade > 0) {
        counted.general += 1
        grades[grade]! += 1
        if (people.group[learner] === UKRAINE) counted.ukraine += 1
        if (people.need[learner]! > 0) counted.need += 1
        if (people.sex[learner] === 0) counted.girls += 1
      }
    }
    if (year.year !== 2026) continue
    bySchool = learners
    const ages = new Map<number, number>()
    for (const { at, kind } of network.schools) {
      if (kind !== 'general' && kind !== 'special') continue
      for (const { person } of roster.atSchool[at]!) ages.set(person.n, 2025 - person.born)
    }
    staff = [...ages.values()]
  }
  const municipal = new Set(
    network.schools.flatMap(({ reg, kind, founder }) =>
      (kind === 'general' || kind === 'special') && founder.startsWith('M-') ? [reg] : [],
    ),
  )
  for (const { file, rows } of purse.rows(network, plan)) {
    if (file !== 'finance') continue
    for (const { reg_number, year, ...money } of rows) {
      if (year !== 2024 || !municipal.has(String(reg_number))) continue
      for (const euros of Object.values(money)) spent += Number(euros)
    }
  }
}, 240_000)

const within = (value: number, published: number, part: number) => {
  expect(Math.abs(value / published - 1), `${value} for ${published}`).toBeLessThan(part)
}

test('general education has 223,696 learners, grade 1 has 19,956, grades 1–9 have 183,659', () => {
  within(counted.general, 223_696, 0.015)
  within(grades[1]!, 19_956, 0.02)
  within(
    grades.slice(1, 10).reduce((a, b) => a + b, 0),
    183_659,
    0.015,
  )
})

test('vocational education has about 28,000 learners, 10,000 of them in the first year', () => {
  within(counted.vocational, 28_000, 0.05)
  within(counted.firstCourse, 10_000, 0.1)
})

test('about 100,000 children are in preschool in the first year (100,079 in 2019/20)', () => {
  within(counted.preschoolFirst, 100_079, 0.03)
})

test('2,196 learners came from Ukraine, 6–7 % have a special programme, 49.5 % are girls', () => {
  within(counted.ukraine, 2_196, 0.08)
  expect(counted.need / counted.general).toBeGreaterThan(0.06)
  expect(counted.need / counted.general).toBeLessThan(0.07)
  within(counted.girls / counted.general, 0.495, 0.01)
})

test.each([
  ['exam-9-latvian', [58.1, 59.1, 58.5]],
  ['exam-9-english', [66.1, 64, 65.8]],
  ['exam-9-mathematics', [50.5, 43.2, 53.8]],
  ['exam-12-mathematics-ol', [null, 34.3, 43.7]],
  ['exam-12-mathematics-al', [null, 59, 62]],
] as const)(
  'means of %s are those published of 2023, 2024 and 2025, within half a point',
  (series, published) => {
    for (const [at, figure] of published.entries()) {
      if (figure === null) continue
      const { n, sum } = papers.get(`${series}-${2023 + at}`)!
      expect(Math.abs(sum / n - figure), `${series} ${2023 + at}: ${sum / n}`).toBeLessThan(0.5)
    }
  },
)

test('hundreds, not thousands, had less than a tenth of the points in mathematics of grade 9: 592–654 in 2024, 310 in 2025', () => {
  const failed = (year: number) => papers.get(`exam-9-mathematics-${year}`)!.failed
  expect(failed(2024)).toBeGreaterThan(400)
  expect(failed(2024)).toBeLessThan(900)
  expect(failed(2025)).toBeGreaterThan(80)
  expect(failed(2025)).toBeLessThan(failed(2024) / 2)
})

test('municipalities spent 904 million euros on general education in 2024', () => {
  within(spent, 904e6, 0.05)
})

const open = network.schools.filter(({ opens, closes }) => opens <= 2026 && closes >= 2026)

test('596 general schools: 477 of municipalities by type, 37 special, 76 private', () => {
  const general = open.filter(({ kind }) => kind === 'general' || kind === 'special')
  expect(general).toHaveLength(596)
  const municipal = general.filter(({ kind, founder }) => kind === 'general' && founder.startsWith('M-'))
  const byType = (type: string) => municipal.filter((school) => school.type === type).length
  expect(['primary', 'basic', 'secondary', 'state_gymnasium'].map(byType)).toEqual([25, 239, 183, 30])
  expect(general.filter(({ kind }) => kind === 'special')).toHaveLength(37)
  expect(general.filter(({ isPrivate }) => isPrivate)).toHaveLength(76)
  expect(open.filter(({ kind }) => kind === 'vocational')).toHaveLength(53)
})

test('the smallest school has about 8 learners, the largest about 1,610; more than 60 have fewer than 70', () => {
  const sizes = open
    .filter(({ kind }) => kind === 'general')
    .map(({ at }) => bySchool[at]!)
    .sort((a, b) => a - b)
  expect(sizes[0]).toBeGreaterThanOrEqual(6)
  expect(sizes[0]).toBeLessThan(25)
  within(sizes.at(-1)!, 1_610, 0.08)
  expect(sizes.filter((size) => size < 70).length).toBeGreaterThan(60)
})

test('by types: secondary schools teach 63.6 % (2022/23), state gymnasia 9.4 %, basic schools 23 %', () => {
  const part = (type: string) =>
    open.filter((school) => school.type === type).reduce((sum, { at }) => sum + bySchool[at]!, 0) /
    counted.general
  expect(Math.abs(part('secondary') - 0.636)).toBeLessThan(0.03)
  expect(Math.abs(part('state_gymnasium') - 0.094)).toBeLessThan(0.02)
  expect(Math.abs(part('basic') - 0.23)).toBeLessThan(0.03)
})

test('a third of all learners are taught in Rīga', () => {
  const riga = open.filter(({ kind, municipality }) => kind === 'general' && municipality === 0)
  const part = riga.reduce((sum, { at }) => sum + bySchool[at]!, 0) / counted.general
  expect(Math.abs(part - 0.33)).toBeLessThan(0.02)
})

test('26,222 people teach in general education; 38 % are 55 or older', () => {
  within(staff.length, 26_222, 0.03)
  within(staff.filter((age) => age >= 55).length / staff.length, 0.38, 0.05)
})

test('five regions, 42 municipalities and the one that joined another; each has a school to its last grade', () => {
  expect(network.towns).toHaveLength(43)
  expect(network.towns.filter(({ until }) => until)).toHaveLength(1)
  expect(new Set(network.towns.map(({ region }) => region)).size).toBe(5)
  for (const at of network.towns.keys()) {
    expect(open.some(({ municipality, from, to }) => municipality === at && from === 1 && to === 12)).toBe(
      true,
    )
  }
})

test('schools are opened, merged, closed and lowered within the years; heirs are open', () => {
  const closed = network.schools.filter(({ closes }) => closes !== NEVER)
  expect(closed.length).toBeGreaterThan(20)
  for (const { successor, closes } of closed) {
    expect(network.schools[successor]!.closes).toBeGreaterThan(closes)
    expect(network.schools[successor]!.opens).toBeLessThanOrEqual(closes + 1)
  }
  expect(network.schools.filter(({ opens }) => opens > plan.firstYear).length).toBeGreaterThan(5)
  expect(network.schools.filter(({ before }) => before).length).toBeGreaterThan(3)
})

test('schools have names of their own, and stand in the municipality they belong to', () => {
  const names = network.schools.map(({ name }) => name.nominative)
  expect(new Set(names).size).toBe(names.length)
  for (const { sites } of network.schools) {
    for (const { lon, lat, municipality } of sites) {
      const own = kilometres({ lon, lat }, network.towns[municipality]!)
      expect(own).toBeLessThan(25)
      for (const other of network.towns) {
        if (other === network.towns[municipality]) continue
        expect(kilometres({ lon, lat }, other)).toBeGreaterThan(own)
      }
    }
  }
})
