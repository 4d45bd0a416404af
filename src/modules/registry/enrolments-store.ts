import type { Tx } from '#db/actor.ts'
import type { Finding, Findings, Merged } from './staging.ts'
import { type Look, rowsByLearner } from './staging-store.ts'

/**
 * Enrolments of one learner that say two things about one day. On a day a learner has one main place of study; another
 * place is entered once for the same time. Every enrolment lies within its school year, so that rows of other years, in the
 * file or in the bank, cannot overlap with it.
 */
export async function overlappingEnrolments(tx: Tx, look: Look, most: number): Promise<Findings> {
  const { rows } = await tx.query<Finding & { total: number }>(
    `with overlapping as (
       select line, other_line, reach
         from (
           select line, from_day, lag(line) over earlier as other_line,
                  max(to_day) over (earlier rows between unbounded preceding and 1 preceding) as reach
             from ${rowsByLearner('staged_enrolment', look)} e
           window earlier as (partition by learner, school_year, case when main then -1 else institution_no end
                              order by from_day, line)
         ) in_order
        where from_day < reach
     )
     select o.line, 'enrolment' as about, null as value, count(*) over () as total,
            case when row(e.institution_no, e.grade, e.class_name, e.from_day, e.to_day)
                        is not distinct from row(f.institution_no, f.grade, f.class_name, f.from_day, f.to_day)
                 then 'enrolment.repeated' else 'enrolment.overlap' end as rule,
            jsonb_build_object('otherLine', o.other_line, 'until', o.reach - 1) as detail
       from overlapping o
       join staged_enrolment e on e.line = o.line
       join staged_enrolment f on f.line = o.other_line
      order by line limit $1`,
    [most],
  )
  return { found: rows.map(({ total: _, ...finding }) => finding), total: rows[0]?.total ?? 0 }
}

/**
 * Takes the enrolments into the register. What the file says of a learner's main enrolment in a school year is all there is:
 * rows of the bank it does not repeat are superseded. For other places of study the same holds place by place.
 */
export async function mergeEnrolments(tx: Tx, importId: number): Promise<Merged> {
  const staged = `
    select s.*, hash_record_extended(row(learner_id, institution_id, school_year, grade, class_name, main, valid), 0)
             -- what came later counts where there is any: the same fact said before keeps its hash
             # case when num_nonnulls(${later}) = 0 then 0 else hash_record_extended(row(${later}), 0) end as row_hash
      from (select o.learner_id, i.institution_id, s.school_year, s.grade, s.class_name, s.main,
                   daterange(s.from_day, s.to_day) as valid, ${later}, s.line
              from staged_enrolment s
              join learner_of o on o.no = s.learner_no
              join institution_of i on i.no = s.institution_no) s`
  const into = `
    insert into registry.enrolment (learner_id, institution_id, school_year, grade, class_name, main, valid, ${later}, line,
      row_hash, import_id)`
  if (!(await yearsKnown(tx))) {
    const { rowCount } = await tx.query(`${into} select f.*, $1 from (${staged}) f`, [importId])
    return { added: rowCount, changed: 0, withdrawn: 0, unchanged: 0 }
  }
  await tx.query(`create temporary table fact on commit drop as ${staged}`)
  await tx.query('analyze fact')
  const { rows } = await tx.query<Merged>(
    `with gone as (
       update registry.enrolment e set superseded_by = $1
        where e.superseded_by is null
          and exists (select from fact f where f.learner_id = e.learner_id and f.school_year = e.school_year
                         and f.main = e.main and (f.main or f.institution_id = e.institution_id))
          and not exists (select from fact f where f.learner_id = e.learner_id and f.school_year = e.school_year
                             and f.row_hash = e.row_hash)
       returning e.learner_id, e.school_year, case when e.main then -1 else e.institution_id end as place
     ), made as (
       ${into}
       select f.*, $1 from fact f
        where not exists (select from registry.enrolment e where e.learner_id = f.learner_id
                             and e.school_year = f.school_year and e.superseded_by is null and e.row_hash = f.row_hash)
       returning learner_id, school_year, case when main then -1 else institution_id end as place
     ), per_group as (
       select sum(made) as made, sum(gone) as gone
         from (select learner_id, school_year, place, 1 as made, 0 as gone from made
               union all select learner_id, school_year, place, 0, 1 from gone) each
        group by learner_id, school_year, place
     )
     select coalesce(sum(greatest(made - gone, 0)), 0)::bigint as added,
            coalesce(sum(least(made, gone)), 0)::bigint as changed,
            coalesce(sum(greatest(gone - made, 0)), 0)::bigint as withdrawn,
            (select count(*) from fact) - coalesce(sum(made), 0)::bigint as unchanged
       from per_group`,
    [importId],
  )
  await tx.query('drop table fact')
  return rows[0]!
}

const later = 'code, class_group_id, programme_code, leave_reason, repeated, transport_minutes'

/**
 * Withdraws what a complete file lacks: enrolments in the school years and institutions it speaks of, of learners it does not
 * name there.
 */
export async function withdrawLackingEnrolments(tx: Tx, importId: number): Promise<number> {
  await tx.query(`
    create temporary table target on commit drop as
    select distinct i.institution_id, s.school_year, o.learner_id
      from staged_enrolment s
      join learner_of o on o.no = s.learner_no
      join institution_of i on i.no = s.institution_no`)
  await tx.query('analyze target')
  const { rowCount } = await tx.query(
    `update registry.enrolment e set superseded_by = $1
      where e.superseded_by is null
        and exists (select from target t where t.institution_id = e.institution_id and t.school_year = e.school_year)
        and not exists (select from target t where t.institution_id = e.institution_id and t.school_year = e.school_year
                           and t.learner_id = e.learner_id)`,
    [importId],
  )
  return rowCount
}

/** Whether the bank has enrolments of any school year in the file. */
async function yearsKnown(tx: Tx): Promise<boolean> {
  const { rows } = await tx.query<{ known: boolean }>(`
    select exists (select from registry.enrolment e
                    where e.school_year = any (select distinct school_year from staged_enrolment)
                      and e.superseded_by is null) as known`)
  return rows[0]!.known
}
