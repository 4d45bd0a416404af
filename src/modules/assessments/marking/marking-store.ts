import type { Tx } from '#db/actor.ts'
import { utc } from '#db/utc.ts'
import type { Content, Keys } from '../model.ts'
import type { MarkPair, SuggestionCount } from './agreement.ts'
import type {
  ControlAnswer,
  MarkerReport,
  MarkingBench,
  MarkingItem,
  MarkingReport,
  MarkingRound,
  MarkRefusal,
  SecondLook,
  SecondLookRefusal,
} from './model.ts'
import type { MarkedAnswer } from './suggest/suggester.ts'

/** What there is to mark, and what of it is the caller's to do. */
export async function markingBench(tx: Tx): Promise<MarkingBench> {
  const { rows } = await tx.query<Pick<MarkingBench, 'mayMark' | 'mayLead'>>(
    'select assessments.marker() is not null as "mayMark", assessments.marking_lead() is not null as "mayLead"',
  )
  return { ...rows[0]!, rounds: await markingRounds(tx, null) }
}

/** Whether the caller may mark in a round, or leads its marking; null where there is nothing to mark in it. */
export async function markingHere(
  tx: Tx,
  round: string,
): Promise<Pick<MarkingBench, 'mayMark' | 'mayLead'> | null> {
  const { rows } = await tx.query<Pick<MarkingBench, 'mayMark' | 'mayLead'>>(
    'select may_mark as "mayMark", may_lead as "mayLead" from assessments.marking_here($1)',
    [round],
  )
  return rows[0] ?? null
}

type ItemRow = Record<'round' | 'code' | 'lv' | 'en' | 'state' | 'item', string> & Omit<MarkingItem, 'code'>

/** What there is to mark, by round and item: of one round, or of all. */
export async function markingRounds(tx: Tx, only: string | null): Promise<MarkingRound[]> {
  const { rows } = await tx.query<ItemRow>(
    `select round, code, name_lv as lv, name_en as en, state, item, most, tasks::integer as answers, done::integer as done, mine::integer as mine,
            appeals::integer as "secondLooks" from assessments.marking_rounds($1)`,
    [only],
  )
  return [...Map.groupBy(rows, ({ round }) => round)].map(([id, items]) => ({
    id,
    code: items[0]!.code,
    name: { lv: items[0]!.lv, en: items[0]!.en },
    state: items[0]!.state,
    items: items.map(({ item, most, answers, done, mine, secondLooks }) => ({
      code: item,
      most,
      answers,
      done,
      mine,
      secondLooks,
    })),
  }))
}

/** The answer that lies before the caller. */
export interface HeldRow {
  task: string
  code: string
  content: Content
  response: string
  rubric: Extract<Keys[string], { kind: 'rubric' }>
  most: number
  seed: number
  answer: Record<string, unknown>
  until: string
  /** whether suggestions may be looked at in this round */
  hints: boolean
}

export async function heldAnswer(tx: Tx, round: string): Promise<HeldRow | null> {
  const { rows } = await tx.query<HeldRow>(
    `select task, code, content, response, rubric, most, seed, answer, ${utc('until')} as until, hints
       from assessments.held_answer($1)`,
    [round],
  )
  return rows[0] ?? null
}

/** Gives the caller the next answer of a round, of one item or of any. @returns false where there is none for them */
export async function nextAnswer(tx: Tx, round: string, item: string | null): Promise<boolean> {
  const { rows } = await tx.query<{ task: string | null }>('select assessments.next_answer($1, $2) as task', [
    round,
    item,
  ])
  return rows[0]!.task !== null
}

/** Points for an answer. @returns null: taken; else why not */
export async function putMark(
  tx: Tx,
  task: string,
  points: number,
): Promise<MarkRefusal | 'not_there' | null> {
  const { rows } = await tx.query<{ why: MarkRefusal | 'not_there' | null }>(
    'select assessments.put_mark($1, $2::smallint) as why',
    [task, points],
  )
  return rows[0]!.why
}

/** Takes the last mark back. @returns null: taken back; else why not */
export async function undoMark(tx: Tx, round: string): Promise<'nothing' | 'too_late' | null> {
  const { rows } = await tx.query<{ why: 'nothing' | 'too_late' | null }>(
    'select assessments.undo_mark($1) as why',
    [round],
  )
  return rows[0]!.why
}

/** Answers to the same question with the points they got. */
export async function learntAnswers(tx: Tx, task: string, most: number): Promise<MarkedAnswer[]> {
  const { rows } = await tx.query<MarkedAnswer>(
    `select answer as text, points from assessments.learnt_answers($1, $2) where answer is not null`,
    [task, most],
  )
  return rows
}

/** Keeps a suggestion. @returns false where the caller has not that answer before them, or suggestions are off */
export async function noteSuggestion(
  tx: Tx,
  task: string,
  { suggester, points, shown }: { suggester: string; points: number | null; shown: boolean },
): Promise<boolean> {
  const { rows } = await tx.query<{ done: boolean }>(
    'select assessments.note_suggestion($1, $2, $3::smallint, $4) as done',
    [task, suggester, points, shown],
  )
  return rows[0]!.done
}

export async function suggestionCounts(tx: Tx, round: string): Promise<SuggestionCount[]> {
  const { rows } = await tx.query<SuggestionCount>(
    'select item, suggester, most, suggested, given, n::integer as n from assessments.suggestion_pairs($1)',
    [round],
  )
  return rows
}

export async function heldMedia(
  tx: Tx,
  task: string,
  name: string,
): Promise<{ type: string; bytes: Buffer } | null> {
  const { rows } = await tx.query<{ type: string; bytes: Buffer }>(
    'select media_type as type, bytes from assessments.held_media($1, $2)',
    [task, name],
  )
  return rows[0] ?? null
}

/** Marks that can be held against something, in order of time. */
export async function markPairs(tx: Tx, round: string): Promise<MarkPair[]> {
  const { rows } = await tx.query<MarkPair>(
    `select item, most, marker, of_control as "ofControl", is_first as "isFirst", points, other_points as "otherPoints", settled,
            ${utc('made_at')} as at from assessments.marking_pairs($1)`,
    [round],
  )
  return rows
}

export async function markingPeople(
  tx: Tx,
  round: string,
): Promise<Pick<MarkerReport, 'id' | 'name' | 'marks' | 'undone' | 'again' | 'lastAt'>[]> {
  const { rows } = await tx.query<
    Pick<MarkerReport, 'id' | 'name' | 'marks' | 'undone' | 'again' | 'lastAt'>
  >(
    `select marker as id, name, marks::integer as marks, undone::integer as undone, again::integer as again,
            ${utc('last_at')} as "lastAt" from assessments.marking_people($1)`,
    [round],
  )
  return rows
}

export async function controlAnswers(tx: Tx, round: string): Promise<ControlAnswer[]> {
  const { rows } = await tx.query<ControlAnswer>(
    `select task as id, item, coalesce(answer, '') as text, points, most, is_control as "isControl", marks::integer as marks
       from assessments.control_answers($1, null, 24)`,
    [round],
  )
  return rows
}

export async function markingDecisions(tx: Tx, round: string): Promise<MarkingReport['decisions']> {
  const { rows } = await tx.query<MarkingReport['decisions'][number]>(
    `select marker, item, reason, marks, decided_by as "decidedBy", ${utc('decided_at')} as "decidedAt"
       from assessments.marking_decisions($1)`,
    [round],
  )
  return rows
}

/** Has answers of a marker marked again. @returns how many; null where it is not the caller's to decide */
export async function markAgain(
  tx: Tx,
  round: string,
  { marker, item, reason }: { marker: string; item: string | null; reason: string },
): Promise<number | null> {
  const { rows } = await tx.query<{ marks: number | null }>(
    'select assessments.mark_again($1, $2, $3, $4) as marks',
    [round, marker, item, reason],
  )
  return rows[0]!.marks
}

export async function setControl(tx: Tx, task: string, isControl: boolean): Promise<boolean> {
  const { rows } = await tx.query<{ done: boolean }>('select assessments.set_control($1, $2) as done', [
    task,
    isControl,
  ])
  return rows[0]!.done
}

/** Asks for the job that scores a round. @returns null: asked; else why not */
export async function askScoring(tx: Tx, round: string): Promise<'not_there' | 'wrong_state' | null> {
  const { rows } = await tx.query<{ why: 'not_there' | 'wrong_state' | null }>(
    'select assessments.ask_scoring($1) as why',
    [round],
  )
  return rows[0]!.why
}

/** The school of the caller asks for a second look. @returns null: asked; else why not */
export async function askSecondLook(
  tx: Tx,
  { participant, position, reason }: { participant: string; position: number; reason: string },
): Promise<SecondLookRefusal | 'not_there' | null> {
  const { rows } = await tx.query<{ why: SecondLookRefusal | 'not_there' | null }>(
    'select assessments.ask_second_look($1, $2::smallint, $3) as why',
    [participant, position, reason],
  )
  return rows[0]!.why
}

export async function secondLooks(tx: Tx): Promise<SecondLook[]> {
  const { rows } = await tx.query<SecondLook>(
    `select id, round, jsonb_build_object('lv', name_lv, 'en', name_en) as name, participant, place as position, reason,
            ${utc('asked_at')} as "askedAt", points_before as "pointsBefore", points_after as "pointsAfter",
            ${utc('decided_at')} as "decidedAt" from assessments.second_looks()`,
  )
  return rows
}
