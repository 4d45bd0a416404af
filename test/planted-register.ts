import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import { philox } from '#stats/numeric/random.ts'

/**
 * A small country whose register holds everything that indicators ask: six school years of learners who go on, repeat, change
 * school, leave and finish; teachers with contracts; posts; buildings. Drawn by chance and kept here as plain rows, so that a
 * test can count by itself what the system must find.
 */
export interface PlantedEnrolment {
  learner: number
  school: number
  year: number
  grade: number
  from: string
  /** day after the last */
  until: string
  reason: string | null
  repeated: boolean
  programme: string
  classId: number
}
export interface PlantedContract {
  staff: number
  school: number
  position: string
  subject: string | null
  stage: string
  rate: number
  lessons: number | null
  from: string
  until: string | null
}

export const years = [2021, 2022, 2023, 2024, 2025, 2026, 2027] as const
/** Schools by municipality; the last one is vocational. */
export const schools = [
  { id: 11, municipality: 3, area: 2_000 },
  { id: 12, municipality: 3, area: null },
  { id: 13, municipality: 4, area: 3_500.5 },
  { id: 14, municipality: 4, area: 900 },
  { id: 15, municipality: 4, area: 4_000 },
] as const
const TRADE = 15
const trade = '33345021'
const positions = [
  'teacher',
  'teacher',
  'teacher',
  'preschool_teacher',
  'psychologist',
  'head',
  'teacher_assistant',
]
const subjects = ['mathematics', 'latvian', 'physics', 'sport']
const reasons = ['absence', 'work', 'family', 'other', 'abroad', 'transferred', 'expelled', 'died']

/** The seventh school year has only begun: nobody has finished or left in it. */
export function plantRegister(seed: number) {
  const random = philox(seed)
  const happens = (chance: number) => random.uniform() < chance
  const pick = <T>(of: readonly T[]): T => of[random.integer(of.length)]!

  const learners = Array.from({ length: 420 }, (_, at) => ({
    id: 1000 + at,
    sex: happens(0.5) ? 'female' : 'male',
    need: happens(0.2) ? 51 + random.integer(9) : null,
  }))
  const enrolments: PlantedEnrolment[] = []
  const destinations: { learner: number; kind: string; on: string }[] = []
  for (const { id, need } of learners) {
    let grade = 1 + random.integer(11)
    let school: number | null = pick(schools).id
    if (grade < 10 && school === TRADE) school = 11
    let isRepeating = false
    for (const year of years) {
      if (school === null) break
      const isTrade: boolean = school === TRADE
      const special = need !== null && happens(0.3)
      const base = {
        learner: id,
        year,
        grade,
        repeated: isRepeating,
        programme: isTrade ? trade : `${grade > 9 ? 31 : 21}01${need ?? 11}11`,
        classId: year * 1000 + school * 20 + grade * 1 + (special ? 100_000_000 : 0),
      }
      const begins = `${year - 1}-09-01`
      const ends = `${year}-09-01`
      isRepeating = false
      if (year === 2027) {
        enrolments.push({ ...base, school, from: begins, until: ends, reason: null })
        continue
      }
      if (grade >= 7 && happens(0.08)) {
        enrolments.push({ ...base, school, from: begins, until: `${year}-02-11`, reason: pick(reasons) })
        break
      }
      if (happens(0.06)) {
        const other: number = pick(schools.filter((each) => each.id !== TRADE)).id
        if (!isTrade && other !== school) {
          enrolments.push({
            ...base,
            school,
            from: begins,
            until: `${year - 1}-11-05`,
            reason: 'transferred',
          })
          enrolments.push({
            ...base,
            school: other,
            from: `${year - 1}-11-05`,
            until: ends,
            reason: null,
            repeated: false,
            classId: year * 1000 + other * 20 + grade,
          })
          school = other
          if (grade !== 9 && grade < 12) {
            grade += 1
            continue
          }
          enrolments.pop()
          enrolments.pop()
          school = enrolments.at(-1)?.learner === id ? enrolments.at(-1)!.school : other
        }
      }
      if (grade !== 9 && grade < 12 && happens(0.07)) {
        isRepeating = true
        enrolments.push({ ...base, school, from: begins, until: ends, reason: null })
        continue
      }
      const way = random.uniform()
      const until = grade >= 9 ? `${year}-07-01` : ends
      if (grade === 9) {
        const stays = way < 0.4
        const without = way > 0.85
        const reason = stays ? null : without ? 'graduated_without_certificate' : 'completed'
        enrolments.push({ ...base, school, from: begins, until: stays ? ends : until, reason })
        if (!stays) school = way < 0.6 ? TRADE : way < 0.75 ? 13 : null
      } else if (grade === 12) {
        enrolments.push({ ...base, school, from: begins, until, reason: 'completed' })
        if (happens(0.5)) {
          const late = happens(0.3)
          destinations.push({ learner: id, kind: 'higher_education', on: `${year + (late ? 1 : 0)}-09-10` })
        }
        if (happens(0.2)) destinations.push({ learner: id, kind: 'work', on: `${year}-08-01` })
        school = null
      } else enrolments.push({ ...base, school, from: begins, until: ends, reason: null })
      grade += 1
    }
  }

  const staff = Array.from({ length: 90 }, (_, at) => ({
    id: 5000 + at,
    sex: happens(0.8) ? 'female' : 'male',
    born: happens(0.05) ? null : 1955 + random.integer(45),
    qualified: happens(0.1) ? [] : [pick(subjects), ...(happens(0.2) ? ['primary'] : [])],
    hours: happens(0.1) ? null : random.integer(80),
  }))
  const contracts: PlantedContract[] = staff.flatMap(({ id }) =>
    Array.from({ length: 1 + random.integer(3) }, () => {
      const position = pick(positions)
      const isTeaching = position === 'teacher'
      const begins = 2019 + random.integer(7)
      return {
        staff: id,
        school: pick(schools).id,
        position: isTeaching && happens(0.2) ? 'vocational_teacher' : position,
        subject: isTeaching ? pick(subjects) : null,
        stage: pick(['basic_1', 'basic_2', 'secondary']),
        rate: (1 + random.integer(12)) / 10,
        lessons: isTeaching ? 1 + random.integer(22) : null,
        from: `${begins}-09-01`,
        until: happens(0.5) ? `${begins + 1 + random.integer(4)}-08-31` : null,
      }
    }),
  )
  const vacancies = Array.from({ length: 30 }, (_, at) => {
    const year = pick(years)
    const isLong = happens(0.5)
    return {
      code: `V-${at}`,
      school: pick(schools).id,
      rate: (1 + random.integer(10)) / 10,
      open: `${year - 1}-08-15`,
      filled: isLong ? (happens(0.5) ? `${year}-01-10` : null) : `${year - 1}-09-${10 + random.integer(19)}`,
    }
  })
  return { learners, enrolments, destinations, staff, contracts, vacancies }
}
export type PlantedRegister = ReturnType<typeof plantRegister>

/** Whether a class with this number is one of special education. */
export const isSpecialClass = (classId: number) => classId >= 100_000_000

/** In which language a class with this number learns. */
const languageOf = (classId: number) => (classId % 3 === 0 ? 'minority' : 'lv')

/** What can be said of a learner in a school year: sex, whether there is a special need, language of the class on 1 October. */
export function whatIsSaid({ learners, enrolments }: PlantedRegister) {
  const learnerOf = new Map(learners.map((each) => [each.id, each]))
  const byLearner = Map.groupBy(enrolments, ({ learner }) => learner)
  return (learner: number, year: number) => {
    const october = `${year - 1}-10-01`
    const there = byLearner
      .get(learner)
      ?.find((each) => each.year === year && each.from <= october && october < each.until)
    const { sex, need } = learnerOf.get(learner)!
    return {
      sex,
      special_needs: need === null ? 'no' : 'yes',
      language: there ? languageOf(there.classId) : 'unknown',
    }
  }
}

/** Fills an empty database with it. */
export async function makePlantedRegister(db: Database, planted: PlantedRegister): Promise<void> {
  await asJob(db, async (tx) => {
    const add = (sql: string, rows: readonly object[]) => tx.query(sql, [JSON.stringify(rows)])
    await tx.query(`insert into intake.import (source, mapping, data_kind, file_name, state, finished_at)
                    values ('planted register', '{}', 'made_up', 'planted.csv', 'merged', now())`)
    await tx.query(`insert into registry.territory (territory_id, kind)
                    values (1, 'state'), (2, 'region'), (3, 'municipality'), (4, 'municipality')`)
    await tx.query(
      `insert into registry.territory_version (territory_id, parent_id, code, name_lv, name_en, valid, import_id, line, row_hash)
       values (1, null, 'LV', 'Valsts', 'State', '(,)', 1, 1, 1), (2, 1, 'R', 'Reģions', 'Region', '(,)', 1, 2, 2),
              (3, 2, 'A', 'A novads', 'A Municipality', '(,)', 1, 3, 3), (4, 2, 'B', 'B novads', 'B Municipality', '(,)', 1, 4, 4)`,
    )
    const school = 'jsonb_to_recordset($1) as s (id bigint, municipality bigint, area float8)'
    await add(`insert into registry.institution (institution_id) select id from ${school}`, schools)
    await add(
      `insert into registry.institution_version (institution_id, territory_id, code, name_lv, name_en, valid, import_id, line, row_hash)
       select id, municipality, 'S' || id, id || '. skola', 'School ' || id, '(,)', 1, id, id from ${school}`,
      schools,
    )
    await add(`insert into registry.site (site_id) select id from ${school}`, schools)
    await add(
      `insert into registry.site_version (site_id, institution_id, territory_id, code, degurba, floor_area_m2, valid, import_id, line, row_hash)
       select id, id, municipality, 'V' || id, (id % 3 + 1)::text, area, '(,)', 1, id, id from ${school}`,
      schools,
    )
    await add(
      `with given as (select * from jsonb_to_recordset($1) as l (id bigint, sex text, need smallint)),
       known as (insert into registry.learner (learner_id) select id from given),
       said as (insert into registry.learner_version (learner_id, sex, valid, import_id, line, row_hash)
                select id, sex, '(,)', 1, id, id from given)
       insert into registry.learner_circumstance (learner_id, special_need, valid, import_id, line, row_hash)
       select id, need, '(,)', 1, id, id from given`,
      planted.learners,
    )
    const classes = [
      ...new Map(
        planted.enrolments.map((each) => [
          each.classId,
          { ...each, isSpecial: isSpecialClass(each.classId), language: languageOf(each.classId) },
        ]),
      ).values(),
    ]
    const given = `jsonb_to_recordset($1) as c ("classId" bigint, school bigint, year smallint, grade smallint, programme text, "isSpecial" boolean, language text)`
    await add(`insert into registry.class_group (class_group_id) select "classId" from ${given}`, classes)
    await add(
      `insert into registry.class_group_version (class_group_id, institution_id, school_year, code, grade, name, language, programme_code,
         valid, import_id, line, row_hash)
       select "classId", school, year, 'C' || "classId", grade, grade || '.a', language,
              case when programme = '${trade}' then programme when "isSpecial" then '21015811' else '21011111' end,
              daterange(make_date(year - 1, 9, 1), make_date(year, 9, 1)), 1, "classId", "classId" from ${given}`,
      classes,
    )
    await add(
      `insert into registry.enrolment (learner_id, institution_id, school_year, grade, main, valid, leave_reason, repeated,
         programme_code, class_group_id, import_id, line, row_hash)
       select learner, school, year, grade, true, daterange("from", until), reason, repeated, programme, "classId", 1,
              row_number() over (), 1
         from jsonb_to_recordset($1) as e (learner bigint, school bigint, year smallint, grade smallint, "from" date, until date,
                reason text, repeated boolean, programme text, "classId" bigint)`,
      planted.enrolments,
    )
    await add(
      `insert into records.destination (learner_id, kind, on_day, import_id, line, row_hash)
       select learner, kind, "on", 1, row_number() over (), 1 from jsonb_to_recordset($1) as d (learner bigint, kind text, "on" date)`,
      planted.destinations,
    )
    await add(
      `with given as (select * from jsonb_to_recordset($1)
                        as s (id bigint, sex text, born smallint, qualified text[], hours float8)),
       known as (insert into registry.staff_member (staff_id) select id from given)
       insert into registry.staff_version (staff_id, birth_year, sex, qualification_subjects, cpd_hours_3y, valid, import_id, line, row_hash)
       select id, born, sex, qualified, hours, '(,)', 1, id, id from given`,
      planted.staff,
    )
    await add(
      `insert into registry.employment (staff_id, institution_id, code, position_code, subject_code, stage, rate, contact_lessons, valid,
         import_id, line, row_hash)
       select staff, school, 'E-' || row_number() over (), position, subject, stage, rate, lessons, daterange("from", until), 1,
              row_number() over (), 1
         from jsonb_to_recordset($1) as c (staff bigint, school bigint, position text, subject text, stage text, rate float8,
                lessons float8, "from" date, until date)`,
      planted.contracts,
    )
    await add(
      `insert into registry.vacancy (institution_id, code, position_code, rate, open_on, filled_on, import_id, line, row_hash)
       select school, code, 'teacher', rate, open, filled, 1, row_number() over (), 1
         from jsonb_to_recordset($1) as v (school bigint, code text, rate float8, open date, filled date)`,
      planted.vacancies,
    )
  })
}
