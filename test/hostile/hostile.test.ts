import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toCursor } from '#http/paging.ts'
import type { DatedRule } from '#modules/disclosure/model.ts'
import { contradiction, operations } from '../api/document.ts'
import { planted, sentinel } from '../api/planted.ts'
import { newWorld } from '../world.ts'
import { type Asked, requestsOf } from './requests.ts'
import { fault, hiddenPoints } from './verdict.ts'

/**
 * Everything the document offers, asked by everybody there is, right, nearly right and wild: nothing stumbles (5xx), contradicts
 * the document, tells of the inside, or tells of a pupil or a hidden figure of somebody else.
 *
 * In full: IKMS_HOSTILE=10000 npx vitest run --project system test/hostile
 */
const REQUESTS = Number(process.env.IKMS_HOSTILE ?? 150) // per route, shared among the callers
const PRINTED = 20 // of a route that prints: a PDF takes a second
const seed = Number(process.env.IKMS_SEED ?? 2026)

const world = await newWorld({
  data: planted([
    { name: 'Abavas skola', pupils: 30 },
    { name: 'Cēsu skola', pupils: 14 },
    { name: 'Lielā skola', pupils: 24, municipality: 2 },
    { name: 'Maza skola', pupils: 4, municipality: 2, points: hiddenPoints },
  ]),
  behindProxy: true, // every request comes from an address of its own, so that limits do not end the test
})
const { items: schools } = await world.read<{ items: { id: string; name: { lv: string } }[] }>(
  '/institutions',
)
const { items: territories } = await world.read<{ items: { id: string }[] }>('/territories')
const { next } = await world.read<{ next: string }>('/institutions?limit=1')
const { items: people } = await world.read<{ items: { id: string; tier: string }[] }>('/demo-people')

const rows = async (sql: string) =>
  (await world.db.jobPool.query<{ id: string }>(sql)).rows.map(({ id }) => id)
const learners = await rows('select learner_uuid as id from registry.learner order by learner_id')
const ownLearners = await rows(
  'select learner_uuid as id from access.mandate join registry.learner using (learner_id)',
)
const imports = await rows('select import_uuid as id from intake.import')
const mandates = await rows('select mandate_uuid as id from access.mandate')
const steward = await world.signIn('steward')
const { items: rules } = await world.read<{ items: DatedRule[] }>('/disclosure/rules')
const { reason: _words, from: _from, until: _until, ...change } = rules[0]!
await world.get('/api/v1/disclosure/trials', steward, {
  method: 'POST',
  headers: { 'content-type': 'application/json', 'x-csrf': steward.csrf },
  body: JSON.stringify(change),
})
const trials = await rows('select trial_uuid as id from disclosure.trial')
const { items: asked } = await world.read<{ items: { id: string }[] }>('/jobs', steward)
const jobs = asked.map(({ id }) => id)
const places = [...schools, ...territories].map(({ id }) => id)

/** Values that exist, whoever may use them, by the name of the parameter. */
const known: Record<string, fc.Arbitrary<unknown>> = {
  unit: fc.constantFrom(...places),
  parent: fc.constantFrom(...territories.map(({ id }) => id)),
  territory: fc.constantFrom(...territories.map(({ id }) => id)),
  learner: fc.constantFrom(...learners),
  person: fc.constantFrom(...people.map(({ id }) => id), 'Ilze', 'Balodis'),
  mandate: fc.constantFrom(...mandates),
  indicator: fc.constantFrom('CTX-01', 'ACH-05', 'ACH-10', 'ACH-11', 'EQU-01'),
  code: fc.constantFrom('CTX-01', 'ACH-05', 'EQU-01'),
  subject: fc.constantFrom('-', 'alevel-chemistry', 'gcse-mean'),
  breakdown: fc.constantFrom('-', 'sex'),
  dataSet: fc.constantFrom('school-changes', 'repeated-grades'),
  by: fc.constantFrom('', 'sex', 'grade', 'sex,grade'),
  where: fc.constantFrom('', 'sex:female', 'grade:9', 'sex:male,grade:12'),
  year: fc.constantFrom(1995, 1997, 2026),
  cursor: fc.constantFrom(
    next,
    toCursor(['Cēsu skola', 2]),
    toCursor(['Cēsu skola', places[0]!]),
    toCursor([5]),
    toCursor([Number.MAX_SAFE_INTEGER]),
    toCursor(['\uffff', 2 ** 40]),
    toCursor(["'; reset role; --", 1]),
  ),
  limit: fc.constantFrom(1, 2, 1000),
  name: fc.constantFrom('leave_reason', 'exam_level', 'files'),
  number: fc.constantFrom('1.0', '2.0'),
  q: fc.constantFrom('skola', 'abava', 'Cesu', '1'),
}

/** Ids of what a path is about, and now and then of something else. */
const idsOf: readonly (readonly [path: string, ids: readonly string[]])[] = [
  ['/learners', [...Array.from({ length: 20 }, () => ownLearners).flat(), ...learners.slice(0, 20)]],
  ['/imports', imports],
  ['/disclosure/trials', trials],
  ['/jobs', jobs],
  ['/', places],
]
function knownFor({ path }: (typeof operations)[number]) {
  const [, ids] = idsOf.find(([beginning]) => path.startsWith(beginning))!
  const id = fc.oneof(
    { arbitrary: fc.constantFrom(...ids), weight: 8 },
    { arbitrary: fc.constantFrom(...places, ...imports, ...learners.slice(-4)), weight: 1 },
  )
  return { ...known, id }
}

/** Of these the world of this test holds nothing. */
const emptyHere =
  /^\/(uploads|mappings|items?|extracts|report-sets|feeds|work\/teacher|forms|assembl(y|ies)|rounds|sessions|sittings|marking|scaling|results|observations|classes)(\/|-|$)/

/** Everybody there is: the public, and each demo person. */
const callers = ['public', ...people.keys()] as const
type Who = (typeof callers)[number]

const tierOf = (who: Who) => (typeof who === 'number' ? people[who]!.tier : 'public')
const largest = 1 + schools.findIndex(({ name }) => name.lv === 'Abavas skola')

/** Which pupils somebody may see by name, and whether figures below the minimum. */
function may(who: Who, own: ReadonlySet<string>) {
  const tier = tierOf(who)
  const isSmallHead = tier === 'school' && people.findIndex((each) => each.tier === 'school') !== who
  const ownSchool = isSmallHead ? 4 : largest
  return {
    see: (school: number, pupil: number) =>
      (tier === 'school' && school === ownSchool) ||
      ((tier === 'parent' || tier === 'learner') && own.has(`${school} ${pupil}`)),
    seeHidden: tier === 'analyst' || isSmallHead,
  }
}

let address = 0
const from = () => {
  address += 1
  return `10.${(address >> 16) & 255}.${(address >> 8) & 255}.${address & 255}`
}

interface Session {
  cookie: string
  csrf: string
  left: number
}
const sessions = new Map<number, Session>()
/** The session of a caller; a new one after 90 requests, since one may ask 100 times at once. */
async function sessionOf(who: number): Promise<Session> {
  const there = sessions.get(who)
  if (there && there.left > 0) return there
  const answer = await world.server.app.request('/api/v1/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': from() },
    body: JSON.stringify({ person: people[who]!.id }),
  })
  const { csrf } = (await answer.json()) as { csrf: string }
  const session = { cookie: answer.headers.get('set-cookie')!.split(';')[0]!, csrf, left: 90 }
  sessions.set(who, session)
  return session
}

async function ask(method: string, { path, headers, body }: Asked, who: Who) {
  const session = who === 'public' ? null : await sessionOf(who as number)
  const answer = await world.server.app.request(`/api/v1${path}`, {
    method,
    headers: {
      ...headers,
      'x-forwarded-for': from(),
      ...(session && { cookie: session.cookie, 'x-csrf': session.csrf }),
    },
    ...(body !== undefined && { body }),
  })
  if (session) session.left = /\/sessions?(\?|$)/.test(path) && answer.ok ? 0 : session.left - 1
  return { status: answer.status, type: answer.headers.get('content-type'), body: await answer.text() }
}

/** The pupils whose results each family sees, as the families themselves are told. */
const own = new Map<Who, Set<string>>()
for (const [who, { tier }] of people.entries()) {
  if (tier !== 'parent' && tier !== 'learner') continue
  const { rows: names } = await world.db.jobPool.query<{ line: number }>(
    `select e.line from access.person p join access.mandate m using (person_id)
       join registry.enrolment e on e.learner_id = m.learner_id where p.person_uuid = $1`,
    [people[who]!.id],
  )
  own.set(who, new Set(names.map(({ line }) => `1 ${line - 1}`)))
}

test.each(operations)(
  '$name: nothing stumbles, contradicts its document or tells of somebody else, whoever asks',
  async (operation) => {
    const answered = new Map<Who, number>()
    const sample = fc.sample(requestsOf(operation, knownFor(operation)), {
      seed,
      numRuns: operation.path.endsWith('.pdf') ? Math.min(PRINTED, REQUESTS) : REQUESTS,
    })
    for (const [at, asked] of sample.entries()) {
      const who = callers[at % callers.length]!
      const answer = await ask(operation.method, asked, who)
      const told = () =>
        `${tierOf(who)}: ${operation.method} ${asked.path} ${asked.body?.slice(0, 300)} → ${answer.status} ${answer.body.slice(0, 300)}`
      const wrong = fault(answer, may(who, own.get(who) ?? new Set()))
      if (wrong) expect.fail(`${wrong}\n${told()}`)
      // A part of the path left empty, or climbing up, makes it the path of another route.
      if (!/\/(\/|$)|\/\.{1,2}(\/|$)/.test(asked.path.split('?')[0]!)) {
        const contradicts = contradiction(operation, answer)
        if (contradicts) expect.fail(`${contradicts}\n${told()}`)
      }
      if (answer.status < 400) answered.set(who, (answered.get(who) ?? 0) + 1)
    }
    const { path } = operation
    // The questions must be good enough to be answered now and then, and what is for somebody stays closed to the public.
    if (operation.method === 'GET' && !emptyHere.test(path) && !path.endsWith('.pdf'))
      expect(answered.size, 'no question was answered').toBeGreaterThan(0)
    if (operation.method === 'GET' && operation.operation.security) {
      expect(answered.get('public'), 'answered to the public').toBeUndefined()
    }
  },
  3_600_000,
)

test('so many questions leave no more in memory than few', async () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const used = () => {
    collect()
    return process.memoryUsage().heapUsed / 2 ** 20
  }
  const each = Math.ceil(REQUESTS / 5)
  const readable = operations.filter(({ method, path }) => method === 'GET' && !path.endsWith('.pdf'))
  const round = async (nth: number) => {
    for (const operation of readable) {
      for (const [at, asked] of fc
        .sample(requestsOf(operation, knownFor(operation)), { seed: seed + nth, numRuns: each })
        .entries()) {
        await ask('GET', asked, callers[at % callers.length]!)
      }
    }
  }
  await round(1)
  const before = used()
  await round(2)
  const grown = used() - before
  expect(grown, 'MiB').toBeLessThan(20)
}, 3_600_000)

test('what would be a leak is seen as one', () => {
  const nobody = { see: () => false, seeHidden: false }
  const ok = { status: 200, type: 'application/json', body: '{"items":[]}' }
  expect(fault(ok, nobody)).toBeNull()
  expect(fault({ ...ok, status: 500 }, nobody)).toContain('500')
  expect(fault({ ...ok, status: 404 }, nobody)).toContain('application/json')
  const refused = { ...ok, status: 400, type: 'application/problem+json' }
  expect(fault({ ...refused, body: 'invalid input; select 1 from registry.learner' }, nobody)).toContain(
    'inside',
  )
  expect(fault({ ...refused, body: 'at ask (/srv/ikms/src/db/actor.ts:157:34)' }, nobody)).toContain('inside')
  expect(fault({ ...ok, body: `{"name":"${sentinel} 4 2"}` }, nobody)).toBe('names pupil 2 of school 4')
  expect(fault({ ...ok, body: `{"name":"${sentinel} 4 2"}` }, { ...nobody, see: () => true })).toBeNull()
  expect(fault({ ...ok, body: `{"value":${hiddenPoints}}` }, nobody)).toContain('hidden figure')
})
