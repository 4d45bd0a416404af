import { beforeAll, expect, test } from 'vitest'
import { Made } from './made.ts'

/**
 * The truths that were planted are looked for again in the results, by estimates simple enough to be read: means, differences, a slope. What
 * is compared with the truth was computed from the rows of the package alone.
 */
let made: Made
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length
const variance = (values: readonly number[]) => {
  const middle = mean(values)
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1)
}
const slope = (pairs: readonly (readonly [x: number, y: number])[]) => {
  const [x, y] = [mean(pairs.map(([a]) => a)), mean(pairs.map(([, b]) => b))]
  return (
    pairs.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0) /
    pairs.reduce((sum, [a]) => sum + (a - x) ** 2, 0)
  )
}

interface Result {
  learner: string
  school: string
  subject: string
  grade: number
  year: number
  value: number
  ability: number
  context: number
  sex: string
}
let results: Result[] = []

beforeAll(() => {
  made = new Made('demo', 11, 2023)
  results = resultsOf(made)
}, 120_000)

function resultsOf(made: Made): Result[] {
  const key = (learner: unknown, assessment: unknown) => `${learner} ${assessment}`
  const abilities = new Map(
    made.of('true_abilities').map((row) => [key(row.learner_uid, row.assessment), Number(row.ability)]),
  )
  const contexts = new Map(made.of('true_learners').map((row) => [row.learner_uid, Number(row.context_z)]))
  const sexes = new Map(made.of('learners').map((row) => [row.learner_uid, String(row.sex)]))
  const rounds = new Map(made.of('assessments').map((row) => [row.code, row]))
  return made.of('results').flatMap((row) => {
    const round = rounds.get(row.assessment)!
    if (round.scale !== 'MONITORING') return []
    const result = {
      learner: String(row.learner_uid),
      school: String(row.reg_number),
      subject: String(round.subject).replace(/-\d+$/, ''),
      grade: Number(round.grade),
      year: Number(round.school_year),
      value: Number(row.value),
      ability: abilities.get(key(row.learner_uid, row.assessment))!,
      context: contexts.get(row.learner_uid)!,
      sex: sexes.get(row.learner_uid)!,
    }
    return [result]
  })
}

const of = (subject: string, grade: number, year: number) =>
  results.filter((each) => each.subject === subject && each.grade === grade && each.year === year)

function groups(all: readonly Result[]): Map<string, Result[]> {
  const bySchool = new Map<string, Result[]>()
  for (const result of all) bySchool.set(result.school, [...(bySchool.get(result.school) ?? []), result])
  return bySchool
}

test('abilities spread by about 100 points around 400 in grade 3 and 500 in grade 6', () => {
  for (const grade of [3, 6]) {
    const abilities = of('numeracy', grade, 2026).map(({ ability }) => ability)
    expect(Math.sqrt(variance(abilities))).toBeGreaterThan(92)
    expect(Math.sqrt(variance(abilities))).toBeLessThan(108)
    expect(Math.abs(mean(abilities) - (grade === 3 ? 400 : 500))).toBeLessThan(15)
  }
})

test('results are abilities with an error of 30 points that leans to neither side', () => {
  const errors = results.map(({ value, ability }) => value - ability)
  expect(Math.abs(mean(errors))).toBeLessThan((3 * 30) / Math.sqrt(errors.length) + 0.05)
  expect(Math.abs(Math.sqrt(variance(errors)) - 30)).toBeLessThan(0.5)
})

/** The share of the variance that lies between schools (one-way analysis of variance, groups of unequal size). */
function shareBetween(all: readonly Result[]): number {
  const bySchool = [...groups(all).values()].map((own) => own.map(({ ability }) => ability))
  const n = all.length
  const middle = mean(bySchool.flat())
  const between =
    bySchool.reduce((sum, own) => sum + own.length * (mean(own) - middle) ** 2, 0) / (bySchool.length - 1)
  const inside =
    bySchool.reduce((sum, own) => sum + (own.length > 1 ? (own.length - 1) * variance(own) : 0), 0) /
    (n - bySchool.length)
  const size = (n - bySchool.reduce((sum, own) => sum + own.length ** 2, 0) / n) / (bySchool.length - 1)
  const tau = (between - inside) / size
  return tau / (tau + inside)
}

test('0.12–0.2 of the variance of abilities lies between schools', () => {
  // A demo has few schools: one alone misses by 0.03.
  const shares = [12, 13, 14].flatMap((seed) => {
    const those = resultsOf(new Made('demo', seed, 2026))
    return [3, 6].flatMap((grade) =>
      ['literacy', 'numeracy', 'science'].map((subject) =>
        shareBetween(those.filter((each) => each.subject === subject && each.grade === grade)),
      ),
    )
  })
  expect(mean(shares)).toBeGreaterThan(0.12)
  expect(mean(shares)).toBeLessThan(0.2)
}, 120_000)

test('within schools a deviation of context is worth 33 points', () => {
  const pairs = [...groups(results.filter(({ grade }) => grade === 3)).values()].flatMap((own) => {
    const middle = mean(own.map(({ context }) => context))
    const level = mean(own.map(({ value }) => value))
    return own.map(({ context, value }) => [context - middle, value - level] as const)
  })
  // One learner has three results: about 9,000 learners, residual 105 points.
  expect(Math.abs(slope(pairs) - 33)).toBeLessThan(4)
})

test('girls are 20 points ahead in literacy, 5 behind in numeracy, level in science', () => {
  const gap = (subject: string) => {
    const own = results.filter((each) => each.subject === subject)
    const by = (sex: string) => own.filter((each) => each.sex === sex).map(({ value }) => value)
    return mean(by('female')) - mean(by('male'))
  }
  // Boys have special needs more often, which costs them about 3 points more on average.
  expect(Math.abs(gap('literacy') - 22)).toBeLessThan(6)
  expect(Math.abs(gap('numeracy') + 3)).toBeLessThan(6)
  expect(Math.abs(gap('science') - 2)).toBeLessThan(6)
})

test('schools with better results are those with the greater planted effect', () => {
  const truths = new Map(made.of('true_schools').map((row) => [row.reg_number, Number(row.numeracy)]))
  const bySchool = [...groups(results.filter((each) => each.subject === 'numeracy' && each.grade === 3))]
  const pairs = bySchool
    .filter(([, own]) => own.length >= 60)
    .map(([school, own]) => {
      const expected = own.map(({ context, value }) => value - 33 * context)
      return [truths.get(school)!, mean(expected)] as const
    })
  expect(pairs.length).toBeGreaterThan(20)
  expect(Math.abs(slope(pairs) - 1)).toBeLessThan(0.25)
})

test('who is at a higher true risk leaves more often, and as often as it says', () => {
  const risks = made.of('true_risks').filter((row) => Number(row.school_year) < 2027)
  const sorted = risks
    .map((row) => ({ risk: Number(row.risk), left: row.left === true }))
    .sort((a, b) => a.risk - b.risk)
  for (let tenth = 5; tenth < 10; tenth++) {
    const part = sorted.slice((sorted.length * tenth) / 10, (sorted.length * (tenth + 1)) / 10)
    const expected = mean(part.map(({ risk }) => risk))
    const error = Math.sqrt((expected * (1 - expected)) / part.length)
    expect(Math.abs(mean(part.map(({ left }) => Number(left))) - expected)).toBeLessThan(4 * error)
  }
})

test('coaching given by lot adds about its 8 points; the reading programme went to weak schools', () => {
  const by = (initiative: string) =>
    new Set(
      made.of('true_treatments').flatMap((row) => (row.initiative === initiative ? [row.reg_number] : [])),
    )
  const coached = by('numeracy_coaching')
  expect(coached.size).toBeGreaterThan(4)
  // Abilities less all that is known of the learner and the school leave the effect and noise.
  const truths = new Map(made.of('true_schools').map((row) => [row.reg_number, row]))
  const rest = of('numeracy', 3, 2026).map((each) => ({
    isCoached: coached.has(each.school),
    value: each.ability - 33 * each.context - Number(truths.get(each.school)!.numeracy),
  }))
  const [yes, no] = [true, false].map((which) =>
    rest.filter(({ isCoached }) => isCoached === which).map(({ value }) => value),
  )
  const error = Math.sqrt(variance(yes!) / yes!.length + variance(no!) / no!.length)
  expect(Math.abs(mean(yes!) - mean(no!) - 8)).toBeLessThan(3.5 * error)
  const readers = [...by('reading_programme')].map((reg) => Number(truths.get(reg)!.literacy))
  expect(mean(readers)).toBeLessThan(-5)
})
