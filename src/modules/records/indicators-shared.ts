import { current, said, saidOf } from '#modules/indicators/define.ts'
import { generalProgrammes } from '#terms/programme.ts'

export const ofTests = { lv: 'Valsts pārbaudījumu rezultāti', en: 'Results of state tests' }
export const ofJournals = { lv: 'E-žurnāli', en: 'Electronic school journals' }

/** The lines of results of a school year, of tests that are so; `a` is the test. */
export function resultLines(so = 'true'): string {
  return `
    select r.institution_id, a.subject, r.import_id, r.line
      from records.result r join records.assessment a using (assessment_id)
     where a.school_year = $2 and ${so} and ${current('r')}`
}

/** Every result of a test that is so, with a `y` and the sex of the learner; `a` is the test, `s` its scale. */
export function resultFacts(y: string, so: string): string {
  return `
    select r.institution_id, a.subject, ${y} as y, ${said}
      from records.result r
      join records.assessment a using (assessment_id)
      join records.scale s using (scale_id)
      ${saidOf('r.learner_id')}
     where a.school_year = $2 and ${so} and ${current('r')}`
}

/** Stage of education by programme and grade; without a programme general education. */
export function stageOf(programme: string, grade: string): string {
  const general = generalProgrammes.map((each) => `'${each}'`).join(', ')
  return `case when substr(${programme}, 1, 2) not in (${general}) then 'vocational' when ${grade} <= 3 then '1-3'
               when ${grade} <= 6 then '4-6' when ${grade} <= 9 then '7-9' when ${grade} > 9 then '10-12' else 'unknown' end`
}
