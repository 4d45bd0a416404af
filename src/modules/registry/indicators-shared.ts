import { current } from '#modules/indicators/define.ts'
import { isGeneral } from './checks/programme-types.ts'

export const everyLevel = ['state', 'region', 'municipality', 'school'] as const

export const register = { lv: 'Izglītības reģistrs', en: 'Education register' }

/** The lines of enrolments of a school year, whatever is asked of them. */
export const enrolmentLines = `
    select e.institution_id, '-' as subject, e.import_id, e.line
      from registry.enrolment e
     where e.school_year = $2 and e.main and ${current('e')}`

/** Joins what the register says of a learner on 1 October of the school year, as `l`. */
export function sexOf(learner: string): string {
  return `
      left join registry.learner_version l
        on l.learner_id = ${learner} and ${current('l')} and l.valid @> make_date($2::int - 1, 10, 1)`
}

/** 1 October of the school year, so many years before. */
export function october(yearsBefore = 0): string {
  return `make_date($2::int - ${yearsBefore + 1}, 10, 1)`
}

/** Whether an enrolment or class is of general education; without a programme it is taken to be. */
export function isOfGeneral(code: string): string {
  return `coalesce(${isGeneral(code)}, true)`
}
