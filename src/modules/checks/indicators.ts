import { atOwnYear, type Definition, ratio } from '#modules/indicators/define.ts'

/** Questions asked of the records of institutions, and of how many the answer was good: of the latest run of a school year. */
const quality = ratio({
  code: 'ADM-03',
  looks: atOwnYear,
  version: 1,
  area: 'governance.admin',
  topic: 'resources',
  name: { lv: 'Datu kvalitāte reģistrā', en: 'Quality of data in the register' },
  short: { lv: 'Datu kvalitāte', en: 'Quality of data' },
  definition: {
    lv: 'Daļa no ierakstu pārbaudēm mācību gada pēdējā pārbaudē, kurās nekas labojams netika atrasts.',
    en: 'Share of the checks of records in the last run of the school year that found nothing to correct.',
  },
  doesNotSay: {
    lv: 'Pārbaudes atrod tikai to, kas nevar būt vai ir ļoti reti; kļūdu, kas izskatās pareiza, tās neredz.',
    en: 'Checks find only what cannot be or is very rare; a mistake that looks right is not seen by them.',
  },
  of: { lv: 'ierakstu pārbaudes', en: 'checks of records' },
  source: { lv: 'Datu pārbaudes', en: 'Checks of the data' },
  better: 'higher',
  levels: ['state', 'region', 'municipality', 'school'],
  unit: 'share',
  ofPeople: false,
  by: [],
  // a run is no file: what it asked of are the records as they were known after its import
  lines: `
    select s.institution_id, '-' as subject, r.as_of_import as import_id, 1::bigint as line
      from checks.score s join checks.run r using (run_id)
     where r.school_year = $2 and r.as_of_import <= $1`,
  facts: `
    select s.institution_id, '-' as subject, sum(s.asked - s.faults)::float8 as y, sum(s.asked)::float8 as w, 0 as n
      from checks.score s
     where s.run_id = (select max(r.run_id) from checks.run r where r.school_year = $2 and r.as_of_import <= $1)
     group by s.institution_id`,
})

/** What the checks add to the catalogue. */
export const checksIndicators: readonly Definition[] = [quality]
