import pino from 'pino'
import { beforeEach, describe, expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { makeDemoAuthors, outsideDrafter, outsideModels, shipItems } from '#modules/assessments/index.ts'
import type {
  DraftRequest,
  ItemAsk,
  ItemAskDetail,
  ItemDetail,
  ItemSolution,
} from '#modules/assessments/model.ts'
import { newServer } from '../../src/server.ts'
import { newWorld, type Signed, testKeys } from '../world.ts'
import { type Behaviour, draftOf, openModelElsewhere } from './model-elsewhere.ts'

const model = await openModelElsewhere()
const newDrafter = () => outsideDrafter(model.place)
// A drafter that fails five times in a row rests; tests that make it fail get a world without the memory of the one before.
const drafter = newDrafter()
let current = drafter
const world = await newWorld({
  drafter: { host: model.host, draft: (...asked) => current.draft(...asked) },
})
await asJob(world.db, shipItems)
await asJob(world.db, makeDemoAuthors)
const [author, reviewer, second, keeper] = await Promise.all(
  ['Laura Siliņa', 'Kārlis Eglītis', 'Inga Roze', 'Valdis Apinis'].map(signInAs),
)
beforeEach(() => {
  current = newDrafter()
  model.sent.length = 0
  model.answers({ model: 'drafts 1.2', items: [draftOf()] })
})

const request: DraftRequest = {
  place: { domain: 'numeracy', grade: 6, strand: 'numbers', process: 'apply', outcome: null },
  interaction: 'choice',
  language: 'lv',
  difficulty: 'medium',
  instruction: 'Par plūmēm, bez zīmējuma.',
  count: 2,
}

async function signInAs(name: string): Promise<Signed> {
  const { items } = (await (await world.get('/api/v1/demo-people')).json()) as {
    items: { name: string; tier: 'researcher' }[]
  }
  const researchers = items.filter(({ tier }) => tier === 'researcher')
  return world.signIn(
    'researcher',
    researchers.findIndex((each) => each.name === name),
  )
}
const post = (path: string, person: Signed | undefined, body: unknown) =>
  world.get(`/api/v1${path}`, person, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(person && { 'x-csrf': person.csrf }) },
    body: JSON.stringify(body),
  })
async function ask(more: Partial<DraftRequest> = {}): Promise<ItemAskDetail> {
  const answer = await post('/item-drafts', author, { ...request, ...more })
  if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`)
  return (await answer.json()) as ItemAskDetail
}
const query = async <Row>(sql: string) => (await asJob(world.db, (tx) => tx.query<Row>(sql))).rows
const detail = (id: string, person: Signed | undefined) => world.read<ItemDetail>(`/items/${id}`, person)
const itemsThere = async () =>
  (await query<{ n: number }>('select count(*)::integer as n from assessments.item'))[0]!.n

describe('a model for drafts', () => {
  test('is off unless the operator says an address and the hosts that may be asked', () => {
    expect(outsideModels({ IKMS_ITEM_DRAFTER: 'https://a.lv/items' }).items).toBeNull()
    const both = { IKMS_ITEM_DRAFTER: 'https://a.lv/items', IKMS_SUGGESTER_HOSTS: 'a.lv' }
    expect(outsideModels(both)).toEqual({
      points: null,
      items: { address: 'https://a.lv/items', hosts: ['a.lv'] },
    })
  })
  test('on a host that is not on the list, or without encryption, is refused', () => {
    for (const [address, host] of [
      ['https://b.lv/p', 'a.lv'],
      ['https://a.lv:8443/p', 'a.lv'],
      ['https://a.lv.example/p', 'a.lv'],
      ['http://a.lv/p', 'a.lv'],
      ['ftp://a.lv/p', 'a.lv'],
    ] as const) {
      expect(() => outsideDrafter({ address, hosts: [host] })).toThrow(RangeError)
    }
  })
  test('is sent the place, the wishes and the instruction, and nothing else', async () => {
    await ask()
    expect(model.sent.map(({ body }) => JSON.parse(body))).toEqual([
      {
        task: 'item',
        count: 2,
        language: 'lv',
        interaction: 'choice',
        domain: { id: 'numeracy', name: 'Rēķinpratība' },
        grade: 6,
        strand: { id: 'numbers', name: expect.any(String) },
        process: { id: 'apply', name: expect.any(String) },
        outcome: null,
        difficulty: 'medium',
        instruction: 'Par plūmēm, bez zīmējuma.',
      },
    ])
    expect(
      Object.keys(model.sent[0]!.headers).filter((name) => /cookie|auth|ikms|referer/i.test(name)),
    ).toEqual([])
    expect(JSON.stringify(model.sent[0])).not.toContain('Siliņa')
  })
  test('is not asked about a person: codes and addresses of people are refused before anything is sent', async () => {
    for (const instruction of ['Par 010203-12345', 'Par 32123456789', 'Raksti uz anna@skola.lv']) {
      expect((await post('/item-drafts', author, { ...request, instruction })).status).toBe(400)
    }
    expect(model.sent).toEqual([])
  })
  test('is not asked for a place the framework does not have, nor by who is no author', async () => {
    const elsewhere = { ...request, place: { ...request.place, strand: 'nowhere' } }
    expect((await post('/item-drafts', author, elsewhere)).status).toBe(400)
    expect((await post('/item-drafts', reviewer, request)).status).toBe(404)
    expect((await post('/item-drafts', keeper, request)).status).toBe(404)
    expect([401, 403, 404]).toContain((await post('/item-drafts', undefined, request)).status)
    expect(model.sent).toEqual([])
  })
})

describe('an answer that cannot be used', () => {
  const silent: Behaviour = () => {}
  const half: Behaviour = (_, response) => {
    response.writeHead(200, { 'content-length': '1000' })
    response.write('{"items": [', () => response.destroy())
  }
  const stuck: Behaviour = (_, response) => {
    response.writeHead(200)
    response.write('{"items": [')
  }
  const huge: Behaviour = (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.on('error', () => {})
    response.end(`{"items": ["${'x'.repeat(10_000_000)}"]}`)
  }
  const gone: Behaviour = (wanted) => wanted.socket.destroy()
  const status =
    (code: number, headers: Record<string, string> = {}): Behaviour =>
    (_, response) =>
      response.writeHead(code, headers).end('{"items": []}')
  const says =
    (body: string): Behaviour =>
    (_, response) =>
      response.end(body)
  const deep = `{"items": ${'['.repeat(50_000)}${']'.repeat(50_000)}}`
  const cases: [string, Behaviour, string][] = [
    ['nothing in time', silent, 'timeout'],
    ['half of it, then nothing', stuck, 'timeout'],
    ['half of it, then the end', half, 'cut_short'],
    ['no answer at all', gone, 'unreachable'],
    ['500', status(500), 'failed'],
    ['429', status(429), 'busy'],
    ['403', status(403), 'refused'],
    [
      'a way to a host that is not on the list',
      status(302, { location: 'https://b.lv/items' }),
      'redirected',
    ],
    ['a way to another address of the same host', status(307, { location: '/other' }), 'redirected'],
    ['10 MB', huge, 'too_long'],
    ['no JSON', says('Labprāt! Lūk, uzdevums:'), 'not_json'],
    ['nothing', says(''), 'not_json'],
    ['other JSON', says('{"drafts": []}'), 'wrong_shape'],
    ['no drafts', says('{"items": []}'), 'wrong_shape'],
    ['more drafts than were asked for', says('{"items": [1, 2, 3]}'), 'wrong_shape'],
    ['a list in a list in a list …', says(deep), 'answered'],
  ]
  test.each(cases)(
    '%s: the author is told, nothing becomes an item, and it is written down',
    async (_, does, outcome) => {
      const before = await itemsThere()
      model.does(does)
      const isLate = outcome === 'timeout'
      if (isLate) current = outsideDrafter(model.place, { wait: 300 })
      const told = await ask()
      expect(told.outcome).toBe(outcome)
      expect(told.items.map(({ content }) => content)).toEqual(outcome === 'answered' ? [null] : [])
      expect(await itemsThere()).toBe(before)
      // What was given up may not even have arrived.
      if (!isLate) expect(model.sent.map(({ url }) => url)).toEqual(['/items'])
      const [call] = await query<{ task: string; outcome: string; sent: number }>(
        'select task, outcome, sent_bytes as sent from assessments.model_call order by call_id desc limit 1',
      )
      expect(call).toMatchObject({ task: 'item', outcome })
      if (!isLate) expect(call!.sent).toBe(Buffer.byteLength(model.sent[0]!.body))
    },
  )
  test('five times in a row: the model is left alone for a while', async () => {
    model.answers('{}', 500)
    for (let time = 0; time < 5; time += 1) expect((await ask()).outcome).toBe('failed')
    model.answers({ items: [draftOf()] })
    expect((await ask()).outcome).toBe('resting')
    expect(model.sent).toHaveLength(5)
  })
  test('with the wish to be left alone: it is, at once', async () => {
    model.answers('{}', 429, { 'retry-after': '120' })
    expect((await ask()).outcome).toBe('busy')
    expect((await ask()).outcome).toBe('resting')
    expect(model.sent).toHaveLength(1)
  })
})

describe('a draft that is no item', () => {
  const changed = (change: (text: ReturnType<typeof draftOf>['texts'][number]) => object) => ({
    ...draftOf(),
    texts: [change(draftOf().texts[0]!)],
  })
  const words = (text: string) =>
    changed((original) => ({
      ...original,
      body: [{ kind: 'paragraph', content: [{ kind: 'text', text }], card: null }, ...original.body],
    }))
  test.each([
    ['a key that is missing', changed((text) => ({ ...text, keys: {} })), 'has no key'],
    [
      'a key of a choice that is not there',
      changed((text) => ({ ...text, keys: { R1: { ...text.keys.R1, correct: ['c9'] } } })),
      'there is no choice c9',
    ],
    ['a script', words('Cik? <script src=//x>alert(1)</script>'), 'markup'],
    ['a picture that loads', words('<img src=x onerror=alert(1)>'), 'markup'],
    ['an address', words('Skaties https://b.lv/x'), 'addresses'],
    ['an address that runs', words('javascript:alert(1)'), 'addresses'],
    [
      'a property that is none',
      changed((text) => ({ ...text, html: '<b>Cik?</b>' })),
      'an item has no such property',
    ],
    [
      'a picture nobody sent',
      changed((text) => ({
        ...text,
        body: [
          { kind: 'figure', picture: { media: 'a.png', alt: 'A', width: null }, caption: null, card: null },
          ...text.body,
        ],
      })),
      'pictures',
    ],
    ['another language', changed((text) => ({ ...text, language: 'en' })), 'lv was asked for'],
    ['a control character', words('Cik\u0000?'), 'control characters'],
    ['no words at all', {}, 'Invalid input'],
    ['a number', 7, 'Invalid input'],
  ])('%s: is refused by itself, with the reason; the other draft stands', async (_, draft, fault) => {
    model.answers({ items: [draft, draftOf('Otrs')] })
    const { id, outcome, items, faulty } = await ask()
    expect([outcome, faulty]).toEqual(['answered', 1])
    expect(items[0]!.content).toBeNull()
    expect(items[0]!.faults.map((each) => each.fault).join('; ')).toContain(fault)
    expect(items[1]!.content!.texts[0]!.title).toBe('Otrs')
    expect(
      (await post(`/item-drafts/${items[0]!.id}/decision`, author, { accept: true, code: 'X-1' })).status,
    ).toBe(409)
    expect(await world.read<ItemAskDetail>(`/item-drafts/${id}`, author)).toMatchObject({ id, faulty: 1 })
  })
  test('another kind of question than was asked for is one', async () => {
    const { items } = await ask({ interaction: 'order' })
    expect(items[0]!.faults).toEqual([{ field: 'texts.0.body', fault: 'order was asked for' }])
  })
})

describe('a draft in order', () => {
  test('is no item before its author accepts it, and then it is a draft that says where it came from', async () => {
    const before = await itemsThere()
    const { id, items, model: named } = await ask()
    expect(named).toBe('drafts 1.2')
    expect(await itemsThere()).toBe(before)
    const decision = `/item-drafts/${items[0]!.id}/decision`
    for (const other of [reviewer, second, keeper]) {
      expect((await post(decision, other, { accept: true, code: 'MD6-001' })).status).toBe(404)
    }
    expect((await post(decision, author, { accept: true, code: 'RP3-001' })).status).toBe(409)
    expect(await itemsThere()).toBe(before)
    const answer = await post(decision, author, { accept: true, code: 'MD6-001', reason: 'Der.' })
    const { item } = (await answer.json()) as { item: string }
    const made = await detail(item, author)
    expect(made).toMatchObject({ code: 'MD6-001', state: 'draft', place: request.place, version: 1 })
    expect(made.suggested).toMatchObject({
      version: 1,
      host: model.host,
      model: 'drafts 1.2',
      askedBy: 'Laura Siliņa',
      request: { instruction: 'Par plūmēm, bez zīmējuma.', difficulty: 'medium' },
    })
    expect((await detail(item, reviewer)).suggested!.request).toEqual(request)
    const { text } = await world.read<ItemSolution>(`/items/${item}/solution`, reviewer)
    expect(text).toEqual(draftOf().texts[0])
    expect((await post(decision, author, { accept: false })).status).toBe(409)
    const [seen] = (await world.read<ItemAskDetail>(`/item-drafts/${id}`, author)).items
    expect(seen).toMatchObject({ content: null, decision: 'accepted', item: { code: 'MD6-001', id: item } })
  })
  test('is signed off by two others: who asked for it is its author, also as a reviewer', async () => {
    const [item] = await query<{ id: string }>(
      "select item_uuid as id from assessments.item where code = 'MD6-001'",
    )
    await query(
      `insert into assessments.duty (mandate_id, duty, valid, source)
       select m.mandate_id, 'reviewer', daterange(access.today(), null), 'test'
         from access.mandate m join access.person p using (person_id) where p.display_name = 'Laura Siliņa'`,
    )
    const sign = async (person: Signed | undefined) =>
      (await post(`/items/${item!.id}/sign-offs`, person, { text: '' })).status
    const move = async (to: string, person: Signed | undefined) =>
      (await post(`/items/${item!.id}/state`, person, { to })).status
    expect(await move('review', author)).toBe(200)
    expect(await sign(author)).toBe(409)
    expect(await sign(reviewer)).toBe(201)
    expect(await move('pilot', keeper)).toBe(409)
    expect(await sign(second)).toBe(201)
    expect(await move('pilot', keeper)).toBe(200)
  })
  test('in use is told from where it came, but what it was asked for only to its keeper, and its words to nobody else', async () => {
    const [item] = await query<{ id: string }>(
      "select item_uuid as id from assessments.item where code = 'MD6-001'",
    )
    expect((await detail(item!.id, author)).suggested).toMatchObject({ model: 'drafts 1.2', request: null })
    expect((await detail(item!.id, keeper)).suggested!.request).toEqual(request)
    const { items } = await world.read<{ items: ItemAsk[] }>('/item-drafts', author)
    const accepted = items.find((each) => each.accepted === 1)!
    for (const reader of [author, keeper]) {
      const seen = await world.read<ItemAskDetail>(`/item-drafts/${accepted.id}`, reader)
      expect(JSON.stringify(seen)).not.toContain('plūmju palika')
    }
  })
  test('is declined with a reason, stays in the log, and is no item', async () => {
    const before = await itemsThere()
    const { id, items } = await ask()
    const answer = await post(`/item-drafts/${items[0]!.id}/decision`, author, {
      accept: false,
      reason: 'Par vieglu.',
    })
    expect(await answer.json()).toEqual({ item: null })
    expect(await itemsThere()).toBe(before)
    expect(await world.read(`/item-drafts/${id}`, author)).toMatchObject({
      declined: 1,
      items: [{ decision: 'declined', reason: 'Par vieglu.' }],
    })
    expect(
      await query(
        'select said, decision from assessments.item_draft d join assessments.item_ask a using (ask_id) order by 1 limit 1',
      ),
    ).toHaveLength(1)
  })
  test('is seen by who asked and by the keeper of the bank, and by nobody else', async () => {
    const { id } = await ask()
    expect((await world.read<ItemAskDetail>(`/item-drafts/${id}`, keeper)).isOwn).toBe(false)
    for (const person of [undefined, reviewer, second, await world.signIn('steward')]) {
      expect((await world.get(`/api/v1/item-drafts/${id}`, person)).status).toBe(404)
      expect((await world.get('/api/v1/item-drafts', person)).status).toBe(404)
    }
  })
  test('of an item that people wrote there is no mark', async () => {
    const [item] = await query<{ id: string }>(
      "select item_uuid as id from assessments.item where code = 'RP3-001'",
    )
    expect((await detail(item!.id, author)).suggested).toBeNull()
  })
})

test('no tier reads the tables of models, and a call once written is never edited', async () => {
  const { rows } = await world.db.ownerPool.query(
    `select r.rolname, t from pg_roles r, unnest(array['model_call', 'item_ask', 'item_draft']) t
      where (r.rolname like 'tier\\_%' or r.rolname in ('ikms_app', 'ikms_public'))
        and has_table_privilege(r.oid, 'assessments.' || t, 'select, insert, update, delete')`,
  )
  expect(rows).toEqual([])
  await expect(query("update assessments.model_call set outcome = 'answered'")).rejects.toThrow()
})

test('one who waits for an answer does not ask again meanwhile', async () => {
  let arrived: () => void = () => {}
  const isAsked = new Promise<void>((done) => {
    arrived = done
  })
  let answer: () => void = () => {}
  model.does((_, response) => {
    answer = () => response.end(JSON.stringify({ items: [draftOf()] }))
    arrived()
  })
  current = outsideDrafter(model.place)
  const first = ask()
  await isAsked
  expect(
    (
      await world.askOnce('/api/v1/item-drafts', author, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-csrf': author!.csrf },
        body: JSON.stringify(request),
      })
    ).status,
  ).toBe(429)
  const { items } = await world.read<{ items: ItemAsk[] }>('/item-drafts', author)
  expect(items[0]!.outcome).toBe('waiting')
  answer()
  expect((await first).outcome).toBe('answered')
})

test('without a model nobody can ask, and what was asked before is still there', async () => {
  const off = await newServer({ db: world.db, keys: testKeys, log: pino({ level: 'silent' }), drafter: null })
  const headers = { cookie: author!.cookie, 'x-csrf': author!.csrf, 'content-type': 'application/json' }
  const listed = (await (await off.app.request('/api/v1/item-drafts', { headers })).json()) as {
    items: ItemAsk[]
  }
  expect(listed).toMatchObject({ model: null, items: expect.any(Array) })
  expect(listed.items.length).toBeGreaterThan(20)
  const answer = await off.app.request('/api/v1/item-drafts', {
    method: 'POST',
    headers,
    body: JSON.stringify(request),
  })
  expect(answer.status).toBe(409)
  expect(model.sent).toEqual([])
  await off.close()
})
