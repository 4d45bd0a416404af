import type { Tx } from '#db/actor.ts'
import type { Random } from '#stats/numeric/random.ts'
import { correct, newImport, withdraw } from './changed-bank.ts'

/** What can be corrected in a planted bank, with a new value that keeps the rules of its table. */
const corrections = (n: number): readonly (readonly [table: string, set: Record<string, string>])[] => [
  ['registry.enrolment', { institution_id: `${11 + (n % 3)}` }],
  ['registry.enrolment', { repeated: 'not repeated', leave_reason: n % 2 ? `'other'` : 'null' }],
  ['registry.class_group_version', { language: n % 2 ? `'minority'` : `'lv'` }],
  ['registry.learner_version', { sex: `case sex when 'female' then 'male' else 'female' end` }],
  ['registry.learner_circumstance', { special_need: n % 2 ? `${51 + (n % 9)}` : 'null' }],
  ['registry.employment', { rate: `${(1 + (n % 10)) / 10}` }],
  ['registry.site_version', { floor_area_m2: `${500 + n}` }],
  ['registry.staff_version', { cpd_hours_3y: `${n % 60}` }],
  ['records.result', { value: `${n % 100}` }],
  ['records.marks', { year_mark: `array_fill(${1 + (n % 4)}::smallint, array[cardinality(subjects)])` }],
  ['records.absence', { excused: 'unexcused', unexcused: 'excused' }],
  ['records.lesson_delivery', { delivered: 'planned' }],
]

/** What learners have, with what a learner has it of once. */
const ofLearners = [
  ['registry.enrolment', 'school_year'],
  ['records.marks', 'school_year'],
  ['records.absence', 'school_year'],
  ['records.result', 'assessment_id'],
] as const

/** Says of some learners what is said of others: rows that nobody had before. */
async function add(tx: Tx, table: string, once: string, skipped: number, rows: number): Promise<number> {
  const { rows: columns } = await tx.query<{ name: string }>(
    `select attname as name from pg_attribute
      where attrelid = $1::regclass and attnum > 0 and not attisdropped and attidentity = '' and attgenerated = ''`,
    [table],
  )
  const names = columns.map(({ name }) => name)
  const values: Readonly<Record<string, string>> = {
    learner_id: 'other.learner_id',
    import_id: String(await newImport(tx)),
  }
  const { rowCount } = await tx.query(
    `insert into ${table} (${names.join(', ')})
     select ${names.map((name) => values[name] ?? `given.${name}`).join(', ')}
       from (select *, row_number() over (order by import_id, line) as at from ${table} where superseded_by is null) given
       join (select learner_id, row_number() over (order by learner_id desc) as at from registry.learner) other using (at)
      where given.at between ${skipped + 1} and ${skipped + rows}
        and not exists (select from ${table} x where x.learner_id = other.learner_id and x.${once} = given.${once})`,
  )
  return rowCount
}

/**
 * Changes a planted bank as life does: some rows come, some are corrected, some are taken back, some are deleted outright; now and then
 * somebody objects, or a linkage is switched. Told in words, so that a failing test says after what.
 */
export async function changeAtRandom(tx: Tx, random: Random): Promise<string> {
  const one = <T>(list: readonly T[]) => list[random.integer(list.length)]!
  const n = random.integer(1000)
  const rows = 1 + random.integer(5)
  const [table, set] = one(corrections(n))
  const mine = one(ofLearners)
  // of any row, wherever it lies
  const some = `abs(hashint8(line + ${n})::bigint) % 7 = ${n % 7}`
  switch (random.integer(10)) {
    case 0:
    case 1:
      return `${await add(tx, mine[0], mine[1], random.integer(300), 20 * rows)} rows added to ${mine[0]}`
    case 2:
      return `${await withdraw(tx, table, some, rows)} rows of ${table} taken back`
    case 3: {
      const { rowCount } = await tx.query(
        `delete from ${mine[0]} where ctid = any (array(select ctid from ${mine[0]} where ${some} order by import_id, line limit ${rows}))`,
      )
      return `${rowCount} rows of ${mine[0]} deleted`
    }
    case 4:
      await tx.query(
        `insert into rights.objection (learner_id, kind, ground, valid, recorded_by)
         select learner_id, 'objection', 'test', '[2020-01-01,)', 1 from registry.learner order by learner_id offset $1 limit 1`,
        [n % 50],
      )
      return 'somebody objects'
    case 5:
      await tx.query(
        `insert into rights.linkage_switch (linkage, is_on, reason)
         select linkage, not is_on, 'test' from rights.linkage_switch where linkage = (select code from rights.linkage order by code offset $1 limit 1)
          order by switch_id desc limit 1`,
        [n % 5],
      )
      return 'a linkage is switched'
    default:
      return `${await correct(tx, table, some, set, rows)} rows of ${table} corrected`
  }
}
