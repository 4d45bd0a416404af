/** The group of grades that criteria are about; null in preschool and beyond grade 12. */
export function gradesOf(grade: string): string {
  return `case when ${grade} between 1 and 3 then '1-3' when ${grade} between 4 and 6 then '4-6'
               when ${grade} between 7 and 9 then '7-9' when ${grade} between 10 and 12 then '10-12' end`
}
