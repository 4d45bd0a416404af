import type { Tx } from '#db/actor.ts'
import type { Finding, Findings, Merged } from './staging.ts'

/**
 * Finds the learners the file speaks of: `learner_of` (no → id; `first` is the lowest number of the same code).
 *
 * @param repeats  one code may stand under several numbers
 */
export async function findLearners(tx: Tx, repeats: boolean) {
  const first = repeats ? 'min(s.no) over (partition by s.code_hash)' : 's.no'
  await tx.query(`
    create temporary table learner_of on commit drop as
    select s.no, s.first, p.learner_id is null as is_new,
           coalesce(p.learner_id,
             case when s.no = s.first then nextval('registry.learner_learner_id_seq') end) as learner_id
      from (select s.no, s.code_hash, ${first} as first from staged_learner s) s
      left join identity.person p using (code_hash)`)
  if (repeats) {
    await tx.query(`
      update learner_of o set learner_id = f.learner_id
        from learner_of f
       where f.no = o.first and o.learner_id is null`)
  }
  await tx.query('analyze learner_of')
}

/** Learners that are only referred to and unknown, and those of whom two lines say different things. */
export async function checkLearners(tx: Tx, repeats: boolean, most: number): Promise<Findings> {
  const unknown = `
    select s.line, 'learner.unknown' as rule, null as attribute, null::bigint as other
      from staged_learner s join learner_of o using (no)
     where o.is_new and s.sex is null`
  const conflict = (attribute: string, column: string) => `
    select s.line, 'learner.conflict', '${attribute}', f.line
      from staged_learner s join learner_of o using (no) join staged_learner f on f.no = o.first
     where o.no <> o.first and s.${column} is distinct from f.${column}`
  const parts = repeats
    ? [unknown, conflict('sex', 'sex'), conflict('birthMonth', 'birth_month'), conflict('name', 'name_hash')]
    : [unknown]
  const { rows } = await tx.query<Finding & { total: number }>(
    `select line, rule, 'learner' as about, attribute as part, null as value, count(*) over () as total,
            jsonb_strip_nulls(jsonb_build_object('attribute', attribute, 'otherLine', other)) as detail
       from (${parts.join(' union all ')}) found
      order by line limit $1`,
    [most],
  )
  return { found: rows.map(({ total: _, ...finding }) => finding), total: rows[0]?.total ?? 0 }
}

/** Takes the learners into the register and their sealed identity apart from it. */
export async function mergeLearners(tx: Tx, importId: number): Promise<Merged> {
  await tx.query(
    'insert into registry.learner (learner_id) select learner_id from learner_of where is_new and no = first',
  )
  await tx.query(
    `insert into identity.person (learner_id, code_hash, sealed_code, sealed_name, name_hash, import_id, line)
     select o.learner_id, s.code_hash, s.sealed_code, s.sealed_name, s.name_hash, $1, s.line
       from learner_of o join staged_learner s using (no)
      where o.is_new and o.no = o.first`,
    [importId],
  )
  // A name that changed takes the place of the old one: identity keeps no history.
  await tx.query(
    `create temporary table said_learner on commit drop as
     select o.learner_id, o.is_new, s.line, s.sex, s.birth_month, s.sealed_name, s.name_hash,
            hash_record_extended(row(o.learner_id, s.sex, s.birth_month), 0) as row_hash, false as is_changed
       from learner_of o join staged_learner s using (no)
      where o.no = o.first`,
  )
  await tx.query(`
    update said_learner s set is_changed = true
     where not s.is_new and (
       exists (select from identity.person p
                where p.learner_id = s.learner_id and s.name_hash is not null and p.name_hash is distinct from s.name_hash)
       or s.sex is not null and not exists (
         select from registry.learner_version v
          where v.learner_id = s.learner_id and v.superseded_by is null and v.row_hash = s.row_hash))`)
  await tx.query(
    `update identity.person p set sealed_name = s.sealed_name, name_hash = s.name_hash, import_id = $1, line = s.line
       from said_learner s
      where s.is_changed and p.learner_id = s.learner_id
        and s.name_hash is not null and p.name_hash is distinct from s.name_hash`,
    [importId],
  )
  await tx.query(
    `update registry.learner_version v set superseded_by = $1
       from said_learner s
      where s.is_changed and s.sex is not null and v.learner_id = s.learner_id
        and v.superseded_by is null and v.row_hash <> s.row_hash`,
    [importId],
  )
  await tx.query(
    `insert into registry.learner_version (learner_id, sex, birth_month, valid, import_id, line, row_hash)
     select s.learner_id, s.sex, s.birth_month, '(,)', $1, s.line, s.row_hash
       from said_learner s
      where s.sex is not null and (s.is_new or s.is_changed and not exists (
        select from registry.learner_version v where v.learner_id = s.learner_id and v.superseded_by is null))`,
    [importId],
  )
  const { rows } = await tx.query<Merged>(`
    select count(*) filter (where is_new) as added, count(*) filter (where is_changed) as changed, 0 as withdrawn,
           count(*) filter (where not is_new and not is_changed) as unchanged
      from said_learner`)
  return rows[0]!
}
