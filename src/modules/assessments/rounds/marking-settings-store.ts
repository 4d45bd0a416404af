import type { Tx } from '#db/actor.ts'
import type { MarkingSettings, RoundDetail } from './model.ts'
import { RoundRefused } from './refused.ts'

/** How a round is marked; null where nobody marks in it. */
export async function markingSettings(tx: Tx, roundId: number): Promise<RoundDetail['marking']> {
  const { rows } = await tx.query<NonNullable<RoundDetail['marking']>>(
    `select round(double_share::numeric, 4)::float8 as "doubleShare", round(control_share::numeric, 4)::float8 as "controlShare",
            lease_minutes::float8 as "leaseMinutes", hints, may_change as "mayChange"
       from assessments.marking_settings($1)`,
    [roundId],
  )
  return rows[0] ?? null
}

/** Says how a round is marked. @throws RoundRefused not_there, wrong_state, wrong_number */
export async function setMarking(tx: Tx, round: string, wanted: MarkingSettings): Promise<void> {
  const { rows } = await tx.query<{ fault: string | null }>(
    'select assessments.set_marking($1, $2, $3, $4, $5) as fault',
    [round, wanted.doubleShare, wanted.controlShare, Math.round(wanted.leaseMinutes), wanted.hints],
  )
  if (rows[0]!.fault) throw new RoundRefused(rows[0]!.fault)
}
