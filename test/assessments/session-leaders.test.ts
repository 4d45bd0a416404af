import { expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import type { Room, SessionDetail } from '#modules/assessments/model.ts'
import { newWorld, type Signed } from '../world.ts'
import { plantRound } from './plant.ts'

const world = await newWorld({ data: 'none' })
const planted = await plantRound(world.db, { items: 4 })
const head = await world.signIn('school', 0)
const otherHead = await world.signIn('school', 1)
await world.addPerson('teacher')
await world.addPerson('teacher')
const [first, second] = [await world.signIn('teacher', 0), await world.signIn('teacher', 1)]
const [room, next] = planted.sessions.filter(({ institutionId }) => institutionId === 11)
const elsewhere = planted.sessions.find(({ institutionId }) => institutionId === 12)!

const post = (person: Signed, path: string, body: unknown) =>
  world.get(`/api/v1${path}`, person, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-csrf': person.csrf },
    body: JSON.stringify(body),
  })
const nameLeaders = async (leaders: readonly string[], person = head, session = room!.id) =>
  (await post(person, `/sessions/${session}/leaders`, { leaders })).status
const staff = async () => (await world.read<SessionDetail>(`/sessions/${room!.id}`, head)).staff
const boardSeenBy = async (person: Signed, session = room!.id) =>
  (await world.get(`/api/v1/sessions/${session}/board`, person)).status
const roomsOf = async (person: Signed) =>
  (await world.read<{ items: Room[] }>('/sittings/rooms', person)).items.map(({ id }) => id).sort()
const own = [room!.id, next!.id].sort()
/** Mandate of a signed-in teacher. */
const mandateOf = async (person: Signed) =>
  (await world.read<{ mandate: { id: string } }>('/me', person)).mandate.id

test('while nobody is named every teacher of the institution may lead, and nobody has to fill in anything', async () => {
  expect((await staff()).map(({ leads }) => leads)).toEqual([false, false])
  for (const person of [head, first, second]) {
    expect([await boardSeenBy(person), await roomsOf(person)]).toEqual([200, own])
  }
})

test('once somebody is named, only they and the head may: the others find nothing and can do nothing', async () => {
  expect(await nameLeaders([await mandateOf(first)])).toBe(200)
  expect((await staff()).filter(({ leads }) => leads).map(({ mandate }) => mandate)).toEqual([
    await mandateOf(first),
  ])
  expect([await boardSeenBy(head), await boardSeenBy(first), await boardSeenBy(second)]).toEqual([
    200, 200, 404,
  ])
  expect([await roomsOf(head), await roomsOf(first), await roomsOf(second)]).toEqual([own, own, [next!.id]])
  expect((await world.get(`/api/v1/sessions/${room!.id}/board/names`, second)).status).toBe(404)
  expect((await post(second, `/sessions/${room!.id}/board`, { step: 'open' })).status).toBe(404)
  expect((await post(first, `/sessions/${room!.id}/board`, { step: 'open' })).status).toBe(200)
})

test('another session is not touched by it', async () => {
  expect(await boardSeenBy(second, next!.id)).toBe(200)
})

test('a name whose mandate has ended does not open the door to all', async () => {
  const mandate = await mandateOf(first)
  const until = (end: string) =>
    asJob(world.db, (tx) =>
      tx.query(`update access.mandate set revoked_at = ${end} where mandate_uuid = $1`, [mandate]),
    )
  await until('now()')
  expect([await boardSeenBy(head), await boardSeenBy(second)]).toEqual([200, 404])
  expect((await staff()).map(({ mandate: each }) => each)).not.toContain(mandate)
  await until('null')
})

test('only the head of the school names, only its own teachers, and may leave it to all again', async () => {
  const mandate = await mandateOf(second)
  expect(await nameLeaders([mandate], otherHead)).toBe(404)
  expect(await nameLeaders([mandate], second)).toBe(404)
  expect(await nameLeaders([mandate], otherHead, elsewhere.id)).toBe(400)
  expect(await nameLeaders([await mandateOf(head)])).toBe(400)
  expect(await nameLeaders([crypto.randomUUID()])).toBe(400)
  expect([await boardSeenBy(first), await boardSeenBy(second)]).toEqual([200, 404])
  expect(await nameLeaders([])).toBe(200)
  expect([await boardSeenBy(first), await boardSeenBy(second)]).toEqual([200, 200])
})

test('what was said of leaders is written down', async () => {
  const { rows } = await asJob(world.db, (tx) =>
    tx.query<{ n: number }>(`select count(*)::integer as n from access.audit where action = 'set_leaders'`),
  )
  expect(rows[0]!.n).toBe(2)
})
