import { atOwnYear, current, type Definition, everyLevel, ratio } from '#modules/indicators/define.ts'
import { october, pupils } from '#modules/registry/index.ts'

/** Money of the calendar year in which the school year begins, over the pupils of that October. */
const about = {
  version: 1,
  looks: atOwnYear,
  area: 'environment.resources',
  topic: 'network',
  source: { lv: 'Pašvaldību un valsts budžets', en: 'Budgets of municipalities and the state' },
  levels: everyLevel,
  lines: `
    select f.institution_id, '-' as subject, f.import_id, f.line from records.finance f
     where f.year = $2::int - 1 and ${current('f')}`,
  by: [],
} as const

const perPupil = ratio({
  ...about,
  code: 'RES-01',
  name: { lv: 'Izmaksas uz skolēnu', en: 'Cost per pupil' },
  short: { lv: 'Izmaksas uz skolēnu', en: 'Cost per pupil' },
  definition: {
    lv: 'Pedagogu atalgojums no valsts mērķdotācijas un pašvaldības naudas mēnesī, dalīts ar skolēnu skaitu 1. oktobrī. Kalendārais gads, kurā mācību gads sākas.',
    en: 'Salaries of teachers from the state grant and municipal money in a month divided by pupils on 1 October. The calendar year in which the school year begins.',
  },
  doesNotSay: {
    lv: 'Mazā skolā skolēns izmaksā vairāk arī tad, ja naudu tērē saprātīgi. Ēku uzturēšana te nav ieskaitīta.',
    en: 'In a small school a pupil costs more even where money is spent wisely. Upkeep of buildings is not included.',
  },
  of: { lv: 'skolēni iestādēs ar zināmām izmaksām', en: 'pupils of institutions whose costs are known' },
  better: 'neutral',
  unit: 'eur_per_pupil',
  facts: `
    select p.institution_id, '-' as subject, (coalesce(f.salary_state_grant, 0) + coalesce(f.salary_municipal, 0))::float8 / 12 as y,
           p.pupils::float8 as w, p.pupils as n
      from (${pupils}) p
      join records.finance f
        on f.institution_id = p.institution_id and f.year = extract(year from ${october()}) and ${current('f')}
     where f.salary_state_grant is not null or f.salary_municipal is not null`,
})

const byKind = ratio({
  ...about,
  code: 'NET-06',
  name: { lv: 'Izmaksas uz skolēnu pa veidiem', en: 'Cost per pupil by kind' },
  short: { lv: 'Izmaksas pa veidiem', en: 'Cost by kind' },
  definition: {
    lv: 'Gada izdevumi vienam skolēnam: mērķdotācija, pašvaldības daļa atalgojumā, uzturēšana, pārvadāšana, ēdināšana, citi un visi kopā. Kalendārais gads, kurā mācību gads sākas.',
    en: 'Spending of a year per pupil: state grant, municipal part of salaries, upkeep, transport, meals, other, and all together. The calendar year in which the school year begins.',
  },
  doesNotSay: {
    lv: 'Izdevumi, kas uzskaitīti pašvaldības, nevis skolas budžetā, te neparādās.',
    en: 'Spending that stands in the budget of the municipality and not of the school is not here.',
  },
  of: { lv: 'skolēni iestādēs ar zināmām izmaksām', en: 'pupils of institutions whose costs are known' },
  better: 'neutral',
  unit: 'eur_per_pupil',
  facts: `
    select p.institution_id, u.subject, u.spent::float8 as y, p.pupils::float8 as w, p.pupils as n
      from (${pupils}) p
      join records.finance f
        on f.institution_id = p.institution_id and f.year = extract(year from ${october()}) and ${current('f')}
     cross join lateral (values
       ('state-grant', f.salary_state_grant), ('municipal-salaries', f.salary_municipal), ('upkeep', f.maintenance),
       ('transport', f.transport), ('meals', f.meals), ('other', f.other),
       ('-', coalesce(f.salary_state_grant, 0) + coalesce(f.salary_municipal, 0) + coalesce(f.maintenance, 0)
             + coalesce(f.transport, 0) + coalesce(f.meals, 0) + coalesce(f.other, 0))
     ) u (subject, spent)
     where u.spent is not null`,
})

export const costIndicators: readonly Definition[] = [perPupil, byKind]
