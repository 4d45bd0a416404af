import type { Tx } from '#db/actor.ts'
import { philox } from '#stats/numeric/random.ts'
import { RoundRefused } from '../rounds/refused.ts'

/** Share of marks that are what the answer deserves; the others are a point off. */
const RIGHT = 0.88
const CONTROLS = 2 // of each question
const AT_ONCE = 1_000

interface Task {
  id: number
  participant: number
  position: number
  response: string
  item: number
  most: number
  twice: boolean
  institution: number
  learner: number
}

/**
 * The made-up markers mark the long answers of a round, as they would one at a time: nobody of the own school or child, a tenth by two of
 * them, a third where two differ, some as controls.
 *
 * @param deserved  points by participant, place and question (`12 3 R1`)
 * @param share     of the answers; the rest waits
 * @returns         how many marks were given
 */
export async function markAll(
  tx: Tx,
  round: number,
  deserved: ReadonlyMap<string, number>,
  { seed, share = 1 }: { seed: number; share?: number },
): Promise<number> {
  const { rows: markers } = await tx.query<{ id: number; places: number[]; children: number[] }>(
    `select m.person_id as id,
            (select coalesce(array_agg(o.institution_id), '{}') from access.mandate o where o.person_id = m.person_id and o.institution_id is not null) as places,
            (select coalesce(array_agg(o.learner_id), '{}') from access.mandate o where o.person_id = m.person_id and o.learner_id is not null) as children
       from access.mandate m join access.person p using (person_id) join assessments.duty d using (mandate_id)
      where p.demo and d.duty = 'marker' and d.valid @> access.today() and m.valid @> access.today()
      group by m.person_id order by m.person_id`,
  )
  if (markers.length < 3) throw new RoundRefused('too_few_markers')
  const { rows: tasks } = await tx.query<Task>(
    `select t.task_id as id, t.participant_id as participant, t.position, t.response, t.item_version_id as item, t.most, t.twice,
            p.institution_id as institution, p.learner_id as learner
       from assessments.mark_task t join assessments.participant p using (participant_id)
      where t.round_id = $1 and t.points is null and t.appeal_id is null
        and not exists (select from assessments.mark m where m.task_id = t.task_id)
      order by t.item_version_id, t.turn, t.task_id`,
    [round],
  )
  const random = philox(seed, 3)
  const controls = new Map<string, number>()
  const marks: { task: number; person: number; points: number; ofControl: boolean }[] = []
  const chosen: number[] = []
  for (const task of tasks) {
    const turn = random.integer(markers.length)
    const isDone = random.uniform() < share
    const points = deserved.get(`${task.participant} ${task.position} ${task.response}`)
    const may = markers
      .map((_, at) => markers[(turn + at) % markers.length]!)
      .filter(
        ({ places, children }) => !places.includes(task.institution) && !children.includes(task.learner),
      )
    const given = may.map(() => around(points ?? 0, task.most, random.uniform(), random.uniform()))
    if (!isDone || points === undefined || may.length < (task.twice ? 3 : 1)) continue
    const needed = !task.twice ? 1 : given[0] === given[1] ? 2 : 3
    for (let at = 0; at < needed; at++)
      marks.push({ task: task.id, person: may[at]!.id, points: given[at]!, ofControl: false })
    const name = `${task.item} ${task.response}`
    const known = controls.get(name) ?? 0
    if (needed === 2 && known < CONTROLS && given[0] === points) {
      controls.set(name, known + 1)
      chosen.push(task.id)
      marks.push({ task: task.id, person: may[2]!.id, points: given[2]!, ofControl: true })
    }
  }
  const touched = [...new Set(marks.map(({ task }) => task))]
  for (const ofControl of [false, true]) {
    await keepMarks(
      tx,
      marks.filter((mark) => mark.ofControl === ofControl),
    )
    if (ofControl) break
    for (let at = 0; at < touched.length; at += AT_ONCE)
      await tx.query('select assessments.settle_marks($1::bigint[])', [touched.slice(at, at + AT_ONCE)])
    await tx.query(
      `update assessments.mark_task set is_control = true, fixed = true where task_id = any ($1::bigint[]) and points is not null`,
      [chosen],
    )
  }
  return marks.length
}

/** Points as a person gives them: mostly what is deserved, else one more or less. */
function around(points: number, most: number, u: number, v: number): number {
  if (u < RIGHT) return points
  return Math.min(most, Math.max(0, points + (v < 0.5 ? -1 : 1)))
}

/** A mark every forty seconds, the last one just now. */
async function keepMarks(
  tx: Tx,
  marks: readonly { task: number; person: number; points: number; ofControl: boolean }[],
): Promise<void> {
  for (let at = 0; at < marks.length; at += AT_ONCE) {
    await tx.query(
      `insert into assessments.mark (task_id, person_id, points, of_control, made_at)
       select m.task, m.person, m.points, m."ofControl", now() - make_interval(secs => 40 * ($2::integer - m.nth)::double precision)
         from jsonb_to_recordset($1) as m (task bigint, person bigint, points smallint, "ofControl" boolean, nth integer)`,
      [
        JSON.stringify(marks.slice(at, at + AT_ONCE).map((mark, nth) => ({ ...mark, nth: at + nth }))),
        marks.length,
      ],
    )
  }
}
