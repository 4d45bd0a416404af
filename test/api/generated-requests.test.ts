import fc from 'fast-check'
import pino from 'pino'
import { afterAll, describe, expect, test } from 'vitest'
import { toCursor } from '#http/paging.ts'
import { newServer } from '../../src/server.ts'
import { newWorld, type Signed, testKeys } from '../world.ts'
import { contradiction, document, operations, type Parameter } from './document.ts'
import { planted, sentinel } from './planted.ts'

/**
 * From the document alone: what a program could ask, right and wrong. Nothing may stumble (5xx), contradict the document,
 * or name a pupil of somebody else's school.
 */
const REQUESTS = 300 // per route and caller
const seed = 2026

const world = await newWorld({
  data: planted([
    { name: 'Abavas skola', pupils: 30 },
    { name: 'Cēsu skola', pupils: 14 },
    { name: 'Maza skola', pupils: 4 },
  ]),
})
const own = `${sentinel}-1-` // the head answers for the largest school
const { items: schools } = await world.read<{ items: { id: string }[] }>('/institutions')
const { items: territories } = await world.read<{ items: { id: string }[] }>('/territories')
const { next } = await world.read<{ next: string }>('/institutions?limit=1')
const { items: people } = await world.read<{ items: { id: string; tier: string }[] }>('/demo-people')

// Behind a proxy every request can come from an address of its own, so that limits do not end the test.
const log = pino({ level: 'silent' })
const server = await newServer({ db: world.db, keys: testKeys, log, behindProxy: true })
afterAll(() => server.close())

/** Values that exist, by the name of the parameter. */
const known: Record<string, fc.Arbitrary<unknown>> = {
  id: fc.constantFrom(...schools, ...territories).map(({ id }) => id),
  unit: fc.constantFrom(...schools, ...territories).map(({ id }) => id),
  parent: fc.constantFrom(...territories).map(({ id }) => id),
  territory: fc.constantFrom(...territories).map(({ id }) => id),
  person: fc.constantFrom(...people).map(({ id }) => id),
  mandate: fc.uuid(),
  indicator: fc.constantFrom('CTX-01', 'ACH-05', 'ACH-10', 'ACH-11', 'EQU-01'),
  code: fc.constantFrom('CTX-01', 'ACH-05', 'EQU-01'),
  subject: fc.constantFrom('-', 'alevel-chemistry', 'gcse-mean'),
  breakdown: fc.constantFrom('-', 'sex'),
  dataSet: fc.constantFrom('school-changes', 'repeated-grades'),
  by: fc.constantFrom('', 'sex', 'grade', 'sex,grade'),
  where: fc.constantFrom('', 'sex:female', 'grade:9', 'sex:male,grade:12'),
  year: fc.constantFrom(1995, 1997, 2026),
  cursor: fc.constantFrom(next, toCursor(['Cēsu skola', 2]), toCursor([5])),
  limit: fc.constantFrom(1, 2, 1000),
  number: fc.constantFrom('1.0', '2.0'),
  on: fc.constantFrom('2026-09-01', '1989-12-31'),
  q: fc.constantFrom('skola', 'abava', 'Cesu', '1'),
}

const junk = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ maxLength: 500 }),
  fc.integer().map(String),
  fc.double().map(String),
  fc.uuid(),
  fc.json({ maxDepth: 2 }),
  fc.constantFrom(
    '',
    ' ',
    '\0',
    "'",
    '"',
    '%',
    '\\',
    '../..',
    'null',
    'undefined',
    '[]',
    '{}',
    sentinel,
    '-1',
    '1e309',
  ),
)

/** A value of a parameter: mostly one that exists, sometimes one of its type, sometimes anything. */
function wordFor({ name, schema }: Pick<Parameter, 'name' | 'schema'>): fc.Arbitrary<string> {
  const right = known[name] ?? (Array.isArray(schema.enum) ? fc.constantFrom(...schema.enum) : junk)
  return fc.oneof({ arbitrary: right.map(String), weight: 6 }, { arbitrary: junk, weight: 1 })
}

interface Asked {
  path: string
  headers: Record<string, string>
  body: string | undefined
}

const nameOf = (reference: string) => reference.split('/').at(-1)!

function requestsOf({ path, operation }: (typeof operations)[number]): fc.Arbitrary<Asked> {
  const parameters = (operation.parameters ?? []).filter((each) => each.in !== 'header')
  const sent = operation.requestBody?.content['application/json']?.schema
  const schema = (typeof sent?.$ref === 'string' ? document.components.schemas[nameOf(sent.$ref)] : sent) as
    | { properties: Record<string, Record<string, unknown>> }
    | undefined
  const body = schema
    ? fc.oneof(
        {
          arbitrary: fc
            .record(
              Object.fromEntries(
                Object.entries(schema.properties).map(([name, of]) => [name, wordFor({ name, schema: of })]),
              ),
            )
            .map((each) => JSON.stringify(each)),
          weight: 4,
        },
        { arbitrary: fc.json(), weight: 1 },
        { arbitrary: junk, weight: 1 },
      )
    : fc.constant(undefined)
  const left = (each: Parameter) => (each.in === 'path' || each.required ? 20 : 1)
  const values = fc.tuple(
    ...parameters.map((each) =>
      fc.oneof({ arbitrary: wordFor(each), weight: left(each) }, { arbitrary: fc.constant(null), weight: 1 }),
    ),
  )
  const language = fc.constantFrom('lv', 'en', '', 'de;q=0.1')
  return fc.tuple(values, body, language).map(([given, sent, accepted]) => {
    let address = path
    const query = new URLSearchParams()
    parameters.forEach((each, at) => {
      const value = given[at] ?? null
      if (each.in === 'path') address = address.replace(`{${each.name}}`, encode(value ?? ''))
      else if (value !== null) query.append(each.name, value)
    })
    return {
      path: query.size > 0 ? `${address}?${query}` : address,
      headers: {
        'accept-language': accepted,
        ...(sent !== undefined && { 'content-type': 'application/json' }),
      },
      body: sent,
    }
  })
}

/** Half a letter of a pair cannot stand in an address; a client would send the sign for "unknown". */
const encode = (text: string) => encodeURIComponent(text.toWellFormed())

let address = 0
async function ask(method: string, { path, headers, body }: Asked, person: Signed | undefined) {
  address += 1
  const answer = await server.app.request(`/api/v1${path}`, {
    method,
    headers: {
      ...headers,
      'x-forwarded-for': `10.0.${address >> 8}.${address & 255}`,
      ...(person && { cookie: person.cookie, 'x-csrf': person.csrf }),
    },
    ...(body !== undefined && { body }),
  })
  return { status: answer.status, type: answer.headers.get('content-type'), body: await answer.text() }
}

/** Signed-in heads of the largest school, one after another: a session may ask 100 times at once. */
async function* headsOfSchool(): AsyncGenerator<Signed, never> {
  for (;;) {
    const { cookie, csrf } = await signIn()
    for (let times = 0; times < 90; times += 1) yield { cookie, csrf, institutionId: null, learnerId: null }
  }
}

async function signIn() {
  const { id } = people.find(({ tier }) => tier === 'school')!
  address += 1
  const answer = await server.app.request('/api/v1/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': `sign-in ${address}` },
    body: JSON.stringify({ person: id }),
  })
  const { csrf } = (await answer.json()) as { csrf: string }
  return { cookie: answer.headers.get('set-cookie')!.split(';')[0]!, csrf }
}

describe.each(['the public', 'a head'])('as %s', (who) => {
  test.each(operations)(
    '$name never stumbles, keeps to its document, names no pupil of another school',
    async (operation) => {
      const heads = headsOfSchool()
      const sample = fc.sample(requestsOf(operation), { seed, numRuns: REQUESTS })
      const statuses: Record<number, number> = {}
      for (const asked of sample) {
        const person = who === 'a head' ? (await heads.next()).value : undefined
        const answer = await ask(operation.method, asked, person)
        statuses[answer.status] = (statuses[answer.status] ?? 0) + 1
        const told = `${operation.method} ${asked.path} → ${answer.status} ${answer.body.slice(0, 200)}`
        expect(answer.status, told).toBeLessThan(500)
        // A part of the path left empty makes it the path of another route.
        const [path] = asked.path.split('?')
        if (!/\/(\/|$)/.test(path!)) expect(contradiction(operation, answer), told).toBeNull()
        const named = answer.body.match(new RegExp(`${sentinel}[- ][0-9]+[- ]`, 'g')) ?? []
        expect(
          named.filter((each) => who === 'the public' || each.replaceAll(' ', '-') !== own),
          told,
        ).toEqual([])
      }
      // The questions must be good enough to be answered now and then.
      const closed =
        operation.operation.security &&
        (who === 'the public' || !/institutions.*learners|session/.test(operation.path))
      const answered = Object.keys(statuses).some((status) => Number(status) < 300)
      if (!closed && operation.name !== 'PATCH /session')
        expect(statuses, 'no question was answered').toSatisfy(() => answered)
    },
    240_000,
  )
})
