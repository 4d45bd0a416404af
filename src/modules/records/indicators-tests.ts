import {
  atOwnYear,
  bySaid,
  current,
  type Definition,
  everBefore,
  everyLevel,
  mean,
  said,
  saidOf,
  share,
} from '#modules/indicators/define.ts'
import { ofTests, resultLines } from './indicators-shared.ts'

/** Part of the enrolled learners of the tested grade who have a result. */
const participation = share({
  code: 'ACH-10',
  looks: atOwnYear,
  version: 2,
  area: 'purpose.achievement',
  topic: 'participation',
  name: { lv: 'Piedalīšanās pārbaudījumā', en: 'Participation in the test' },
  short: { lv: 'Piedalījās', en: 'Took part' },
  definition: {
    lv: 'Daļa no skolēniem, kas mācību gadā bija iestādes sarakstā pārbaudījuma klasē un kam ir pārbaudījuma rezultāts.',
    en: 'Share of the pupils on the roll of the institution in the tested grade who have a result in the test.',
  },
  doesNotSay: {
    lv: 'Zema daļa nenozīmē, ka kāds vainīgs: skolēns var būt slimojis, atbrīvots vai izvēlējies citu pārbaudījumu.',
    en: 'A low share blames nobody: a pupil may have been ill, exempt, or have chosen another test.',
  },
  of: { lv: 'skolēni iestādes sarakstā', en: 'pupils on the roll' },
  source: ofTests,
  better: 'higher',
  linkages: ['results-register'],
  levels: everyLevel,
  by: bySaid,
  lines: resultLines(),
  facts: `
    select e.institution_id, a.subject, case when r.learner_id is null then 0 else 1 end::float8 as y,
           ${said}
      from registry.enrolment e
      join records.assessment a on a.school_year = e.school_year and coalesce(a.grade, e.grade) = e.grade
      left join records.result r
        on r.learner_id = e.learner_id and r.assessment_id = a.assessment_id and ${current('r')}
      ${saidOf('e.learner_id')}
     where e.school_year = $2 and e.main and ${current('e')}`,
})

/**
 * Progress: the later result minus the mean later result of all pupils who started level. Pupils start level when they
 * fall into the same of 34 groups of the earlier result (equal results are never parted), as in Progress 8. Means are
 * taken in exact decimals, so that the order of rows cannot matter.
 */
const progress = mean({
  code: 'ACH-11',
  looks: everBefore,
  version: 2,
  area: 'purpose.achievement',
  topic: 'results',
  name: { lv: 'Izaugsme starp diviem pārbaudījumiem', en: 'Progress between two tests' },
  short: { lv: 'Izaugsme', en: 'Progress' },
  definition: {
    lv: 'Par cik punktiem skolēnu rezultāts atšķiras no vidējā rezultāta skolēniem, kuriem agrāk bija tāds pats sākums. Valstī kopā izaugsme ir nulle.',
    en: 'By how many points results differ from the mean result of pupils who started level. In the state as a whole it is zero.',
  },
  doesNotSay: {
    lv: 'Nulle nenozīmē, ka skolēni neko neiemācījās: tā nozīmē, ka viņi auga tikpat, cik citi ar tādu pašu sākumu. Apstākļi ārpus skolas nav atdalīti.',
    en: 'Zero does not mean nothing was learnt: it means as much progress as others who started level. Circumstances outside school are not separated.',
  },
  of: { lv: 'skolēni ar abiem rezultātiem', en: 'pupils with both results' },
  source: ofTests,
  better: 'higher',
  unit: 'points_difference',
  spread: false,
  linkages: ['results-years', 'results-register'],
  levels: everyLevel,
  by: bySaid,
  lines: resultLines(),
  facts: `
    select p.institution_id, p.subject, (p.later::numeric - avg(p.later::numeric) over (partition by p.subject, p.start))::float8 as y, ${bySaid.map((name) => `p.${name}`).join(', ')}
      from (
        select r.institution_id, a.subject, r.value as later, ${said},
               ceil(34 * cume_dist() over (partition by a.assessment_id order by s.value)) as start
          from records.result r
          join records.assessment a using (assessment_id)
          join records.result s
            on s.learner_id = r.learner_id and s.assessment_id = a.starts_from and ${current('s')}
          ${saidOf('r.learner_id')}
         where a.school_year = $2 and ${current('r')}
      ) p`,
})

export const testIndicators: readonly Definition[] = [participation, progress]
