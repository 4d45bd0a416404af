import { stagingTable } from '#db/copy.ts'
import type { Words } from '#terms/locale.ts'

/** Results as intake hands them over; learners and institutions by their number within the file. */
export const stagedResult = stagingTable('staged_result', [
  ['line', 'int8'],
  ['learner_no', 'int4'],
  ['institution_no', 'int4'],
  ['assessment_no', 'int2'], // place in the list of assessments
  ['value', 'float8'],
  ['status', 'text'],
  ['parts', 'text'], // points a part as an array, null: not said
])

export type DescribedScale = { code: string; name: Words; minimum: number; maximum: number }

export type DescribedAssessment = {
  code: string
  subject: string
  name: Words
  schoolYear: number
  grade?: number | undefined
  heldOn?: string | undefined
  /** code of the scale */
  scale: string
  /** code of the earlier round */
  startsFrom?: string | undefined
  /** exam when left out */
  kind?: 'monitoring' | 'exam' | 'diagnostic' | undefined
  level?: 'OL' | 'AL' | undefined
  /** points of the scale */
  threshold?: number | undefined
  /** points from which on levels 2, 3 and 4 begin, ascending */
  cuts?: readonly number[] | undefined
  /** names and most points of its parts */
  parts?: { names: readonly string[]; maxima: readonly number[] } | undefined
}
