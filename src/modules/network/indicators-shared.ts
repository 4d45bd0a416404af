import { current } from '#modules/indicators/define.ts'
import { generalProgrammes } from '#terms/programme.ts'

export const everyLevel = ['state', 'region', 'municipality', 'school'] as const

export const register = { lv: 'Izglītības reģistrs', en: 'Education register' }

/** 1 October of the school year. */
export const october = 'make_date($2::int - 1, 10, 1)'

/** Whether an enrolment or class is of general education; without a programme it is taken to be. */
export function isGeneral(code: string): string {
  return `coalesce(substr(${code}, 1, 2) in (${generalProgrammes.map((each) => `'${each}'`).join(', ')}), true)`
}

/** The group of grades that criteria are about; null in preschool and beyond grade 12. */
export function gradesOf(grade: string): string {
  return `case when ${grade} between 1 and 3 then '1-3' when ${grade} between 4 and 6 then '4-6'
               when ${grade} between 7 and 9 then '7-9' when ${grade} between 10 and 12 then '10-12' end`
}

/** Pupils of each institution on 1 October, children of preschool groups among them. */
export const pupils = `
    select e.institution_id, count(*) as pupils from registry.enrolment e
     where e.school_year = $2 and e.main and e.valid @> ${october} and ${current('e')} group by 1`

/** The lines of enrolments of a school year. */
export const enrolmentLines = `
    select e.institution_id, '-' as subject, e.import_id, e.line
      from registry.enrolment e
     where e.school_year = $2 and e.main and ${current('e')}`
