import { expect, test } from 'vitest'
import { asActor } from '#db/actor.ts'
import type { Institution } from '#modules/registry/model.ts'
import { newWorld, type Signed } from './world.ts'

/** Attempts to see more than a mandate opens. */
const world = await newWorld()
const { items: schools } = await world.read<{ items: Institution[] }>('/institutions?limit=1000')
const { schoolYears } = await world.read<{ schoolYears: number[] }>('/config')
const year = schoolYears.at(-1)!
const head = await world.signIn('school')
const town = await world.signIn('municipality')
const inspector = await world.signIn('inspector')
const parent = await world.signIn('parent')
const learner = await world.signIn('learner')
const officer = await world.signIn('protection_officer')
const steward = await world.signIn('steward')
const foreign = schools.find(({ id }) => id !== head.institutionId)!

const people = { parent, learner, town, inspector, officer, steward }
const injections = [
  "'; reset role; set role ikms_job; --",
  "' || (select string_agg(sealed_name::text, '') from identity.person) || '",
  '$1); reset role; select (1',
  "1; select set_config('app.mandate_id', '1', true)",
  "\\'; reset role; --",
]

test('SQL in any text of a request is text: it is answered as such and opens nothing', async () => {
  for (const [who, person] of Object.entries(people)) {
    for (const words of injections.map(encodeURIComponent)) {
      for (const path of [
        `/audit?person=${words}`,
        `/audit?action=${words}`,
        `/audit?learner=${words}`,
        `/audit?cursor=${words}`,
        `/audit.csv?person=${words}`,
        `/looks?cursor=${words}`,
        `/learners/${words}`,
        `/search?q=${words}`,
        `/cells?indicator=ACH-05&year=${year}&level=school&subject=${words}`,
        `/cells?indicator=${words}&year=${year}&level=school`,
        `/profiles/${words}`,
        `/indicators/${words}`,
        `/institutions/${words}/learners?year=${year}`,
      ]) {
        const answer = await world.get(`/api/v1${path}`, person)
        expect([who, path, answer.status]).toSatisfy(([, , status]) => [200, 400, 404].includes(status))
        expect(await answer.text()).not.toMatch(/sealed|ikms_job|permission denied|syntax error/)
      }
    }
  }
})

test('SQL in bodies, headers and forms is text as well', async () => {
  const ask = async (method: string, path: string, body: string, headers: Record<string, string> = {}) => {
    const answer = await world.get(path, parent, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body && { body }),
    })
    expect([path, answer.status]).toSatisfy(([, status]) => [400, 403, 404].includes(status))
    expect(await answer.text()).not.toMatch(/sealed|ikms_job|permission denied|syntax error/)
  }
  for (const words of injections) {
    await ask('PATCH', '/api/v1/session', JSON.stringify({ mandate: words }), { 'x-csrf': parent.csrf })
    await ask('POST', '/api/v1/session', JSON.stringify({ person: words }))
    await ask('DELETE', '/api/v1/sessions', '', { 'x-csrf': encodeURIComponent(words) })
    await ask('GET', `/api/v1/learners/${crypto.randomUUID()}`, '', {
      'accept-language': encodeURIComponent(words),
    })
  }
  expect(await world.read('/me', parent)).toMatchObject({ mandate: { tier: 'parent' } })
})

test('days that never were, and those before there was a trail, are refused as a wrong field', async () => {
  for (const day of [
    '0000-01-01',
    '0001-01-01',
    '2026-02-30',
    '-4713-01-01',
    '99999-01-01',
    'infinity',
    'today',
  ]) {
    for (const field of ['from', 'to']) {
      const answer = await world.get(`/api/v1/audit?${field}=${encodeURIComponent(day)}`, officer)
      expect([day, answer.status]).toEqual([day, 400])
    }
  }
  expect((await world.get('/api/v1/audit?from=1900-01-01&to=9999-12-31', officer)).status).toBe(200)
})

test('cookies and tokens that hold SQL, or another session’s hash, are nobody', async () => {
  const { rows } = await world.db.jobPool.query<{ hash: string }>(
    `select encode(token_hash, 'hex') as hash from access.session limit 1`,
  )
  for (const value of [
    ...injections,
    rows[0]!.hash,
    Buffer.from(rows[0]!.hash, 'hex').toString('base64url'),
    '',
    'null',
  ]) {
    const answer = await world.get('/api/v1/me', {
      ...parent,
      cookie: `ikms-session=${encodeURIComponent(value)}`,
    })
    expect(await answer.json()).toMatchObject({ person: null })
  }
})

test('a child who is not one’s own, and a child who is not there, are refused in the very same words', async () => {
  const said = async (path: string, person: Signed) => {
    const answer = await world.get(`/api/v1${path}`, person)
    const { requestId: _, ...body } = (await answer.json()) as { requestId: string }
    return [answer.status, body]
  }
  const nobody = crypto.randomUUID()
  for (const person of [parent, learner, head, town]) {
    const foreignChild = person === learner ? parent.learnerId : learner.learnerId
    expect(await said(`/learners/${foreignChild}`, person)).toEqual(await said(`/learners/${nobody}`, person))
  }
  expect(await said(`/institutions/${foreign.id}/learners?year=${year}`, head)).toEqual(
    await said(`/institutions/${nobody}/learners?year=${year}`, head),
  )
  expect(await said(`/audit?learner=${parent.learnerId}`, steward)).toEqual(
    await said(`/audit?learner=${nobody}`, steward),
  )
})

test('a parent cannot take the mandate of another parent, of staff, or one of their own that has ended', async () => {
  const me = await world.read<{ mandates: { id: string }[] }>('/me', parent)
  const take = (mandate: string) =>
    world.get('/api/v1/session', parent, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', 'x-csrf': parent.csrf },
      body: JSON.stringify({ mandate }),
    })
  for (const person of [learner, head, steward]) {
    const other = await world.read<{ mandate: { id: string } }>('/me', person)
    expect((await take(other.mandate.id)).status).toBe(404)
  }
  const second = me.mandates[1]!.id
  await world.db.jobPool.query('update access.mandate set revoked_at = now() where mandate_uuid = $1', [
    second,
  ])
  expect((await take(second)).status).toBe(404)
  await world.db.jobPool.query('update access.mandate set revoked_at = null where mandate_uuid = $1', [
    second,
  ])
  expect((await take(second)).status).toBe(204)
  expect((await take(me.mandates[0]!.id)).status).toBe(204)
})

test('below the API, a tier that resets its role is the application, which may read no table', async () => {
  const { rows } = await world.db.jobPool.query<{ personId: number; mandateId: number }>(
    `select person_id as "personId", mandate_id as "mandateId" from access.mandate where tier = 'parent' limit 1`,
  )
  const actor = { tier: 'parent', requestId: 'test', ...rows[0]! } as const
  await expect(
    asActor(world.db, actor, async (tx) => {
      await tx.query('reset role')
      await tx.query('select count(*) from registry.learner')
    }),
  ).rejects.toMatchObject({ code: '42501' })
})
