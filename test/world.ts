import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import pino from 'pino'
import { inject } from 'vitest'
import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import type { Keys } from '#db/keys.ts'
import type { Log } from '#http/log.ts'
import { makeDemoPeople, type Provider } from '#modules/access/index.ts'
import type { DemoPerson, Me } from '#modules/access/model.ts'
import type { Drafter, Suggester } from '#modules/assessments/index.ts'
import { importFile, loadMapping, type Uploads } from '#modules/intake/index.ts'
import { publish } from '#modules/publications/index.ts'
import { dayOf } from '#terms/day.ts'
import { computeFigures } from '../src/compute-figures.ts'
import { builtPortal, newServer } from '../src/server.ts'
import { afterFile } from './after-file.ts'
import { newDatabase } from './database.ts'
import { makeMergedCountry } from './merged-country.ts'
import { templateOf } from './templates.ts'

export const testKeys: Keys = { current: '1', keys: { 1: Buffer.from(inject('masterKey'), 'base64') } }

/** in seconds: how long a test waits when it is told to */
const A_MOMENT = 2

const samples = join(import.meta.dirname, '..', 'samples')

/**
 * What a world is made of: the samples, the country of merged-country.ts, the one of journeys/made-up-country.ts that sat its tests,
 * a file through a mapping, what a function plants, or nothing.
 */
export interface WorldOptions {
  data?:
    | 'none'
    | 'samples'
    | 'merged'
    | 'country'
    | { file: string; mapping: string }
    | ((db: Database) => Promise<void>)
  /** with the built portal, for page tests; without, only the API answers */
  portal?: boolean
  /** the service that signs people in */
  provider?: Provider
  /** who asks is said by X-Forwarded-For: then limits by address do not end a test */
  behindProxy?: boolean
  /** where files that are sent wait */
  uploads?: Uploads
  /** somebody's own system: it offers a made-up country while it is empty */
  offersDemo?: boolean
  /** a model elsewhere that suggests points to markers */
  outside?: Suggester
  /** a model elsewhere that suggests drafts of items */
  drafter?: Drafter
  log?: Log
}

/**
 * A whole system for a test file: its own database with data imported, computed and released, and a server that answers
 * in process (`get`) and, on demand, on a port (`listen`). Real parts throughout.
 */
export async function newWorld({
  data = 'samples',
  portal = false,
  provider,
  behindProxy = false,
  uploads,
  offersDemo = false,
  outside,
  drafter,
  log = pino({ level: 'silent' }),
}: WorldOptions = {}) {
  const db = await newFilled(data)
  const server = await newServer({
    db,
    keys: testKeys,
    log,
    provider: provider ?? null,
    behindProxy,
    uploads,
    offersDemo,
    outside: outside ?? null,
    drafter: drafter ?? null,
    ...(portal ? await builtPortal() : {}),
  })
  afterFile(() => server.close())

  const askOnce = async (path: string, person?: Signed, init: RequestInit = {}) => {
    const headers = new Headers(init.headers)
    if (person) headers.set('cookie', person.cookie)
    return server.app.request(path, { ...init, headers })
  }
  // A test asks faster than a person can: told to wait a moment, it waits as any client should, however quick the machine.
  const get: typeof askOnce = async (path, person, init) => {
    const answer = await askOnce(path, person, init)
    const wait = answer.status === 429 && person ? Number(answer.headers.get('retry-after')) : 0
    if (!wait || wait > A_MOMENT) return answer
    await setTimeout(wait * 1000)
    return get(path, person, init)
  }
  return {
    db,
    server,
    get,
    /** As `get`, but a request to wait is an answer like any other. */
    askOnce,
    /** The JSON of an API answer; fails loudly when it was refused. */
    async read<Answer>(path: string, person?: Signed): Promise<Answer> {
      const answer = await get(`/api/v1${path}`, person)
      if (answer.status !== 200) throw new Error(`${path} → ${answer.status} ${await answer.text()}`)
      return (await answer.json()) as Answer
    },
    /** Signs in as the first demo person of a tier (or the n-th). */
    async signIn(tier: DemoPerson['tier'], nth = 0): Promise<Signed> {
      const people = (await (await get('/api/v1/demo-people')).json()) as { items: DemoPerson[] }
      const person = people.items.filter((each) => each.tier === tier)[nth]
      if (!person) throw new Error(`no demo person of tier ${tier}`)
      const answer = await get('/api/v1/session', undefined, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ person: person.id }),
      })
      const cookie = answer.headers.get('set-cookie')?.split(';')[0]
      if (answer.status !== 201 || !cookie)
        throw new Error(`sign-in → ${answer.status} ${await answer.text()}`)
      const { csrf, mandate } = (await answer.json()) as Me
      return { cookie, csrf: csrf!, institutionId: mandate!.institutionId, learnerId: mandate!.learnerId }
    },
    /** Makes a demo person with a mandate; a teacher's is for some school. */
    async addPerson(tier: DemoPerson['tier']): Promise<void> {
      await db.jobPool.query(
        `with person as (insert into access.person (display_name, demo) values ($1, true) returning person_id)
         insert into access.mandate (person_id, tier, institution_id, valid, source)
         select person_id, $1, case when $1 = 'teacher' then (select min(institution_id) from registry.institution) end,
                daterange(access.today(), null), 'demo' from person`,
        [tier],
      )
    },
    /** The address of the server on a free port of this machine. */
    async listen(): Promise<string> {
      const { port } = await server.listen(0)
      return `http://127.0.0.1:${port}`
    },
  }
}

/** Somebody signed in: what the browser keeps. */
export interface Signed {
  cookie: string
  csrf: string
  /** the own school, where there is one */
  institutionId: string | null
  /** of a learner and a parent: whose results they see */
  learnerId: string | null
}

const sample = { file: join(samples, 'results.csv'), mapping: join(samples, 'results.mapping.json') }

/** What many files begin with is filled once a run and copied. */
const shared = {
  samples: (db: Database) => fill(db, sample.file, sample.mapping),
  merged: async (db: Database) => {
    await makeMergedCountry(db)
    await release(db)
  },
  country: async (db: Database) => {
    const { makeCountry } = await import('./journeys/made-up-country.ts')
    await makeCountry(db, testKeys)
  },
}

async function newFilled(data: NonNullable<WorldOptions['data']>): Promise<Database> {
  if (data === 'samples' || data === 'merged' || data === 'country') {
    return newDatabase({ template: await templateOf(data, shared[data]) })
  }
  const db = await newDatabase()
  if (typeof data === 'function') {
    await data(db)
    await release(db)
  } else if (data !== 'none') await fill(db, data.file, data.mapping)
  return db
}

/** The samples imported, and nothing computed. */
export async function newImported(): Promise<Database> {
  return newDatabase({
    template: await templateOf('imported', (db) => importInto(db, sample.file, sample.mapping)),
  })
}

/** Imports, computes and releases, as the command line does. */
export async function fill(db: Database, file: string, mapping: string): Promise<void> {
  await importInto(db, file, mapping)
  await release(db)
}

async function importInto(db: Database, file: string, mapping: string): Promise<void> {
  const report = await importFile({ db, keys: testKeys, file, mapping: await loadMapping(mapping) })
  if (report.state !== 'merged') throw new Error(`import ended as ${report.state} (${report.failure})`)
}

async function release(db: Database): Promise<void> {
  await asJob(db, makeDemoPeople)
  await computeFigures(db)
  await publish(db, 'public', dayOf(new Date()))
}
