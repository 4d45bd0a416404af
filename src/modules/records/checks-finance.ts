import { type Check, check } from '#modules/checks/index.ts'

const budget = (lv: string, en: string) => ({
  lv: `VIIS, izglītības iestādes izmaksas, lauks „${lv}”`,
  en: `VIIS, costs of the institution, field “${en}”`,
})

/** Pupils on 1 October of the calendar year that was over when the school year began. */
const pupils = `
      select e.institution_id, count(distinct e.learner_id) as pupils from registry.enrolment e
       where e.school_year = $1 - 1 and e.main and e.superseded_by is null and e.valid @> make_date($1 - 2, 10, 1) group by 1`

/** Costs of institutions with pupils in the latest calendar year that was over. */
const costs = (fault: string, detail: string) => `
  select f.institution_id, f.institution_id as subject_id, ${fault} as fault, ${detail} as detail, f.import_id, f.line
    from records.finance f join (${pupils}) p using (institution_id)
   where f.superseded_by is null and f.year = $1 - 2`

/** Salaries of a month and pupil, EUR. */
const pay = `(coalesce(f.salary_state_grant, 0) + coalesce(f.salary_municipal, 0)) / 12 / p.pupils`

/** What can be wrong about costs. */
export const financeChecks: readonly Check[] = [
  check({
    code: 'finance.missing',
    subject: 'institution',
    certainty: 'doubtful',
    title: { lv: 'Iestādei nav izmaksu', en: 'An institution has no costs' },
    why: {
      lv: 'Iestāde trūkst izmaksu rādītājos, un pašvaldības vidējais ir par citām skolām.',
      en: 'The institution is missing from the indicators of cost, and the mean of the municipality is about other schools.',
    },
    where: budget('Kalendāra gads', 'Calendar year'),
    // Of institutions of municipalities, whose costs are told; of a year of which any are.
    records: () => `
      select v.institution_id, v.institution_id as subject_id,
             not exists (select from records.finance f where f.institution_id = v.institution_id and f.year = $1 - 2
                            and f.superseded_by is null) as fault,
             jsonb_build_object('year', $1 - 2, 'learners', p.pupils) as detail, v.import_id, v.line
        from registry.institution_version v
        join (${pupils}) p using (institution_id)
        join registry.founder_version o on o.founder_id = v.founder_id and o.kind = 'municipality' and o.superseded_by is null
       where v.superseded_by is null and v.valid @> $2::date
         and exists (select from records.finance f where f.year = $1 - 2 and f.superseded_by is null)`,
  }),
  check({
    code: 'finance.no_grant',
    subject: 'institution',
    certainty: 'doubtful',
    title: {
      lv: 'Nav valsts mērķdotācijas pedagogu algām',
      en: 'There is no state grant for the pay of teachers',
    },
    why: {
      lv: 'Izmaksas uz skolēnu būs par mazu; mērķdotāciju saņem katra iestāde ar obligātās izglītības skolēniem.',
      en: 'Cost per pupil will be too low; every institution with pupils of compulsory education gets the grant.',
    },
    where: budget('Valsts mērķdotācija', 'State grant'),
    records: () =>
      costs(
        'coalesce(f.salary_state_grant, 0) = 0',
        `jsonb_build_object('year', f.year, 'learners', p.pupils)`,
      ),
  }),
  check({
    code: 'finance.pay_of_pupil',
    subject: 'institution',
    certainty: 'doubtful',
    title: {
      lv: 'Algas uz skolēnu ir neparasti mazas vai lielas',
      en: 'Pay per pupil is unusually low or high',
    },
    why: {
      lv: 'Visbiežāk summa ierakstīta tūkstošos vai par citu laiku; tā izkropļo pašvaldības vidējo.',
      en: 'Most often the amount is in thousands or of another time; it bends the mean of the municipality.',
    },
    where: budget('Darba samaksa', 'Salaries'),
    thresholds: ['least', 'most'],
    records: ({ least, most }) =>
      `${costs(
        `${pay} not between ${least} and ${most}`,
        `jsonb_build_object('year', f.year, 'euros', round(${pay}, 2), 'learners', p.pupils)`,
      )} and coalesce(f.salary_state_grant, 0) > 0`,
  }),
]
