import { current, type Definition, everBefore, everyLevel, ratio } from '#modules/indicators/define.ts'
import { enrolmentLines, isOfGeneral, october } from '#modules/registry/index.ts'
import { assumed } from './assumption.ts'
import { gradesOf } from './indicators-grades.ts'

/** Children who begin school after so many years are born already: later years would need a forecast of births. */
const AHEAD = 6 // years
const OF_GRADE_1 = 6 // age on 1 January of the year in which grade 1 is begun

/** A rate of a municipality, drawn towards that of the state the more the fewer pupils stand behind it. */
const drawn = (over: string, under: string) =>
  `(m.${over} + k.weight * s.${over} / s.${under}) / (m.${under} + k.weight)`

/**
 * Pupils by institution and grade as they may be six years on (cohort survival): every grade of a municipality moves up by the mean share of
 * three years; grade 1 is begun by the share of the children of its age that began it in three years; a school keeps its share of three years
 * in the grade. Rates are those of sums, never means of rates. Borders are those of the October.
 */
const ahead = `
    with recursive lies as materialized (
      select distinct on (v.institution_id) v.institution_id, v.territory_id from registry.institution_version v
       where coalesce(lower(v.valid) <= ${october()}, true) and ${current('v')}
       order by v.institution_id, v.valid desc
    ), roll as materialized (
      select e.institution_id, l.territory_id, e.school_year, e.grade, count(*)::float8 as pupils
        from registry.enrolment e join lies l using (institution_id)
       where e.school_year between $2::int - 3 and $2::int and e.main and e.grade between 1 and 12 and ${isOfGeneral('e.programme_code')}
         and e.valid @> make_date(e.school_year - 1, 10, 1) and ${current('e')}
       group by 1, 2, 3, 4
    ), k as (
      select ${assumed(`'projection.weight-of-state'`)} as weight
    ), place as (
      select distinct territory_id from roll where school_year = $2
    ), step as (
      select p.territory_id, g.grade, coalesce(sum(r.pupils) filter (where r.grade = g.grade and r.school_year < $2), 0) as below,
             coalesce(sum(r.pupils) filter (where r.grade = g.grade + 1 and r.school_year > y.first), 0) as above
        from place p cross join generate_series(1, 11) g (grade) cross join (select min(school_year) as first from roll) y
        left join roll r on r.territory_id = p.territory_id and r.grade in (g.grade, g.grade + 1)
       group by 1, 2
    ), step_of_state as (
      select grade, sum(below) as below, sum(above) as above from step group by 1
    ), moves as (
      select m.territory_id, m.grade, ${drawn('above', 'below')} as share
        from step m join step_of_state s using (grade) cross join k where s.below > 0
    ), child as (
      select p.territory_id, n.year, n.age, sum(n.people)::float8 as people
        from place p join records.population n using (territory_id)
       where ${current('n')} and (n.year = $2::int - 1 and n.age < ${OF_GRADE_1} or n.year between $2::int - 3 and $2::int - 1 and n.age = ${OF_GRADE_1})
       group by 1, 2, 3
    ), entry as (
      select c.territory_id, sum(c.people) as children, sum(coalesce(r.pupils, 0)) as begun
        from child c
        join (select distinct school_year from roll) y on y.school_year = c.year + 1
        left join (select territory_id, school_year, sum(pupils) as pupils from roll where grade = 1 group by 1, 2) r
          on r.territory_id = c.territory_id and r.school_year = c.year + 1
       where c.age = ${OF_GRADE_1} group by 1
    ), entry_of_state as (
      select sum(children) as children, sum(begun) as begun from entry
    ), begins as (
      select m.territory_id, ${drawn('begun', 'children')} as share
        from entry m cross join entry_of_state s cross join k where s.children > 0
    ), cohort as (
      select p.territory_id, g.grade, 0 as years, coalesce(sum(r.pupils), 0) as pupils
        from place p cross join generate_series(1, 12) g (grade)
        left join roll r on r.territory_id = p.territory_id and r.grade = g.grade and r.school_year = $2
       group by 1, 2
      union all
      select c.territory_id, 1, ${OF_GRADE_1} - c.age, c.people * b.share
        from child c join begins b using (territory_id) where c.age < ${OF_GRADE_1} and c.year = $2::int - 1
    ), moved as (
      select territory_id, grade, years, pupils from cohort
      union all
      select d.territory_id, d.grade + 1, d.years + 1, d.pupils * m.share
        from moved d join moves m using (territory_id, grade) where d.years < ${AHEAD}
    ), kept as (
      select r.institution_id, r.territory_id, r.grade, sum(r.pupils) as pupils
        from roll r
       where r.school_year > $2::int - 3
         and exists (select from roll n where n.institution_id = r.institution_id and n.school_year = $2
                                          and ${gradesOf('n.grade')} = ${gradesOf('r.grade')})
       group by 1, 2, 3
    ), to_come as (
      select x.institution_id, x.grade, d.pupils * x.pupils / sum(x.pupils) over (partition by x.territory_id, x.grade) as pupils
        from kept x join moved d on d.territory_id = x.territory_id and d.grade = x.grade and d.years = ${AHEAD}
    ), known as (
      select territory_id, ${gradesOf('grade')} as subject from moved where years = ${AHEAD} group by 1, 2 having count(*) = 3
    ), present as (
      select institution_id, territory_id, ${gradesOf('grade')} as subject, sum(pupils) as pupils
        from roll where school_year = $2 group by 1, 2, 3
    ), coming as (
      select institution_id, ${gradesOf('grade')} as subject, sum(pupils order by grade) as ahead from to_come group by 1, 2
    ), beside as (
      select n.institution_id, n.subject, n.pupils, coalesce(c.ahead, 0) as ahead
        from present n join known using (territory_id, subject) left join coming c using (institution_id, subject)
    )`

const projection = ratio({
  code: 'NET-13',
  looks: everBefore,
  version: 2,
  area: 'governance.admin',
  topic: 'network',
  name: { lv: 'Skolēnu skaita prognoze', en: 'Projected number of pupils' },
  short: { lv: 'Pēc sešiem gadiem', en: 'In six years' },
  definition: {
    lv: 'Cik vispārējās izglītības skolēnu klašu grupā būs pēc sešiem gadiem, salīdzinot ar šā gada 1. oktobri (100 %: tikpat). Bērni jau ir dzimuši: klases pašvaldībā virzās uz augšu tā kā vidēji pēdējos trijos gados, 1. klasē nāk tāda pati daļa no sešgadniekiem, un skola patur savu trīs gadu daļu.',
    en: 'How many pupils of general education a group of grades will have in six years against this 1 October (100 %: as many). The children are born: grades of a municipality move up as in the mean of the last three years, the same share of six-year-olds begins grade 1, and a school keeps its share of three years.',
  },
  doesNotSay: {
    lv: 'Tā nav nākotne, bet skaitlis, ja viss turpinās kā līdz šim: jaunas mājas, slēgta skola vai pārcelšanās to maina. Vienai skolai kļūda var būt desmitā daļa un vairāk; robežas rāda, cik skolas atšķiras, nevis prognozes kļūdu.',
    en: 'It is not the future but what comes if all goes on as before: new houses, a closed school or people moving change it. For a single school it may be a tenth off and more; the interval shows how schools differ, not the error of a forecast.',
  },
  of: { lv: 'klašu grupas skolēni 1. oktobrī', en: 'pupils of the group on 1 October' },
  source: {
    lv: 'Izglītības reģistrs un iedzīvotāju skaits pēc vecuma',
    en: 'Education register and people by age',
  },
  better: 'neutral',
  unit: 'share',
  levels: everyLevel,
  lines: enrolmentLines,
  by: [],
  facts: `${ahead}
    select institution_id, coalesce(subject, '-') as subject, sum(ahead order by subject) as y, sum(pupils)::float8 as w,
           sum(pupils)::bigint as n
      from beside group by grouping sets ((institution_id, subject), (institution_id))`,
})

export const projectionIndicators: readonly Definition[] = [projection]
