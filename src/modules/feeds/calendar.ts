import type { Tx } from '#db/actor.ts'
import { askRun, takeDue } from './store.ts'

/** Queues a run of every feed whose time has come. Asked as often as one likes, it asks once. */
export async function askDueFeeds(tx: Tx): Promise<number> {
  const due = await takeDue(tx)
  for (const { id } of due) await askRun(tx, id)
  return due.length
}
