import type { Tx } from '#db/actor.ts'
import { portions } from '#db/portions.ts'
import { philox, type Random } from '#stats/numeric/random.ts'
import { toPupil } from '../content/pupil.ts'
import { itemsOfForms } from '../marking/scoring-store.ts'
import type { ItemText } from '../model.ts'
import { keepAnswers } from '../rounds/file-store.ts'
import type { Needs } from '../rounds/model.ts'
import { type GivenPlace, type MadeUpItem, madeUpItem, sit } from './pupil.ts'

/** What is true of a made-up pupil, of one domain. */
export interface Planted {
  /** number of the pupil */
  n: number
  /** standard deviations of the grade */
  ability: number
  exempt: 'specialist_document' | 'language_newcomer' | null
  hasNeed: boolean
}
/** By learner. */
export type PlantedPupils = ReadonlyMap<number, Planted>

interface Said {
  id: number
  status: 'expected' | 'absent' | 'exempt'
  reason: Planted['exempt']
  profile: Needs
}

const TAKES_PART = { others: 0.945, withNeed: 0.82 }
const AT_ONCE = 400 // pupils
const TIMES = 7_919 // added to the seed: when answers were given hangs on nothing else that is drawn
/** Part of the time of the session that a pupil needs. */
const shareWorked = '(0.5 + (p.seed % 40) / 100.0)'

/** Who of a roster is exempt or will not come, and what children with special needs are given. */
export async function sayWhoSits(
  tx: Tx,
  round: number,
  pupils: PlantedPupils,
  { seed, readsAloud }: { seed: number; readsAloud: boolean },
): Promise<void> {
  const { rows } = await tx.query<{ id: number; learner: number }>(
    `select participant_id as id, learner_id as learner from assessments.participant where round_id = $1 and status = 'expected'
      order by participant_id`,
    [round],
  )
  const said = rows.flatMap(({ id, learner }): Said[] => {
    const pupil = pupils.get(learner)
    if (!pupil) return [{ id, status: 'absent', reason: null, profile: {} }]
    const random = philox(seed, 1 + pupil.n)
    const comes = random.uniform() < (pupil.hasNeed ? TAKES_PART.withNeed : TAKES_PART.others)
    const profile = pupil.hasNeed
      ? {
          extraMinutes: 15 + 5 * random.integer(4),
          ...(random.uniform() < 0.3 && { size: 125 as const }),
          ...(random.uniform() < 0.15 && { wide: true }),
          ...(readsAloud && random.uniform() < 0.4 && { readAloud: true }),
        }
      : {}
    if (pupil.exempt) return [{ id, status: 'exempt', reason: pupil.exempt, profile: {} }]
    if (!comes) return [{ id, status: 'absent', reason: null, profile }]
    return pupil.hasNeed ? [{ id, status: 'expected', reason: null, profile }] : []
  })
  await tx.query(
    `update assessments.participant p set status = s.status, exempt_reason = s.reason, profile = s.profile
       from jsonb_to_recordset($1) as s (id bigint, status text, reason text, profile jsonb) where p.participant_id = s.id`,
    [JSON.stringify(said)],
  )
}

/** A participant of a round with everything that follows from who it is. */
interface Seat {
  id: number
  learner: number
  form: number
  seed: number
  /** ms since 1970 */
  begun: number
  /** until the pupil is done */
  minutes: number
}

/** What made-up pupils of a round give, some pupils at a time; by the item's own names. */
async function* givenIn(
  tx: Tx,
  round: number,
  status: string,
  pupils: PlantedPupils,
  seed: number,
): AsyncGenerator<{ seat: Seat; texts: ReadonlyMap<number, ItemText>; places: GivenPlace[] }[]> {
  const forms = new Map<number, { items: MadeUpItem[]; texts: Map<number, ItemText> }>()
  const codes = await codesOfItems(tx, round)
  for (const [form, items] of await itemsOfForms(tx, round)) {
    forms.set(form, {
      items: items.map(({ position, versionId, texts }) =>
        madeUpItem(position, codes.get(versionId)!, texts[0]!.text, seed),
      ),
      texts: new Map(items.map(({ position, texts }) => [position, texts[0]!.text])),
    })
  }
  const seats = portions<Seat>(
    tx,
    `select p.participant_id as id, p.learner_id as learner, p.form_id as form, p.seed,
            (extract(epoch from s.started_at) * 1000)::float8 as begun,
            (extract(epoch from s.ended_at - s.started_at) / 60 * ${shareWorked})::float8 as minutes
       from assessments.participant p join assessments.session s using (session_id)
      where p.round_id = $1 and p.status = $2 order by p.participant_id`,
    [round, status],
    AT_ONCE,
  )
  for await (const portion of seats) {
    yield portion.flatMap((seat) => {
      const pupil = pupils.get(seat.learner)
      const form = forms.get(seat.form)
      if (!pupil || !form) return []
      const places = sit(form.items, { seed, ability: pupil.ability, pupil: pupil.n })
      return [{ seat, texts: form.texts, places }]
    })
  }
}

async function codesOfItems(tx: Tx, round: number): Promise<Map<number, string>> {
  const { rows } = await tx.query<{ id: number; code: string }>(
    `select distinct v.item_version_id as id, i.code
       from assessments.round_form r join assessments.form_item f using (form_id)
       join assessments.item_version v using (item_version_id) join assessments.item i using (item_id)
      where r.round_id = $1`,
    [round],
  )
  return new Map(rows.map(({ id, code }) => [id, code]))
}

/** When a pupil gave its answers, one after the other between start and end: some take three times as long as others. ISO 8601. */
function timesOf({ begun, minutes }: Seat, answers: number, random: Random): string[] {
  const shares = Array.from({ length: answers }, () => 0.5 + random.uniform())
  const whole = shares.reduce((sum, each) => sum + each, 0)
  let worked = 0
  return shares.map((share) => {
    worked += share
    return new Date(begun + Math.floor((minutes * 60_000 * worked) / whole)).toISOString()
  })
}

/** Everybody of an open round who came has answered; sessions are over. @returns how many pupils, and places */
export async function answerAll(
  tx: Tx,
  round: number,
  pupils: PlantedPupils,
  seed: number,
): Promise<{ pupils: number; answers: number }> {
  const done = { pupils: 0, answers: 0 }
  // A week of test days, three sittings a day in a school.
  await tx.query(
    `update assessments.session s set planned_at = t.at, started_at = t.at, ended_at = t.at + make_interval(mins => r.minutes + 10), state = 'ended'
       from assessments.round r,
            lateral (select date_trunc('day', r.opens_at, 'Europe/Riga') + make_interval(days => 1 + (n.institution_id % 7)::integer, hours => 9 + 2 * (n.session_id % 3)::integer) as at,
                            n.session_id
                       from assessments.session n where n.round_id = r.round_id) t
      where r.round_id = $1 and s.session_id = t.session_id`,
    [round],
  )
  for await (const portion of givenIn(tx, round, 'expected', pupils, seed)) {
    const answers = portion.flatMap(({ seat, texts, places }) => {
      const times = timesOf(seat, places.length, philox(seed + TIMES, pupils.get(seat.learner)!.n))
      return places.map((place, nth) => ({
        id: seat.id,
        position: place.position,
        answer: toPupil(texts.get(place.position)!, seat.seed, place.answers),
        points: null,
        at: times[nth]!,
      }))
    })
    await keepAnswers(tx, answers)
    done.pupils += portion.length
    done.answers += answers.length
  }
  await tx.query(
    `update assessments.participant p
        set status = 'tested', started_at = s.started_at, finished_at = s.started_at + (s.ended_at - s.started_at) * ${shareWorked}
       from assessments.session s
      where s.session_id = p.session_id and p.round_id = $1 and p.status = 'expected'`,
    [round],
  )
  return done
}

/** Classes of an open round are to sit it today, from nine o'clock on; hours to come that were said already stay, days that went by without them do not. */
export async function planToday(tx: Tx, round: number): Promise<void> {
  await tx.query(
    `update assessments.session s
        set planned_at = date_trunc('day', now(), 'Europe/Riga') + make_interval(hours => 9 + 2 * (s.session_id % 3)::integer)
      where s.round_id = $1 and s.state = 'planned'
        and (s.planned_at is null or s.planned_at < date_trunc('day', now(), 'Europe/Riga'))`,
    [round],
  )
}

/** What a long answer deserves, by participant, place and question: `12 3 R1`. */
export async function deservedPoints(
  tx: Tx,
  round: number,
  pupils: PlantedPupils,
  seed: number,
): Promise<Map<string, number>> {
  const found = new Map<string, number>()
  for await (const portion of givenIn(tx, round, 'tested', pupils, seed)) {
    for (const { seat, places } of portion)
      for (const { position, deserved } of places)
        for (const [response, points] of Object.entries(deserved))
          found.set(`${seat.id} ${position} ${response}`, points)
  }
  return found
}
