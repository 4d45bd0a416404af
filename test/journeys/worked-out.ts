import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import { type Abilities, estimateAbilities, type KnownItem } from '#stats/irt/index.ts'

/** Points of a round and what src/stats makes of them under the items of the run in force. */
export interface WorkedOut {
  /** in the order of the rows of `responses` */
  people: { learner: number; school: number }[]
  items: KnownItem[]
  /** people × items, row by row: points; what was not reached is 0 */
  responses: Int8Array
  /** logits of the round */
  abilities: Abilities
  /** from logits of the round to points of the scale */
  toPoints: (ability: number) => number
  /** points for one logit */
  stretch: number
  /** where levels 2, 3 and 4 begin; null: no standard was set */
  cuts: number[] | null
}

/** Works out a round from the points given to answers, past everything that scaling wrote about people. */
export async function workedOut(db: Database, round: string): Promise<WorkedOut> {
  const query = async <Row extends object>(sql: string) =>
    (await asJob(db, (tx) => tx.query<Row>(sql, [round]))).rows
  const [run] = await query<{
    items: KnownItem[]
    scale: { reporting: Link; toBase: Link }
    cuts: number[] | null
  }>(
    `select x.calibration -> 'items' as items, x.scale, s.cuts from assessments.scaling_run x join assessments.round r using (round_id)
       left join assessments.standard s on s.domain = r.domain and s.grade = r.grade and s.scale = x.scale ->> 'name'
      where r.code = $1 and x.in_force order by s.version desc limit 1`,
  )
  const { items, scale, cuts } = run!
  const places = await query<{
    person: number
    learner: number
    school: number
    item: string
    points: number | null
  }>(
    `select p.participant_id as person, p.learner_id as learner, p.institution_id as school, f.item_version_id::text as item, s.points
       from assessments.participant p join assessments.round r using (round_id)
       join assessments.form_item f using (form_id)
       join assessments.item_score s on s.participant_id = p.participant_id and s.position = f.position
      where r.code = $1 and p.status = 'tested' order by 1`,
  )
  const rows = [...Map.groupBy(places, ({ person }) => person).values()]
  const column = new Map(items.map(({ id }, at) => [id, at]))
  const responses = new Int8Array(rows.length * items.length).fill(-1)
  rows.forEach((own, row) => {
    for (const { item, points } of own) responses[row * items.length + column.get(item)!] = points ?? 0
  })
  const { reporting, toBase } = scale
  return {
    people: rows.map(([first]) => ({ learner: first!.learner, school: first!.school })),
    items,
    responses,
    abilities: estimateAbilities({ responses, items, method: 'wle' }),
    toPoints: (ability) => reporting.stretch * (toBase.stretch * ability + toBase.shift) + reporting.shift,
    stretch: reporting.stretch * toBase.stretch,
    cuts,
  }
}

interface Link {
  stretch: number
  shift: number
}
