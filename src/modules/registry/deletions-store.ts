import type { Tx } from '#db/actor.ts'

/**
 * What deletions are about: makes `target` (line, id, is_current) from the staged rows. What was never known has no id.
 *
 * @param what  `code` of a table of versions, or learners and staff by the hash of their code
 */
export async function findTargets(
  tx: Tx,
  what: { table: string; id: string } | { identity: 'learners' | 'staff' },
): Promise<void> {
  if (!('identity' in what)) {
    const { table, id } = what
    await tx.query(`
      create temporary table target on commit drop as
      select s.line, k.id, coalesce(k.is_current, false) as is_current
        from staged_row s
        left join (select distinct on (code) code, ${id} as id, superseded_by is null as is_current from ${table}
                    order by code, (superseded_by is null) desc, lower(valid) desc nulls last) k using (code)`)
    return
  }
  const [known, id] = {
    learners: [
      `(select code_hash, learner_id from identity.person union all select code_hash, learner_id from identity.earlier_code)`,
      'learner_id',
    ],
    staff: ['identity.staff', 'staff_id'],
  }[what.identity] as [string, string]
  await tx.query(`
    create temporary table target on commit drop as
    select s.line, p.${id} as id, p.${id} is not null as is_current
      from staged_row s left join ${known} p using (code_hash)`)
}

/** Identity of those whom the source does not know any more: nothing is left of it. */
export async function destroyIdentity(tx: Tx, of: 'learners' | 'staff'): Promise<void> {
  if (of === 'staff') {
    await tx.query('delete from identity.staff where staff_id in (select id from target)')
    return
  }
  await tx.query('delete from identity.earlier_code where learner_id in (select id from target)')
  await tx.query('delete from identity.person where learner_id in (select id from target)')
}

/** A table of facts of learners, and SQL of what beside the learner says which is meant, of a staged row `s`. */
export interface LearnerFacts {
  table: string
  /** column of the table → SQL */
  columns: Readonly<Record<string, string>>
}

const sameFact = ({ columns }: LearnerFacts) =>
  ['f.learner_id = t.id', ...Object.keys(columns).map((column) => `f.${column} = t.of_${column}`)].join(
    ' and ',
  )

/** Facts of learners that are deleted by learner and class, or learner and round: `target` gets a row for each. */
export async function findLearnerFacts(tx: Tx, facts: LearnerFacts): Promise<void> {
  const of = Object.entries(facts.columns).map(([column, sql]) => `${sql} as of_${column}, `)
  await tx.query(`
    create temporary table target on commit drop as
    select s.line, p.learner_id as id, ${of.join('')}true as is_current
      from staged_row s
      left join (select code_hash, learner_id from identity.person
                 union all select code_hash, learner_id from identity.earlier_code) p using (code_hash)`)
  await tx.query(`
    update target t set id = null where not exists (select from ${facts.table} f where ${sameFact(facts)})`)
}

export async function withdrawLearnerFacts(tx: Tx, importId: number, facts: LearnerFacts): Promise<number> {
  const { rowCount } = await tx.query(
    `update ${facts.table} f set superseded_by = $1 from target t
      where f.superseded_by is null and ${sameFact(facts)}`,
    [importId],
  )
  return rowCount
}

/** Facts by natural key: makes `target` (line, id): a fact that was never known has no id. */
export async function findFacts(
  tx: Tx,
  { table, key }: { table: string; key: readonly string[] },
): Promise<void> {
  await tx.query(`
    create temporary table target on commit drop as
    select s.line, false as is_current,
           case when exists (select from ${table} t where ${sameKey(key)}) then s.line end as id
      from staged_row s`)
}

export async function withdrawFacts(
  tx: Tx,
  importId: number,
  { table, key }: { table: string; key: readonly string[] },
): Promise<number> {
  const { rowCount } = await tx.query(
    `update ${table} t set superseded_by = $1 from staged_row s where t.superseded_by is null and ${sameKey(key)}`,
    [importId],
  )
  return rowCount
}

const sameKey = (key: readonly string[]) =>
  key.map((each) => `s."${each}" is not distinct from t.${each}`).join(' and ')
