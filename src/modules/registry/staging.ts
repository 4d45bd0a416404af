import { stagingTable } from '#db/copy.ts'

export type { Merged } from '#db/entity-versions.ts'

/**
 * What intake hands over: checked rows, numbered within the file. A territory, institution or learner is referred to by its
 * number (`no`); the merge finds or makes the row of the register behind it.
 */
export const stagedTerritory = stagingTable('staged_territory', [
  ['no', 'int4'],
  ['line', 'int8'],
  ['kind', 'text'],
  ['code', 'text'],
  ['name_lv', 'text'], // null: only referred to, the register must know it
  ['name_en', 'text'],
  ['genitive_lv', 'text'],
  ['locative_lv', 'text'],
  ['parent_no', 'int4'],
  ['since', 'date'],
])

export const stagedInstitution = stagingTable('staged_institution', [
  ['no', 'int4'],
  ['line', 'int8'],
  ['code', 'text'],
  ['name_lv', 'text'], // null: only referred to
  ['name_en', 'text'],
  ['genitive_lv', 'text'],
  ['locative_lv', 'text'],
  ['kind', 'text'],
  ['territory_no', 'int4'],
  ['since', 'date'],
])

/** One code may come under several numbers when the file is long and unsorted. */
export const stagedLearner = stagingTable('staged_learner', [
  ['no', 'int4'],
  ['line', 'int8'],
  ['code_hash', 'bytea'],
  ['sealed_code', 'bytea'],
  ['sealed_name', 'bytea'],
  ['name_hash', 'bytea'],
  ['sex', 'text'], // null: only referred to
  ['birth_month', 'date'],
  ['previous_hash', 'bytea'], // of an earlier code of the same person
])

export const stagedEnrolment = stagingTable('staged_enrolment', [
  ['line', 'int8'],
  ['learner_no', 'int4'],
  ['institution_no', 'int4'],
  ['school_year', 'int2'],
  ['grade', 'int2'],
  ['class_name', 'text'],
  ['main', 'bool'],
  ['from_day', 'date'],
  ['to_day', 'date'], // the day after the last
  ['code', 'text'],
  ['class_group_id', 'int8'],
  ['programme_code', 'text'],
  ['leave_reason', 'text'],
  ['repeated', 'bool'],
  ['transport_minutes', 'int2'],
])

/** Learners with more than one fact for one slot (a school year in a place, a round): who can overlap with themselves. */
export const stagedCrowded = stagingTable('staged_crowded', [['learner_no', 'int4']])

export const registryStaging = [
  stagedTerritory,
  stagedInstitution,
  stagedLearner,
  stagedEnrolment,
  stagedCrowded,
]

/** Something that only a look at all rows together can find. */
export type Finding = {
  line: number
  rule: string
  /** What the row is refused for: the intake knows in which column of the file that stands. */
  about: 'territory' | 'institution' | 'learner' | 'enrolment' | 'result'
  /** For results: which assessment. */
  part?: string
  value: string | null
  detail: Record<string, string | number>
}

/** Findings in the order of lines, cut to what is listed, and how many lines they would be uncut. */
export type Findings = { found: Finding[]; total: number }
