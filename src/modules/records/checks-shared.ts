/** Where in electronic school journals something is corrected. The names of screens are assumptions until their keepers confirm them. */
export const journal = (screen: { lv: string; en: string }, lv: string, en: string) => ({
  lv: `E-žurnāls, ${screen.lv}, lauks „${lv}”`,
  en: `School journal, ${screen.en}, field “${en}”`,
})

export const marksScreen = { lv: 'vērtējumi', en: 'marks' }
export const absenceScreen = { lv: 'kavējumi', en: 'absence' }
export const lessonsScreen = { lv: 'stundu plāns un uzskaite', en: 'plan and record of lessons' }

/** Where in the state examination system (VPS) a result is corrected. */
export const vps = (lv: string, en: string) => ({
  lv: `VPS, pārbaudes darba rezultāti, lauks „${lv}”`,
  en: `VPS, results of the test, field “${en}”`,
})

/**
 * Records of learners of the school year and of the one before (a year is told when it is over), with the fault in them.
 *
 * @param table  SQL name of a table with learner, institution and school year; its alias is `r`
 */
export const ofLearners = (table: string, fault: string, detail: string, more = '') => `
  select r.institution_id, r.learner_id as subject_id, ${fault} as fault, ${detail} as detail, r.import_id, r.line
    from ${table} r ${more}
   where r.superseded_by is null and r.school_year in ($1, $1 - 1)`

/** Joins the enrolment of the record, `e`: at the same institution in the same year. */
export const enrolledThere = `left join lateral (
      select e.grade from registry.enrolment e
       where e.learner_id = r.learner_id and e.institution_id = r.institution_id and e.school_year = r.school_year
         and e.superseded_by is null
       order by e.main desc, e.valid desc limit 1) e on true`
