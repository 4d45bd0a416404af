import { z } from 'zod'
import { column, entity, optional } from '#db/entity.ts'
import { type ListNumbers, listOf } from '#db/entity-lists.ts'
import { Code, Grade, Year } from '#db/entity-values.ts'

/** What the import contract says of learners beside tests: marks, absence, where they went on to, and their context. */

const learner = column(Code, 'skolēns', 'learner', {
  to: 'learner_id',
  refersTo: 'learners',
  isSecret: true,
})
const institution = column(Code, 'iestāde', 'institution', {
  to: 'institution_id',
  refersTo: 'institutions',
})
const year = column(Year, 'gads, kurā mācību gads beidzas', 'year in which the school year ends')

const mark = (name: string): ListNumbers => ({
  column: name,
  type: 'smallint',
  lowest: 1,
  highest: 10,
  isOptional: true,
})

export const marks = entity({
  name: 'marks',
  words: { lv: 'Atzīmes', en: 'Marks' },
  columns: {
    learner_uid: learner,
    reg_number: institution,
    school_year: year,
    grade: optional(Grade, 'klase', 'grade'),
    scale: column(
      z.enum(['ten', 'levels']),
      'desmit balles vai apguves līmeņi (1 S, 2 T, 3 A, 4 P)',
      'ten points, or levels (1 S, 2 T, 3 A, 4 P)',
    ),
    marks: column(
      listOf({
        pattern: 'subject:first/second/year',
        names: 'subjects',
        numbers: [mark('first_term'), mark('second_term'), mark('year_mark')],
      }),
      'mācību priekšmeti ar abu semestru un gada vērtējumu, "-", ja tā nav',
      'subjects with the marks of both terms and of the year, "-" where there is none',
    ),
  },
  key: ['learner_uid', 'reg_number', 'school_year'],
  contradictions: [
    {
      rule: 'marks.beyond_levels',
      column: 'marks',
      where: `s.scale = 'levels' and s.marks ~ '(\\{|,)(10|[5-9])(,|\\})'`,
    },
  ],
  destination: {
    as: 'learner_facts',
    table: 'records.marks',
    key: ['learner_id', 'institution_id', 'school_year'],
    scope: ['institution_id', 'school_year'],
  },
})

const MOST_LESSONS = 400 // of a month: ten on every day would be 310

const lessonsOf = (name: string) =>
  listOf({
    pattern: 'lessons of September … June',
    numbers: [{ column: name, type: 'smallint', lowest: 0, highest: MOST_LESSONS }],
    length: 10,
  })

export const absences = entity({
  name: 'absences',
  words: { lv: 'Kavējumi', en: 'Absence' },
  columns: {
    learner_uid: learner,
    reg_number: institution,
    school_year: year,
    lessons: column(
      lessonsOf('lessons'),
      'stundas, kas skolēnam bija no septembra līdz jūnijam: desmit skaitļi',
      'lessons held for the learner from September to June: ten numbers',
    ),
    excused: column(
      lessonsOf('excused'),
      'attaisnoti kavētās stundas pa mēnešiem',
      'lessons missed with an excuse, month by month',
    ),
    unexcused: column(
      lessonsOf('unexcused'),
      'neattaisnoti kavētās stundas pa mēnešiem',
      'lessons missed without an excuse, month by month',
    ),
  },
  key: ['learner_uid', 'reg_number', 'school_year'],
  destination: {
    as: 'learner_facts',
    table: 'records.absence',
    key: ['learner_id', 'institution_id', 'school_year'],
    scope: ['institution_id', 'school_year'],
  },
})

export const destinations = entity({
  name: 'destinations',
  words: { lv: 'Gaitas pēc skolas', en: 'Destinations' },
  columns: {
    learner_uid: learner,
    kind: column(
      z.enum(['higher_education', 'abroad', 'work', 'other']),
      'augstskola, ārzemes, darbs vai cits',
      'higher education, abroad, work or another',
    ),
    on: column(z.iso.date(), 'no kuras dienas', 'from which day on', { to: 'on_day' }),
    place: optional(Code, 'iestādes kods', 'code of the institution'),
  },
  key: ['learner_uid', 'kind', 'on'],
  destination: {
    as: 'learner_facts',
    table: 'records.destination',
    key: ['learner_id', 'kind', 'on_day'],
    scope: ['kind'],
  },
})

export const context = entity({
  name: 'context',
  words: { lv: 'Apstākļi', en: 'Context' },
  columns: {
    learner_uid: learner,
    school_year: year,
    quintile: column(
      z.int().min(1).max(5),
      'sociāli ekonomiskā piektdaļa: 1 zemākā … 5 augstākā; to nosaka statistikas pārvalde',
      'socio-economic fifth: 1 lowest … 5 highest, as the statistics office finds it',
    ),
  },
  key: ['learner_uid', 'school_year'],
  destination: {
    as: 'learner_facts',
    table: 'records.context',
    key: ['learner_id', 'school_year'],
    scope: ['school_year'],
  },
})
