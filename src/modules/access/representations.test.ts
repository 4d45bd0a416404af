import { beforeEach, describe, expect, test } from 'vitest'
import { asActor, asApp } from '#db/actor.ts'
import { newDatabase } from '#test/database.ts'
import { testKeys } from '#test/world.ts'
import { sealer } from '../registry/identity.ts'
import { applyRepresentations, type Representation } from './representations.ts'
import { callerOf, newToken } from './session.ts'
import { beginSession } from './sign-in-store.ts'

const db = await newDatabase()
const identity = sealer(testKeys)
const day = (await db.jobPool.query<{ day: string }>('select access.today()::text as day')).rows[0]!.day
const later = (days: number) => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)
/** The day of birth of somebody who is so many years old today, and so many days more. */
const aged = (years: number, days = 0) => {
  const [year, rest] = [Number(day.slice(0, 4)) - years, day.slice(4)]
  return new Date(Date.parse(`${year}${rest}`) - days * 86_400_000).toISOString().slice(0, 10)
}

const children = ['child-a', 'child-b', 'child-c']
await db.jobPool.query(
  `insert into identity.person (learner_id, code_hash, sealed_code, import_id, line)
   select nextval('registry.learner_learner_id_seq'), hash, '', 1, 1 from unnest($1::bytea[]) as hash`,
  [children.map(identity.hashCode)],
)
await db.jobPool.query('insert into registry.learner (learner_id) select learner_id from identity.person')

const row = (representative: string, child: string, more: Partial<Representation> = {}): Representation => ({
  representative: identity.hashCode(representative),
  child: identity.hashCode(child),
  kind: 'parent',
  from: '2020-01-01',
  until: null,
  bornOn: aged(10),
  isDisputed: false,
  ...more,
})

/** Signs somebody in as the provider's answer would. What came of it, and as whom one is seen from then on. */
async function signIn(code: string) {
  const { token, hash, csrf } = newToken()
  const told = await asApp(db, 'test', (tx) =>
    beginSession(
      tx,
      {
        tokenHash: hash,
        codeHash: identity.hashCode(code),
        sealedName: null,
        openName: null,
        csrf,
        providerSession: null,
        providerSubject: identity.hashCode(code),
      },
      8,
    ),
  )
  const caller = () => callerOf(db, identity, token, 'test')
  return {
    told,
    isIn: async () => (await caller()).sessionHash !== null,
    /** how many learners the database lets this session see */
    async sees() {
      const { actor } = await caller()
      if (actor.tier === 'public') return 0
      const { rows } = await asActor(db, actor, (tx) =>
        tx.query<{ n: number }>('select count(*) as n from registry.learner'),
      )
      return rows[0]!.n
    },
    async mandates() {
      return ((await caller()).me as { mandates: { tier: string }[] }).mandates.map(({ tier }) => tier)
    },
  }
}

beforeEach(async () => {
  await db.jobPool.query(
    `delete from access.session; delete from access.mandate; delete from access.representation;
     delete from access.representation_feed; delete from access.person_code; delete from access.person`,
  )
})

test('a parent the register names signs in and sees the own child, one at a time', async () => {
  const report = await applyRepresentations(
    db,
    [row('mother', 'child-a'), row('mother', 'child-b'), row('father', 'child-a')],
    day,
  )
  expect(report).toMatchObject({ standing: 3, added: 3, ended: 0, blocked: 0 })
  const mother = await signIn('mother')
  expect([mother.told, await mother.mandates(), await mother.sees()]).toEqual([
    'begun',
    ['parent', 'parent'],
    1,
  ])
  const stranger = await signIn('stranger')
  expect([stranger.told, await stranger.sees()]).toEqual(['unknown', 0])
})

test('nobody is made known who has not signed in: the feed leaves hashes and learners only', async () => {
  await applyRepresentations(db, [row('mother', 'child-a')], day)
  const { rows } = await db.jobPool.query('select * from access.person')
  expect(rows).toEqual([])
})

test('a child this bank does not know leaves nothing behind', async () => {
  const report = await applyRepresentations(db, [row('mother', 'somebody else’s child')], day)
  expect(report).toMatchObject({ standing: 0, unknown: 1 })
  expect((await signIn('mother')).told).toBe('unknown')
})

describe('a representation ends', () => {
  test('on the 18th birthday, without any feed', async () => {
    await applyRepresentations(
      db,
      [row('mother', 'child-a', { bornOn: aged(18, -1) }), row('father', 'child-b', { bornOn: aged(18) })],
      day,
    )
    const [mother, father] = [await signIn('mother'), await signIn('father')]
    expect([mother.told, father.told]).toEqual(['begun', 'unknown'])
    const { rows } = await db.jobPool.query<{ end: string }>(
      `select upper(valid)::text as end from access.mandate where tier = 'parent'`,
    )
    expect(rows).toEqual([{ end: later(1) }]) // the birthday is the first day on which it no longer holds
    await db.jobPool.query(`update access.mandate set valid = daterange(lower(valid), access.today())`)
    expect([await mother.isIn(), await mother.sees()]).toEqual([false, 0])
  })

  test('with the next feed after a custody decision, and with it the open session', async () => {
    await applyRepresentations(db, [row('mother', 'child-a'), row('father', 'child-a')], later(-1))
    const [mother, father] = [await signIn('mother'), await signIn('father')]
    expect([await mother.sees(), await father.sees()]).toEqual([1, 1])
    const report = await applyRepresentations(db, [row('mother', 'child-a')], day)
    expect(report).toMatchObject({ standing: 1, ended: 1 })
    expect([await mother.sees(), await father.isIn(), await father.sees()]).toEqual([1, false, 0])
    expect((await signIn('father')).told).toBe('no_mandate')
  })

  test('on the day the register gives for it', async () => {
    await applyRepresentations(db, [row('guardian', 'child-a', { kind: 'guardian', until: day })], day)
    expect((await signIn('guardian')).told).toBe('unknown')
  })
})

test('a disputed representation is blocked at once, and open again when the dispute is over', async () => {
  const disputed = row('father', 'child-a', { isDisputed: true })
  await applyRepresentations(db, [row('father', 'child-a')], later(-2))
  const before = await signIn('father')
  expect(await applyRepresentations(db, [disputed], later(-1))).toMatchObject({
    blocked: 1,
    standing: 0,
    ended: 0,
  })
  expect([await before.isIn(), (await signIn('father')).told]).toEqual([false, 'no_mandate'])
  await applyRepresentations(db, [row('father', 'child-a')], day)
  const after = await signIn('father')
  expect([after.told, await after.sees(), await before.isIn()]).toEqual(['begun', 1, false])
})

test('two lines that contradict each other block the pair', async () => {
  const report = await applyRepresentations(
    db,
    [row('father', 'child-a'), row('father', 'child-a', { kind: 'guardian' })],
    day,
  )
  expect(report).toMatchObject({ blocked: 1, standing: 0 })
  expect((await signIn('father')).told).toBe('no_mandate')
})

test('the same feed again changes nothing and ends no session', async () => {
  const rows = [row('mother', 'child-a'), row('mother', 'child-b')]
  await applyRepresentations(db, rows, day)
  const mother = await signIn('mother')
  expect(await applyRepresentations(db, rows, day)).toMatchObject({ standing: 2, added: 0, ended: 0 })
  expect(await mother.isIn()).toBe(true)
})

test('an older feed than the last is refused: it would bring back what has ended', async () => {
  await applyRepresentations(db, [], day)
  await expect(applyRepresentations(db, [row('father', 'child-a')], later(-1))).rejects.toThrow(
    /was taken already/,
  )
  expect((await signIn('father')).told).toBe('unknown')
})

test('a feed that would end far too many is refused whole, unless somebody has looked', async () => {
  const rows = Array.from({ length: 60 }, (_, at) => row(`parent-${at}`, children[at % 3]!))
  await applyRepresentations(db, rows, day)
  const one = await signIn('parent-59')
  await expect(applyRepresentations(db, rows.slice(0, 30), day)).rejects.toThrow(/would end 30 of 60/)
  expect(await one.isIn()).toBe(true)
  expect(await applyRepresentations(db, rows.slice(0, 30), day, { mayEndMany: true })).toMatchObject({
    standing: 30,
    ended: 30,
  })
  expect(await one.isIn()).toBe(false)
})

test('a pupil who signs in sees only oneself; one who is a parent as well changes between the two', async () => {
  await applyRepresentations(db, [row('child-c', 'child-a')], day)
  const self = await signIn('child-c')
  expect([self.told, await self.mandates(), await self.sees()]).toEqual(['begun', ['learner', 'parent'], 1])
})
