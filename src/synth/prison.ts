import { dayOfYear, monthOf, monthText } from './calendar.ts'
import { type Chance, chance } from './chance.ts'
import { personalCode, registrationNumber } from './codes.ts'
import { type Batch, Rows } from './contract.ts'
import { STATE_FOUNDER } from './network/founders.ts'
import { pointIn } from './network/geography.ts'
import type { Municipality } from './network/municipalities.ts'
import type { Network } from './network/network.ts'
import type { Plan } from './size.ts'
import { personName } from './words/people.ts'

/** Numbers of codes and places, far from those of everybody else. */
const FROM = { schools: 500_000, learners: 60_000_000, staff: 65_000_000, names: 4_000_000 }
const SCHOOLS = { country: 3, demo: 1, small: 1 }
const GRADES = [10, 11, 12]
const PROGRAMME = '31011013'
const CAPACITY = 60
const SUBJECTS = ['latvian', 'mathematics', 'english', 'history']

/**
 * Schools in prisons: adults who take secondary education part time, a year or what the sentence leaves of it. They stand apart from
 * the history of the other learners, so that nobody of those moves for them. Marks, absence and results of theirs are not told.
 */
export function* prisonRows({ towns }: Network, plan: Plan): Generator<Batch> {
  const draws = chance(plan.seed, 'prison')
  const cities = towns.filter(({ isCity, until }) => isCity && !until)
  for (let nth = 0; nth < SCHOOLS[plan.size]; nth++) {
    const town = cities[nth % cities.length] ?? towns[0]!
    const reg = registrationNumber(FROM.schools + nth)
    const site = `S-P${nth + 1}`
    yield* placeRows(nth, reg, site, town, towns, draws)
    yield* staffRows(nth, reg, plan)
    yield* learnerRows(nth, reg, site, town, plan, draws)
  }
}

function* placeRows(
  nth: number,
  reg: string,
  site: string,
  town: Municipality,
  towns: readonly Municipality[],
  draws: Chance,
): Generator<Batch> {
  const lv = `${town.genitive} vakara vidusskola ieslodzījuma vietā, ${nth + 1}. filiāle`
  const institutions = new Rows('institutions')
  institutions.add({
    reg_number: reg,
    kind: 'prison',
    type: 'prison',
    name_lv: lv,
    name_en: `${town.name.en} Evening School in Prison, Branch ${nth + 1}`,
    genitive_lv: lv.replace('vidusskola', 'vidusskolas').replace('filiāle', 'filiāles'),
    locative_lv: lv.replace('vidusskola', 'vidusskolā').replace('filiāle', 'filiālē'),
    founder_id: STATE_FOUNDER,
    legal_atvk: town.code,
    legal_address: town.name.lv,
    opened_on: '1996-09-01',
    closed_on: null,
    successor_reg: null,
    accredited_until: '2030-06-15',
    since: null,
  })
  yield* institutions.rest()
  const { lat, lon } = pointIn(town, towns, draws)
  const sites = new Rows('delivery_sites')
  sites.add({
    site_id: site,
    reg_number: reg,
    name_lv: lv,
    name_en: null,
    atvk: town.code,
    degurba: 'city',
    address: town.name.lv,
    lat,
    lon,
    capacity: CAPACITY,
    floor_area_m2: 540,
    building_year: 1971,
    condition: 2,
    accessible: false,
    since: null,
  })
  yield* sites.rest()
  const programmes = new Rows('programmes')
  programmes.add({
    reg_number: reg,
    programme_code: PROGRAMME,
    licence_no: `X-P${nth + 1}`,
    licence_date: '2018-06-15',
    site_id: site,
    language: 'lv',
    form: 'part_time',
    special_type: null,
    started_on: '2018-09-01',
    ended_on: null,
  })
  yield* programmes.rest()
}

const staffCode = (nth: number, at: number, seed: number) => personalCode(FROM.staff + 10 * nth + at, seed)

/** A head and a teacher of each subject, who have always been there. */
function* staffRows(nth: number, reg: string, { seed }: Plan): Generator<Batch> {
  const people = new Rows('staff')
  const contracts = new Rows('employments')
  for (const [at, subject] of [null, ...SUBJECTS].entries()) {
    const isMan = at % 2 === 0
    const name = FROM.names + 10 * nth + at
    const staff_uid = staffCode(nth, at, seed)
    people.add({
      staff_uid,
      name: personName(name, name, isMan ? 'male' : 'female', seed),
      birth_year: 1966 + 4 * at,
      sex: isMan ? 'male' : 'female',
      education_level: 'master',
      qualification_subjects: subject ?? 'head',
      quality_degree: null,
      cpd_hours_3y: 40,
    })
    contracts.add({
      employment_id: `E-P${nth + 1}-${at}`,
      staff_uid,
      reg_number: reg,
      position_code: subject ? 'teacher' : 'head',
      subject_code: subject,
      stage: subject ? 'secondary' : 'all',
      rate: subject ? 0.6 : 1,
      contact_lessons: subject ? 13 : null,
      from: '2012-09-01',
      to: null,
      leave_reason: null,
    })
  }
  yield* contracts.rest()
  yield* people.rest()
}

/** Somebody new in every place every year. */
function* learnerRows(
  nth: number,
  reg: string,
  site: string,
  town: Municipality,
  { seed, firstYear, lastYear, size }: Plan,
  draws: Chance,
): Generator<Batch> {
  const classes = new Rows('class_groups')
  const learners = new Rows('learners')
  const enrolments = new Rows('enrolments')
  const inAGrade = size === 'small' ? 3 : 9
  let number = 10_000 * nth
  for (let year = firstYear; year <= lastYear; year++) {
    for (const [at, grade] of GRADES.entries()) {
      const class_id = `${reg}-${year}-${grade}a`
      classes.add({
        class_id,
        reg_number: reg,
        site_id: site,
        school_year: year,
        grade,
        name: `${grade}.`,
        combined: false,
        language: 'lv',
        programme_code: PROGRAMME,
        class_teacher_uid: staffCode(nth, 1 + at, seed),
      })
      for (let seat = 0; seat < inAGrade; seat++) {
        const n = number++
        const learner_uid = personalCode(FROM.learners + n, seed)
        const sex = draws.happens(0.9) ? 'male' : 'female'
        learners.add({
          learner_uid,
          name: personName(FROM.names + 1_000 + n, FROM.names + 1_000 + n, sex, seed),
          birth_month: monthText(monthOf(year - 20 - draws.integer(20), 1 + draws.integer(12))),
          sex,
          residence_code: town.code,
          citizenship_group: 'latvia',
          special_need: null,
          previous_uid: null,
        })
        const isOver = draws.happens(0.3)
        const day = 60 + draws.integer(200)
        const isLast = year === lastYear
        enrolments.add({
          learner_uid,
          class_id,
          programme_code: PROGRAMME,
          from: null,
          to: isLast ? null : isOver ? dayOfYear(year, day) : `${year}-06-30`,
          main: true,
          leave_reason: isLast ? null : isOver ? 'other' : grade === 12 ? 'completed' : 'other',
          repeated: false,
          transport_minutes: null,
        })
      }
    }
  }
  yield* classes.rest()
  yield* learners.rest()
  yield* enrolments.rest()
}
