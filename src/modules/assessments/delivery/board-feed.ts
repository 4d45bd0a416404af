import type pg from 'pg'
import type { Database } from '#db/connection.ts'
import { listenForBoards } from './board-store.ts'

const AGAIN = 1_000 // ms until a lost connection is tried again

/** Tells open boards when something happened in their session. One connection a process, and only while a board is open. */
export class BoardFeed {
  readonly #db: Database
  readonly #watchers = new Map<number, Set<() => void>>()
  #client: pg.PoolClient | null = null
  #isConnecting = false

  constructor(db: Database) {
    this.#db = db
  }

  /** Calls `changed` whenever something happens in a session, and when it cannot be known. @returns what ends it */
  watch(session: number, changed: () => void): () => void {
    const own = this.#watchers.get(session) ?? new Set()
    this.#watchers.set(session, own.add(changed))
    this.#connect()
    return () => {
      own.delete(changed)
      // A board that was closed and opened again may have a set of its own by now.
      if (own.size === 0 && this.#watchers.get(session) === own) this.#watchers.delete(session)
      if (this.#watchers.size === 0) this.#hangUp()
    }
  }

  async #connect() {
    if (this.#client || this.#isConnecting) return
    this.#isConnecting = true
    let client: pg.PoolClient | undefined
    try {
      client = await this.#db.appPool.connect()
      const mine = client
      const lose = (error: Error) => {
        if (this.#client === mine) this.#client = null
        mine.release(error)
        this.#connectLater()
      }
      client.once('error', lose)
      client.on('notification', ({ payload }) => this.#heard(payload ?? ''))
      await listenForBoards(client)
      this.#client = client
      if (this.#watchers.size === 0) this.#hangUp()
    } catch (error) {
      this.#db.log(`cannot listen for boards: ${(error as Error).message}`)
      client?.release(error as Error)
      this.#connectLater()
    } finally {
      this.#isConnecting = false
    }
  }

  #connectLater() {
    setTimeout(() => {
      if (this.#watchers.size === 0) return
      // What happened meanwhile was not heard.
      for (const own of this.#watchers.values()) for (const changed of own) changed()
      this.#connect()
    }, AGAIN).unref()
  }

  #heard(payload: string) {
    for (const session of payload.split(',')) {
      for (const changed of this.#watchers.get(Number(session)) ?? []) changed()
    }
  }

  #hangUp() {
    const client = this.#client
    this.#client = null
    if (!client) return
    client.removeAllListeners('error')
    client.on('error', () => {})
    client.release(new Error('no board is open')) // it listens: nobody else may get it
  }
}
