import type { Database } from '#db/connection.ts'
import { holdJob, letJobGo, listenForJobs } from './claim-store.ts'

/**
 * The one connection a jobs process keeps: it hears of new and cancelled jobs, and holds the job the process is at. When the
 * process dies, however suddenly, the connection ends with it, and whoever looks next finds that nobody holds the job.
 */
export interface Hold {
  take(id: string): Promise<boolean>
  letGo(id: string): Promise<void>
  close(): void
}

/**
 * @param onNews  a job came, was cancelled or was put back
 * @param onLost  the connection ended: jobs are not held any more, and the process must not go on
 */
export async function openHold(db: Database, onNews: () => void, onLost: () => void): Promise<Hold> {
  const client = await db.jobPool.connect()
  let isOver = false
  const lose = (error: Error) => {
    if (isOver) return
    isOver = true
    client.release(error)
    onLost()
  }
  client.on('error', lose)
  client.on('end', () => lose(new Error('ended by the database')))
  client.on('notification', onNews)
  await listenForJobs(client)
  return {
    take: (id) => holdJob(client, id),
    letGo: (id) => letJobGo(client, id),
    close() {
      if (isOver) return
      isOver = true
      client.release(new Error('closed')) // ends the connection, and what it holds with it
    },
  }
}
