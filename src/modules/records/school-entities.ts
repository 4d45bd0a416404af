import { z } from 'zod'
import { column, entity, optional } from '#db/entity.ts'
import { listOf } from '#db/entity-lists.ts'
import { Code, Grade } from '#db/entity-values.ts'
import { Sex } from '#terms/sex.ts'

/** What the import contract says of classes, schools and territories beside learners: lessons, money, people by age. */

const MOST_LESSONS = 2_000 // of one subject in a school year

export const lessons = entity({
  name: 'lessons',
  words: { lv: 'Novadītās stundas', en: 'Lessons' },
  columns: {
    class_id: column(Code, 'klase', 'class', { to: 'class_group_id', refersTo: 'class_groups' }),
    lessons: column(
      listOf({
        pattern: 'subject:planned/delivered',
        names: 'subjects',
        numbers: [
          { column: 'planned', type: 'smallint', lowest: 0, highest: MOST_LESSONS },
          { column: 'delivered', type: 'smallint', lowest: 0, highest: MOST_LESSONS, isOptional: true },
        ],
      }),
      'mācību priekšmeti ar gadā plānotajām un novadītajām stundām; padziļinātie kursi beidzas ar "-al"',
      'subjects with the lessons planned and delivered in the year; advanced courses end in "-al"',
    ),
  },
  key: ['class_id'],
  destination: {
    as: 'facts',
    table: 'records.lesson_delivery',
    key: ['class_group_id'],
    scope: ['class_group_id'],
  },
})

export const samplePlans = entity({
  name: 'sample_plans',
  words: { lv: 'Standarta paraugplāni', en: 'Sample lesson plans' },
  columns: {
    programme_code: column(
      z.string().min(8).max(8),
      'kods Latvijas izglītības klasifikācijā',
      'code in the Latvian classification of education',
    ),
    grade: column(Grade, 'klase', 'grade'),
    subject: column(Code, 'mācību priekšmets', 'subject'),
    lessons: column(z.int().min(0).max(MOST_LESSONS), 'stundas mācību gadā', 'lessons in the school year'),
    since: optional(z.iso.date(), 'pirmā diena', 'first day'),
    until: optional(z.iso.date(), 'pēdējā diena', 'last day'),
  },
  key: ['programme_code', 'grade', 'subject', 'since'],
  days: ['since', 'until'],
  destination: {
    as: 'facts',
    table: 'records.sample_plan',
    key: ['programme_code', 'grade', 'subject', 'since'],
    scope: ['programme_code'],
  },
})

const money = (lv: string, en: string) => optional(z.number().min(0).max(1e11), lv, en)

export const finance = entity({
  name: 'finance',
  words: { lv: 'Izmaksas', en: 'Costs' },
  columns: {
    reg_number: column(Code, 'iestāde', 'institution', { to: 'institution_id', refersTo: 'institutions' }),
    year: column(z.int().min(1990).max(2100), 'kalendāra gads', 'calendar year'),
    salary_state_grant: money(
      'valsts mērķdotācija pedagogu darba samaksai, EUR',
      'state grant for the pay of teachers, EUR',
    ),
    salary_municipal: money('pašvaldības daļa darba samaksai, EUR', 'part of the municipality for pay, EUR'),
    maintenance: money('ēku uzturēšana, EUR', 'upkeep of buildings, EUR'),
    transport: money('skolēnu pārvadāšana, EUR', 'transport of learners, EUR'),
    meals: money('ēdināšana, EUR', 'meals, EUR'),
    other: money('citas izmaksas, EUR', 'other costs, EUR'),
  },
  key: ['reg_number', 'year'],
  destination: {
    as: 'facts',
    table: 'records.finance',
    key: ['institution_id', 'year'],
    scope: ['year'],
  },
})

export const population = entity({
  name: 'population',
  words: { lv: 'Iedzīvotāji pēc vecuma', en: 'People by age' },
  columns: {
    atvk: column(Code, 'teritorija', 'territory', { to: 'territory_id', refersTo: 'territories' }),
    year: column(z.int().min(1990).max(2100), 'gads; uz 1. janvāri', 'year; on 1 January'),
    age: column(z.int().min(0).max(100), 'vecums; 100 ir 100 un vairāk', 'age; 100 is 100 and over'),
    sex: column(Sex, 'dzimums', 'sex'),
    people: column(z.int().min(0).max(10_000_000), 'cilvēku skaits', 'number of people'),
  },
  key: ['atvk', 'year', 'age', 'sex'],
  destination: {
    as: 'facts',
    table: 'records.population',
    key: ['territory_id', 'year', 'age', 'sex'],
    scope: ['year'],
  },
})
