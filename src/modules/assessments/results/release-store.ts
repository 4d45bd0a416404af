import type { Tx } from '#db/actor.ts'
import { utc } from '#db/utc.ts'
import type { FiguresJob, ReleasableRound, ReleaseStep } from './model.ts'

/**
 * Takes a round a step on: to the schools (`preliminary`), then to children, parents and everybody (`official`).
 *
 * @returns  null where the caller sees no such round: only a coordinator, and the operator, does
 */
export async function releaseRound(
  tx: Tx,
  code: string,
  step: ReleaseStep,
): Promise<'done' | 'wrong_state' | null> {
  const { rows } = await tx.query<{ became: 'done' | 'wrong_state' | null }>(
    'select assessments.release_round($1, $2) as became',
    [code, step],
  )
  return rows[0]!.became
}

/** Rounds and how far each has come; none for who is no coordinator. */
export async function releasableRounds(tx: Tx): Promise<ReleasableRound[]> {
  const { rows } = await tx.query<Omit<ReleasableRound, 'next'>>(
    `select code, jsonb_build_object('lv', name_lv, 'en', name_en) as name, domain, grade, school_year as "schoolYear", state,
            outcomes, ${utc('preliminary_at')} as "preliminaryAt", ${utc('official_at')} as "officialAt"
       from assessments.releasable_rounds()`,
  )
  return rows.map((round) => ({ ...round, next: nextStep(round.state) }))
}

const nextStep = (state: string): ReleaseStep | null =>
  state === 'scaled' ? 'preliminary' : state === 'preliminary' ? 'official' : null

/** The latest jobs that compute and release the figures of groups, in that order; none for who is no coordinator. */
export async function figuresUnderWay(tx: Tx): Promise<FiguresJob[]> {
  const { rows } = await tx.query<FiguresJob>(
    `select kind, case state when 'created' then 'waiting' when 'retry' then 'waiting' when 'active' then 'running'
                             when 'completed' then 'done' when 'cancelled' then 'cancelled' else 'failed' end as state,
            done, ${utc('asked_at')} as "askedAt", ${utc('ended_at')} as "endedAt"
       from assessments.figures_under_way() order by kind`,
  )
  return rows
}

/** Whether the mandate in force is a coordinator's. */
export async function isCoordinator(tx: Tx): Promise<boolean> {
  const { rows } = await tx.query<{ yes: boolean }>(
    `select 'coordinator' = any (assessments.my_duties()) as yes`,
  )
  return rows[0]!.yes
}
