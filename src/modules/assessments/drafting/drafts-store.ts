import type { Tx } from '#db/actor.ts'
import { utc } from '#db/utc.ts'
import type { Drafted } from './drafter.ts'
import type { DraftedItem, DraftRequest, ItemAsk, Suggested, SuggestedDraft } from './model.ts'

/** Writes down what is asked. @returns null where the author waits for an answer, or has asked a hundred times in a day */
export async function writeAsk(tx: Tx, request: DraftRequest, host: string): Promise<string | null> {
  const { rows } = await tx.query<{ id: string | null }>('select assessments.ask_item($1, $2) as id', [
    JSON.stringify(request),
    host,
  ])
  return rows[0]!.id
}

/** Keeps what came of it. @returns false where it was answered before */
export async function keepAnswer(
  tx: Tx,
  id: string,
  { model, drafts, said, call }: Drafted,
): Promise<boolean> {
  const { rows } = await tx.query<{ done: boolean }>(
    'select assessments.answer_ask($1, $2, $3, $4, $5) as done',
    [
      id,
      call.outcome,
      model,
      // PostgreSQL holds no NUL, and neither it nor JSON half a character.
      said?.toWellFormed().replaceAll('\0', '\ufffd') ?? null,
      JSON.stringify(drafts),
    ],
  )
  return rows[0]!.done
}

/** What was asked, newest first: one's own for an author, everything for a keeper. */
export async function listAsks(tx: Tx, only: string | null, most: number): Promise<ItemAsk[]> {
  const { rows } = await tx.query<ItemAsk>(
    `select id, ${utc('asked_at')} as "askedAt", asked_by as "askedBy", is_own as "isOwn", host, model, request, outcome,
            drafts, faulty, accepted, declined from assessments.item_asks($1, $2)`,
    [only, most],
  )
  return rows
}

/** Drafts in the answer to one of them, in order. */
export async function draftsOf(tx: Tx, ask: string): Promise<SuggestedDraft[]> {
  const { rows } = await tx.query<SuggestedDraft>(
    `select id, number, content, faults, decision, ${utc('decided_at')} as "decidedAt", reason,
            case when item_id is not null then jsonb_build_object('id', item_id, 'code', item_code) end as item
       from assessments.ask_drafts($1)`,
    [ask],
  )
  return rows
}

/** A draft nobody has decided about, and what was asked. */
export interface DraftOpen {
  content: DraftedItem
  request: DraftRequest
}

/** A draft the caller may decide about; null where there is none. */
export async function draftToDecide(tx: Tx, id: string): Promise<DraftOpen | null> {
  const { rows } = await tx.query<DraftOpen>('select content, request from assessments.draft_to_decide($1)', [
    id,
  ])
  return rows[0] ?? null
}

/** Keeps what was decided: accepted as the item `made`, or declined. @returns false where it was decided before */
export async function decide(tx: Tx, id: string, made: string | null, reason: string): Promise<boolean> {
  const { rows } = await tx.query<{ done: boolean }>(
    'select assessments.decide_draft($1, $2, $3, $4) as done',
    [id, made === null ? 'declined' : 'accepted', reason, made],
  )
  return rows[0]!.done
}

/** Where an item came from a model; null for one that people wrote. */
export async function suggestedOf(tx: Tx, item: string): Promise<Suggested | null> {
  const { rows } = await tx.query<Suggested>(
    `select version, host, model, ${utc('asked_at')} as "askedAt", asked_by as "askedBy", request from assessments.suggested($1)`,
    [item],
  )
  return rows[0] ?? null
}
