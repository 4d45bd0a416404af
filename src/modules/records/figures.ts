import type { WatchedFigure } from '#modules/checks/index.ts'

const journal = (lv: string, en: string) => ({
  lv: `E-žurnāls, lauks „${lv}”`,
  en: `Electronic school journal, field “${en}”`,
})

const sum = (list: string) => `(select coalesce(sum(x), 0) from unnest(${list}) x)`

/** Lessons held and missed by the learners of an institution in a school year. */
const missed = (what: string) => `
  select a.institution_id, a.school_year, (sum(${what}) + 0.5) / (sum(${sum('a.lessons')}) + 1) as value, count(*) as n
    from records.absence a where a.superseded_by is null and a.school_year <= $1
   group by 1, 2 having sum(${sum('a.lessons')}) > 0`

/** What is watched of marks, absence and money, school by school and year by year. */
export const recordsFigures: readonly WatchedFigure[] = [
  {
    code: 'marks_mean',
    title: { lv: 'Vidējais gada vērtējums', en: 'Mean mark of the year' },
    unit: 'number',
    where: journal('Gada vērtējums', 'Mark of the year'),
    offset: 0,
    fewest: 30,
    isComparable: true,
    records: `
      select m.institution_id, m.school_year, avg(x.mark) as value, count(distinct m.learner_id) as n
        from records.marks m cross join lateral unnest(m.year_mark) x (mark)
       where m.superseded_by is null and m.scale = 'ten' and m.school_year <= $1 and x.mark is not null
       group by 1, 2`,
  },
  {
    code: 'absence',
    title: { lv: 'Kavēto stundu daļa', en: 'Share of lessons missed' },
    unit: 'share',
    where: journal('Kavējumi', 'Absence'),
    offset: 0,
    fewest: 30,
    isComparable: true,
    records: missed(`${sum('a.excused')} + ${sum('a.unexcused')}`),
  },
  {
    code: 'unexcused_absence',
    title: { lv: 'Neattaisnoti kavēto stundu daļa', en: 'Share of lessons missed without excuse' },
    unit: 'share',
    where: journal('Kavējuma veids', 'Type of absence'),
    offset: 0,
    fewest: 100,
    isComparable: true,
    records: missed(sum('a.unexcused')),
  },
  {
    code: 'delivered',
    title: { lv: 'Novadīto stundu daļa', en: 'Share of planned lessons delivered' },
    unit: 'share',
    where: journal('Novadītās stundas', 'Lessons delivered'),
    offset: 0,
    fewest: 2,
    isComparable: true,
    records: `
      select c.institution_id, c.school_year,
             (sum(${sum('l.delivered')}) + 0.5) / (sum(${sum('l.planned')}) + 1) as value, count(*) as n
        from records.lesson_delivery l
        join registry.class_group_version c on c.class_group_id = l.class_group_id and c.superseded_by is null
       where l.superseded_by is null and c.school_year < $1
       group by 1, 2 having sum(${sum('l.planned')}) > 0`,
  },
  {
    code: 'cost_per_learner',
    title: { lv: 'Izdevumi uz vienu skolēnu', en: 'Cost of a pupil' },
    unit: 'euro',
    where: {
      lv: 'VIIS, iestādes finanšu pārskats',
      en: 'VIIS, financial report of the institution',
    },
    offset: 0,
    fewest: 20,
    isComparable: true,
    records: `
      select f.institution_id, f.year as school_year, f.spent / l.learners as value, l.learners as n
        from (select institution_id, year, (coalesce(salary_state_grant, 0) + coalesce(salary_municipal, 0)
                + coalesce(maintenance, 0) + coalesce(transport, 0) + coalesce(meals, 0) + coalesce(other, 0))::float8 as spent
                from records.finance where superseded_by is null) f
        join (select institution_id, school_year, count(*) as learners from registry.enrolment
               where superseded_by is null and main and valid @> make_date(school_year - 1, 10, 1) group by 1, 2) l
          on l.institution_id = f.institution_id and l.school_year = f.year
       where f.spent > 0`,
  },
]
