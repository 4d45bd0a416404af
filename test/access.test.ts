import { expect, test } from 'vitest'
import type { Profile } from '#modules/publications/model.ts'
import type { Institution, NamedLearner } from '#modules/registry/model.ts'
import { newWorld, type Signed } from './world.ts'

const world = await newWorld()
const { items: schools } = await world.read<{ items: Institution[] }>('/institutions?limit=1000')
const { schoolYears, countryId } = await world.read<{ schoolYears: number[]; countryId: string }>('/config')
const year = schoolYears.at(-1)!

// Tiers for which the samples hold nothing: no classes; and there are no cases of support and no approved requests yet.
for (const tier of ['teacher', 'support', 'researcher'] as const) await world.addPerson(tier)
const people = {
  nobody: undefined,
  head: await world.signIn('school', 0),
  'head of a small school': await world.signIn('school', 1),
  municipality: await world.signIn('municipality'),
  inspector: await world.signIn('inspector'),
  parent: await world.signIn('parent'),
  learner: await world.signIn('learner'),
  teacher: await world.signIn('teacher'),
  support: await world.signIn('support'),
  researcher: await world.signIn('researcher'),
  analyst: await world.signIn('analyst'),
  steward: await world.signIn('steward'),
  officer: await world.signIn('protection_officer'),
} satisfies Record<string, Signed | undefined>
type Who = keyof typeof people

const own = people.head.institutionId!
const small = people['head of a small school'].institutionId!
const foreign = schools.find(({ id }) => id !== own && id !== small)!.id

/** Tables without forced row-level security, each with the reason why. A table that is not here must have it. */
const exceptions = ['migration.applied']

test('every table is under forced row-level security, but for the listed exceptions', async () => {
  const { rows } = await world.db.ownerPool.query<{ name: string }>(
    `select n.nspname || '.' || c.relname as name
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity)
        and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'pgboss') order by 1`,
  )
  expect(rows.map(({ name }) => name)).toEqual(exceptions)
})

test('the job queue, which has no row-level security, is closed to every tier, the public and the portal', async () => {
  const { rows } = await world.db.ownerPool.query<{ gap: string }>(
    `select table_name || ' → ' || grantee as gap from information_schema.table_privileges
      where table_schema = 'pgboss' and grantee not in ('ikms_owner', 'ikms_job', 'ikms_definer')
     union all
     select rolname || ' enters the schema' from pg_roles
      where has_schema_privilege(oid, 'pgboss', 'usage') and not rolsuper and rolname !~ '^pg_'
        and rolname not in ('ikms_owner', 'ikms_job', 'ikms_definer')
     union all
     select rolname || ' creates in the schema' from pg_roles
      where has_schema_privilege(oid, 'pgboss', 'create') and not rolsuper and rolname <> 'ikms_owner'`,
  )
  expect(rows.map(({ gap }) => gap)).toEqual([])
})

test('whatever the public may read, every tier may read: a public page never breaks by signing in', async () => {
  const { rows } = await world.db.ownerPool.query<{ gap: string }>(
    `select c.oid::regclass || ' → ' || tier.rolname as gap
       from pg_class c cross join pg_roles tier
      where c.relkind in ('r', 'p', 'v') and tier.rolname like 'tier\\_%'
        and c.relnamespace::regnamespace::text not in ('pg_catalog', 'information_schema')
        and has_table_privilege('ikms_public', c.oid, 'select')
        and not (has_table_privilege(tier.oid, c.oid, 'select')
                 and has_schema_privilege(tier.oid, c.relnamespace, 'usage')) order by 1`,
  )
  expect(rows.map(({ gap }) => gap)).toEqual([])
})

test('every grant to a person’s tier or the public stands on a policy for that very role', async () => {
  const { rows } = await world.db.ownerPool.query<{ gap: string }>(
    `select distinct g.table_schema || '.' || g.table_name || ' → ' || g.grantee as gap
       from (select table_schema, table_name, grantee, privilege_type from information_schema.role_table_grants
             union select table_schema, table_name, grantee, privilege_type from information_schema.column_privileges) g
      where (g.grantee like 'tier\\_%' or g.grantee in ('ikms_public', 'ikms_app')) and g.privilege_type = 'SELECT'
        and g.table_schema <> 'migration'
        and not exists (select from pg_policies p where p.schemaname = g.table_schema and p.tablename = g.table_name
                         and g.grantee = any (p.roles)) order by 1`,
  )
  expect(rows.map(({ gap }) => gap)).toEqual([])
})

test('nobody outside jobs may write to a table: the tiers and the public have no such grant', async () => {
  const { rows } = await world.db.ownerPool.query<{ gap: string }>(
    `select distinct table_schema || '.' || table_name || ' ' || privilege_type || ' → ' || grantee as gap
       from information_schema.role_table_grants
      where (grantee like 'tier\\_%' or grantee in ('ikms_public', 'ikms_app', 'PUBLIC'))
        and privilege_type <> 'SELECT' and table_schema not in ('pg_catalog', 'information_schema') order by 1`,
  )
  expect(rows.map(({ gap }) => gap)).toEqual([])
})

test('views run with the rights of who asks, and there are no materialised ones', async () => {
  const { rows } = await world.db.ownerPool.query<{ name: string }>(
    `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
        and (c.relkind = 'm' or (c.relkind = 'v' and not coalesce(c.reloptions::text like '%security_invoker=true%', false)))`,
  )
  expect(rows).toEqual([])
})

await world.db.jobPool.query(
  `insert into publications.release_attack (release_id, report)
   select release_id, '{"tables": 1, "cells": 1, "hidden": 0, "components": 0, "largest": 0, "constructed": 0,
     "programmes": 0, "tightest": null, "leaks": 0, "alreadyTold": 0, "seconds": 0}'
     from publications.release on conflict do nothing`,
)

/** What each kind of thing answers to each tier: the status, or what is seen of it. */
const matrix: [thing: string, path: string, expected: Record<Who, number>][] = [
  ['the register', '/institutions', all(200)],
  ['the tile map', '/tile-map', all(200)],
  ['classifiers', '/classifiers', all(200)],
  ['sudden changes of figures', '/checks/jumps', { ...all(404), analyst: 200, steward: 200 }],
  ['sudden changes as CSV', '/checks/jumps.csv', { ...all(404), analyst: 200, steward: 200 }],
  ['borders of municipalities', '/boundaries', all(200)],
  ['a school page', `/profiles/${foreign}?year=${year}`, all(200)],
  ['own learners by name', `/institutions/${own}/learners?year=${year}`, { ...all(404), head: 200 }],
  [
    'learners of the small school',
    `/institutions/${small}/learners?year=${year}`,
    { ...all(404), 'head of a small school': 200 },
  ],
  ['a neighbour’s learners', `/institutions/${foreign}/learners?year=${year}`, all(404)],
  [
    'learners of a school that is not there',
    `/institutions/${crypto.randomUUID()}/learners?year=${year}`,
    all(404),
  ],
  ['the child of a parent', `/learners/${people.parent.learnerId}`, { ...all(404), parent: 200 }],
  ['a learner’s own results', `/learners/${people.learner.learnerId}`, { ...all(404), learner: 200 }],
  ['a learner who is not there', `/learners/${crypto.randomUUID()}`, all(404)],
  [
    'everything held about a child',
    `/learners/${people.parent.learnerId}/held`,
    { ...all(404), parent: 200 },
  ],
  [
    'the same as a PDF, where no browser makes one',
    `/learners/${people.learner.learnerId}/held.pdf`,
    { ...all(404), learner: 503 },
  ],
  ['results of the own child', '/results/own', { ...all(404), parent: 200, learner: 200 }],
  [
    'results of one learner',
    `/results/learners/${people.parent.learnerId}`,
    { ...all(404), parent: 200, head: 200 },
  ],
  ['results of the own school', `/results/schools/${own}`, { ...all(404), head: 200 }],
  ['steps of release, without the duty', '/results/rounds', all(404)],
  ['how long what is kept', '/retention', all(200)],
  ['what was destroyed', '/retention/runs', { ...all(404), steward: 200, officer: 200 }],
  ['objections', '/objections', { ...all(404), steward: 200, officer: 200 }],
  ['the register of processing', '/processing', all(200)],
  ['who has looked', '/looks', { ...all(404), parent: 200, learner: 200 }],
  ['who has looked, as a file', '/looks.csv', { ...all(404), parent: 200, learner: 200 }],
  ['tables that anybody may cut', `/free-tables/school-changes?year=${year}&level=school`, all(200)],
  ['imports', '/imports', { ...all(404), steward: 200, analyst: 200, officer: 200 }],
  ['what is checked', '/checks', all(200)],
  [
    'growth of a school',
    `/growth/schools/${own}`,
    { ...all(404), head: 200, municipality: 200, inspector: 200, analyst: 200 },
  ],
  [
    'what a school has to correct',
    `/institutions/${own}/findings`,
    { ...all(404), head: 200, municipality: 200 },
  ],
  [
    'scores of the checks',
    '/checks/scores',
    { ...all(404), head: 200, 'head of a small school': 200, municipality: 200, analyst: 200, steward: 200 },
  ],
  [
    'a report of a school as everybody sees it',
    `/reports/${own}/report.xlsx`,
    {
      ...all(404),
      head: 200,
      'head of a small school': 200,
      municipality: 200,
      inspector: 200,
      analyst: 200,
    },
  ],
  ['reports of all schools', '/report-sets', { ...all(404), municipality: 200, analyst: 200 }],
  ['extracts of records', '/extracts', { ...all(404), analyst: 200 }],
  ['what waits for a school', '/work/school', { ...all(404), head: 200, 'head of a small school': 200 }],
  ['what waits for a municipality', '/work/municipality', { ...all(404), municipality: 200 }],
  ['what waits for a class teacher', '/work/teacher', { ...all(404), teacher: 200 }],
  ['own classes', '/classes', { ...all(404), teacher: 200, head: 200, 'head of a small school': 200 }],
  ['files that wait to be imported', '/uploads', { ...all(404), steward: 200 }],
  ['kept mappings', '/mappings', { ...all(404), steward: 200 }],
  ['the item bank, without a duty in it', '/items', all(404)],
  ['rounds of monitoring, without a duty', '/rounds', all(404)],
  ['forms of monitoring, without a duty', '/forms', all(404)],
  ['scaling of rounds, without a duty', '/scaling/rounds', all(404)],
  ['panels that set standards, without a duty', '/scaling/panels', all(404)],
  [
    'sessions that may be led',
    '/sittings/rooms',
    { ...all(404), head: 200, 'head of a small school': 200, teacher: 200 },
  ],
  ['a child’s sitting, without its token', '/sittings/current', all(401)],
  ['sessions of the own school', '/sessions', { ...all(404), head: 200, 'head of a small school': 200 }],
  ['what the levels of tests mean', '/levels', all(200)],
  ['what is observed in preschool', '/observations/rubric', all(200)],
  ['groups to observe, without a duty', '/observations', all(404)],
  ['assessors of preschool, without a duty', '/observations/assessors', all(404)],
  [
    'what was observed of a child',
    `/observations/profiles/${people.parent.learnerId}`,
    { ...all(404), parent: 200, head: 200 },
  ],
  ['what one may do in the item bank', '/item-bench', all(404)],
  ['items as a package', '/item-package', all(404)],
  ['what is to be marked, without a duty', '/marking', all(404)],
  ['an answer to be marked, without a duty', `/marking/rounds/${crypto.randomUUID()}`, all(404)],
  ['agreement of markers, without a duty', `/marking/rounds/${crypto.randomUUID()}/report`, all(404)],
  [
    'second looks that were asked for',
    '/marking/second-looks',
    { ...all(404), head: 200, 'head of a small school': 200 },
  ],
  ['systems that are asked by themselves', '/feeds', { ...all(404), steward: 200 }],
  ['background jobs', '/jobs', { ...all(404), steward: 200 }],
  ['the audit trail', '/audit', { ...all(404), steward: 200, officer: 200 }],
  ['the audit trail as a file', '/audit.csv', { ...all(404), steward: 200, officer: 200 }],
  [
    'the audit trail of one learner',
    `/audit?learner=${people.learner.learnerId}`,
    { ...all(404), officer: 200 },
  ],
  ['disclosure rules', '/disclosure/rules', all(200)],
  ['disclosure rules of all times', '/disclosure/rules/history', all(200)],
  ['trials of changed rules', '/disclosure/trials', { ...all(404), steward: 200, officer: 200 }],
  ['releases', '/releases', all(200)],
  ['a release', '/releases/1.0', all(200)],
  [
    'the attack on a release',
    '/releases/1.0/attack',
    { ...all(404), steward: 200, analyst: 200, officer: 200 },
  ],
  [
    'where a figure comes from',
    `/trace?indicator=CTX-01&year=${year}&unit=${countryId}`,
    { ...all(404), analyst: 200 },
  ],
]

function all(status: number): Record<Who, number> {
  return Object.fromEntries(Object.keys(people).map((who) => [who, status])) as Record<Who, number>
}

test.each(matrix)('%s', async (_thing, path, expected) => {
  const found = Object.fromEntries(
    await Promise.all(
      Object.entries(people).map(async ([who, signed]) => [
        who,
        (await world.get(`/api/v1${path}`, signed)).status,
      ]),
    ),
  )
  expect(found).toEqual(expected)
})

const audience = async (who: Who, unit: string) =>
  (await world.read<Profile>(`/profiles/${unit}?year=${year}`, people[who])).audience

test('a head sees the own school unprotected, every other unit as the public does; an analyst sees all', async () => {
  expect(await audience('head', own)).toBe('own')
  expect(await audience('head', foreign)).toBe('public')
  expect(await audience('head', countryId)).toBe('public')
  expect(await audience('head of a small school', small)).toBe('own')
  expect(await audience('analyst', foreign)).toBe('analyst')
  expect(await audience('steward', own)).toBe('public')
  expect(await audience('nobody', own)).toBe('public')
})

test('figures of a school too small for the public are there for its head and absent for everybody else', async () => {
  const results = async (who: Who) => {
    const { figures } = await world.read<Profile>(`/profiles/${small}?year=${year}`, people[who])
    return figures.filter(({ indicator }) => indicator === 'ACH-05').map(({ cell }) => cell)
  }
  for (const cell of await results('head of a small school')) expect(cell.n).toBeGreaterThan(0)
  for (const who of ['nobody', 'head', 'steward'] as const) {
    for (const cell of await results(who))
      expect(cell).toMatchObject({ absent: 'too_few', n: null, value: null })
  }
})

test('reading learners by name is written down with every learner; a foreign school’s refusal too', async () => {
  const { items } = await world.read<{ items: NamedLearner[] }>(
    `/institutions/${own}/learners?year=${year}`,
    people.head,
  )
  await world.get(`/api/v1/institutions/${foreign}/learners?year=${year}`, people.head)
  const { items: trail } = await world.read<{
    items: { object: string; outcome: string; learners: number; person: string }[]
  }>('/audit?limit=2', people.steward)
  expect(trail).toMatchObject([
    { object: `institution ${foreign}`, outcome: 'not_found', learners: 0, person: 'Ilze Liepiņa' },
    { object: `institution ${own}`, outcome: 'shown', learners: items.length, person: 'Ilze Liepiņa' },
  ])
})

test('a forged session is nobody; a mandate of somebody else cannot be taken', async () => {
  const forged = { ...people.head, cookie: `ikms-session=${'A'.repeat(43)}` }
  expect((await world.get(`/api/v1/institutions/${own}/learners?year=${year}`, forged)).status).toBe(404)
  const steward = await world.read<{ mandate: { id: string } }>('/me', people.steward)
  const taken = await world.get('/api/v1/session', people.head, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json', 'x-csrf': people.head.csrf },
    body: JSON.stringify({ mandate: steward.mandate.id }),
  })
  expect(taken.status).toBe(404)
})

test('a write without the token of its session is refused and changes nothing', async () => {
  const guest = await world.signIn('analyst')
  expect((await world.get('/api/v1/session', guest, { method: 'DELETE' })).status).toBe(403)
  expect((await world.read<{ person: unknown }>('/me', guest)).person).not.toBeNull()
  const answer = await world.get('/api/v1/session', guest, {
    method: 'DELETE',
    headers: { 'x-csrf': guest.csrf },
  })
  expect(answer.status).toBe(204)
  expect((await world.read<{ person: unknown }>('/me', guest)).person).toBeNull()
})

test('a mandate that has ended shows nothing from the next request on', async () => {
  const head = await world.signIn('school', 1)
  await world.db.jobPool.query(
    `update access.mandate set valid = daterange('2020-01-01', access.today()) where institution_id =
       (select institution_id from registry.institution where institution_uuid = $1)`,
    [small],
  )
  expect((await world.get(`/api/v1/institutions/${small}/learners?year=${year}`, head)).status).toBe(404)
  expect(await world.read('/me', head)).toMatchObject({ person: null })
})
