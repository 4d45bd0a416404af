import type { Database } from '#db/connection.ts'
import { type Pin, readPin } from './pin.ts'
import { listenForData } from './store.ts'

export interface KeptPin {
  current: () => Pin
  stop: () => void
}

const LOOK = 30_000 // ms between looks, in case a notification was lost
const AGAIN = 1_000 // ms until a lost connection is tried again

/**
 * Keeps the pin of a process: moved by a notification of the database, and looked up from time to time. Readers never wait
 * for it. A database that goes away and comes back is listened to again.
 */
export async function keepPin(db: Database): Promise<KeptPin> {
  let pin = await readPin(db, new Date())
  let stopped = false
  let hangUp = () => {}

  let isReading = false
  let asked = false
  // One read at a time: a slow one must not overwrite what a later one found.
  async function refresh() {
    asked = true
    if (isReading) return
    isReading = true
    while (asked && !stopped) {
      asked = false
      try {
        const read = await readPin(db, new Date())
        if (read.data.version.id !== pin.data.version.id) pin = read
      } catch (error) {
        db.log(`cannot read the data version: ${(error as Error).message}`)
      }
    }
    isReading = false
  }

  async function listen() {
    const client = await db.publicPool.connect()
    let lost = false
    const lose = (error: Error) => {
      if (lost) return
      lost = true
      client.release(error)
      if (stopped) return
      db.log(`lost the connection that listens for new data: ${error.message}`)
      listenAgain()
    }
    hangUp = () => lose(new Error('stopped'))
    client.on('error', lose)
    client.on('end', () => lose(new Error('ended by the database')))
    client.on('notification', refresh)
    try {
      await listenForData(client)
    } catch (error) {
      lose(error as Error)
    }
  }

  function listenAgain() {
    setTimeout(() => {
      if (stopped) return
      // What moved meanwhile was not heard.
      listen().then(refresh, listenAgain)
    }, AGAIN).unref()
  }

  await listen()
  const timer = setInterval(refresh, LOOK)
  timer.unref()
  return {
    current: () => pin,
    stop() {
      stopped = true
      clearInterval(timer)
      hangUp()
    },
  }
}
