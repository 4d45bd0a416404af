import type { Tx } from '#db/actor.ts'
import type { Keys } from '#db/keys.ts'
import { utc } from '#db/utc.ts'
import { sealer } from '#modules/registry/index.ts'
import type { LookWish, MarkedAnswers, OwnLooks, WishRefusal } from './look-model.ts'

const name = `jsonb_build_object('lv', name_lv, 'en', name_en) as name`

/** Answers of an own pupil that people marked; null where it is nobody of the caller's school. The database writes it down. */
export async function markedAnswers(
  tx: Tx,
  keys: Keys,
  learner: string,
  round: string,
): Promise<MarkedAnswers | null> {
  const { rows } = await tx.query<Omit<MarkedAnswers, 'learner'> & { sealed: Buffer | null }>(
    `select participant, sealed_name as sealed, ${name}, may_ask as "mayAsk", wish, answers
       from assessments.marked_answers($1, $2)`,
    [learner, round],
  )
  if (!rows[0]) return null
  const { sealed, ...found } = rows[0]
  return { ...found, learner: sealed && sealer(keys).open('name', sealed) }
}

/** What families of the own school asked, newest first. The database writes every child down. */
export async function lookWishes(tx: Tx, keys: Keys): Promise<LookWish[]> {
  const { rows } = await tx.query<Omit<LookWish, 'learnerName'> & { sealed: Buffer | null }>(
    `select learner, sealed_name as sealed, code as round, ${name}, label, reason, ${utc('asked_at')} as "askedAt", looks, decided
       from assessments.look_wishes()`,
  )
  const { open } = sealer(keys)
  return rows.map(({ sealed, ...wish }) => ({ ...wish, learnerName: sealed && open('name', sealed) }))
}

/** A family asks its school to have a result looked at again. @returns null: asked; else why not */
export async function askSchool(tx: Tx, round: string, reason: string): Promise<WishRefusal | null> {
  const { rows } = await tx.query<{ why: WishRefusal | null }>(
    'select assessments.ask_school($1, $2) as why',
    [round, reason],
  )
  return rows[0]!.why
}

/** Second looks at the own test; nothing where it has no result that families see, or was not given here. */
export async function ownLooks(tx: Tx, round: string): Promise<OwnLooks> {
  const { rows } = await tx.query<{
    mayAsk: boolean
    askedAt: string | null
    reason: string | null
    looks: OwnLooks['looks']
  }>(
    `select may_ask as "mayAsk", ${utc('asked_at')} as "askedAt", reason, looks from assessments.own_looks($1)`,
    [round],
  )
  if (!rows[0]) return { mayAsk: false, wish: null, looks: [] }
  const { mayAsk, askedAt, reason, looks } = rows[0]
  return { mayAsk, wish: askedAt && reason ? { askedAt, reason } : null, looks }
}
