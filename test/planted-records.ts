import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import { philox } from '#stats/numeric/random.ts'
import type { PlantedEnrolment, PlantedRegister } from './planted-register.ts'

/**
 * Records of the learners and classes of a planted register: tests with results, marks, absence, lessons of classes and sample plans,
 * drawn by chance and kept as plain rows, so that a test can count by itself what the system must find.
 */
export interface PlantedTest {
  id: number
  subject: string
  year: number
  grade: number
  kind: 'monitoring' | 'exam' | 'diagnostic'
  level: 'OL' | 'AL' | null
  threshold: number | null
  cuts: readonly number[] | null
  heldOn: string
}
export interface PlantedResult {
  learner: number
  school: number
  test: number
  value: number
}

const testedYears = [2022, 2023, 2024, 2025, 2026] as const
const examSubjects = ['mathematics', 'latvian', 'physics'] as const
const marked = ['mathematics', 'latvian', 'music'] as const
const trade = '33345021'
export const sampleCode = '21011111'

export function plantRecords(seed: number, { enrolments }: PlantedRegister) {
  const random = philox(seed)
  const happens = (chance: number) => random.uniform() < chance
  const tests: PlantedTest[] = testedYears.flatMap((year, at) => {
    const of = { year, threshold: null, cuts: null, level: null }
    const base = 100 * (at + 1)
    return [
      // one round without levels, one diagnostic test that no indicator of exams or monitoring may count
      { ...of, id: base, subject: 'reading-6', grade: 6, kind: 'monitoring' as const, cuts: year === 2022 ? null : [30, 50.5, 80], heldOn: `${year}-04-13` },
      { ...of, id: base + 1, subject: 'science-9', grade: 9, kind: 'diagnostic' as const, heldOn: `${year}-04-28` },
      ...examSubjects.flatMap((subject, of9) => [
        { ...of, id: base + 10 + of9, subject: `exam-9-${subject}`, grade: 9, kind: 'exam' as const, threshold: subject === 'physics' ? null : year < 2026 ? 20 : 35, heldOn: `${year}-05-1${of9}` },
        ...(['OL', 'AL'] as const).map((level, ofLevel) => ({
          ...of, id: base + 20 + 2 * of9 + ofLevel, subject: `exam-12-${subject}-${level.toLowerCase()}`, grade: 12, kind: 'exam' as const, level, threshold: 30, heldOn: `${year}-06-1${of9}`,
        })),
      ]),
    ]
  }) // biome-ignore format: one line a test
  const results: PlantedResult[] = tests.flatMap(({ id, year, grade, level }) => {
    const takers = new Map(
      enrolments
        .filter((each) => each.year === year && each.grade === grade)
        .map((each) => [each.learner, each.school]),
    )
    return [...takers].flatMap(([learner, school]) =>
      happens(level === null ? 0.9 : 0.55)
        ? // now and then somebody takes the exam at another school than the one of the roll
          [{ learner, school: happens(0.05) ? 11 : school, test: id, value: random.integer(101) }]
        : [],
    )
  })
  const stays = [
    ...new Map(enrolments.map((each) => [`${each.learner} ${each.school} ${each.year}`, each])).values(),
  ]
  const marks = stays.flatMap(({ learner, school, year, grade }) => {
    if (year === 2027 || happens(0.15)) return []
    const scale = grade <= 3 ? 'levels' : 'ten'
    const list = marked.filter(() => happens(0.85))
    const mark = () => (happens(0.1) ? null : 1 + random.integer(scale === 'ten' ? 10 : 4))
    return list.length === 0
      ? []
      : [{ learner, school, year, grade, scale, subjects: list, marks: list.map(mark) }]
  })
  const absences = stays.flatMap(({ learner, school, year }) => {
    if (year === 2027 || happens(0.1)) return []
    const isNever = happens(0.05) // on the roll, but no lesson was held
    const lessons = Array.from({ length: 10 }, () => (isNever ? 0 : 60 + random.integer(60)))
    const excused = lessons.map((held) => (held === 0 ? 0 : random.integer(12)))
    const unexcused = lessons.map((held) => (held === 0 || happens(0.6) ? 0 : random.integer(9)))
    return [{ learner, school, year, lessons, excused, unexcused }]
  })
  const classes = [...new Map(enrolments.map((each) => [each.classId, each])).values()]
  const lessons = classes.flatMap(({ classId, school, year, grade, programme }) => {
    if (year === 2027) return []
    const subjects: string[] = [...marked.filter(() => happens(0.9))]
    if (grade >= 10)
      subjects.push(...['mathematics-al', 'physics-al', 'history-al'].filter(() => happens(0.4)))
    return subjects.length === 0
      ? []
      : [
          {
            ...{ classId, school, year, grade, isTrade: programme === trade, subjects },
            planned: subjects.map(() => 35 * (1 + random.integer(5))),
            delivered: subjects.map(() => (happens(0.1) ? null : 20 + random.integer(150))),
          },
        ]
  })
  const samples = marked.flatMap((subject) =>
    Array.from({ length: 9 }, (_, at) => at + 1).flatMap((grade) => [
      { grade, subject, lessons: 70 + 35 * random.integer(3), since: null, until: '2024-08-31' },
      { grade, subject, lessons: 70 + 35 * random.integer(3), since: '2024-09-01', until: null },
    ]),
  )
  return { tests, results, marks, absences, lessons, samples }
}
export type PlantedRecords = ReturnType<typeof plantRecords>

/** The enrolment by which a learner's stage at a school is told: the last of the year. */
export function lastStay(
  enrolments: readonly PlantedEnrolment[],
  learner: number,
  school: number,
  year: number,
): PlantedEnrolment | undefined {
  return enrolments
    .filter((each) => each.learner === learner && each.school === school && each.year === year)
    .sort((a, b) => b.until.localeCompare(a.until))[0]
}

/** Adds them to a database that holds the register. */
export async function makePlantedRecords(db: Database, planted: PlantedRecords): Promise<void> {
  await asJob(db, async (tx) => {
    const add = (sql: string, rows: readonly object[]) => tx.query(sql, [JSON.stringify(rows)])
    const last = '1, row_number() over (), row_number() over ()'
    await tx.query(
      `insert into records.scale (code, name_lv, name_en, minimum, maximum) values ('p', 'Procenti', 'Per cent', 0, 100)`,
    )
    await add(
      `insert into records.assessment (assessment_id, code, subject, name_lv, name_en, school_year, grade, held_on, scale_id, kind, level,
         threshold, level_cuts, import_id) overriding system value
       select id, 't-' || id, subject, subject, subject, year, grade, "heldOn", (select scale_id from records.scale), kind, level, threshold,
              cuts, 1
         from jsonb_to_recordset($1) as t (id bigint, subject text, year smallint, grade smallint, "heldOn" date, kind text, level text,
                threshold float8, cuts float8[])`,
      planted.tests,
    )
    await add(
      `insert into records.result (learner_id, institution_id, assessment_id, value, status, import_id, line, row_hash)
       select learner, school, test, value, 'official', ${last}
         from jsonb_to_recordset($1) as r (learner bigint, school bigint, test bigint, value float8)`,
      planted.results,
    )
    await add(
      `insert into records.marks (learner_id, institution_id, school_year, grade, scale, subjects, first_term, second_term, year_mark,
         import_id, line, row_hash)
       select learner, school, year, grade, scale, subjects, marks, marks, marks, ${last}
         from jsonb_to_recordset($1) as m (learner bigint, school bigint, year smallint, grade smallint, scale text, subjects text[],
                marks smallint[])`,
      planted.marks,
    )
    await add(
      `insert into records.absence (learner_id, institution_id, school_year, lessons, excused, unexcused, import_id, line, row_hash)
       select learner, school, year, lessons, excused, unexcused, ${last}
         from jsonb_to_recordset($1) as a (learner bigint, school bigint, year smallint, lessons smallint[], excused smallint[],
                unexcused smallint[])`,
      planted.absences,
    )
    await add(
      `insert into records.lesson_delivery (class_group_id, subjects, planned, delivered, import_id, line, row_hash)
       select "classId", subjects, planned, delivered, ${last}
         from jsonb_to_recordset($1) as l ("classId" bigint, subjects text[], planned smallint[], delivered smallint[])`,
      planted.lessons,
    )
    await add(
      `insert into records.sample_plan (programme_code, grade, subject, lessons, since, until, import_id, line, row_hash)
       select '${sampleCode}', grade, subject, lessons, since, until, ${last}
         from jsonb_to_recordset($1) as s (grade smallint, subject text, lessons smallint, since date, until date)`,
      planted.samples,
    )
  })
}
