import { AsyncLocalStorage } from 'node:async_hooks'
import pg from 'pg'
import type { Database } from './connection.ts'
import { holding } from './held.ts'
import { tierRole } from './roles.ts'

/** What a mandate lets its holder be (design §5); each has its own database role. */
export type Tier =
  | 'learner'
  | 'parent'
  | 'teacher'
  | 'support'
  | 'school'
  | 'municipality'
  | 'inspector'
  | 'analyst'
  | 'researcher'
  | 'steward'
  | 'protection_officer'

/** For whom a request acts. `mandateId` says in which of the person's capacities. */
export type Actor =
  | { tier: 'public'; requestId: string }
  | { tier: Tier; personId: number; mandateId: number; requestId: string }

/** An open transaction. `raw` is for COPY only. */
export type Tx = {
  query<Row>(text: string, values?: readonly unknown[]): Promise<{ rows: Row[]; rowCount: number }>
  raw: pg.PoolClient
}

/**
 * Does work in one transaction as a person sees the database: row-level security decides what is there. The only way from a
 * request to the data. Committed when `work` returns, rolled back when it throws.
 *
 * @throws  what `work` throws; `StatementFailedEarlier` when `work` swallowed a failed statement; an error when called
 *          inside another transaction of the same request
 */
export function asActor<T>(db: Database, actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
  if (actor.tier === 'public') {
    return inTransaction(db.publicPool, setting('app.request_id', actor.requestId), work, true)
  }
  const role = tierRole[actor.tier]
  if (!role) throw new RangeError(`There is no tier ${String(actor.tier)}`)
  const settings = [
    `set local role ${role}`,
    setting('app.person_id', id(actor.personId)),
    setting('app.mandate_id', id(actor.mandateId)),
    setting('app.request_id', actor.requestId),
  ]
  return inTransaction(db.appPool, settings.join(';'), work, true)
}

/**
 * Does work in one transaction as `ikms_app` itself, which owns no right to any table: for sign-in and sessions, which go
 * through security-definer functions before it is known who is there.
 */
export function asApp<T>(db: Database, requestId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  return inTransaction(db.appPool, setting('app.request_id', requestId), work, true)
}

/** Does work in one transaction as a job: imports, scaling, cubes, releases. No time limit. */
export function asJob<T>(db: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
  return inTransaction(db.jobPool, '', work, false)
}

/** A statement failed inside the transaction, the work went on as if it had not, and nothing was kept. */
export class StatementFailedEarlier extends Error {
  constructor() {
    super('A statement failed and the work went on: the transaction was rolled back')
    this.name = 'StatementFailedEarlier'
  }
}

const setting = (name: string, value: string) =>
  `select set_config('${name}', ${pg.escapeLiteral(value)}, true)`

function id(value: number): string {
  if (!Number.isSafeInteger(value) || value < 1)
    throw new RangeError(`${value} is not the id of a person or mandate`)
  return String(value)
}

const open = new AsyncLocalStorage<{ isOpen: boolean }>()

/**
 * @param isPrepared  statements are kept prepared by the connection: for the few texts that requests ask with all day. Not for
 *                    jobs, whose temporary tables come and go. PostgreSQL plans anew for every role and user it meets, so
 *                    row-level security holds as without
 */
async function inTransaction<T>(
  pool: pg.Pool,
  settings: string,
  work: (tx: Tx) => Promise<T>,
  isPrepared: boolean,
): Promise<T> {
  if (open.getStore()?.isOpen) {
    throw new Error('A transaction is open already: hand its tx on instead of opening a second one')
  }
  return holding(pool, async (client, spoil) => {
    const state = { isOpen: true }
    // Sent ahead, not waited for: what follows stands behind it. Where it fails, all that follows is refused.
    const begun = client.query(`begin;${settings}`)
    begun.catch(() => {})
    try {
      const result = await open.run(state, () => work(handle(client, state, isPrepared)))
      await begun
      state.isOpen = false
      await end(client, 'commit')
      return result
    } catch (error) {
      state.isOpen = false
      // Not known to be rolled back: only closing the connection makes it certain.
      await inTime(end(client, 'rollback')).catch(spoil)
      await begun // tells why, where the work only met the refusal
      throw error
    }
  })
}

const ROLLBACK = 2_000 // ms; a COPY broken off in the middle may keep the connection busy for ever

function inTime(ending: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer to the rollback')), ROLLBACK)
  })
  return Promise.race([ending, late]).finally(() => clearTimeout(timer))
}

/** Ends the transaction and gives the session back as it was, whatever the work did to it. One round trip. */
async function end(client: pg.PoolClient, how: 'commit' | 'rollback') {
  const results = (await client.query(`${how};reset role;reset all`)) as unknown as pg.QueryResult[]
  // PostgreSQL answers the commit of a failed transaction with "ROLLBACK" and no error.
  if (how === 'commit' && results[0]!.command === 'ROLLBACK') throw new StatementFailedEarlier()
}

const names = new Map<string, string>()
const MOST_NAMES = 300 // a text beyond them is one that changes from request to request: it is not kept

/** The name under which a connection keeps a text prepared; the same text has the same everywhere. */
function statementName(text: string): string | undefined {
  const known = names.get(text)
  if (known || names.size >= MOST_NAMES) return known
  const name = `ikms_${names.size + 1}`
  names.set(text, name)
  return name
}

function handle(client: pg.PoolClient, state: { isOpen: boolean }, isPrepared: boolean): Tx {
  return {
    raw: client,
    async query<Row>(text: string, values?: readonly unknown[]) {
      // The connection may serve somebody else by now.
      if (!state.isOpen) throw new Error('The transaction is over: await every query before the work returns')
      const name = isPrepared ? statementName(text) : undefined
      const { rows, rowCount } = await client.query({ text, values: values as unknown[], name })
      return { rows: rows as Row[], rowCount: rowCount ?? 0 }
    },
  }
}
