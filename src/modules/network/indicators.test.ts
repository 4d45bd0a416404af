import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { type CubeCell, compute, cubeCells, currentCube } from '#modules/indicators/index.ts'
import { importPackage } from '#modules/intake/index.ts'
import { newDatabase } from '#test/database.ts'
import { testKeys } from '#test/world.ts'
import { writePackage } from '../../synth/package.ts'
import { planOf } from '../../synth/size.ts'
import { networkIndicators } from './indicators.ts'

/** Everything is counted here once more from the files of a made-up country, without the database. */
const db = await newDatabase()
const folder = mkdtempSync(join(tmpdir(), 'ikms-network-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const out = join(folder, 'small')
writePackage(planOf('small', 2026), out)

type Row = Record<string, string>
const file = (name: string): Row[] =>
  parse(readFileSync(join(out, `${name}.csv`), 'utf8'), { columns: true }) as Row[]
const [
  enrolments,
  classes,
  institutions,
  sites,
  learners,
  employments,
  staff,
  finance,
  lessons,
  population,
  results,
] = [
  'enrolments',
  'class_groups',
  'institutions',
  'delivery_sites',
  'learners',
  'employments',
  'staff',
  'finance',
  'lessons',
  'population',
  'results',
].map(file) as [Row[], Row[], Row[], Row[], Row[], Row[], Row[], Row[], Row[], Row[], Row[]]

const classOf = new Map(classes.map((each) => [each.class_id!, each]))
const isGeneral = (programme: string) => ['01', '11', '21', '31'].includes(programme.slice(0, 2))
let cells: CubeCell[]

beforeAll(async () => {
  const report = await importPackage({ db, keys: testKeys, file: out })
  expect(report.state).toBe('merged')
  const linked = await importPackage({ db, keys: testKeys, file: `${out}-context` })
  expect(linked.state).toBe('merged')
  await asJob(db, (tx) =>
    tx.query(`insert into rights.linkage_switch (linkage, is_on) values ('context', true)`),
  )
  await compute(db, networkIndicators, { day: '2026-10-01' })
  await asJob(db, async (tx) => {
    cells = await cubeCells(tx, (await currentCube(tx))!.id, {})
  })
}, 240_000)

const YEAR = 2026
const october = `${YEAR - 1}-10-01`
const isOn = (day: string, from: string | undefined, to: string | undefined) =>
  (!from || from <= day) && (!to || day <= to)

/** Main enrolments on 1 October of a school year, with grade, institution and class. */
function onRoll(year: number) {
  const day = `${year - 1}-10-01`
  return enrolments.flatMap((each) => {
    const group = classOf.get(each.class_id!)!
    const isThen = Number(group.school_year) === year && each.main !== 'false'
    const { class_id, learner_uid, transport_minutes } = each
    return isThen && isOn(day, each.from, each.to)
      ? [
          {
            class_id: class_id!,
            learner_uid: learner_uid!,
            transport_minutes,
            grade: Number(group.grade),
            reg: group.reg_number!,
            programme: each.programme_code || group.programme_code!,
          },
        ]
      : []
  })
}

const of = (indicator: string, subject = '-', level = 'state') =>
  cells.filter(
    (cell) =>
      cell.indicator === indicator &&
      cell.schoolYear === YEAR &&
      cell.subject === subject &&
      cell.level === level &&
      cell.breakdown === '-' &&
      cell.borders !== 'then',
  )
const state = (indicator: string, subject = '-') => {
  const [cell, ...more] = of(indicator, subject)
  expect(more).toEqual([])
  if (!cell) throw new Error(`there is no ${indicator} ${subject}`)
  return { n: cell.n, value: cell.sumY! / (cell.sumW ?? cell.n) }
}
const sum = <T>(rows: Iterable<T>, value: (each: T) => number) =>
  [...rows].reduce((total, each) => total + value(each), 0)
function countBy<T>(rows: readonly T[], key: (row: T) => string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const row of rows) counts.set(key(row), (counts.get(key(row)) ?? 0) + 1)
  return counts
}
const groupOf = (grade: number) =>
  grade >= 1 && grade <= 3 ? '1-3' : grade <= 6 ? '4-6' : grade <= 9 ? '7-9' : grade <= 12 ? '10-12' : ''

const roll = onRoll(YEAR)
const size = countBy(roll, ({ reg }) => reg)
/** The description of each thing that holds on 1 October: the last that had begun. */
const latest = (rows: Row[], key: string) =>
  new Map(
    rows
      .filter(({ since }) => !since || since <= october)
      .sort((a, b) => ((a.since ?? '') < (b.since ?? '') ? -1 : 1))
      .map((row) => [row[key]!, row]),
  )
const places = [...latest(sites, 'site_id').values()]
const schools = latest(institutions, 'reg_number')

function kilometres(one: Row, other: Row): number {
  const vector = ({ lat, lon }: Row) => {
    const [a, b] = [(Number(lat) * Math.PI) / 180, (Number(lon) * Math.PI) / 180]
    return [Math.cos(a) * Math.cos(b), Math.cos(a) * Math.sin(b), Math.sin(a)]
  }
  const [a, b] = [vector(one), vector(other)]
  const chord = Math.hypot(...a.map((x, at) => x - b[at]!))
  return 6371.0088 * 2 * Math.asin(chord / 2)
}

/** Schools with pupils of a group of grades, and how far the nearest other one is. */
function nearestOthers(group: string) {
  const inGroup = countBy(
    roll.filter(({ grade, programme }) => isGeneral(programme) && groupOf(grade) === group),
    ({ reg }) => reg,
  )
  const stands = places.filter((each) => each.lat && inGroup.has(each.reg_number!))
  return [...new Set(stands.map(({ reg_number }) => reg_number!))].map((reg) => {
    const others = stands.filter((each) => each.reg_number !== reg)
    const own = stands.filter((each) => each.reg_number === reg)
    const km = Math.min(...own.flatMap((one) => others.map((other) => kilometres(one, other))))
    return { reg, pupils: inGroup.get(reg)!, km }
  })
}

describe('counted once more from the files', () => {
  test('cost per pupil, in all and by kind', () => {
    const known = finance.filter(({ reg_number, year }) => year === String(YEAR - 1) && size.has(reg_number!))
    const people = sum(known, ({ reg_number }) => size.get(reg_number!)!)
    const salaries = sum(known, (row) => Number(row.salary_state_grant) + Number(row.salary_municipal))
    expect(known.length).toBeGreaterThan(5)
    expect(state('RES-01').value).toBeCloseTo(salaries / 12 / people, 8)
    expect(state('RES-01').n).toBe(people)
    const meals = known.filter((row) => row.meals !== '')
    expect(state('NET-06', 'meals').value).toBeCloseTo(
      sum(meals, (row) => Number(row.meals)) / sum(meals, ({ reg_number }) => size.get(reg_number!)!),
      8,
    )
  })

  test('pupils in a group of grades, as a mean of three years', () => {
    const inGroup = (year: number) =>
      countBy(
        onRoll(year).filter(({ grade, programme }) => isGeneral(programme) && groupOf(grade) === '7-9'),
        ({ reg }) => reg,
      )
    const three = [YEAR, YEAR - 1, YEAR - 2].map(inGroup)
    const [now, before, first] = three as [Map<string, number>, Map<string, number>, Map<string, number>]
    const years = sum(now.keys(), (reg) => (first.has(reg) ? 3 : before.has(reg) ? 2 : 1))
    const total = sum(now.keys(), (reg) => sum(three, (each) => each.get(reg) ?? 0))
    expect(state('NET-01', '7-9').value).toBeCloseTo(total / years, 10)
  })

  test('class size', () => {
    const inClasses = roll.filter(
      ({ grade, programme }) => isGeneral(programme) && !programme.endsWith('5') && grade >= 1 && grade <= 12,
    )
    const groups = new Set(inClasses.map(({ class_id }) => class_id))
    expect(state('NET-04')).toEqual({ n: inClasses.length, value: inClasses.length / groups.size })
  })

  test('lessons per pupil and the load of those who are 55 and over', () => {
    const contracts = employments.filter(({ from, to }) => isOn(october, from, to))
    const taught = countBy(
      contracts.filter((each) => each.contact_lessons && size.has(each.reg_number!)),
      ({ reg_number }) => reg_number!,
    )
    const hours = sum(
      contracts.filter((each) => size.has(each.reg_number!)),
      (each) => Number(each.contact_lessons || 0),
    )
    expect(state('NET-05').value).toBeCloseTo(hours / sum(taught.keys(), (reg) => size.get(reg)!), 8)

    const born = new Map(staff.map((each) => [each.staff_uid!, Number(each.birth_year)]))
    const loads = contracts.filter((each) => Number(each.rate) > 0)
    const older = loads.filter((each) => YEAR - 1 - born.get(each.staff_uid!)! >= 55)
    expect(state('NET-16').value).toBeCloseTo(
      sum(older, (each) => Number(each.rate)) / sum(loads, (each) => Number(each.rate)),
      8,
    )
  })

  test('occupancy', () => {
    const room = new Map<string, number>()
    for (const { reg_number, capacity } of places) {
      room.set(reg_number!, (room.get(reg_number!) ?? 0) + Number(capacity || 0))
    }
    const known = [...size].filter(([reg]) => (room.get(reg) ?? 0) > 0)
    expect(state('NET-08').value).toBeCloseTo(
      sum(known, ([, people]) => people) / sum(known, ([reg]) => room.get(reg)!),
      10,
    )
  })

  test('the way to school', () => {
    const known = roll.filter((each) => each.transport_minutes)
    expect(state('ACC-01').value).toBeCloseTo(
      sum(known, (each) => Number(each.transport_minutes)) / known.length,
      10,
    )
    expect(state('ACC-02')).toEqual({
      n: known.length,
      value: known.filter((each) => Number(each.transport_minutes) > 60).length / known.length,
    })
  })

  test('the nearest other school, by the angle between two places', () => {
    const nearest = nearestOthers('1-3')
    expect(state('NET-09', '1-3').value).toBeCloseTo(
      sum(nearest, ({ pupils, km }) => pupils * km) / sum(nearest, ({ pupils }) => pupils),
      8,
    )
  })

  test('the way if the school closed: the way of today, and on to the next by bus with a transfer', () => {
    const bus = {
      city: { detour: 1.25, speed: 18 },
      town: { detour: 1.3, speed: 30 },
      rural: { detour: 1.4, speed: 40 },
    }
    const sortOf = (reg: string) => {
      const [site] = places
        .filter((each) => each.reg_number === reg)
        .sort((a, b) => (a.site_id! < b.site_id! ? -1 : 1))
      return /city|dense/.test(site!.degurba!)
        ? 'city'
        : /town|suburb/.test(site!.degurba!)
          ? 'town'
          : 'rural'
    }
    for (const [group, limit] of [
      ['1-3', 40],
      ['10-12', 60],
    ] as const) {
      const far = new Map(nearestOthers(group).map(({ reg, km }) => [reg, km]))
      const ways = roll.flatMap(({ reg, grade, programme, transport_minutes }) => {
        const km = far.get(reg)
        if (!transport_minutes || !isGeneral(programme) || groupOf(grade) !== group || km === undefined)
          return []
        const { detour, speed } = bus[sortOf(reg)]
        return [Math.round(Number(transport_minutes) + (60 * km * detour) / speed + 8)]
      })
      expect(ways.length).toBeGreaterThan(20)
      expect(state('NET-10', group)).toEqual({ n: ways.length, value: sum(ways, (x) => x) / ways.length })
      expect(state('NET-21', group).value).toBeCloseTo(ways.filter((x) => x > limit).length / ways.length, 12)
      const [cell] = of('NET-10', group)
      expect(cell!.values).toEqual([...new Set(ways)].sort((a, b) => a - b))
    }
  })

  test('pupils who attend school where they live count where they live', () => {
    const home = new Map(learners.map((each) => [each.learner_uid!, each.residence_code!]))
    const withSchools = new Set([...schools.values()].map(({ legal_atvk }) => legal_atvk!))
    const counted = roll.filter(
      ({ learner_uid, grade, programme }) =>
        isGeneral(programme) && grade >= 1 && grade <= 12 && withSchools.has(home.get(learner_uid)!),
    )
    const stays = counted.filter(
      ({ learner_uid, reg }) => home.get(learner_uid) === schools.get(reg)!.legal_atvk,
    )
    expect(state('NET-11')).toEqual({ n: counted.length, value: stays.length / counted.length })
    const own = [...withSchools].map((code) =>
      counted.filter(({ learner_uid }) => home.get(learner_uid) === code),
    )
    expect(
      of('NET-11', '-', 'municipality')
        .map(({ n }) => n)
        .sort(),
    ).toEqual(
      own
        .map((each) => each.length)
        .filter((many) => many > 0)
        .sort(),
    )
    expect(of('NET-11', '-', 'school')).toEqual([])
  })

  test('what upper secondary offers', () => {
    const offered = new Map<string, Set<string>>()
    for (const { class_id, lessons: said } of lessons) {
      const group = classOf.get(class_id!)!
      const isSecondary = Number(group.grade) >= 10 && Number(group.grade) <= 12
      const isThen = group.school_year === String(YEAR)
      if (!isSecondary || !isThen || !isGeneral(group.programme_code!)) continue
      const names = offered.get(group.reg_number!) ?? new Set()
      for (const each of said!.split(' ')) {
        const [subject, amounts] = each.split(':')
        if (Number(amounts!.split('/')[0]) > 0) names.add(subject!)
      }
      offered.set(group.reg_number!, names)
    }
    expect(state('NET-14').value).toBeCloseTo(sum(offered.values(), ({ size }) => size) / offered.size, 10)
  })

  test('pupils from other municipalities', () => {
    const home = new Map(learners.map((each) => [each.learner_uid!, each.residence_code]))
    const known = roll.filter(({ learner_uid }) => home.get(learner_uid!))
    const away = known.filter(
      ({ learner_uid, reg }) => home.get(learner_uid!) !== schools.get(reg)!.legal_atvk,
    )
    expect(state('NET-12')).toEqual({ n: known.length, value: away.length / known.length })
  })
})

test('the criterion of upper secondary is met where three years have enough pupils, less the tolerance', () => {
  const three = [YEAR, YEAR - 1, YEAR - 2].map((year) =>
    countBy(
      onRoll(year).filter(({ grade, programme }) => isGeneral(programme) && groupOf(grade) === '10-12'),
      ({ reg }) => reg,
    ),
  )
  const [now, before, first] = three as [Map<string, number>, Map<string, number>, Map<string, number>]
  const asked = { city: 120, dense: 120, small_town: 90, suburb: 40, village: 40, rural: 40, sparse: 40 }
  const measured = [...now.keys()]
    .filter((reg) => schools.get(reg)!.kind === 'general')
    .map((reg) => {
      const [site] = places
        .filter((each) => each.reg_number === reg)
        .sort((a, b) => (a.site_id! < b.site_id! ? -1 : 1))
      const years = first.has(reg) ? 3 : before.has(reg) ? 2 : 1
      const mean = sum(three, (each) => each.get(reg) ?? 0) / years
      return { reg, mean, asked: asked[site!.degurba as keyof typeof asked], pupils: now.get(reg)! }
    })
  const pupils = sum(measured, (each) => each.pupils)
  const meeting = measured.filter((each) => each.mean >= each.asked * 0.9)
  expect(meeting.length).toBeGreaterThan(0)
  expect(meeting.length).toBeLessThan(measured.length)
  expect(state('NET-02', '10-12').value).toBeCloseTo(sum(meeting, (each) => each.pupils) / pupils, 10)
  expect(state('NET-03', '10-12').value).toBeCloseTo(
    sum(measured, (each) => each.mean - each.asked) / measured.length,
    10,
  )
  expect(state('NET-07', '10-12').value).toBeCloseTo(
    sum(measured, (each) => Math.min(1, each.mean / each.asked) * each.pupils) / pupils,
    10,
  )
})

test('the state is the sum of municipalities, and they of schools', () => {
  for (const { code, levels } of networkIndicators) {
    const subjects = new Set(
      cells.filter(({ indicator }) => indicator === code).map(({ subject }) => subject),
    )
    expect([code, subjects.size > 0]).toEqual([code, true])
    for (const subject of subjects) {
      const totals = levels.map((level) => {
        const found = of(code, subject, level)
        return [
          sum(found, ({ n }) => n),
          sum(found, ({ sumY }) => sumY!),
          sum(found, ({ sumW }) => sumW ?? 0),
        ]
      })
      for (const total of totals.slice(1)) {
        expect([code, subject, total[0]]).toEqual([code, subject, totals[0]![0]])
        expect(total[1]).toBeCloseTo(totals[0]![1]!, 6)
        expect(total[2]).toBeCloseTo(totals[0]![2]!, 6)
      }
    }
  }
})

test('results adjusted for circumstances: each against the pupils of the same fifth, with or without special needs', () => {
  const fifths = new Map(
    (parse(readFileSync(join(`${out}-context`, 'context.csv'), 'utf8'), { columns: true }) as Row[])
      .filter(({ school_year }) => school_year === String(YEAR))
      .map((each) => [each.learner_uid!, each.quintile!]),
  )
  const need = new Set(
    learners.filter(({ special_need }) => special_need).map(({ learner_uid }) => learner_uid!),
  )
  const tests = file('assessments').filter(
    ({ school_year, kind }) => school_year === String(YEAR) && kind !== 'diagnostic',
  )
  let told = 0
  for (const { code, subject } of tests) {
    const own = results
      .filter((each) => each.assessment === code && fifths.has(each.learner_uid!))
      .map(({ learner_uid, value, reg_number }) => ({
        reg: reg_number!,
        value: Number(value),
        alike: `${fifths.get(learner_uid!)} ${need.has(learner_uid!)}`,
      }))
    const alike = Map.groupBy(own, (each) => each.alike)
    const counted = own.filter((each) => alike.get(each.alike)!.length >= 10)
    if (counted.length === 0) continue
    const usual = (key: string) => sum(alike.get(key)!, ({ value }) => value) / alike.get(key)!.length
    told += 1
    expect(state('NET-15', subject!).n).toBe(counted.length)
    expect(state('NET-15', subject!).value).toBeCloseTo(0, 8)
    const bySchool = [...Map.groupBy(counted, ({ reg }) => reg).values()].map((each) =>
      sum(each, ({ value, alike }) => value - usual(alike)),
    )
    const ascending = (values: number[]) => values.sort((a, b) => a - b).map((x) => Number(x.toFixed(6)))
    expect(ascending(of('NET-15', subject!, 'school').map(({ sumY }) => sumY!))).toEqual(ascending(bySchool))
  }
  expect(told).toBeGreaterThan(3)
})

describe('the projection', () => {
  const now = YEAR
  const years = [now - 3, now - 2, now - 1, now]
  const general = new Map(
    years.map((year) => [
      year,
      onRoll(year).filter(({ programme, grade }) => isGeneral(programme) && grade >= 1 && grade <= 12),
    ]),
  )
  const lies = (reg: string) => schools.get(reg)?.legal_atvk
  const inGrade = (year: number, grade: number, of: (reg: string) => boolean) =>
    general.get(year)!.filter((each) => each.grade === grade && of(each.reg)).length
  const people = (code: string, year: number, age: number) =>
    sum(
      population.filter(
        (each) => each.atvk === code && each.year === String(year) && each.age === String(age),
      ),
      (each) => Number(each.people),
    )
  const towns = [...new Set(general.get(now)!.map(({ reg }) => lies(reg)!))]

  /** Pupils of a municipality by grade, six years on, step by step. */
  function ahead(code: string): number[] {
    const isHere = (reg: string) => lies(reg) === code
    const rate = (own: readonly [number, number], all: readonly [number, number]) =>
      (own[1] + (100 * all[1]) / all[0]) / (own[0] + 100)
    const moved = (grade: number, of: (reg: string) => boolean) =>
      [
        sum(years.slice(0, 3), (year) => inGrade(year, grade, of)),
        sum(years.slice(1), (year) => inGrade(year, grade + 1, of)),
      ] as const
    const everywhere = (reg: string) => towns.includes(lies(reg)!)
    const begun = (codes: readonly string[]) =>
      [
        sum(codes, (each) => sum(years.slice(1), (year) => people(each, year - 1, 6))),
        sum(codes, (each) => sum(years.slice(1), (year) => inGrade(year, 1, (reg) => lies(reg) === each))),
      ] as const
    let grades = Array.from({ length: 12 }, (_, at) => inGrade(now, at + 1, isHere))
    for (let step = 1; step <= 6; step++) {
      grades = grades.map((_, at) =>
        at === 0
          ? people(code, now - 1, 6 - step) * rate(begun([code]), begun(towns))
          : grades[at - 1]! * rate(moved(at, isHere), moved(at, everywhere)),
      )
    }
    return grades
  }

  test('every grade moves up as it did in three years, and grade 1 is begun by children who are born', () => {
    const all = towns.map(ahead)
    for (const [group, first] of [
      ['1-3', 0],
      ['4-6', 3],
      ['7-9', 6],
      ['10-12', 9],
    ] as const) {
      const pupils = general.get(now)!.filter(({ grade }) => groupOf(grade) === group).length
      const later = sum(all, (grades) => sum(grades.slice(first, first + 3), (x) => x))
      expect(state('NET-13', group).n).toBe(pupils)
      expect(state('NET-13', group).value).toBeCloseTo(later / pupils, 8)
    }
  })
})
