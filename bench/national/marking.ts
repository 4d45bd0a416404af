import { randomUUID } from 'node:crypto'
import { asActor, asJob, type Tx } from '../../src/db/actor.ts'
import type { Database } from '../../src/db/connection.ts'
import { heldAnswer, nextAnswer, putMark } from '../../src/modules/assessments/marking/marking-store.ts'

const MARKERS = 20
const EACH = 20 // answers
/** PostgreSQL's code for a statement that took longer than its pool allows; a page would say to come again. */
const TOO_LONG = '57014'

/** Twenty people who mark; the three of the made-up country are among them. */
export async function plantMarkers(tx: Tx): Promise<void> {
  await tx.query(
    `with person as (
       insert into access.person (display_name, demo) select 'Vērtētāja ' || i, true from generate_series(4, $1::int) i returning person_id
     ), mandate as (
       insert into access.mandate (person_id, tier, valid, source)
       select person_id, 'researcher', daterange(access.today(), null), 'demo' from person returning mandate_id
     ) insert into assessments.duty (mandate_id, duty, valid, source)
       select mandate_id, 'marker', daterange(access.today(), null), 'demo' from mandate`,
    [MARKERS],
  )
}

/** How long twenty markers at once wait for the next answer and for a mark to be taken, and whether two ever got the same. */
export async function markTogether(db: Database, code: string): Promise<string> {
  const { rows: markers } = await asJob(db, (tx) =>
    tx.query<{ personId: number; mandateId: number; round: string }>(
      `select m.person_id as "personId", m.mandate_id as "mandateId", r.round_uuid as round
         from assessments.duty d join access.mandate m using (mandate_id), assessments.round r
        where d.duty = 'marker' and r.code = $1 order by 2`,
      [code],
    ),
  )
  let refused = 0
  const times = { next: [] as number[], put: [] as number[] }
  await Promise.all(
    markers.map(async ({ round, ...marker }) => {
      const as = <T>(work: (tx: Tx) => Promise<T>) =>
        asActor(db, { tier: 'researcher', ...marker, requestId: randomUUID() }, work)
      for (let n = 0; n < EACH; n++) {
        try {
          const asked = performance.now()
          const answer = await as(async (tx) =>
            (await nextAnswer(tx, round, null)) ? heldAnswer(tx, round) : null,
          )
          times.next.push(performance.now() - asked)
          if (!answer) return
          const put = performance.now()
          await as((tx) => putMark(tx, answer.task, Math.min(1, answer.most)))
          times.put.push(performance.now() - put)
        } catch (error) {
          if ((error as { code?: string }).code !== TOO_LONG) throw error
          refused++
        }
      }
    }),
  )
  const { rows: found } = await asJob(db, (tx) =>
    tx.query<{ tooOften: number }>(
      `select count(*)::integer as "tooOften" from assessments.mark_task t
        where t.needed < (select count(*) from assessments.mark m where m.task_id = t.task_id and not m.of_control and m.withdrawn_at is null)`,
    ),
  )
  const at = (all: number[], share: number) =>
    all.toSorted((a, b) => a - b)[Math.floor(share * (all.length - 1))]!.toFixed(0)
  const said = (all: number[]) => `p50 ${at(all, 0.5)} p95 ${at(all, 0.95)} longest ${at(all, 1)} ms`
  return `${markers.length} markers at once, ${times.put.length} marks: next ${said(times.next)}; mark ${said(times.put)}; refused ${refused}; marked oftener than needed: ${found[0]!.tooOften}`
}

/** What one marker began and a second has not read yet is decided by the first. */
export async function endMarking(tx: Tx, code: string): Promise<void> {
  await tx.query(
    `with given as (
       insert into assessments.mark (task_id, person_id, points)
       select t.task_id, p.person_id, (select max(m.points) from assessments.mark m where m.task_id = t.task_id)
         from assessments.mark_task t join assessments.round r using (round_id),
              lateral (select x.person_id from assessments.duty d join access.mandate x using (mandate_id)
                        where d.duty = 'marker' and x.person_id not in (select m.person_id from assessments.mark m where m.task_id = t.task_id)
                        order by 1 limit 1) p
        where r.code = $1 and t.points is null
       returning task_id)
     select assessments.settle_marks(array_agg(task_id)) from given`,
    [code],
  )
}
