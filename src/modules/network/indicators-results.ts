import { atOwnYear, current, type Definition, everyLevel, mean } from '#modules/indicators/define.ts'
import { october } from '#modules/registry/index.ts'

/** Pupils of the country with the same circumstances and the same test; fewer say nothing about what is usual for them. */
const FEWEST_ALIKE = 10

const isCounted = `a.school_year = $2 and a.kind in ('exam', 'monitoring')`

/** Means are taken in exact decimals, so that the order of rows cannot matter. */
const adjusted = mean({
  code: 'NET-15',
  looks: atOwnYear,
  version: 1,
  area: 'purpose.achievement',
  topic: 'results',
  name: { lv: 'Rezultāti ar apstākļu korekciju', en: 'Results adjusted for circumstances' },
  short: { lv: 'Ar apstākļu korekciju', en: 'Adjusted for circumstances' },
  definition: {
    lv: 'Par cik punktiem eksāmena vai monitoringa darba rezultāts ir augstāks (plus) vai zemāks (mīnus) nekā vidēji valstī skolēniem tādos pašos apstākļos: tajā pašā ģimenes apstākļu piektdaļā un ar tādu pašu atbildi, vai ir atzinums par speciālām vajadzībām. Vidējais no skolēniem.',
    en: 'By how many points the result of an exam or monitoring test is above (plus) or below (minus) the mean of the pupils of the country in the same circumstances: the same fifth of family circumstances, and with or without a conclusion on special needs. Mean over pupils.',
  },
  doesNotSay: {
    lv: 'Korekcija ņem vērā tikai divas lietas, tāpēc starpība nav skolas nopelns vai vaina. Valstī kopā tā vienmēr ir nulle. Skolēni ar zināmiem apstākļiem nav visi skolēni.',
    en: 'Only two things are adjusted for, so what is left is neither merit nor fault of a school. In the country as a whole it is always zero. Pupils whose circumstances are known are not all pupils.',
  },
  of: {
    lv: 'skolēni ar rezultātu un zināmiem apstākļiem',
    en: 'pupils with a result and known circumstances',
  },
  source: {
    lv: 'Valsts pārbaudījumu rezultāti un statistikas pārvalde',
    en: 'Results of state tests and the statistics office',
  },
  better: 'higher',
  unit: 'points_difference',
  spread: false,
  linkages: ['context', 'results-register'],
  levels: everyLevel,
  by: [],
  lines: `
    select r.institution_id, a.subject, r.import_id, r.line
      from records.result r join records.assessment a using (assessment_id)
     where ${isCounted} and ${current('r')}`,
  facts: `
    select p.institution_id, p.subject, (p.value - p.usual)::float8 as y
      from (
        select r.institution_id, a.subject, r.value::numeric as value, avg(r.value::numeric) over alike as usual,
               count(*) over alike as many
          from records.result r
          join records.assessment a using (assessment_id)
          join records.context x on x.learner_id = r.learner_id and x.school_year = $2 and ${current('x')}
          left join (
            select c.learner_id, bool_or(c.special_need is not null) as has_need
              from registry.learner_circumstance c where c.valid @> ${october()} and ${current('c')} group by 1
          ) c on c.learner_id = r.learner_id
         where ${isCounted} and ${current('r')}
        window alike as (partition by a.assessment_id, x.quintile, coalesce(c.has_need, false))
      ) p
     where p.many >= ${FEWEST_ALIKE}`,
})

export const resultIndicators: readonly Definition[] = [adjusted]
