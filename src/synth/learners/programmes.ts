import type { Form, School } from '../network/school.ts'

/**
 * The programme code of the Latvian classification of education: stage and type (2 characters), field (2), sort of programme or
 * special type 51–59 (2), language (1 Latvian, 2 of a minority), form (1 full time, 3 part time, 4 distance; 5 at home in the family is our own).
 *
 * @param need   type of special programme; 0: none
 */
export function programmeCode(
  school: School,
  grade: number,
  isMinority: boolean,
  need: number,
  isAtHome = false,
): string {
  const ending = `${isMinority ? 2 : 1}${isAtHome ? AT_HOME : forms[school.form]}`
  if (grade === 0) return `0101${need || 11}${ending}`
  if (grade >= 10) return `310110${ending}`
  return `${school.type === 'primary' ? 11 : 21}01${need || 11}${ending}`
}

const forms: Record<Form, number> = { full_time: 1, evening: 2, part_time: 3, distance: 4 }

const AT_HOME = 5
/** Whether a programme of basic education is one for those who learn at home. */
export const isHomeProgramme = (code: string): boolean => /^[12]101...5$/.test(code)

/** First school year in which a grade is taught in Latvian everywhere (transition of 2023–2025). */
function inLatvianFrom(grade: number): number {
  if (grade === 0) return 2024
  if (grade >= 10) return 2021
  return 2024 + ((grade - 1) % 3)
}

/** Whether a grade of a school is still taught in the language of a minority. */
export function isMinorityGrade({ isMinority }: School, grade: number, year: number): boolean {
  return isMinority && year < inLatvianFrom(grade)
}

/** Programmes in use, with the first and the last school year. */
export class ProgrammesInUse {
  private readonly years = new Map<string, { school: School; code: string; first: number; last: number }>()

  use(school: School, code: string, year: number): void {
    const key = `${school.at} ${code}`
    const known = this.years.get(key)
    if (known) known.last = year
    else this.years.set(key, { school, code, first: year, last: year })
  }

  list() {
    return [...this.years.values()].sort((a, b) => a.school.at - b.school.at || (a.code < b.code ? -1 : 1))
  }
}
