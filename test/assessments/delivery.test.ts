import { describe, expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import type { Board, Sitting, SittingItem } from '#modules/assessments/model.ts'
import { newWorld, type Signed } from '../world.ts'
import { plantRound } from './plant.ts'

const world = await newWorld({ data: 'none', behindProxy: true })
const planted = await plantRound(world.db, { items: 12 })
const head = await world.signIn('school', 0)
const other = await world.signIn('school', 1)
const [room, next] = planted.sessions.filter(({ institutionId }) => institutionId === 11)
const own = planted.participants.filter(({ sessionId }) => sessionId === room!.sessionId)
const [anna, janis, elza, karlis, ilze, toms] = own
type Pupil = (typeof own)[number]

/** A device with its cookie. */
interface Device {
  cookie: string
  participant: string
}

const send = (method: string, path: string, cookie: string | undefined, body?: unknown) =>
  world.get(`/api/v1${path}`, undefined, {
    method,
    headers: { ...(cookie && { cookie }), ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
/** Status and code of an answer. */
const said = async (answer: Response): Promise<[number, string | undefined]> => {
  const { code } = (await answer.json().catch(() => ({}))) as { code?: string }
  return [answer.status, code]
}
const enter = async (pupil: Pupil): Promise<Device> => {
  const answer = await send('POST', '/sittings', undefined, { code: pupil.code })
  expect(answer.status).toBe(201)
  const { participant } = (await answer.json()) as Sitting
  return { cookie: answer.headers.get('set-cookie')!.split(';')[0]!, participant }
}
const look = async ({ cookie }: Device) =>
  (await (await send('GET', '/sittings/current', cookie)).json()) as Sitting
const item = async ({ cookie }: Device, at: number) =>
  (await (await send('GET', `/sittings/current/items/${at}`, cookie)).json()) as SittingItem
const save = (device: Device, position: number, revision: number, answers: unknown) =>
  send('PUT', `/sittings/current/answers/${position}`, device.cookie, {
    participant: device.participant,
    revision,
    answers,
  })
const lead = (person: Signed, session: string, body: unknown, participant = '') =>
  world.get(`/api/v1/sessions/${session}/board${participant && `/${participant}`}`, person, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-csrf': person.csrf },
    body: JSON.stringify(body),
  })
const board = (session = room!.id) => world.read<Board>(`/sessions/${session}/board`, head)
const rowOf = async (pupil: Pupil) =>
  (await board()).rows.find(({ participant }) => participant === pupil.uuid)!
const all = async (sql: string, values: unknown[] = []) =>
  (await asJob(world.db, (tx) => tx.query<Record<string, unknown>>(sql, values))).rows
const answersOf = (pupil: Pupil) =>
  all(
    'select position, revision, answer from assessments.answer where participant_id = $1 order by position, revision',
    [pupil.id],
  )
const refusedOf = (pupil: Pupil) =>
  all(
    'select position, reason, answer from assessments.refused_answer where participant_id = $1 order by refused_id',
    [pupil.id],
  )
/** Moves the start of a child back, as if it worked for some time already. */
const workedFor = (pupil: Pupil, minutes: number) =>
  all(
    `update assessments.participant set started_at = now() - make_interval(mins => $2) where participant_id = $1`,
    [pupil.id, minutes],
  )

/** An answer that can be given to an item as it is shown. */
function someAnswer({ item: { body } }: SittingItem, nth = 0): Record<string, unknown> {
  for (const block of body) {
    if (block.kind === 'choice') return { [block.response]: [block.choices[nth]!.id] }
    for (const piece of block.kind === 'paragraph' ? block.content : []) {
      if (piece.kind === 'textEntry') return { [piece.response]: String(40 + nth) }
      if (piece.kind === 'inlineChoice') return { [piece.response]: [piece.choices[nth]!.id] }
    }
  }
  throw new Error('no simple answer to this item')
}
/** Places of the form with a question of a kind that is easily answered, and what is shown there. */
async function simplePlaces(device: Device): Promise<SittingItem[]> {
  const { items } = (await (await send('GET', '/sittings/current/items', device.cookie)).json()) as {
    items: SittingItem[]
  }
  return items.filter((each) => {
    try {
      return Object.keys(someAnswer(each, 1)).length > 0
    } catch {
      return false
    }
  })
}

test('a code opens nothing before the session is opened, and after it the waiting room alone', async () => {
  expect(await said(await send('POST', '/sittings', undefined, { code: anna!.code }))).toEqual([
    409,
    'session_not_open',
  ])
  expect(await said(await send('POST', '/sittings', undefined, { code: 'ACDE-FGHJ' }))).toEqual([
    404,
    'code_unknown',
  ])
  expect((await lead(head, room!.id, { step: 'open' })).status).toBe(200)
  const device = await enter(anna!)
  expect(await look(device)).toMatchObject({
    state: 'waiting',
    endsAt: null,
    places: 12,
    minutes: 60,
    saved: [],
  })
  expect(await said(await send('GET', '/sittings/current/items/1', device.cookie))).toEqual([
    409,
    'sitting_not_begun',
  ])
  expect(await said(await send('GET', '/sittings/current/items', device.cookie))).toEqual([
    409,
    'sitting_not_begun',
  ])
  expect(await said(await save(device, 1, 1, { R1: ['c1'] }))).toEqual([409, 'sitting_not_begun'])
  expect(await answersOf(anna!)).toEqual([])
  expect(await refusedOf(anna!)).toEqual([{ position: 1, reason: 'waiting', answer: { R1: ['c1'] } }])
})

test('the cookie of a sitting is for this site and not for scripts', async () => {
  const answer = await send('POST', '/sittings', undefined, { code: janis!.code })
  expect(answer.headers.get('set-cookie')).toMatch(/^ikms-sitting=[\w-]{43}; .*HttpOnly; SameSite=Strict/)
  expect(await answer.text()).not.toContain(janis!.code)
})

test('when the session is started the time of all who wait begins; who comes later gets the whole time from then', async () => {
  const device = await enter(anna!)
  expect((await lead(head, room!.id, { step: 'start' })).status).toBe(200)
  const early = await look(device)
  expect(early.state).toBe('running')
  expect(Date.parse(early.endsAt!) - Date.parse(early.now)).toBeGreaterThan(59.5 * 60_000)
  expect(
    await all(
      'select status, started_at is not null as began from assessments.participant where participant_id = $1',
      [anna!.id],
    ),
  ).toEqual([{ status: 'tested', began: true }])
  await workedFor(anna!, 30)
  const late = await look(await enter(elza!))
  expect(Date.parse(late.endsAt!) - Date.parse(late.now)).toBeGreaterThan(59.5 * 60_000)
})

describe('at work', () => {
  test('an answer is there once it is acknowledged, on this device and on the next', async () => {
    const first = await enter(karlis!)
    const [place] = await simplePlaces(first)
    const answers = someAnswer(place!)
    const answer = await save(first, place!.position, 1, answers)
    expect([answer.status, await answer.json()]).toEqual([200, { position: place!.position, revision: 1 }])
    expect(await answersOf(karlis!)).toEqual([{ position: place!.position, revision: 1, answer: answers }])
    const second = await enter(karlis!)
    expect(await item(second, place!.position)).toMatchObject({ revision: 1, answers })
    expect(await said(await save(first, place!.position, 2, someAnswer(place!, 1)))).toEqual([
      409,
      'sitting_elsewhere',
    ])
    expect((await look(first)).state).toBe('elsewhere')
    expect(await answersOf(karlis!)).toHaveLength(1)
  })

  test('sent twice it is saved once, and acknowledged both times', async () => {
    const device = await enter(karlis!)
    const [, place] = await simplePlaces(device)
    const answers = someAnswer(place!)
    const both = await Promise.all([1, 2].map(() => save(device, place!.position, 1, answers)))
    expect(both.map(({ status }) => status)).toEqual([200, 200])
    expect((await save(device, place!.position, 1, answers)).status).toBe(200)
    expect((await answersOf(karlis!)).filter(({ position }) => position === place!.position)).toHaveLength(1)
  })

  test('an acknowledged answer gives way to a newer one only: old and repeated revisions are refused and kept apart', async () => {
    const device = await enter(karlis!)
    const [, , place] = await simplePlaces(device)
    const at = place!.position
    expect((await save(device, at, 5, someAnswer(place!, 1))).status).toBe(200)
    for (const revision of [1, 4, 5]) {
      expect(await said(await save(device, at, revision, {}))).toEqual([409, 'answer_stale'])
    }
    expect((await item(device, at)).answers).toEqual(someAnswer(place!, 1))
    expect(await said(await save(device, at, 2_000_000_000, {}))).toEqual([400, 'invalid_request'])
    expect((await refusedOf(karlis!)).map(({ reason }) => reason)).toEqual(
      expect.arrayContaining(['stale', 'wrong_revision']),
    )
    expect((await save(device, at, 6, {})).status).toBe(200)
    expect((await look(device)).saved).toContainEqual({ position: at, revision: 6, isEmpty: true })
    expect((await answersOf(karlis!)).filter(({ position }) => position === at)).toHaveLength(2)
  })

  test('answers of many at once are all saved, each to its own', async () => {
    const devices = await Promise.all([anna!, janis!, elza!, ilze!].map(enter))
    const places = await Promise.all(devices.map(simplePlaces))
    const sent = devices.flatMap((device, nth) =>
      places[nth]!.map((place) => save(device, place.position, 1, someAnswer(place))),
    )
    expect(new Set((await Promise.all(sent)).map(({ status }) => status))).toEqual(new Set([200]))
    for (const [nth, pupil] of [anna!, janis!, elza!, ilze!].entries()) {
      expect(await answersOf(pupil)).toEqual(
        places[nth]!.map((place) => ({ position: place.position, revision: 1, answer: someAnswer(place) })),
      )
    }
  })

  test('what is no answer to the item is refused, written down, and changes nothing; the others of the moment are saved', async () => {
    const device = await enter(toms!)
    const [place] = await simplePlaces(device)
    const at = place!.position
    const [response] = Object.keys(someAnswer(place!))
    const bad: unknown[] = [
      { nothing: 'x' },
      { [response!]: [{ left: 'c1', right: 'c2' }] },
      { [response!]: 'x'.repeat(7000) },
      { [response!]: { $ne: null } },
    ]
    const answers = await Promise.all([
      ...bad.map((each) => save(device, at, 1, each)),
      save(device, at, 1, someAnswer(place!)),
    ])
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400, 200])
    expect(await answersOf(toms!)).toEqual([{ position: at, revision: 1, answer: someAnswer(place!) }])
    expect(await refusedOf(toms!)).toHaveLength(4)
    expect((await save(device, 13, 1, { R1: ['c1'] })).status).toBe(404)
    expect((await save(device, 0, 1, {})).status).toBe(400)
    expect((await send('PUT', `/sittings/current/answers/${at}`, device.cookie, '{')).status).toBe(400)
  })

  test('a megabyte is refused before it is read, and written down', async () => {
    const device = await enter(toms!)
    const answer = await save(device, 1, 2, { R1: 'x'.repeat(1_000_000) })
    expect(await said(answer)).toEqual([413, 'too_large'])
    expect((await refusedOf(toms!)).at(-1)).toMatchObject({ position: 1, reason: 'too_large', answer: null })
  })

  test('words are kept as they came, scripts too: they are text', async () => {
    const device = await enter(toms!)
    const { items } = (await (await send('GET', '/sittings/current/items', device.cookie)).json()) as {
      items: SittingItem[]
    }
    const place = items.find(({ item: { body } }) => JSON.stringify(body).includes('"textEntry"'))!
    const entry = place.item.body
      .flatMap((block) => (block.kind === 'paragraph' ? block.content : []))
      .find(({ kind }) => kind === 'textEntry')
    const words = `<script>alert(1)</script>'; drop table assessments.answer; -- „ā”`
    if (entry?.kind !== 'textEntry') throw new Error('the form has no gap')
    const revision = (await item(device, place.position)).revision + 1
    expect((await save(device, place.position, revision, { [entry.response]: words })).status).toBe(200)
    expect((await item(device, place.position)).answers).toEqual({ [entry.response]: words })
  })

  test('an answer to another’s sitting is taken for nobody', async () => {
    const device = await enter(toms!)
    const [, place] = await simplePlaces(device)
    const answer = await save({ ...device, participant: anna!.uuid }, place!.position, 9, someAnswer(place!))
    expect(await said(answer)).toEqual([409, 'sitting_elsewhere'])
    expect((await answersOf(anna!)).some(({ revision }) => revision === 9)).toBe(false)
    expect((await refusedOf(toms!)).at(-1)).toMatchObject({ reason: 'another_sitting' })
    for (const cookie of [undefined, 'ikms-sitting=guessed', `ikms-sitting=${'A'.repeat(43)}`]) {
      expect(await said(await save({ ...device, cookie: cookie ?? '' }, place!.position, 9, {}))).toEqual([
        401,
        'no_sitting',
      ])
    }
  })
})

describe('the end', () => {
  test('after the time is over nothing is taken, what comes is kept apart; minutes that are given open it again', async () => {
    const device = await enter(ilze!)
    const [place] = await simplePlaces(device)
    await workedFor(ilze!, 61)
    expect((await look(device)).state).toBe('time_over')
    const late = someAnswer(place!, 1)
    expect(await said(await save(device, place!.position, 2, late))).toEqual([409, 'sitting_over'])
    expect((await refusedOf(ilze!)).at(-1)).toMatchObject({ reason: 'time_over', answer: late })
    // Acknowledged in time, asked again too late: it is safe, and the answer says so.
    expect((await save(device, place!.position, 1, someAnswer(place!))).status).toBe(200)
    expect((await lead(head, room!.id, { step: 'minutes', minutes: 5 }, ilze!.uuid)).status).toBe(200)
    expect((await look(device)).state).toBe('running')
    expect((await save(device, place!.position, 2, late)).status).toBe(200)
  })

  test('extra minutes of the profile count from the beginning', async () => {
    await all(
      `update assessments.participant set profile = '{"extraMinutes": 20}' where participant_id = $1`,
      [elza!.id],
    )
    await workedFor(elza!, 70)
    const device = await enter(elza!)
    expect(await look(device)).toMatchObject({ state: 'running', minutes: 80 })
    expect(await rowOf(elza!)).toMatchObject({ state: 'working', extraMinutes: 20 })
  })

  test('a child that is done cannot change anything, nor enter again, until it is let in', async () => {
    const device = await enter(toms!)
    expect((await send('POST', '/sittings/current/finish', device.cookie)).status).toBe(200)
    const [place] = await simplePlaces(await enter(elza!))
    expect(await said(await save(device, place!.position, 50, {}))).toEqual([409, 'sitting_over'])
    expect(await said(await send('POST', '/sittings', undefined, { code: toms!.code }))).toEqual([
      409,
      'sitting_over',
    ])
    expect((await rowOf(toms!)).state).toBe('done')
    expect((await lead(head, room!.id, { step: 'admit' }, toms!.uuid)).status).toBe(200)
    expect((await look(await enter(toms!))).state).toBe('running')
  })

  test('when the session is ended it is over for all; ended by mistake, it goes on', async () => {
    const device = await enter(elza!)
    expect((await lead(head, room!.id, { step: 'end' })).status).toBe(200)
    expect((await look(device)).state).toBe('ended')
    expect(await said(await send('GET', '/sittings/current/items/1', device.cookie))).toEqual([
      409,
      'sitting_over',
    ])
    expect(await said(await send('POST', '/sittings', undefined, { code: elza!.code }))).toEqual([
      409,
      'session_not_open',
    ])
    expect((await lead(head, room!.id, { step: 'start' })).status).toBe(200)
    expect((await look(device)).state).toBe('running')
  })
})

describe('who leads the session', () => {
  test('sees where everybody is, by name, and every name read is written down', async () => {
    const { items: rooms } = await world.read<{ items: { label: string; present: number }[] }>(
      '/sittings/rooms',
      head,
    )
    expect(rooms.map(({ label }) => label)).toEqual([room!.label, next!.label])
    const { rows } = await board()
    expect(rows).toHaveLength(own.length)
    expect(await rowOf(karlis!)).toMatchObject({
      state: 'working',
      isConnected: true,
      places: 12,
      answered: 2,
    })
    expect((await rowOf(karlis!)).devices).toBeGreaterThan(2)
    const { items } = await world.read<{ items: { name: string }[] }>(
      `/sessions/${room!.id}/board/names`,
      head,
    )
    expect(items.map(({ name }) => name)).toContain('Kārlis Liepiņš')
    const [line] = await all(
      `select action, outcome, learners from access.audit where action = 'read_board' order by audit_id desc limit 1`,
    )
    expect(line).toEqual({ action: 'read_board', outcome: 'shown', learners: own.length })
  })

  test('of another school finds nothing, and cannot touch it', async () => {
    for (const path of ['', '/names', '/events']) {
      expect((await world.get(`/api/v1/sessions/${room!.id}/board${path}`, other)).status).toBe(404)
      expect((await world.get(`/api/v1/sessions/${room!.id}/board${path}`)).status).toBe(404)
    }
    expect((await lead(other, room!.id, { step: 'end' })).status).toBe(404)
    expect((await lead(other, room!.id, { step: 'minutes', minutes: 5 }, anna!.uuid)).status).toBe(404)
    expect((await lead(head, next!.id, { step: 'admit' }, toms!.uuid)).status).toBe(404)
    expect((await board()).state).toBe('running')
  })

  test('may be a teacher of the school, who reads names while the round is open and not after', async () => {
    await world.addPerson('teacher')
    const teacher = await world.signIn('teacher')
    expect(teacher.institutionId).toBe(planted.schools[0]!.id)
    expect((await lead(teacher, room!.id, { step: 'minutes', minutes: 1 }, anna!.uuid)).status).toBe(200)
    const names = () => world.get(`/api/v1/sessions/${room!.id}/board/names`, teacher)
    expect((await names()).status).toBe(200)
    await all(`update assessments.round set state = 'closed' where round_id = $1`, [planted.roundId])
    expect((await names()).status).toBe(404)
    expect((await world.get(`/api/v1/sessions/${room!.id}/board/names`, head)).status).toBe(200)
    await all(`update assessments.round set state = 'open' where round_id = $1`, [planted.roundId])
    const elsewhere = planted.sessions.find(({ institutionId }) => institutionId === 12)!
    expect((await world.get(`/api/v1/sessions/${elsewhere.id}/board`, teacher)).status).toBe(404)
  })

  test('cannot start what is not opened, and needs the form of the page', async () => {
    expect((await lead(head, next!.id, { step: 'start' })).status).toBe(409)
    expect((await lead({ ...head, csrf: 'x' }, next!.id, { step: 'open' })).status).toBe(403)
  })

  test('hears of it when a child answers, without asking', async () => {
    const answer = await world.get(`/api/v1/sessions/${room!.id}/board/events`, head)
    expect(answer.headers.get('content-type')).toContain('text/event-stream')
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader()
    const told = async () => JSON.parse((await reader.read()).value!.replace(/^data: /, '')) as Board
    const answered = ({ rows }: Board) => rows.find(({ participant }) => participant === anna!.uuid)!.answered
    const before = answered(await told())
    const device = await enter(anna!)
    const places = await simplePlaces(device)
    const done = new Set((await look(device)).saved.map(({ position }) => position))
    expect(places.every(({ position }) => done.has(position))).toBe(true)
    expect((await save(device, places[0]!.position, 2, {})).status).toBe(200)
    const begun = performance.now()
    let now = before
    while (now === before && performance.now() - begun < 8_000) now = answered(await told())
    expect([now, performance.now() - begun < 5_000]).toEqual([before - 1, true])
    await reader.cancel()
  })
})

test('nothing a child’s device is told holds a key, another child, or who it is', async () => {
  const device = await enter(karlis!)
  const answers = await Promise.all(
    ['', '/pulse', '/items', ...Array.from({ length: 12 }, (_, at) => `/items/${at + 1}`)].map(async (path) =>
      (await send('GET', `/sittings/current${path}`, device.cookie)).text(),
    ),
  )
  const text = answers.join('\n')
  expect(text.length).toBeGreaterThan(10_000)
  expect(text).not.toMatch(/"(keys?|correct|points|rubric|rule|tolerance|accepted|criteria)"/i)
  for (const { uuid, learner, code } of planted.participants.filter(({ id }) => id !== karlis!.id)) {
    expect(text.includes(uuid) || text.includes(learner) || text.includes(code)).toBe(false)
  }
  expect(text.includes(karlis!.learner) || text.includes(karlis!.code) || text.includes('Liepiņš')).toBe(
    false,
  )
  // Codes of items and names of choices could tell what stands in the bank.
  for (const item of planted.items) expect(text.includes(item)).toBe(false)
})

test('who asks how things stand at the same moment is told each about the own sitting', async () => {
  const devices = await Promise.all([anna!, janis!, elza!].map(enter))
  const told = await Promise.all(
    devices.map(
      async ({ cookie }) => (await send('GET', '/sittings/current/pulse', cookie)).json() as Promise<Sitting>,
    ),
  )
  expect(told.map(({ participant, state }) => [participant, state])).toEqual(
    devices.map(({ participant }) => [participant, 'running']),
  )
  expect((await send('GET', '/sittings/current/pulse', 'ikms-sitting=nobody')).status).toBe(401)
})

test('a code tried again and again is made to wait', async () => {
  const statuses = new Set<number>()
  for (let nth = 0; nth < 14; nth += 1)
    statuses.add((await send('POST', '/sittings', undefined, { code: 'WWWW-WWWW' })).status)
  expect([...statuses]).toEqual([404, 429])
})

test('after the round is closed neither a code nor an open device can do anything', async () => {
  const device = await enter(anna!)
  await all(`update assessments.round set closes_at = now() - interval '1 second' where round_id = $1`, [
    planted.roundId,
  ])
  expect((await look(device)).state).toBe('ended')
  expect(await said(await save(device, 1, 99, {}))).toEqual([409, 'sitting_over'])
  expect(await said(await send('POST', '/sittings', undefined, { code: anna!.code }))).toEqual([
    409,
    'session_not_open',
  ])
  expect((await lead(head, next!.id, { step: 'open' })).status).toBe(409)
})
