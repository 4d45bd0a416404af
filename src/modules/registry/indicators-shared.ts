import { current } from '#modules/indicators/define.ts'
import { isGeneral } from './checks/programme-types.ts'

export const register = { lv: 'Izglītības reģistrs', en: 'Education register' }

/** The lines of enrolments of a school year, whatever is asked of them. */
export const enrolmentLines = `
    select e.institution_id, '-' as subject, e.import_id, e.line
      from registry.enrolment e
     where e.school_year = $2 and e.main and ${current('e')}`

/** 1 October of the school year, so many years before. */
export function october(yearsBefore = 0): string {
  return `make_date($2::int - ${yearsBefore + 1}, 10, 1)`
}

/** Whether an enrolment or class is of general education; without a programme it is taken to be. */
export function isOfGeneral(code: string): string {
  return `coalesce(${isGeneral(code)}, true)`
}

/** Pupils of each institution on 1 October, children of preschool groups among them. */
export const pupils = `
    select e.institution_id, count(*) as pupils from registry.enrolment e
     where e.school_year = $2 and e.main and e.valid @> ${october()} and ${current('e')} group by 1`
