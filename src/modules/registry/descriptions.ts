/** What of learners and staff changes in time, for the merge of descriptions. */
export const staffVersions = {
  table: 'registry.staff_version',
  id: 'staff_id',
  said: ['birth_year', 'sex', 'education_level', 'qualification_subjects', 'quality_degree', 'cpd_hours_3y'],
  constant: ['birth_year', 'sex'],
} as const

export const learnerCircumstances = {
  table: 'registry.learner_circumstance',
  id: 'learner_id',
  said: ['territory_id', 'parish_code', 'citizenship_group', 'special_need'],
} as const
