import {
  atOwnYear,
  bySaid,
  current,
  type Definition,
  everyLevel,
  mean,
  ratio,
  said,
  saidOf,
} from '#modules/indicators/define.ts'

const source = { lv: 'Monitoringa darbi', en: 'Monitoring tests' }

/** Lines of results of monitoring tests that are so; results of tests given here have no file they came from. */
const lines = (so: string) => `
    select r.institution_id, a.subject, r.import_id, r.line
      from records.result r join records.assessment a using (assessment_id)
     where a.school_year = $2 and a.kind = 'monitoring' and ${so} and ${current('r')}`

/** A series of its own for each grade: the same skill in another grade is another test. */
const subjectOf = (domain: string, grade: string) =>
  `(case ${domain} when 'reading' then 'literacy' else ${domain} end || '-' || ${grade})`

const growth = mean({
  code: 'ACH-04',
  looks: atOwnYear,
  version: 2,
  area: 'purpose.achievement',
  topic: 'growth',
  name: { lv: 'Izaugsme no 3. līdz 6. klasei', en: 'Growth from grade 3 to grade 6' },
  short: { lv: 'Izaugsme no 3. līdz 6. klasei', en: 'Growth, grades 3 to 6' },
  definition: {
    lv: 'Cik no simta skolēniem, kuriem 3. klases monitoringa darbā bija tāds pats rezultāts, skolēns līdz 6. klases darbam ir apsteidzis. Rāda vidējo visiem skolēniem ar abiem rezultātiem.',
    en: 'Of a hundred pupils with the same result in the monitoring test of grade 3, how many a pupil has outgrown by the test of grade 6. Shown is the mean over all pupils with both results.',
  },
  doesNotSay: {
    lv: 'Valstī kopā tas vienmēr ir ap 50, tāpēc kopējo progresu tas nerāda. Apstākļi ārpus skolas nav atdalīti, un par viena skolotāja darbu tas neko nesaka.',
    en: 'In the country as a whole it is always about 50, so it does not show progress of all. Circumstances outside school are not separated, and it says nothing about the work of a single teacher.',
  },
  of: { lv: 'skolēni ar rezultātu 3. un 6. klasē', en: 'pupils with results in grades 3 and 6' },
  source,
  better: 'higher',
  unit: 'percentile',
  spread: true,
  linkages: ['results-years', 'results-register'],
  levels: everyLevel,
  by: bySaid,
  lines: lines('a.grade = 6'),
  facts: `
    select p.institution_id, ${subjectOf('p.domain', 'p.to_grade')} as subject, p.in_groups::float8 as y, ${said}
      from growth.progress p
      ${saidOf('p.learner_id')}
     where p.school_year = $2 and p.status <> 'preliminary'`,
})

/**
 * Results of a school year that are final, one a learner and test (a round given here before the same test from outside), without
 * samples; in exact decimals, so that the order of rows cannot matter. Those of tests given here came with no import: they are taken as
 * they are, whatever `$1` is.
 */
const results = `
      select distinct on (m.learner_id, m.subject) m.learner_id, m.institution_id, m.subject, m.score::numeric as score
        from assessments.measured m
       where m.school_year = $2 and m.status <> 'preliminary' and m.kind <> 'sample' and $1::bigint is not null
       order by m.learner_id, m.subject, m.kind = 'outside', m.round desc`

/**
 * The share of variance between schools by analysis of variance: τ² = (between − within mean square) / n₀. Rows are schools, so that
 * Σy is τ² and Σw is τ² + σ²; each school's part is taken from the mean of the country, so there is no such figure of a place in it.
 */
const betweenSchools = ratio({
  code: 'EQU-02',
  looks: atOwnYear,
  version: 2,
  area: 'purpose.equity',
  topic: 'results',
  name: { lv: 'Cik rezultāti atšķiras starp skolām', en: 'How much results differ between schools' },
  short: { lv: 'Atšķirības starp skolām', en: 'Differences between schools' },
  definition: {
    lv: 'Kāda daļa no visām skolēnu rezultātu atšķirībām ir starp skolām, nevis skolas iekšienē (starpklašu korelācija pa skolām). 0 %: skolas ir vienādas; 100 %: vienas skolas skolēni zina vienādi.',
    en: 'What part of all differences between results of pupils lies between schools and not inside a school (intraclass correlation). 0 %: schools are alike; 100 %: pupils of one school know the same.',
  },
  doesNotSay: {
    lv: 'Tas nesaka, ka skolas māca dažādi labi: skolās mācās bērni ar dažādu sākumu. Kura skola ir kāda, no tā nav redzams.',
    en: 'It does not say that schools teach differently well: children with different starts go to different schools. No single school can be seen in it.',
  },
  of: { lv: 'skolēni ar rezultātu', en: 'pupils with a result' },
  source,
  better: 'lower',
  unit: 'share',
  linkages: ['results-register'],
  levels: ['state'],
  by: [],
  lines: lines('true'),
  facts: `
    with result as (${results}
    ), school as (
      select subject, institution_id, count(*)::numeric as n, sum(score) / count(*) as mean,
             sum(score * score) - sum(score) * sum(score) / count(*) as inside
        from result group by 1, 2
    ), country as (
      select subject, sum(n) - count(*) as free, count(*) - 1 as others, sum(n * mean) / sum(n) as mean,
             (sum(n) - sum(n * n) / sum(n)) / (count(*) - 1) as usual
        from school group by 1 having count(*) > 1 and sum(n) > count(*)
    ), part as (
      select s.subject, s.institution_id, s.n, s.inside / c.free as inside,
             (s.n * (s.mean - c.mean) * (s.mean - c.mean) / c.others - s.inside / c.free) / c.usual as between_them
        from school s join country c using (subject)
    )
    select institution_id, subject, between_them::float8 as y, (between_them + inside)::float8 as w, n::bigint as n from part`,
})

/** The slope of results on the quintile of circumstances, Σ(x − x̄)(y − ȳ) / Σ(x − x̄)²; rows are schools, so the error is that of clusters. */
const gradient = ratio({
  code: 'EQU-03',
  looks: atOwnYear,
  version: 2,
  area: 'purpose.equity',
  topic: 'results',
  name: { lv: 'Cik rezultāti seko ģimenes apstākļiem', en: 'How far results follow family circumstances' },
  short: { lv: 'Rezultāti un ģimenes apstākļi', en: 'Results and circumstances' },
  definition: {
    lv: 'Par cik punktiem vidēji augstāks ir rezultāts ar katru nākamo ģimenes apstākļu piektdaļu (no pirmās, visgrūtākajos apstākļos, līdz piektajai).',
    en: 'By how many points results are higher on average with every next fifth of family circumstances (from the first, least well off, to the fifth).',
  },
  doesNotSay: {
    lv: 'Tas apraksta valsti kopā un neko nepasaka par atsevišķu bērnu: katrā piektdaļā ir visu līmeņu rezultāti.',
    en: 'It describes the country and says nothing about a single child: in every fifth there are results of all levels.',
  },
  of: {
    lv: 'skolēni ar rezultātu un zināmiem apstākļiem',
    en: 'pupils with a result and known circumstances',
  },
  source,
  better: 'lower',
  unit: 'points_difference',
  linkages: ['context', 'results-register'],
  levels: ['state'],
  by: [],
  lines: lines('true'),
  facts: `
    with result as (${results}
    ), known as (
      select r.subject, r.institution_id, r.score, x.quintile::numeric as fifth
        from result r
        join records.context x on x.learner_id = r.learner_id and x.school_year = $2 and ${current('x')}
    ), country as (
      select subject, avg(score) as score, avg(fifth) as fifth from known group by 1 having count(distinct fifth) > 1
    )
    select k.institution_id, k.subject, sum((k.fifth - c.fifth) * (k.score - c.score))::float8 as y,
           sum((k.fifth - c.fifth) * (k.fifth - c.fifth))::float8 as w, count(*) as n
      from known k join country c using (subject) group by 1, 2`,
})

export const growthIndicators: readonly Definition[] = [growth, betweenSchools, gradient]
