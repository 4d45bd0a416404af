import { type Check, check } from '#modules/checks/index.ts'
import { journal, lessonsScreen } from './checks-shared.ts'

/** Classes of the school year and of the one before whose lessons are told. */
const delivery = (fault: string, detail: string, more = '') => `
  select g.institution_id, g.class_group_id as subject_id, ${fault} as fault, ${detail} as detail, d.import_id, d.line
    from records.lesson_delivery d
    join registry.class_group_version g
      on g.class_group_id = d.class_group_id and g.superseded_by is null and g.school_year in ($1, $1 - 1)
    ${more}
   where d.superseded_by is null`

/** The first subject whose lessons are so, as `w`. */
const subjectWhere = (so: string) => `left join lateral (
      select u.subject, u.planned, u.delivered from unnest(d.subjects, d.planned, d.delivered) with ordinality u (subject, planned, delivered, place)
       where u.planned > 0 and ${so} order by u.place limit 1) w on true`

const numbers = `jsonb_build_object('subject', w.subject, 'planned', w.planned, 'delivered', w.delivered)`

/** What can be wrong about lessons, planned and delivered. */
export const lessonsChecks: readonly Check[] = [
  check({
    code: 'lessons.more_delivered',
    subject: 'class',
    certainty: 'doubtful',
    title: {
      lv: 'Novadīts daudz vairāk stundu, nekā plānots',
      en: 'Many more lessons were delivered than planned',
    },
    why: {
      lv: 'Plāns nav pārrakstīts vai stundas ierakstītas divreiz.',
      en: 'The plan was not brought up to date, or lessons were entered twice.',
    },
    where: journal(lessonsScreen, 'Novadītās stundas', 'Lessons delivered'),
    thresholds: ['times'],
    records: ({ times }) =>
      delivery('w.subject is not null', numbers, subjectWhere(`u.delivered > ${times} * u.planned`)),
  }),
  check({
    code: 'lessons.few_delivered',
    subject: 'class',
    certainty: 'doubtful',
    title: {
      lv: 'Novadīts daudz mazāk stundu, nekā plānots',
      en: 'Far fewer lessons were delivered than planned',
    },
    why: {
      lv: 'Vai nu stundas nav ierakstītas žurnālā, vai klasei priekšmets ilgi nav mācīts.',
      en: 'Either lessons were not entered in the journal, or the class went without the subject for long.',
    },
    where: journal(lessonsScreen, 'Novadītās stundas', 'Lessons delivered'),
    thresholds: ['share'],
    records: ({ share }) =>
      `${delivery('w.subject is not null', numbers, subjectWhere(`u.delivered < ${share} * u.planned`))}
       and make_date(g.school_year, 7, 1) <= $2::date`,
  }),
  check({
    code: 'lessons.too_many_planned',
    subject: 'class',
    certainty: 'doubtful',
    title: {
      lv: 'Klasei plānots vairāk stundu, nekā gadā ietilpst',
      en: 'More lessons are planned for a class than a year holds',
    },
    why: {
      lv: 'Kāda priekšmeta skaitlis ir kļūdains; atkāpe no parauga plāna būs nepareiza.',
      en: 'The number of some subject is wrong; the deviation from the sample plan will be too.',
    },
    where: journal(lessonsScreen, 'Plānotās stundas', 'Lessons planned'),
    thresholds: ['most'],
    records: ({ most }) =>
      delivery(
        `t.planned > ${most}`,
        `jsonb_build_object('planned', t.planned)`,
        'cross join lateral (select sum(u.planned) as planned from unnest(d.planned) u (planned)) t',
      ),
  }),
  check({
    code: 'lessons.missing',
    subject: 'class',
    certainty: 'doubtful',
    title: { lv: 'Klasei nav stundu plāna', en: 'A class has no plan of lessons' },
    why: {
      lv: 'Citām skolas klasēm stundas ir, šai nav: tā trūkst novadīto stundu rādītājā.',
      en: 'Other classes of the school have lessons, this one has none: it is missing from the indicator of lessons delivered.',
    },
    where: journal(lessonsScreen, 'Klase', 'Class'),
    // Whoever learns at home in the family has no lessons of a class.
    records: () => `
      select g.institution_id, g.class_group_id as subject_id,
             not exists (select from records.lesson_delivery d where d.class_group_id = g.class_group_id and d.superseded_by is null) as fault,
             jsonb_build_object('grade', g.grade) as detail, g.import_id, g.line
        from registry.class_group_version g
        join (
          select distinct o.institution_id, o.school_year
            from records.lesson_delivery d
            join registry.class_group_version o on o.class_group_id = d.class_group_id and o.superseded_by is null
           where d.superseded_by is null and o.school_year in ($1, $1 - 1)
        ) told using (institution_id, school_year)
       where g.superseded_by is null and g.grade >= 1 and coalesce(substr(g.programme_code, 8), '') <> '5'`,
  }),
]
