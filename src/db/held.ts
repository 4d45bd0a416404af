import type pg from 'pg'

/**
 * Holds a connection of a pool for the time of some work. When the connection breaks meanwhile, or `work` calls `spoil`
 * because its state is unknown, it is closed instead of being given to the next user.
 */
export async function holding<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient, spoil: (why: Error) => void) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  const spoil = (why: Error) => {
    broken ??= why
  }
  client.on('error', spoil) // unheard, a lost connection ends the process; the running query reports it to its caller
  try {
    return await work(client, spoil)
  } finally {
    client.off('error', spoil)
    client.release(broken)
  }
}
