import { createHash, randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { asApp, asJob } from '#db/actor.ts'
import type { Board, Sitting, SittingPulse } from '#modules/assessments/model.ts'
import { newWorld } from '../world.ts'
import { plantRound } from './plant.ts'

const world = await newWorld({ data: 'none' })
const planted = await plantRound(world.db, { items: 4 })
const head = await world.signIn('school', 0)
const room = planted.sessions.find(({ institutionId }) => institutionId === 11)!
const [anna, janis, elza, karlis] = planted.participants.filter(
  ({ sessionId }) => sessionId === room.sessionId,
)
type Pupil = NonNullable<typeof anna>
await asJob(world.db, (tx) =>
  tx.query(`update assessments.session set state = 'running', started_at = now() where session_uuid = $1`, [
    room.id,
  ]),
)

const attempt = () => randomBytes(16).toString('hex')
const enter = async ({ code }: Pupil, more: object = {}) => {
  const answer = await world.get('/api/v1/sittings', undefined, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code, ...more }),
  })
  expect(answer.status).toBe(201)
  const { state } = (await answer.json()) as Sitting
  return { cookie: answer.headers.get('set-cookie')!.split(';')[0]!, state }
}
const stateOf = async (cookie: string) => {
  const answer = await world.get('/api/v1/sittings/current/pulse', undefined, { headers: { cookie } })
  return ((await answer.json()) as SittingPulse).state
}
const devicesOf = async ({ uuid }: Pupil) =>
  (await world.read<Board>(`/sessions/${room.id}/board`, head)).rows.find(
    ({ participant }) => participant === uuid,
  )!.devices

test('the same form sent twice gets one sitting, also where both are worked at in one moment', async () => {
  const same = { attempt: attempt() }
  const [one, two] = await Promise.all([enter(anna!, same), enter(anna!, same)])
  expect(one.cookie).toBe(two.cookie)
  expect([one.state, two.state]).toEqual(['running', 'running'])
  expect(await stateOf(one.cookie)).toBe('running')
  expect(await devicesOf(anna!)).toBe(1)
})

test('another device takes over with the same code, and the first gets it back by entering anew', async () => {
  const tablet = { attempt: attempt() }
  const first = await enter(janis!, tablet)
  const second = await enter(janis!, { attempt: attempt() })
  expect(second.cookie).not.toBe(first.cookie)
  expect([await stateOf(first.cookie), await stateOf(second.cookie)]).toEqual(['elsewhere', 'running'])
  expect((await enter(janis!, tablet)).cookie).toBe(first.cookie)
  expect([await stateOf(first.cookie), await stateOf(second.cookie)]).toEqual(['running', 'elsewhere'])
})

test('the same attempt with the code of another child is another sitting', async () => {
  const same = { attempt: attempt() }
  const [one, two] = [await enter(elza!, same), await enter(karlis!, same)]
  expect(one.cookie).not.toBe(two.cookie)
  expect([await stateOf(one.cookie), await stateOf(two.cookie)]).toEqual(['running', 'running'])
})

test('an entering that was asked for first and worked at last does not end the later one', async () => {
  const [first, second] = [randomBytes(32), randomBytes(32)]
  const hash = (token: Buffer) => createHash('sha256').update(token.toString('base64url')).digest()
  const { rows } = await asJob(world.db, (tx) =>
    tx.query<{ entry: Buffer }>(
      'select entry_key as entry from assessments.participant where participant_id = $1',
      [karlis!.id],
    ),
  )
  const enterWith = (token: Buffer, waited: number) =>
    asApp(world.db, 'late', (tx) =>
      tx.query('select assessments.enter($1, $2, $3)', [rows[0]!.entry, hash(token), waited]),
    )
  await enterWith(second, 0)
  await enterWith(first, 120_000)
  const cookie = (token: Buffer) => `ikms-sitting=${token.toString('base64url')}`
  expect([await stateOf(cookie(first)), await stateOf(cookie(second))]).toEqual(['elsewhere', 'running'])
})

test('an attempt that is no attempt is refused', async () => {
  for (const bad of ['', 'x'.repeat(32), 'A'.repeat(32), 'a'.repeat(33)]) {
    const answer = await world.get('/api/v1/sittings', undefined, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code: anna!.code, attempt: bad }),
    })
    expect([bad, answer.status]).toEqual([bad, 400])
  }
})
