import type pg from 'pg'

/** Holds a feed for as long as the connection lives, so that no two runs of it happen at once; false when another holds it. */
export async function holdFeed(client: pg.ClientBase, feedId: number): Promise<boolean> {
  const { rows } = await client.query<{ held: boolean }>(
    `select pg_try_advisory_lock(hashtextextended('feed ' || $1::text, 0)) as held`,
    [feedId],
  )
  return rows[0]!.held
}

export async function letFeedGo(client: pg.ClientBase, feedId: number): Promise<void> {
  await client.query(`select pg_advisory_unlock(hashtextextended('feed ' || $1::text, 0))`, [feedId])
}
