import { randomUUID } from 'node:crypto'
import { asJob, type Tx } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import type { Keys } from '#db/keys.ts'
import { codes, shipItems } from '#modules/assessments/index.ts'
import { type Block, type Interaction, interactionsOf, placesOf } from '#modules/assessments/model.ts'

/** Two different answers to an item, in the names every child sees, whatever the order of its choices. */
export type TwoAnswers = readonly [Record<string, unknown>, Record<string, unknown>]

export interface Child {
  participant: string
  code: string
  /** stands for the school behind which it sits */
  address: string
}

const PER_SESSION = 25
const PORTION = 5_000

/**
 * Plants a national test that is under way: a form of forty items in use, sessions of twenty-five that were started, and a participant
 * with a code for each child. There is nobody behind them: the register has no such learners.
 */
export async function plantTestDay(
  db: Database,
  keys: Keys,
  children: number,
): Promise<{ children: Child[]; answers: TwoAnswers[] }> {
  const { codeOf, entryKey } = codes(keys)
  await asJob(db, shipItems)
  return asJob(db, async (tx) => {
    const answers = await plantForm(tx)
    await tx.query(
      `insert into assessments.round (code, kind, domain, grade, school_year, name_lv, name_en, opens_at, closes_at, minutes, state)
       values ('TEST-DAY', 'rehearsal', 'numeracy', 6, 2027, 'Pārbaudes diena', 'Test day', now() - interval '1 hour',
               now() + interval '1 day', 120, 'open')`,
    )
    await tx.query(
      `insert into assessments.session (round_id, institution_id, label, state, started_at)
       select (select round_id from assessments.round where code = 'TEST-DAY'),
              (select min(institution_id) from registry.institution), '6.' || n, 'running', now()
         from generate_series(0, $1::int) n`,
      [Math.floor((children - 1) / PER_SESSION)],
    )
    const planted = Array.from({ length: children }, (_, at): Child => {
      const participant = randomUUID()
      const school = Math.floor(at / 100)
      return { participant, code: codeOf(participant), address: `10.${school >> 8}.${school & 255}.1` }
    })
    for (let from = 0; from < children; from += PORTION) {
      await tx.query(
        `insert into assessments.participant (participant_uuid, round_id, session_id, learner_id, institution_id, form_id, entry_key, seed)
         select p.id, s.round_id, s.session_id, p.at + 1, s.institution_id, f.form_id, decode(p.entry, 'hex'), p.at
           from jsonb_to_recordset($1) as p (id uuid, at int, entry text)
           join assessments.session s on s.label = '6.' || p.at / ${PER_SESSION}
           join assessments.round r on r.round_id = s.round_id and r.code = 'TEST-DAY'
          cross join (select form_id from assessments.form where code = 'TEST-DAY') f`,
        [
          JSON.stringify(
            planted.slice(from, from + PORTION).map(({ participant, code }, nth) => ({
              id: participant,
              at: from + nth,
              entry: entryKey(code)!.toString('hex'),
            })),
          ),
        ],
      )
    }
    return { children: planted, answers }
  })
}

async function plantForm(tx: Tx): Promise<TwoAnswers[]> {
  const { rows } = await tx.query<{ body: Block[] }>(
    `with form as (
       insert into assessments.form (code, domain, grade, state) values ('TEST-DAY', 'numeracy', 6, 'fixed') returning form_id
     ), chosen as (
       select v.item_version_id, row_number() over (order by v.domain = 'numeracy' desc, i.code) as position
         from assessments.item_version v join assessments.item i using (item_id) where v.grade = 6 limit 40
     ), put as (
       insert into assessments.form_item (form_id, position, item_version_id)
       select form_id, position, item_version_id from chosen, form
     )
     select t.content -> 'body' as body from chosen c join assessments.item_text t using (item_version_id) order by c.position`,
  )
  return rows.map(({ body }) => [answersTo(body, 0), answersTo(body, 1)])
}

function answersTo(body: readonly Block[], nth: 0 | 1): Record<string, unknown> {
  return Object.fromEntries(interactionsOf(body).map((asked) => [asked.response, answerTo(asked, nth)]))
}

function answerTo(asked: Interaction, nth: 0 | 1): unknown {
  switch (asked.kind) {
    case 'textEntry':
      return String(17 + nth)
    case 'extendedText':
      return (
        nth === 0 ? 'Tāpēc, ka abās pusēs ir tikpat daudz. ' : 'Tas nevar būt, jo abās pusēs nav vienādi. '
      )
        .repeat(5)
        .slice(0, asked.mostCharacters)
    case 'numberLine':
      return String(placesOf(asked)[nth])
    case 'match':
      return [{ left: 'l1', right: `r${nth + 1}` }]
    case 'order':
      return nth === 0 ? ['c1', 'c2'] : ['c2', 'c1']
    default:
      return [`c${nth + 1}`]
  }
}
