import { beforeAll, describe, expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { type CubeCell, compute } from '#modules/indicators/index.ts'
import { ofTerritoriesOnly } from '#terms/breakdowns.ts'
import { newDatabase } from '#test/database.ts'
import {
  isSpecialClass,
  makePlantedRegister,
  type PlantedEnrolment,
  plantRegister,
  schools,
  whatIsSaid,
  years,
} from '#test/planted-register.ts'
import { cubeCells, currentCube } from '../indicators/index.ts'
import { registryIndicators } from './indicators.ts'

const db = await newDatabase()
const planted = plantRegister(2026)
let cells: CubeCell[]

beforeAll(async () => {
  await makePlantedRegister(db, planted)
  await compute(db, registryIndicators, { day: '2026-11-22' })
  cells = await asJob(db, async (tx) => cubeCells(tx, (await currentCube(tx))!.id, {}))
})

/** A fact as counted here: where, hits or amount, what it is divided by, people. */
interface Fact {
  school: number
  y: number
  w?: number
  n?: number
  /** who it is about, where the breakdowns are those of learners */
  learner?: number
  sex?: string
  stage?: string
}

const saidIn = whatIsSaid(planted)
const needOf = new Map(planted.learners.map(({ id, need }) => [id, need]))
const staffOf = new Map(planted.staff.map((each) => [each.id, each]))
const on = (day: string) => (each: { from: string; until: string | null }) =>
  each.from <= day && (each.until === null || day < each.until)
const october = (year: number) => `${year - 1}-10-01`
const isTrade = ({ programme }: PlantedEnrolment) => programme.startsWith('33')
const ofYear = (year: number) => planted.enrolments.filter((each) => each.year === year)
const onRoll = (year: number) => ofYear(year).filter(on(october(year)))
const learner = (each: { learner: number; school: number }, y: boolean, stage?: string): Fact => ({
  school: each.school,
  y: Number(y),
  learner: each.learner,
  ...(stage ? { stage } : {}),
})
const early = ['absence', 'low_achievement', 'work', 'family', 'expelled', 'other']

/** Pupils who finished grade 9, and whether they are in a higher grade in the next October. */
function finishedNine(year: number) {
  const next = onRoll(year + 1)
  return ofYear(year)
    .filter(({ grade, until }) => grade === 9 && until >= `${year}-07-01`)
    .map((each) => ({ each, goesOn: next.some((x) => x.learner === each.learner && x.grade > 9) }))
    .filter(
      ({ each: { reason }, goesOn }) =>
        reason === 'completed' || reason === 'graduated_without_certificate' || (reason === null && goesOn),
    )
}

const contractsOn = (year: number) => planted.contracts.filter(on(october(year)))
const teaching = ['teacher', 'preschool_teacher', 'vocational_teacher']
const inSchool = ['teacher', 'vocational_teacher']
/** Each teacher once, where the largest contract to teach is. */
function teachers(year: number) {
  const by = Map.groupBy(
    contractsOn(year).filter(({ position }) => teaching.includes(position)),
    ({ staff }) => staff,
  )
  return [...by].map(([staff, own]) => {
    const [largest] = own.sort((a, b) => b.rate - a.rate || a.school - b.school)
    return { ...staffOf.get(staff)!, school: largest!.school }
  })
}
const teacher = (who: ReturnType<typeof teachers>[number], y: boolean): Fact => ({
  school: who.school,
  y: Number(y),
  sex: who.sex,
})
const total = (of: readonly number[]) => of.reduce((sum, each) => sum + each, 0)
const pupilsOf = (school: number, year: number) =>
  onRoll(year).filter((each) => each.school === school).length

/** What each indicator must find in a school year, counted from the planted rows; nothing where the year cannot be told yet. */
const expected: Record<string, (year: number) => Fact[]> = {
  'CTX-01': (year) => onRoll(year).map((each) => learner(each, false)),
  'CON-01': (year) =>
    year === 2027
      ? []
      : finishedNine(year)
          .filter(({ each }) => each.reason !== 'graduated_without_certificate')
          .map(({ each, goesOn }) => learner(each, goesOn)),
  'CON-02': (year) =>
    year === 2027
      ? []
      : finishedNine(year).map(({ each }) => learner(each, each.reason === 'graduated_without_certificate')),
  'CON-03': (year) =>
    year === 2027
      ? []
      : ofYear(year)
          .filter((each) => each.grade >= 7 && each.from === `${year - 1}-09-01`)
          .map((each) =>
            learner(
              each,
              ofYear(year).some((x) => x.learner === each.learner && early.includes(x.reason ?? '')),
              isTrade(each) ? 'vocational' : each.grade <= 9 ? '7-9' : '10-12',
            ),
          ),
  'CON-04': (year) =>
    onRoll(year).map((each) => {
      const stages = ['1-3', '4-6', '7-9', '10-12']
      return learner(
        each,
        each.repeated,
        isTrade(each) ? 'vocational' : stages[Math.ceil(each.grade / 3) - 1]!,
      )
    }),
  'CON-05': (year) =>
    year === 2027 || year - 3 < 2021
      ? []
      : planted.enrolments
          .filter(
            (each) =>
              each.grade === 10 &&
              !each.repeated &&
              each.year === (isTrade(each) ? year - 3 : year - 2) &&
              on(october(each.year))(each),
          )
          .map((each) =>
            learner(
              each,
              planted.enrolments.some(
                (x) =>
                  x.learner === each.learner &&
                  x.grade > 9 &&
                  x.reason === 'completed' &&
                  x.year <= year &&
                  isTrade(x) === isTrade(each),
              ),
              isTrade(each) ? 'vocational' : '10-12',
            ),
          ),
  'CON-06': (year) =>
    ofYear(year)
      .filter((each) => each.grade === 12 && each.reason === 'completed' && !isTrade(each))
      .map((each) =>
        learner(
          each,
          planted.destinations.some(
            (d) => d.learner === each.learner && d.kind === 'higher_education' && d.on === `${year}-09-10`,
          ),
        ),
      ),
  'EQU-04': (year) =>
    onRoll(year)
      .filter((each) => needOf.get(each.learner) !== null && !isTrade(each))
      .map((each) => learner(each, !isSpecialClass(each.classId))),
  'STF-01': (year) =>
    schools.flatMap(({ id }) => {
      const rates = contractsOn(year)
        .filter((each) => each.school === id && inSchool.includes(each.position))
        .map(({ rate }) => rate)
      const pupils = pupilsOf(id, year)
      return rates.length === 0 ? [] : [{ school: id, y: pupils, w: total(rates), n: pupils }]
    }),
  'STF-02': (year) => {
    const pairs = (of: number) =>
      new Map(
        planted.contracts
          .filter((each) => on(october(of))(each) && teaching.includes(each.position))
          .map((each) => [`${each.school} ${each.staff}`, each]),
      )
    const now = pairs(year)
    return [...pairs(year - 1)].map(([key, { school, staff }]) => ({
      school,
      y: Number(!now.has(key)),
      sex: staffOf.get(staff)!.sex,
    }))
  },
  'STF-03': (year) =>
    teachers(year).flatMap((who) => (who.born === null ? [] : [teacher(who, year - 1 - who.born >= 55)])),
  'STF-04': (year) => {
    const taught = contractsOn(year).filter(
      ({ position, staff }) => inSchool.includes(position) && staffOf.get(staff)!.qualified.length > 0,
    )
    return [...Map.groupBy(taught, ({ school, staff }) => `${school} ${staff}`).values()].map((own) => {
      const { qualified } = staffOf.get(own[0]!.staff)!
      const fits = (each: (typeof own)[number]) =>
        qualified.includes(each.subject!) || (each.stage === 'basic_1' && qualified.includes('primary'))
      return {
        school: own[0]!.school,
        y: total(own.map((each) => (fits(each) ? 0 : each.lessons!))),
        w: total(own.map(({ lessons }) => lessons!)),
        n: 1,
      }
    })
  },
  'STF-05': (year) => {
    const isKnown = planted.vacancies.some(({ open }) => open >= october(year - 1) && open <= october(year))
    return schools.flatMap(({ id }) => {
      const open = planted.vacancies
        .filter(
          (each) =>
            each.school === id &&
            each.open <= october(year) &&
            (each.filled === null || each.filled > october(year)),
        )
        .map(({ rate }) => rate)
      const filled = contractsOn(year)
        .filter((each) => each.school === id)
        .map(({ rate }) => rate)
      const all = total(open) + total(filled)
      return isKnown && all > 0 ? [{ school: id, y: total(open), w: all, n: 0 }] : []
    })
  },
  'STF-06': (year) =>
    teachers(year).flatMap((who) => (who.hours === null ? [] : [teacher(who, who.hours >= 36)])),
  'STF-07': (year) =>
    teachers(year).map((who) => {
      const tenths = contractsOn(year)
        .filter(({ staff }) => staff === who.id)
        .map(({ rate }) => Math.round(10 * rate))
      return teacher(who, total(tenths) > 12)
    }),
  'STF-08': (year) =>
    teachers(year).flatMap((who) => (who.born === null ? [] : [teacher(who, year - 1 - who.born >= 60)])),
  'RES-02': (year) =>
    schools.flatMap(({ id, area }) => {
      const pupils = pupilsOf(id, year)
      return area === null || pupils === 0 ? [] : [{ school: id, y: area, w: pupils, n: pupils }]
    }),
  'RES-03': (year) =>
    schools.flatMap(({ id }) => {
      const own = contractsOn(year).filter((each) => each.school === id)
      const helping = own.filter(({ position }) => ['psychologist', 'teacher_assistant'].includes(position))
      const pupils = pupilsOf(id, year)
      if (own.length === 0 || pupils === 0) return []
      return [{ school: id, y: 100 * total(helping.map(({ rate }) => rate)), w: pupils, n: pupils }]
    }),
}

test('every indicator of the register is counted here by hand', () => {
  expect(registryIndicators.map(({ code }) => code).sort()).toEqual(Object.keys(expected).sort())
})

const unitsOf = (school: number): [level: string, id: number][] => [
  ['school', school],
  ['municipality', schools.find(({ id }) => id === school)!.municipality],
  ['region', 2],
  ['state', 1],
]
const round = (x: number) => Number(x.toFixed(6))

describe.each(registryIndicators)('$code', ({ code, kind, levels, breakdowns }) => {
  /** People, sum and what it is divided by, at every unit and in every group. */
  function byHand(): Map<string, number[]> {
    const sums = new Map<string, number[]>()
    for (const year of years) {
      for (const fact of expected[code]!(year)) {
        const about = { ...fact, ...(fact.learner && saidIn(fact.learner, year)) }
        // the linkage of family circumstances is off
        const groups = breakdowns
          .filter((by) => by !== 'context')
          .map((by) => [by, about[by as 'sex' | 'stage']] as const)
        for (const [level, id] of unitsOf(fact.school)) {
          if (!(levels as readonly string[]).includes(level)) continue
          for (const [breakdown, category] of [['-', '-'] as const, ...groups]) {
            if (level === 'school' && ofTerritoriesOnly.includes(breakdown)) continue
            const key = [year, level, id, breakdown, category].join(' ')
            const sum = sums.get(key) ?? [0, 0, 0]
            const add = [fact.n ?? 1, kind === 'count' ? 0 : fact.y, fact.w ?? 0]
            sums.set(key, sum.map((x, at) => round(x + add[at]!))) // biome-ignore format: one thing
          }
        }
      }
    }
    return sums
  }

  test('every figure of every year, unit and group is what counting by hand finds', () => {
    const found = cells
      .filter(({ indicator }) => indicator === code)
      .map(({ schoolYear, level, unitId, breakdown, category, n, sumY, sumW }) => [
        [schoolYear, level, unitId, breakdown, category].join(' '),
        [n, round(sumY ?? 0), round(sumW ?? 0)],
      ])
    const hand = byHand()
    expect(hand.size).toBeGreaterThan(40)
    expect(new Map(found as [string, number[]][])).toEqual(hand)
  })
})

test('a year that has only begun has no figure of what can be known at its end only', () => {
  const of2027 = new Set(
    cells.filter(({ schoolYear }) => schoolYear === 2027).map(({ indicator }) => indicator),
  )
  for (const code of ['CON-01', 'CON-02', 'CON-03', 'CON-05', 'CON-06']) expect(of2027.has(code)).toBe(false)
  for (const code of ['CTX-01', 'CON-04', 'STF-02', 'RES-02']) expect(of2027.has(code)).toBe(true)
})
