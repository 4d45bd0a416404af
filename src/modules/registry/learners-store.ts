import type { Tx } from '#db/actor.ts'
import type { Finding, Findings, Merged } from './staging.ts'

/** Makes `learner_of` (no → id, and what its line says), empty. */
export async function prepareLearners(tx: Tx) {
  await tx.query(`
    create temporary table learner_of (
      no int4, line int8, learner_id int8, sex text, birth_month date, name_hash bytea, previous_hash bytea
    ) on commit drop`)
}

/** Keeps `learner_of` of this file for those that come after it in the transaction: `learner_described`. */
export async function rememberLearners(tx: Tx) {
  await tx.query('alter table pg_temp.learner_of rename to learner_described')
}

/** Makes `learner_of` with those whom an earlier file of the transaction described. */
export async function recallLearners(tx: Tx) {
  await tx.query(`
    create temporary table learner_of on commit drop as select no, line, learner_id from learner_described`)
}

/**
 * Takes the learners who are staged into the register, their sealed identity apart from it, and empties the staging table. Done
 * piece by piece while the file is read, because the database has time then; nothing of it stays when the file is refused.
 * Codes that were met before, in the bank or in this file, keep their learner; a code that took the place of an earlier one is given
 * to the learner who had that.
 *
 * @param saysPrevious  some lines may name an earlier code of the same person
 * @param saysBirth     the file speaks of months of birth; else those known stay
 * @returns  how many were new, and of how many the file says something else than the bank
 */
export async function takeLearners(
  tx: Tx,
  importId: number,
  { saysPrevious = false, saysBirth = true } = {},
): Promise<Pick<Merged, 'added' | 'changed'>> {
  if (!saysBirth) {
    await tx.query(`
      update staged_learner s set birth_month = v.birth_month
        from identity.person p join registry.learner_version v using (learner_id)
       where p.code_hash = s.code_hash and v.superseded_by is null`)
  }
  const { rows } = await tx.query<Pick<Merged, 'added' | 'changed'>>(
    `with found as materialized (
       select s.*, coalesce(p.learner_id, e.learner_id${saysPrevious ? ', q.learner_id, f.learner_id' : ''}) as known_id,
              p.name_hash as known_name, p.learner_id is not null as has_this_code,
              ${saysPrevious ? 'p.learner_id is null and e.learner_id is null and coalesce(q.learner_id, f.learner_id) is not null' : 'false'}
                as is_recoded,
              s.no = min(s.no) over same_code as is_first
         from staged_learner s
         left join identity.person p on p.code_hash = s.code_hash
         left join identity.earlier_code e on e.code_hash = s.code_hash
         ${
           saysPrevious
             ? `left join identity.person q on q.code_hash = s.previous_hash
                left join identity.earlier_code f on f.code_hash = s.previous_hash`
             : ''
         }
       window same_code as (partition by s.code_hash)
     ), given as materialized (
       select f.*, f.known_id is null and f.sex is not null and f.is_first as is_new,
              max(coalesce(f.known_id,
                case when f.is_first and f.sex is not null then nextval('registry.learner_learner_id_seq') end))
                over (partition by f.code_hash) as learner_id
         from found f
     ), hashed as materialized (
       select g.*, hash_record_extended(row(g.learner_id, g.sex, g.birth_month), 0) as row_hash from given g
     ), noted as (
       insert into learner_of (no, line, learner_id, sex, birth_month, name_hash, previous_hash)
       select no, line, learner_id, sex, birth_month, name_hash, previous_hash from hashed
     ), made as (
       insert into registry.learner (learner_id) select learner_id from hashed where is_new
     ), sealed as (
       insert into identity.person (learner_id, code_hash, sealed_code, sealed_name, name_hash, import_id, line)
       select learner_id, code_hash, sealed_code, sealed_name, name_hash, $1, line from hashed where is_new
     ), renamed as ( -- a new name takes the place of the old one: identity keeps no history
       update identity.person p set sealed_name = h.sealed_name, name_hash = h.name_hash, import_id = $1, line = h.line
         from hashed h
        where h.is_first and h.has_this_code and p.learner_id = h.learner_id
          and h.name_hash is not null and h.known_name is distinct from h.name_hash
       returning p.learner_id
     ), recoded as (
       update identity.person p
          set code_hash = h.code_hash, sealed_code = h.sealed_code, sealed_name = coalesce(h.sealed_name, p.sealed_name),
              name_hash = coalesce(h.name_hash, p.name_hash), import_id = $1, line = h.line
         from hashed h
        where h.is_first and h.is_recoded and p.learner_id = h.learner_id
       returning p.learner_id
     ), remembered as ( -- by the earlier code, too, the learner is found
       insert into identity.earlier_code (code_hash, learner_id, import_id, line)
       select h.previous_hash, h.learner_id, $1, h.line from hashed h
        where h.is_first and h.previous_hash is not null and h.previous_hash <> h.code_hash and h.learner_id is not null
       on conflict (code_hash) do nothing
     ), outdated as (
       update registry.learner_version v set superseded_by = $1
         from hashed h
        where h.is_first and not h.is_new and h.sex is not null and v.learner_id = h.learner_id
          and v.superseded_by is null and v.row_hash <> h.row_hash
       returning v.learner_id
     ), described as (
       insert into registry.learner_version (learner_id, sex, birth_month, valid, import_id, line, row_hash)
       select h.learner_id, h.sex, h.birth_month, '(,)', $1, h.line, h.row_hash
         from hashed h
        where h.is_first and (h.is_new or h.learner_id in (select learner_id from outdated))
     )
     select (select count(*) from hashed where is_new) as added,
            (select count(*) from (select learner_id from renamed union select learner_id from recoded union select learner_id from outdated) c) as changed`,
    [importId],
  )
  await tx.query('truncate staged_learner')
  return rows[0]!
}

/** Finds the staged learners who are only referred to, all at once: whom nobody knows has no id. */
export async function findLearners(tx: Tx): Promise<void> {
  await tx.query('analyze staged_learner')
  await tx.query(`
    insert into learner_of (no, line, learner_id)
    select s.no, s.line, coalesce(p.learner_id, e.learner_id)
      from staged_learner s
      left join identity.person p on p.code_hash = s.code_hash
      left join identity.earlier_code e on e.code_hash = s.code_hash`)
}

/** How many different learners the file speaks of. */
export async function countLearners(tx: Tx): Promise<number> {
  const { rows } = await tx.query<{ n: number }>('select count(distinct learner_id) as n from learner_of')
  return rows[0]!.n
}

/**
 * Learners that are only referred to and unknown, and those of whom two lines say different things.
 *
 * @param repeats       one learner may stand under several numbers
 * @param saysPrevious  some lines may name an earlier code
 */
export async function checkLearners(
  tx: Tx,
  repeats: boolean,
  most: number,
  { saysPrevious = false } = {},
): Promise<Findings> {
  const unknown = `
    select line, 'learner.unknown' as rule, null as attribute, null::bigint as other from learner_of
     where learner_id is null`
  const conflict = (attribute: string, column: string) => `
    select o.line, 'learner.conflict', '${attribute}', o.first_line
      from (select line, ${column} as now, first_value(${column}) over in_file as first,
                   first_value(line) over in_file as first_line
              from learner_of where learner_id is not null
            window in_file as (partition by learner_id order by no)) o
     where o.now is distinct from o.first`
  const parts = repeats
    ? [unknown, conflict('sex', 'sex'), conflict('birthMonth', 'birth_month'), conflict('name', 'name_hash')]
    : [unknown]
  if (saysPrevious) parts.push(twoPeople)
  const { rows } = await tx.query<Finding & { total: number }>(
    `select line, rule, 'learner' as about, attribute as part, null as value, count(*) over () as total,
            jsonb_strip_nulls(jsonb_build_object('attribute', attribute, 'otherLine', other)) as detail
       from (${parts.join(' union all ')}) found
      order by line limit $1`,
    [most],
  )
  return { found: rows.map(({ total: _, ...finding }) => finding), total: rows[0]?.total ?? 0 }
}

/** Lines whose earlier code is, or was, somebody else's: two learners are never made one by a file. */
const twoPeople = `
    select o.line, 'learner.two_people', 'previous', null::bigint
      from (select line, learner_id, previous_hash, count(*) over (partition by previous_hash) as claims
              from learner_of where previous_hash is not null and learner_id is not null) o
      left join identity.person p on p.code_hash = o.previous_hash and p.learner_id <> o.learner_id
      left join identity.earlier_code e on e.code_hash = o.previous_hash and e.learner_id <> o.learner_id
     where o.claims > 1 or p.learner_id is not null or e.learner_id is not null`

/** Codes that changed, by what the file says: the hash before and the hash now. */
export async function changedCodes(tx: Tx): Promise<{ from: Buffer; to: Buffer }[]> {
  const { rows } = await tx.query<{ from: Buffer; to: Buffer }>(
    `select distinct o.previous_hash as "from", p.code_hash as "to"
       from learner_of o join identity.person p using (learner_id)
      where o.previous_hash is not null and o.previous_hash <> p.code_hash`,
  )
  return rows
}
