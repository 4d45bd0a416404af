import {
  atOwnYear,
  bySaid,
  current,
  type Definition,
  everyLevel,
  mean,
  said,
  saidOf,
} from '#modules/indicators/define.ts'
import { ofJournals, resultLines } from './indicators-shared.ts'

const isExam = `a.kind = 'exam'`

/** Subject a series of exams is in: `exam-12-mathematics-ol` is in mathematics. */
const subjectOf = `regexp_replace(regexp_replace(a.subject, '^exam-[0-9]+-', ''), '-(ol|al)$', '')`

/** Means and deviations are of exact decimals, so that the order of rows cannot matter. */
const inExam = (what: string) =>
  `(${what}::numeric - avg(${what}::numeric) over exam) / nullif(stddev_samp(${what}::numeric) over exam, 0)`

/**
 * How many deviations the mark of the year stands above the mean mark of all who took the exam, less how many the result stands above
 * their mean result; told in points of the exam, a deviation of its results for each.
 */
const marksAgainstExam = mean({
  code: 'ACH-09',
  looks: atOwnYear,
  version: 2,
  area: 'purpose.achievement',
  topic: 'results',
  name: { lv: 'Gada atzīme pret eksāmenu', en: 'Annual mark against the exam' },
  short: { lv: 'Atzīme pret eksāmenu', en: 'Mark against exam' },
  definition: {
    lv: 'Par cik eksāmena punktiem gada atzīmes ir augstākas, nekā atbilst eksāmena rezultātam: atzīmes un rezultāta novirzes no visu kārtotāju vidējā starpība. Valstī kopā tā ir nulle.',
    en: 'By how many points of the exam annual marks are higher than the results: the difference between how far mark and result are from the means of all who took the exam. In the state as a whole it is zero.',
  },
  doesNotSay: {
    lv: 'Atzīme rāda visu gadu, eksāmens vienu dienu: starpība nav kļūda. Liela starpība ir iemesls pārrunāt vērtēšanu, nevis pārmest.',
    en: 'A mark tells of a whole year, an exam of one day: a difference is no mistake. A large one is a reason to talk about marking, not to blame.',
  },
  of: { lv: 'skolēni ar atzīmi un eksāmenu', en: 'pupils with a mark and an exam' },
  source: ofJournals,
  better: 'neutral',
  unit: 'points_difference',
  spread: false,
  linkages: ['results-register'],
  levels: everyLevel,
  by: bySaid,
  lines: resultLines(isExam),
  facts: `
    select p.institution_id, p.subject,
           round((p.mark - p.points) * p.deviation, 6)::float8 as y, ${said}
      from (
        select institution_id, learner_id, subject, ${inExam('mark')} as mark, ${inExam('value')} as points,
               stddev_samp(value::numeric) over exam as deviation
          from (
            select distinct on (r.learner_id, a.assessment_id)
                   r.institution_id, r.learner_id, a.subject, a.assessment_id, r.value, k.mark
              from records.result r
              join records.assessment a using (assessment_id)
              join ( -- all at once: marks asked for learner by learner take minutes
                select m.learner_id, m.institution_id, x.subject, x.mark
                  from records.marks m cross join lateral unnest(m.subjects, m.year_mark) x (subject, mark)
                 where m.school_year = $2 and m.scale = 'ten' and x.mark is not null and ${current('m')}
              ) k on k.learner_id = r.learner_id and k.subject = ${subjectOf}
             where a.school_year = $2 and ${isExam} and ${current('r')}
             order by r.learner_id, a.assessment_id, k.institution_id = r.institution_id desc, k.institution_id
          ) taken
        window exam as (partition by assessment_id)
      ) p
      ${saidOf('p.learner_id')}
     where p.mark is not null and p.points is not null`,
})

export const markIndicators: readonly Definition[] = [marksAgainstExam]
