import type { Words } from '#terms/locale.ts'

/** What a check looks at; the number in `subject_id` is of this kind. */
export type Subject = 'institution' | 'site' | 'class' | 'learner' | 'staff'

/**
 * One question asked of every record of a kind: can this be so? It is asked of what holds now; nothing is corrected here, it is
 * corrected at the source and is gone after the next import.
 */
export interface Check {
  /** stable; stands in the bank */
  readonly code: string
  readonly subject: Subject
  /** 'wrong': it cannot be so; 'doubtful': it is rarely so, somebody should look */
  readonly certainty: 'wrong' | 'doubtful'
  readonly title: Words
  /** why it matters */
  readonly why: Words
  /** screen and field of the source where it is corrected */
  readonly where: Words
  /** names of the dated thresholds it needs (`checks.threshold`) */
  readonly thresholds: readonly string[]
  /**
   * SQL of all records that are looked at: `institution_id`, `subject_id`, `fault` (boolean), `detail` (jsonb; codes, days and numbers,
   * never of an identity), `import_id`, `line`. `$1` is the school year, `$2` the day on which it is asked.
   *
   * @param thresholds  by name, as they are on that day
   */
  readonly records: (thresholds: Readonly<Record<string, number>>) => string
}

/** Declares a check. */
export function check(
  told: Omit<Check, 'thresholds' | 'records'> & {
    thresholds?: readonly string[]
    records: Check['records']
  },
): Check {
  return { thresholds: [], ...told }
}
