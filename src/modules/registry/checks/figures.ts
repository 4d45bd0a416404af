import type { WatchedFigure } from '#modules/checks/index.ts'
import { screens } from './words.ts'

const firstOfOctober = 'make_date(e.school_year - 1, 10, 1)'

/** Learners whose main place of study it is, on 1 October. */
const learners = `
  select e.institution_id, e.school_year, count(*) as learners, count(distinct e.class_group_id) as classes
    from registry.enrolment e
   where e.superseded_by is null and e.main and e.valid @> ${firstOfOctober} and e.school_year <= $1
   group by 1, 2`

/** Rates of staff on 1 October of the years with learners. */
const rates = `
  select m.institution_id, y.school_year, sum(m.rate) as rates, count(distinct m.staff_id) as staff
    from (select distinct school_year from registry.enrolment where superseded_by is null and school_year <= $1) y
    join registry.employment m on m.superseded_by is null and m.valid @> make_date(y.school_year - 1, 10, 1) and m.rate > 0
   group by 1, 2`

/** What is watched of the register, school by school and year by year. */
export const registryFigures: readonly WatchedFigure[] = [
  {
    code: 'learners',
    title: { lv: 'Skolēnu skaits 1. oktobrī', en: 'Pupils on 1 October' },
    unit: 'count',
    where: screens.movement('Uzņemšanas un atskaitīšanas datums', 'Days of entry and leaving'),
    offset: 0.5,
    fewest: 20,
    isComparable: false,
    records: `select institution_id, school_year, learners as value, learners as n from (${learners}) l`,
  },
  {
    code: 'class_size',
    title: { lv: 'Skolēni klasē', en: 'Pupils in a class' },
    unit: 'number',
    where: screens.class('Klase', 'Class'),
    offset: 0,
    fewest: 40,
    isComparable: true,
    records: `select institution_id, school_year, learners::float8 / classes as value, learners as n
                from (${learners}) l where classes > 0`,
  },
  {
    code: 'staff_rates',
    title: { lv: 'Pedagogu slodzes kopā', en: 'Rates of staff together' },
    unit: 'number',
    where: screens.load('Likme', 'Rate'),
    offset: 0,
    fewest: 8,
    isComparable: false,
    records: `select institution_id, school_year, rates as value, staff as n from (${rates}) r`,
  },
  {
    code: 'learners_per_rate',
    title: { lv: 'Skolēni uz vienu pedagoga slodzi', en: 'Pupils to a rate of staff' },
    unit: 'number',
    where: screens.load('Likme', 'Rate'),
    offset: 0,
    fewest: 40,
    isComparable: true,
    records: `select l.institution_id, l.school_year, l.learners::float8 / r.rates as value, l.learners as n
                from (${learners}) l join (${rates}) r using (institution_id, school_year)`,
  },
]
