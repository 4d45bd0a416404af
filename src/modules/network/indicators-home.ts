import { atOwnYear, current, type Definition, share } from '#modules/indicators/define.ts'
import { enrolmentLines, isOfGeneral, october, register } from '#modules/registry/index.ts'
import { gradesOf } from './indicators-grades.ts'

/**
 * Attendance where children live. Cubes add up institutions, so the pupils who live in a municipality are counted at one institution of it,
 * that of the lowest number; there is therefore no such figure of a school.
 */
const atHome = share({
  code: 'NET-11',
  looks: atOwnYear,
  version: 1,
  area: 'environment.access',
  topic: 'network',
  name: { lv: 'Mācās savā pašvaldībā', en: 'Attend school where they live' },
  short: { lv: 'Savā pašvaldībā', en: 'In the own municipality' },
  definition: {
    lv: 'Daļa no pašvaldībā dzīvojošajiem vispārējās izglītības 1.–12. klases skolēniem, kuri 1. oktobrī mācās kādā šīs pašvaldības iestādē; kopā un pa klašu grupām. Skaita tur, kur skolēns dzīvo.',
    en: 'Share of the pupils of general education in grades 1–12 living in a municipality who on 1 October learn in an institution of it; together and by group of grades. Pupils count where they live.',
  },
  doesNotSay: {
    lv: 'Skolu uzņemšanas apkaimes reģistrs nezina, tāpēc apkaime ir visa pašvaldība. Mācīties citur nav ne slikti, ne labi: tuvākā skola var būt aiz pašvaldības robežas.',
    en: 'The register does not know catchments of schools, so the whole municipality stands for one. To learn elsewhere is neither bad nor good: the nearest school may lie beyond the border.',
  },
  of: {
    lv: 'skolēni ar zināmu dzīvesvietu pašvaldībā, kurā ir iestādes',
    en: 'pupils whose residence is known and lies in a municipality with institutions',
  },
  source: register,
  better: 'neutral',
  levels: ['state', 'region', 'municipality'],
  lines: enrolmentLines,
  by: [],
  facts: `
    with lies as materialized (
      select v.institution_id, v.territory_id from registry.institution_version v where v.valid @> ${october()} and ${current('v')}
    ), stands_for as materialized (
      select territory_id, min(institution_id) as institution_id from lies group by 1
    )
    select f.institution_id, s.subject, (c.territory_id = v.territory_id)::int::float8 as y
      from registry.enrolment e
      join registry.learner_circumstance c
        on c.learner_id = e.learner_id and c.territory_id is not null and c.valid @> ${october()} and ${current('c')}
      join lies v on v.institution_id = e.institution_id
      join stands_for f on f.territory_id = c.territory_id
     cross join lateral (values ('-'), (${gradesOf('e.grade')})) s (subject)
     where e.school_year = $2 and e.main and e.grade between 1 and 12 and ${isOfGeneral('e.programme_code')}
       and e.valid @> ${october()} and ${current('e')}`,
})

export const homeIndicators: readonly Definition[] = [atHome]
