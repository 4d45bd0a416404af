import { randomUUID } from 'node:crypto'
import { asActor, asJob, type Tx } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import type { Duty } from '../lifecycle.ts'
import { RoundRefused } from '../rounds/refused.ts'
import { answer, isDone } from '../scaling/panel-store.ts'

/** Shares of pupils below levels 2, 3 and 4 that the made-up panel has in mind. */
const BELOW = [0.16, 0.48, 0.86]

interface Seated {
  personId: number
  mandateId: number
}

/**
 * The made-up panel sets a standard for a scaled round, each of them as a person with that duty: bookmarks in two rounds, a place apart
 * in the first, the medians adopted from this school year on. Levels appear with the next run.
 */
export async function setStandard(
  db: Database,
  round: string,
  { year, name, basis }: { year: number; name: string; basis: string },
): Promise<void> {
  const { psychometricians, panellists, places } = await asJob(db, async (tx) => ({
    psychometricians: await demoPeople(tx, 'psychometrician'),
    panellists: await demoPeople(tx, 'panellist'),
    places: await placesFor(tx, round),
  }))
  const [lead] = psychometricians
  if (!lead || panellists.length < 2) throw new RoundRefused('too_few_panellists')
  const as = <T>({ personId, mandateId }: Seated, work: (tx: Tx) => Promise<T>) =>
    asActor(db, { tier: 'researcher', personId, mandateId, requestId: randomUUID() }, work)
  const panel = await as(lead, (tx) => answer(tx, 'assessments.open_panel($1, $2)::text', [round, name]))
  if (!panel) throw new RoundRefused('panel_open')
  for (const apart of [1, 0]) {
    for (const [at, person] of panellists.entries()) {
      const own = apart === 0 ? places : places.map((place) => Math.max(1, place + (at - 1) * apart))
      await as(person, (tx) =>
        answer(tx, 'assessments.put_bookmarks($1::uuid, $2::smallint[])', [panel, own]),
      )
    }
    await as(lead, (tx) =>
      isDone(tx, 'assessments.end_panel_round($1::uuid, $2::boolean)', [panel, apart === 0]),
    )
  }
  const why = await as(lead, (tx) =>
    answer(tx, 'assessments.adopt_standard($1::uuid, $2::smallint, $3)', [panel, year, basis]),
  )
  if (why) throw new RoundRefused(why)
}

async function demoPeople(tx: Tx, duty: Duty): Promise<Seated[]> {
  const { rows } = await tx.query<Seated>(
    `select m.person_id as "personId", m.mandate_id as "mandateId"
       from assessments.duty d join access.mandate m using (mandate_id) join access.person p using (person_id)
      where p.demo and d.duty = $1 and d.valid @> access.today() and m.valid @> access.today() order by m.mandate_id`,
    [duty],
  )
  return rows
}

/** Places of the booklet nearest to the scores below which those shares of pupils are, rising. */
async function placesFor(tx: Tx, round: string): Promise<number[]> {
  const { rows: cuts } = await tx.query<{ cuts: number[] }>(
    `select percentile_cont($2::double precision[]) within group (order by o.score) as cuts
       from assessments.outcome o join assessments.round r using (round_id) where r.code = $1 and o.ended_at is null`,
    [round, BELOW],
  )
  const { rows: booklet } = await tx.query<{ place: number; location: number }>(
    `select b.at::integer as place, (b.said ->> 'location')::double precision as location
       from assessments.scaling_run x join assessments.round r using (round_id),
            jsonb_array_elements(x.report -> 'booklet') with ordinality b (said, at)
      where r.code = $1 and x.in_force order by 1`,
    [round],
  )
  const last = booklet.length
  const nearest = cuts[0]!.cuts.map(
    (cut) =>
      booklet.reduce((best, each) =>
        Math.abs(each.location - cut) < Math.abs(best.location - cut) ? each : best,
      ).place,
  )
  // One place is left on either side, so that panellists may be apart.
  const rising = nearest.map((place) => Math.min(last - 1, Math.max(2, place)))
  for (let at = 1; at < rising.length; at++) rising[at] = Math.max(rising[at]!, rising[at - 1]! + 2)
  return rising
}
