import type { Tx } from '#db/actor.ts'

/** One result of a learner, as it stands beside the name. */
export type LearnerResult = {
  subject: string
  assessment: { lv: string; en: string }
  /** points of the scale */
  value: number
  /** most points of the scale */
  maximum: number
  status: 'preliminary' | 'after_appeal' | 'official'
}

/** Current results of learners the caller may see, by learner; the latest round first. */
export async function resultsOf(
  tx: Tx,
  learnerIds: readonly number[],
): Promise<Map<number, LearnerResult[]>> {
  const { rows } = await tx.query<{ learner_id: number; result: LearnerResult }>(
    `select r.learner_id,
            jsonb_build_object('subject', a.subject,  'assessment', jsonb_build_object('lv', a.name_lv, 'en', a.name_en),
              'value', r.value, 'maximum', s.maximum, 'status', r.status) as result
       from records.result r
       join records.assessment a using (assessment_id)
       join records.scale s using (scale_id)
      where r.learner_id = any ($1) and r.superseded_by is null
      order by a.school_year desc, a.code`,
    [learnerIds],
  )
  const byLearner = new Map<number, LearnerResult[]>()
  for (const { learner_id, result } of rows) {
    const known = byLearner.get(learner_id)
    if (known) known.push(result)
    else byLearner.set(learner_id, [result])
  }
  return byLearner
}
