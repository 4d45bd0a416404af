import type { Tx } from '#db/actor.ts'

/**
 * What a feed of representations leaves to the register, filled in: a child named by an earlier code, and the day of birth, of which
 * the register knows the month. The first of it is taken: a right may end some days early, never late.
 *
 * @returns  lines of known children whose birth nobody knows, cut to `most`
 */
export async function completeFeed(tx: Tx, most: number): Promise<{ lines: number[]; total: number }> {
  await tx.query(`
    update feed f set child_hash = p.code_hash
      from identity.earlier_code e join identity.person p using (learner_id)
     where f.child_hash = e.code_hash`)
  await tx.query(`
    update feed f set born = v.birth_month
      from identity.person p join registry.learner_version v using (learner_id)
     where f.born is null and p.code_hash = f.child_hash and v.superseded_by is null`)
  const { rows } = await tx.query<{ line: number; total: number }>(
    `select f.line, count(*) over () as total from feed f join identity.person p on p.code_hash = f.child_hash
      where f.born is null order by f.line limit $1`,
    [most],
  )
  return { lines: rows.map(({ line }) => line), total: rows[0]?.total ?? 0 }
}
