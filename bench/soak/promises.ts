import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { loadKeys } from '#db/keys.ts'
import { sealer } from '#modules/registry/index.ts'
import type { System } from './system.ts'

/** Everything the system said it had done. At the end each of it is looked for. */
export interface Promised {
  /** files whose import ended well: name and codes of the new learners */
  imports: Map<string, string[]>
  /** files whose import was cut off: all of it may be there, or nothing */
  brokenImports: Map<string, string[]>
  /** numbers of the requests that showed named learners */
  looks: string[]
  /** cookies of people who signed in */
  sessions: Set<string>
  /** cookies of people who signed out */
  endedSessions: Set<string>
  jobs: Set<string>
  trials: Set<string>
  backups: string[]
}

export const nothingPromised = (): Promised => ({
  imports: new Map(),
  brokenImports: new Map(),
  looks: [],
  sessions: new Set(),
  endedSessions: new Set(),
  jobs: new Set(),
  trials: new Set(),
  backups: [],
})

/** Looks for everything that was promised; a line for each that is not as it should be. */
export async function broken(system: System, promised: Promised): Promise<string[]> {
  const found: string[] = []
  const { hashCode } = sealer(loadKeys(join(system.around.folder, 'keys.json')))
  const known = async (codes: string[]) => {
    const [row] = await system.ask<{ n: number }>(
      'select count(*)::int as n from identity.person where code_hash = any ($1)',
      [codes.map(hashCode)],
    )
    return row!.n
  }
  for (const [file, codes] of promised.imports) {
    const states = await system.ask<{ state: string }>(
      'select state from intake.import where file_name = $1',
      [file],
    )
    const n = await known(codes)
    if (n !== codes.length || states.length !== 1 || states[0]!.state !== 'merged') {
      found.push(`import ${file}: ${n} of ${codes.length} learners, ${JSON.stringify(states)}`)
    }
  }
  for (const [file, codes] of promised.brokenImports) {
    const n = await known(codes)
    if (n !== 0 && n !== codes.length) found.push(`half of an import: ${file}, ${n} of ${codes.length}`)
  }
  const looked = await system.ask<{ id: string }>(
    `select distinct request_id as id from access.audit where outcome = 'shown' and learners > 0`,
  )
  const written = new Set(looked.map(({ id }) => id))
  for (const id of promised.looks) if (!written.has(id)) found.push(`a look was not written down: ${id}`)
  const person = async (cookie: string) => {
    const answer = await fetch(`${system.address}/api/v1/me`, { headers: { cookie } })
    return ((await answer.json()) as { person: object | null }).person
  }
  for (const cookie of promised.sessions) {
    if (!promised.endedSessions.has(cookie) && !(await person(cookie))) found.push(named('lost', cookie))
  }
  for (const cookie of promised.endedSessions)
    if (await person(cookie)) found.push(named('not ended', cookie))
  const jobs = await system.ask<{ id: string; state: string }>('select id, state from pgboss.job')
  const states = new Map(jobs.map(({ id, state }) => [id, state]))
  for (const id of promised.jobs) {
    if (states.get(id) !== 'completed') found.push(`job ${id}: ${states.get(id)}`)
  }
  const trials = await system.ask<{ id: string; state: string }>(
    'select trial_uuid as id, state from disclosure.trial',
  )
  for (const { id, state } of trials) {
    if (promised.trials.has(id) && state !== 'done') found.push(`trial ${id}: ${state}`)
  }
  if (trials.length < promised.trials.size) found.push('a trial is not there')
  return found
}

const named = (what: string, cookie: string) =>
  `session ${what}: ${createHash('sha256').update(cookie).digest('hex').slice(0, 8)}`
