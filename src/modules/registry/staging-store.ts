/** How a check over all rows finds the rows of one learner. */
export type Look =
  /** in `staged_crowded`, and nowhere else can they be at odds */
  | 'crowded'
  /** by id, because one learner may stand under several numbers */
  | 'by_id'

/** The rows of a staging table to be checked, with `learner`: the same value for the same learner. */
export function rowsByLearner(table: string, look: Look): string {
  return {
    crowded: `(select t.*, t.learner_no as learner from ${table} t where t.learner_no in (select learner_no from staged_crowded))`,
    by_id: `(select t.*, o.learner_id as learner from ${table} t join learner_of o on o.no = t.learner_no)`,
  }[look]
}
