import { expect, test } from 'vitest'
import { asApp, asJob } from '#db/actor.ts'
import { newWorld, testKeys } from '#test/world.ts'
import { sealer } from '../registry/identity.ts'
import { listMandates, noteChangedCode } from './mandate-store.ts'
import { endMandate, giveMandate, type NewMandate } from './mandates.ts'
import type { Me } from './model.ts'
import { callerOf, newToken } from './session.ts'
import { beginSession } from './sign-in-store.ts'

const world = await newWorld()
const { db } = world
const identity = sealer(testKeys)
const { items: schools } = await world.read<{ items: { code: string; id: string }[] }>('/institutions')

const give = (code: string, more: Partial<NewMandate> = {}) =>
  giveMandate(db, {
    codeHash: identity.hashCode(code),
    name: `Persona ${code}`,
    tier: 'analyst',
    place: null,
    until: null,
    ...more,
  })

async function signIn(code: string) {
  const { token, hash, csrf } = newToken()
  const codeHash = identity.hashCode(code)
  const session = {
    tokenHash: hash,
    codeHash,
    sealedName: null,
    openName: null,
    csrf,
    providerSession: null,
    providerSubject: codeHash,
  }
  const told = await asApp(db, 'test', (tx) => beginSession(tx, session, 8))
  const me = async () => (await callerOf(db, identity, token, 'test')).me as Me
  return { told, me }
}

test('a second mandate comes to the same person', async () => {
  await give('one')
  await give('one', { tier: 'school', place: schools[0]!.code })
  const { person, mandates } = await (await signIn('one')).me()
  expect(person).toMatchObject({ name: 'Persona one' })
  expect(mandates.map(({ tier, institutionId }) => [tier, institutionId])).toEqual([
    ['analyst', null],
    ['school', schools[0]!.id],
  ])
})

test('a mandate ends now: the open session of whoever acts under it is nobody from the next request on', async () => {
  const mandate = await give('two')
  const session = await signIn('two')
  expect((await session.me()).person).not.toBeNull()
  expect(await endMandate(db, mandate)).toBe(true)
  expect((await session.me()).person).toBeNull()
  expect((await signIn('two')).told).toBe('no_mandate')
  expect(await endMandate(db, mandate)).toBe(false)
})

test('a review has an end, and nothing is seen from that day on', async () => {
  const review = { tier: 'inspector', place: schools[0]!.code } as const
  await expect(give('three', review)).rejects.toThrow(/review has an end/)
  await give('three', { ...review, until: '2999-01-01' })
  const session = await signIn('three')
  expect((await session.me()).mandate).toMatchObject({ tier: 'inspector', institutionId: schools[0]!.id })
  await db.jobPool.query(
    `update access.mandate set valid = daterange('2020-01-01', access.today()) where tier = 'inspector'`,
  )
  expect((await session.me()).person).toBeNull()
})

test('a mandate for a place needs one that is there; others take none', async () => {
  await expect(give('four', { tier: 'school' })).rejects.toThrow(/name its code/)
  await expect(give('four', { tier: 'school', place: 'nowhere' })).rejects.toThrow(/no institution nowhere/)
  await expect(give('four', { tier: 'municipality', place: 'DEMO' })).rejects.toThrow(/no municipality/)
  await expect(give('four', { place: schools[0]!.code })).rejects.toThrow(/not given for a place/)
})

test('a person whose code was changed stays the same person, found by the new code and by the old one', async () => {
  await give('old code')
  const { person } = await (await signIn('old code')).me()
  const change = (from: string, to: string) =>
    asJob(db, (tx) => noteChangedCode(tx, identity.hashCode(from), identity.hashCode(to)))
  expect(await change('old code', 'new code')).toBe('noted')
  expect((await (await signIn('new code')).me()).person).toEqual(person)
  expect((await (await signIn('old code')).me()).person).toEqual(person)
  expect(await change('old code', 'new code')).toBe('noted')
  expect(await change('nobody’s code', 'another code')).toBe('unknown')
  await give('somebody else')
  expect(await change('old code', 'somebody else')).toBe('taken')
})

test('a pupil whose code was changed before ever signing in is found by the new one', async () => {
  const { rows } = await db.jobPool.query<{ id: number }>(
    'select learner_id as id from identity.person limit 1',
  )
  await db.jobPool.query('update identity.person set code_hash = $2 where learner_id = $1', [
    rows[0]!.id,
    identity.hashCode('pupil’s old code'),
  ])
  await asJob(db, (tx) =>
    noteChangedCode(tx, identity.hashCode('pupil’s old code'), identity.hashCode('pupil’s new code')),
  )
  expect((await (await signIn('pupil’s new code')).me()).mandate).toMatchObject({ tier: 'learner' })
})

test('what an operator gives and ends stands in the audit trail', async () => {
  const mandate = await give('five')
  await endMandate(db, mandate)
  const { items } = await world.read<{ items: object[] }>('/audit?limit=2', await world.signIn('steward'))
  expect(items).toMatchObject([
    { action: 'end_mandate', object: `mandate ${mandate}`, tier: 'operator', person: null },
    { action: 'give_mandate', object: `mandate ${mandate}`, tier: 'operator', outcome: 'done' },
  ])
})

test('the list names who may see what, without learners and parents', async () => {
  const listed = await asJob(db, listMandates)
  expect(listed).toContainEqual(expect.objectContaining({ person: 'Persona one', tier: 'school' }))
  expect(listed.map(({ tier }) => tier)).not.toContain('learner')
})
