import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { outsideModels, outsideSuggester } from '#modules/assessments/index.ts'
import { nearestPoints } from '#modules/assessments/marking/suggest/nearest.ts'
import type { MarkersPlace, MarkSuggestion } from '#modules/assessments/model.ts'
import { newWorld, type Signed } from '../world.ts'
import { deserved, plantSatRound } from './marked-round.ts'

/** A model elsewhere, real on a port of this machine: it keeps what it was sent and answers as it was told. */
const sent: { headers: Record<string, unknown>; body: string; url: string }[] = []
let reply: { status?: number; headers?: Record<string, string>; body: string } = { body: '{}' }
const model: Server = createServer(async (request, response) => {
  let body = ''
  for await (const chunk of request) body += chunk
  sent.push({ headers: request.headers, body, url: request.url! })
  response.writeHead(reply.status ?? 200, { 'content-type': 'application/json', ...reply.headers })
  response.end(reply.body)
})
await new Promise<void>((done) => model.listen(0, '127.0.0.1', done))
afterAll(() => model.close())
const host = `127.0.0.1:${(model.address() as AddressInfo).port}`
const newSuggester = () => outsideSuggester({ address: `http://${host}/points`, hosts: [host] })
const outside = newSuggester()
beforeEach(() => {
  sent.length = 0
  reply = { body: '{"points": 1, "why": "Nosaukta gala cena."}' }
})

const asked = {
  language: 'lv',
  question: 'Vai Matīsam ir taisnība? Pamato!',
  criteria: [{ points: 2, text: 'Pamato.' }],
  most: 2,
  answer: 'Nē, jaka maksā 10 eiro.',
  learnt: [{ text: 'cita bērna atbilde', points: 2 }],
}

describe('the suggester that comes with the product', () => {
  const learnt = [
    { text: 'Nē, jo otro atlaidi rēķina no jaunās cenas, 20 eiro', points: 2 },
    { text: 'otrā atlaide ir no jaunās cenas, tāpēc 10 eiro nevis nulle', points: 2 },
    { text: 'Nē, jaka maksā 10 eiro.', points: 1 },
    { text: 'nē jaka maksās desmit eiro', points: 1 },
    { text: 'Jā, viņam ir taisnība', points: 0 },
    { text: 'jā, tā ir pareizi', points: 0 },
  ]
  test('says what the most alike answers got, and shows them', () => {
    const found = nearestPoints({ answer: 'NĒ!  jaka maksā 10 eiro', learnt })!
    expect(found.points).toBe(1)
    expect(found.neighbours[0]).toMatchObject({ text: 'Nē, jaka maksā 10 eiro.', points: 1 })
    expect(found.neighbours[0]!.likeness).toBeCloseTo(1, 10)
    expect(nearestPoints({ answer: 'jo otro atlaidi rēķina no jaunās', learnt })!.points).toBe(2)
    expect(nearestPoints({ answer: 'ja vinam ir taisniba', learnt })!.points).toBe(0)
  })
  test('says nothing where nothing is alike, or too little has been marked', () => {
    expect(nearestPoints({ answer: 'xyz', learnt })).toBeNull()
    expect(nearestPoints({ answer: '', learnt })).toBeNull()
    expect(nearestPoints({ answer: learnt[0]!.text, learnt: learnt.slice(0, 4) })).toBeNull()
  })
  test('weighs neighbours by the square of how alike they are, worked by hand', () => {
    // Two answers of one piece each alike to the same degree as one whole: weights 1, and 0 for what shares nothing.
    const one = [
      { text: 'aa', points: 2 },
      { text: 'bb', points: 0 },
      { text: 'cc', points: 0 },
      { text: 'dd', points: 0 },
      { text: 'ee', points: 0 },
    ]
    expect(nearestPoints({ answer: 'AA', learnt: one })).toEqual({
      points: 2,
      support: 1,
      neighbours: [{ text: 'aa', points: 2, likeness: expect.closeTo(1, 12) }],
      why: null,
    })
  })
})

describe('a model elsewhere', () => {
  test('is off unless the operator says an address and the hosts that may be asked', () => {
    const none = { points: null, items: null }
    expect(outsideModels({})).toEqual(none)
    expect(outsideModels({ IKMS_SUGGESTER: 'https://model.example.lv/points' })).toEqual(none)
    expect(outsideModels({ IKMS_SUGGESTER_HOSTS: 'a.lv' })).toEqual(none)
    expect(outsideModels({ IKMS_SUGGESTER: 'https://a.lv/p', IKMS_SUGGESTER_HOSTS: 'a.lv, b.lv' })).toEqual({
      points: { address: 'https://a.lv/p', hosts: ['a.lv', 'b.lv'] },
      items: null,
    })
  })
  test('on a host that is not on the list, or without encryption, is refused', () => {
    expect(() => outsideSuggester({ address: 'https://b.lv/p', hosts: ['a.lv'] })).toThrow(RangeError)
    expect(() => outsideSuggester({ address: 'https://a.lv:8443/p', hosts: ['a.lv'] })).toThrow(RangeError)
    expect(() => outsideSuggester({ address: 'http://a.lv/p', hosts: ['a.lv'] })).toThrow(RangeError)
  })
  test('is sent the question, the rubric and the answer, and nothing else', async () => {
    expect(await outside.suggest(asked)).toEqual({
      points: 1,
      support: 1,
      neighbours: [],
      why: 'Nosaukta gala cena.',
    })
    expect(JSON.parse(sent[0]!.body)).toEqual({
      task: 'points',
      language: 'lv',
      question: asked.question,
      criteria: asked.criteria,
      most: 2,
      answer: asked.answer,
    })
    expect(Object.keys(sent[0]!.headers).filter((name) => /cookie|auth|ikms|referer/i.test(name))).toEqual([])
  })
  test('is not believed: more points than there are, another shape, a way elsewhere or too many words are no suggestion', async () => {
    for (const body of ['{"points": 3}', '{"points": -1}', '{"points": "2"}', '[]', '{"points": 1.5}']) {
      reply = { body }
      expect([body, await newSuggester().suggest(asked)]).toEqual([body, null])
    }
    reply = { status: 500, body: '{"points": 1}' }
    expect(await newSuggester().suggest(asked)).toBeNull()
    reply = { status: 302, headers: { location: `http://${host}/other` }, body: '' }
    expect(await newSuggester().suggest(asked)).toBeNull()
    reply = { body: `{"points": 1, "why": "${'x'.repeat(30_000)}"}` }
    expect(await newSuggester().suggest(asked)).toBeNull()
    reply = { body: 'not json' }
    expect(await newSuggester().suggest(asked)).toBeNull()
    expect(sent.map(({ url }) => url)).not.toContain('/other')
  })
})

describe('a marker', () => {
  let world: Awaited<ReturnType<typeof newWorld>>
  let round: Awaited<ReturnType<typeof plantSatRound>>
  let marker: Signed
  const query = async <Row>(sql: string) => (await asJob(world.db, (tx) => tx.query<Row>(sql))).rows
  const post = async <Answer>(path: string, body: unknown = {}) => {
    const answer = await world.get(`/api/v1/marking/rounds/${round.id}${path}`, marker, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-csrf': marker.csrf },
      body: JSON.stringify(body),
    })
    if (answer.status !== 200) throw new Error(`${path} → ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as Answer
  }
  /** An answer of a kind that has been marked already: those worth nothing are all different here. */
  const familiar = async () => {
    let place = await world.read<MarkersPlace>(`/marking/rounds/${round.id}`, marker)
    while (deserved(textOf(place)) === 0)
      place = await post<MarkersPlace>('/marks', { task: place.answer!.id, points: 0 })
    return place
  }
  const textOf = ({ answer }: MarkersPlace) => String(answer!.answers[answer!.response])

  test('marks without seeing any, and it is known afterwards how far they would have agreed', async () => {
    world = await newWorld({ data: 'none', outside })
    round = await plantSatRound(world.db, { pupilsPerClass: 8 })
    const { items } = await world.read<{ items: { name: string; tier: string }[] }>('/demo-people')
    const researchers = items.filter(({ tier }) => tier === 'researcher')
    marker = await world.signIn(
      'researcher',
      researchers.findIndex(({ name }) => name === 'Aija Strazda'),
    )
    let place = await post<MarkersPlace>('/next', { item: 'RP6-010' })
    for (let step = 0; step < 20; step += 1) {
      place = await post<MarkersPlace>('/marks', { task: place.answer!.id, points: deserved(textOf(place)) })
    }
    const rows = await query<{ shown: boolean; n: number; same: number }>(
      `select s.shown, count(*)::int as n, count(*) filter (where s.points = m.points)::int as same
         from assessments.mark_suggestion s join assessments.mark m using (task_id) group by 1`,
    )
    expect(rows).toMatchObject([{ shown: false }])
    expect(rows[0]!.n).toBeGreaterThan(8)
    expect(rows[0]!.same / rows[0]!.n).toBeGreaterThan(0.7)
    expect(sent).toEqual([])
    expect(await query('select from assessments.mark where hinted')).toEqual([])
  })
  test('may look at suggestions; that is kept with the mark, and nobody is named to the model', async () => {
    const { answer } = await familiar()
    const { items } = await post<{ items: MarkSuggestion[] }>('/suggestions')
    expect(items.map(({ suggester }) => suggester)).toEqual(['nearest', `http ${host}`])
    const [own, model] = items
    expect(own!.neighbours.length).toBeGreaterThan(0)
    expect(own!.record).toMatchObject({ item: 'RP6-010', suggester: 'nearest' })
    expect(own!.record!.low).toBeLessThanOrEqual(own!.record!.exact)
    expect(model).toMatchObject({ points: 1, why: 'Nosaukta gala cena.', record: null })
    const said = `${sent[0]!.body} ${JSON.stringify(sent[0]!.headers)}`
    const secrets = [
      round.id,
      round.code,
      answer!.id,
      ...round.participants.flatMap(({ uuid, learner, code }) => [uuid, learner, code]),
    ]
    expect(secrets.filter((each) => said.includes(each))).toEqual([])
    await post('/marks', { task: answer!.id, points: 0 })
    expect(await query('select points from assessments.mark where hinted')).toEqual([{ points: 0 }])
    expect(
      await query('select suggester, shown from assessments.mark_suggestion where shown order by 1'),
    ).toEqual([
      { suggester: `http ${host}`, shown: true },
      { suggester: 'nearest', shown: true },
    ])
    const calls = await query<{ got: number }>(
      'select task, host, outcome, got_bytes as got from assessments.model_call',
    )
    expect(calls).toEqual([{ task: 'points', host, outcome: 'answered', got: Buffer.byteLength(reply.body) }])
  })
  test('gets the shipped one where the model fails, and none where the round has none; then nobody is asked', async () => {
    await familiar()
    reply = { status: 503, body: '' }
    const { items } = await post<{ items: MarkSuggestion[] }>('/suggestions')
    expect(items.map(({ points }) => points === null)).toEqual([false, true])
    expect(
      await query('select outcome from assessments.model_call order by call_id desc limit 1'),
    ).toMatchObject([{ outcome: 'busy' }])
    sent.length = 0
    await query('update assessments.marking set hints = false')
    expect(await post('/suggestions')).toEqual({ items: [] })
    expect(sent).toEqual([])
  })
})
