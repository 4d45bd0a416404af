import type { Tx } from '#db/actor.ts'
import { utcExact } from '#db/utc.ts'
import type { Content } from '../model.ts'
import type { SentAnswers, SittingPulse, SittingState } from './model.ts'

/** Why a code does not let in. */
export type EntryFault = 'unknown' | 'not_open' | 'exempt' | 'finished'

/**
 * Enters with the keyed hash of a code; null when it was let in, under the hash of a token.
 *
 * @param waited  ms since it was asked for: what was asked for later wins, in whatever order the two are worked at
 */
export async function enter(
  tx: Tx,
  { entry, token, waited }: { entry: Buffer; token: Buffer; waited: number },
): Promise<EntryFault | null> {
  const { rows } = await tx.query<{ outcome: EntryFault | 'entered' }>(
    'select assessments.enter($1, $2, $3) as outcome',
    [entry, token, Math.round(waited)],
  )
  const { outcome } = rows[0]!
  return outcome === 'entered' ? null : outcome
}

/** A sitting as it stands. */
export interface Seat {
  state: SittingState
  participant: string
  label: string
  nameLv: string
  nameEn: string
  minutes: number
  endsAt: string | null
  now: string
  formId: number
  seed: number
  profile: Record<string, unknown>
  places: number
}

/** A sitting with the child’s own answers. */
export interface Stand extends Seat {
  /** in force, by position; none while it waits, and where the work goes on at another device */
  answers: OwnAnswer[]
}

/**
 * How sittings stand, in the order of their tokens; null for a token nobody has. Asking tells the board that the device is there.
 */
export async function stands(tx: Tx, tokens: readonly Buffer[]): Promise<(Stand | null)[]> {
  const { rows } = await tx.query<Stand & { nth: number }>(
    `select nth, state, participant, label, name_lv as "nameLv", name_en as "nameEn", minutes, ${utcExact('ends_at')} as "endsAt",
            ${utcExact('server_time')} as now, form_id as "formId", seed, profile, places, answers
       from assessments.stands($1)`,
    [hexOf(tokens)],
  )
  return inOrder(tokens, rows)
}

const hexOf = (tokens: readonly Buffer[]) => tokens.map((token) => token.toString('hex'))

/** Rows by their place in the list of what was asked, from 1. */
function inOrder<Row extends { nth: number }>(
  asked: readonly unknown[],
  rows: readonly Row[],
): (Omit<Row, 'nth'> | null)[] {
  const found = new Map(rows.map(({ nth, ...row }) => [nth, row]))
  return asked.map((_, at) => found.get(at + 1) ?? null)
}

/** How sittings stand, in the order of their tokens; null for a token nobody has. Asking is a sign of life, as with `stands`. */
export async function pulses(tx: Tx, tokens: readonly Buffer[]): Promise<(SittingPulse | null)[]> {
  const { rows } = await tx.query<SittingPulse & { nth: number }>(
    `select nth, state, participant, ${utcExact('ends_at')} as "endsAt", ${utcExact('server_time')} as now
       from assessments.pulses($1)`,
    [hexOf(tokens)],
  )
  return inOrder(tokens, rows)
}

/** Words of the items by position, without keys; empty unless the child is at work. */
export async function readPaper(tx: Tx, token: Buffer): Promise<Map<number, Content>> {
  const { rows } = await tx.query<{ position: number; content: Content }>(
    'select position, content from assessments.paper($1)',
    [token],
  )
  return new Map(rows.map(({ position, content }) => [position, content]))
}

export async function readPaperMedia(
  tx: Tx,
  token: Buffer,
  position: number,
  name: string,
): Promise<{ type: string; bytes: Uint8Array } | null> {
  const { rows } = await tx.query<{ type: string; bytes: Uint8Array }>(
    'select media_type as type, bytes from assessments.paper_media($1, $2::smallint, $3)',
    [token, position, name],
  )
  return rows[0] ?? null
}

export interface OwnAnswer {
  position: number
  revision: number
  answer: SentAnswers
}

/** One answer on its way into the database. */
export interface OnItsWay {
  token: Buffer
  participant: string
  position: number
  revision: number
  answer: SentAnswers
}

/** What became of an answer; what is not `saved` was kept apart. */
export type Outcome =
  | 'saved'
  | 'again'
  | 'stale'
  | 'wrong_revision'
  | 'another_sitting'
  | 'no_such_place'
  | Exclude<SittingState, 'running'>
  | 'no_sitting'

export interface Taken {
  outcome: Outcome
  /** revision in force; 0: none */
  latest: number
  /** session in which it happened; null: nobody has the token */
  room: number | null
}

/** Writes answers that came together, in one transaction: each is saved for good when this returns. In the order given. */
export async function takeAnswers(tx: Tx, sent: readonly OnItsWay[]): Promise<Taken[]> {
  const { rows } = await tx.query<Taken & { nth: number }>(
    'select nth, outcome, latest, room from assessments.take_answers($1)',
    [JSON.stringify(sent.map((each, nth) => ({ ...each, nth, token: each.token.toString('hex') })))],
  )
  const found = new Map(rows.map((row) => [row.nth, row]))
  return sent.map((_, nth) => found.get(nth) ?? { outcome: 'no_sitting', latest: 0, room: null })
}

/** Tells open boards in which sessions something happened. */
export async function ring(tx: Tx, rooms: readonly number[]): Promise<void> {
  await tx.query('select assessments.ring($1)', [rooms])
}

/** Keeps apart what could not be an answer. */
export async function noteRefusal(
  tx: Tx,
  {
    token,
    position,
    revision,
    answer,
  }: Omit<OnItsWay, 'participant' | 'answer'> & { answer: SentAnswers | null },
  why: string,
): Promise<void> {
  await tx.query('select assessments.note_refusal($1, $2::smallint, $3, $4, $5)', [
    token,
    position,
    revision,
    why,
    answer && JSON.stringify(answer),
  ])
}

/** The child says it is done. @returns how the sitting stands now; null for a token nobody has */
export async function finish(tx: Tx, token: Buffer): Promise<SittingState | null> {
  const { rows } = await tx.query<{ state: SittingState | null }>('select assessments.finish($1) as state', [
    token,
  ])
  return rows[0]!.state
}
