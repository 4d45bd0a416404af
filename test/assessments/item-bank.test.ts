import { beforeAll, describe, expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { makeDemoAuthors, shipItems } from '#modules/assessments/index.ts'
import type {
  ItemDetail,
  ItemSolution,
  ItemSummary,
  ItemView,
  PackageReport,
} from '#modules/assessments/model.ts'
import { newWorld, type Signed } from '../world.ts'

const world = await newWorld()
await asJob(world.db, shipItems)
await asJob(world.db, makeDemoAuthors)
const [author, reviewer, second, keeper] = await Promise.all(
  ['Laura Siliņa', 'Kārlis Eglītis', 'Inga Roze', 'Valdis Apinis'].map(signInAs),
)
const steward = await world.signIn('steward')
const analyst = await world.signIn('analyst')

async function signInAs(name: string): Promise<Signed> {
  const { items } = (await (await world.get('/api/v1/demo-people')).json()) as {
    items: { name: string; tier: 'researcher' }[]
  }
  const people = items.filter(({ tier }) => tier === 'researcher')
  return world.signIn(
    'researcher',
    people.findIndex((each) => each.name === name),
  )
}

const post = (path: string, person: Signed | undefined, body: unknown) =>
  world.get(`/api/v1${path}`, person, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(person && { 'x-csrf': person.csrf }) },
    body: JSON.stringify(body),
  })
const listed = async (person: Signed) =>
  (await world.read<{ items: ItemSummary[] }>('/items?limit=1000', person)).items
const idOf = async (code: string) => (await listed(keeper!)).find((item) => item.code === code)!.id
const detail = (id: string, person: Signed) => world.read<ItemDetail>(`/items/${id}`, person)
const move = async (id: string, to: string, person: Signed) =>
  (await post(`/items/${id}/state`, person, { to })).status

const ids = Object.fromEntries((await listed(keeper!)).map(({ code, id }) => [code, id]))
const first = ids['RP3-001']!

test('the items that come with the product are drafts in the bank, once', async () => {
  expect(await asJob(world.db, shipItems)).toBe(0)
  const items = await listed(author!)
  expect(items).toHaveLength(180)
  expect(new Set(items.map(({ state }) => state))).toEqual(new Set(['draft']))
  expect(items.find(({ code }) => code === 'RP3-001')).toMatchObject({
    title: 'Lielākais skaitlis',
    points: 1,
    languages: ['lv'],
  })
})

test('who has no duty sees no item bank, whatever the tier; a duty of another mandate does not help', async () => {
  for (const person of [
    undefined,
    steward,
    analyst,
    await world.signIn('school'),
    await world.signIn('parent'),
  ]) {
    for (const path of [
      '/item-bench',
      '/items',
      `/items/${first}`,
      `/items/${first}/view`,
      `/items/${first}/solution`,
      '/item-package',
      `/items/${ids['RP3-012']}/media/gramatas.svg`,
    ]) {
      expect([path, (await world.get(`/api/v1${path}`, person)).status]).toEqual([path, 404])
    }
    const status = (await post(`/items/${first}/comments`, person, { text: 'Labi.' })).status
    expect(person ? [404] : [401, 403, 404]).toContain(status)
  }
})

test('no tier reads words or keys from the tables, and nobody edits what was written: a job neither', async () => {
  const { rows } = await world.db.ownerPool.query<{ reader: string }>(
    `select r.rolname || ' → ' || t as reader from pg_roles r, unnest(array['item_text', 'item_key', 'media', 'item_media', 'duty']) t
      where (r.rolname like 'tier\\_%' or r.rolname in ('ikms_app', 'ikms_public'))
        and has_table_privilege(r.oid, 'assessments.' || t, 'select')`,
  )
  expect(rows).toEqual([])
  const changes = {
    item_version: "accessibility = ''",
    item_text: "content = '{}'",
    item_key: "keys = '{}'",
    item_event: "text = 'x'",
    item_media: "name = 'x'",
    media: "media_type = 'image/png'",
  }
  for (const [table, change] of Object.entries(changes)) {
    for (const statement of [
      `delete from assessments.${table}`,
      `update assessments.${table} set ${change}`,
    ]) {
      await expect(world.db.jobPool.query(statement)).rejects.toThrow('never edited')
    }
  }
})

test('a pupil’s view is without keys, and an answer to it is scored', async () => {
  const { item } = await world.read<ItemView>(`/items/${first}/view?seed=7`, author)
  expect(JSON.stringify(item)).not.toMatch(/correct|keys|points/)
  const [block] = item.body
  const choice = block as Extract<typeof block, { kind: 'choice' }>
  const right = choice.choices.find(
    ({ content }) => content[0]?.kind === 'text' && content[0].text === '784',
  )!
  const tried = await post(`/items/${first}/tries`, author, { seed: 7, answers: { R1: [right.id] } })
  expect([tried.status, await tried.json()]).toEqual([
    200,
    expect.objectContaining({ state: 'scored', points: 1, most: 1 }),
  ])
  const hostile = await post(`/items/${first}/tries`, author, { seed: 7, answers: { R1: ['C'] } })
  expect(await hostile.json()).toMatchObject({ state: 'invalid', points: null, fault: 'no_such_choice' })
})

describe('the life of an item', () => {
  test('begins with its author: only an author sends a draft to review, and a review ends with two others', async () => {
    expect(await move(first, 'review', reviewer!)).toBe(409)
    expect(await move(first, 'review', author!)).toBe(200)
    expect(await move(first, 'pilot', keeper!)).toBe(409)
    expect((await post(`/items/${first}/sign-offs`, author, {})).status).toBe(404)
    expect((await post(`/items/${first}/sign-offs`, reviewer, { text: 'Skaidrs.' })).status).toBe(201)
    expect((await post(`/items/${first}/sign-offs`, reviewer, {})).status).toBe(409)
    expect(await move(first, 'pilot', keeper!)).toBe(409)
    expect((await post(`/items/${first}/sign-offs`, second, {})).status).toBe(201)
    expect(await detail(first, keeper!)).toMatchObject({ signedOff: 2, moves: ['pilot'] })
    expect(await move(first, 'pilot', second!)).toBe(409)
    expect(await move(first, 'pilot', keeper!)).toBe(200)
  })
  test('is secret from then on: its keeper alone reads words and key, and every reading is written down', async () => {
    for (const person of [author!, reviewer!]) {
      expect((await detail(first, person)).title).toBeNull()
      expect(await detail(first, person)).toMatchObject({ isSecret: true, mayRead: false, accessibility: '' })
      for (const path of ['view', 'solution', 'media/x.svg'])
        expect((await world.get(`/api/v1/items/${first}/${path}`, person)).status).toBe(404)
      expect((await post(`/items/${first}/tries`, person, { answers: {} })).status).toBe(404)
      expect((await world.get(`/api/v1/item-package?item=${first}`, person)).status).toBe(404)
    }
    const { text } = await world.read<ItemSolution>(`/items/${first}/solution`, keeper)
    expect(text.keys).toMatchObject({ R1: { correct: ['C'] } })
    const { items } = await world.read<{
      items: { action: string; object: string; outcome: string; person: string }[]
    }>('/audit?limit=20', steward)
    const lines = items.filter(({ object }) => object === `item ${first}`)
    expect(lines[0]).toMatchObject({ action: 'read_item_key', outcome: 'shown', person: 'Valdis Apinis' })
    expect(lines.filter(({ outcome }) => outcome === 'refused').map(({ person }) => person)).toEqual(
      expect.arrayContaining(['Laura Siliņa', 'Kārlis Eglītis']),
    )
  })
  test('goes on only as it measured, and never back to what is fixed', async () => {
    expect(await move(first, 'calibrated', keeper!)).toBe(409)
    const { keepParameters } = await import('#modules/assessments/index.ts')
    const found = {
      round: '2026-pilot',
      model: '2pl' as const,
      slope: 1.1,
      intercepts: [0.4],
      guessing: 0,
      pupils: 812,
    }
    expect(await asJob(world.db, (tx) => keepParameters(tx, 'RP3-001', found))).toBe(true)
    expect(await move(first, 'calibrated', keeper!)).toBe(200)
    expect(await move(first, 'draft', keeper!)).toBe(409)
    expect(await move(first, 'live', keeper!)).toBe(200)
    expect(await move(first, 'released', keeper!)).toBe(200)
    expect((await detail(first, author!)).title).toBe('Lielākais skaitlis')
    const { events, parameters } = await detail(first, author!)
    expect(parameters).toMatchObject([{ round: '2026-pilot', pupils: 812 }])
    expect(events.map(({ kind, state }) => state ?? kind)).toEqual([
      'released',
      'live',
      'calibrated',
      'pilot',
      'signed_off',
      'signed_off',
      'review',
      'draft',
    ])
  })
  test('a new version takes away the sign-offs of the old one; whoever wrote one cannot sign the other', async () => {
    const id = ids['RP3-002']!
    const { text } = await world.read<ItemSolution>(`/items/${id}/solution`, author)
    const { accessibility, place } = await detail(id, author!)
    expect(await move(id, 'review', author!)).toBe(200)
    expect((await post(`/items/${id}/sign-offs`, reviewer, {})).status).toBe(201)
    expect(await move(id, 'draft', reviewer!)).toBe(200)
    const written = await post('/items', author, {
      code: 'RP3-002',
      place,
      accessibility,
      texts: [{ ...text, title: 'Skaitlis uz taisnes' }],
      note: 'Īsāks virsraksts',
    })
    expect([written.status, await written.json()]).toEqual([
      201,
      expect.objectContaining({ version: 2, signedOff: 0, title: 'Skaitlis uz taisnes' }),
    ])
    expect(
      (await post('/items', keeper, { code: 'RP3-002', place, accessibility, texts: [text] })).status,
    ).toBe(404)
    await asJob(world.db, (tx) =>
      tx.query(
        `insert into assessments.duty (mandate_id, duty, valid, source)
         select m.mandate_id, 'reviewer', daterange(access.today(), null), 'demo' from access.mandate m join access.person p using (person_id)
          where p.display_name = 'Laura Siliņa'`,
      ),
    )
    expect(await move(id, 'review', author!)).toBe(200)
    expect((await detail(id, author!)).maySignOff).toBe(false)
    expect((await post(`/items/${id}/sign-offs`, author, {})).status).toBe(409)
    expect(
      (await post('/items', author, { code: 'RP3-002', place, accessibility, texts: [text] })).status,
    ).toBe(409)
  })
})

describe('packages', () => {
  const send = async (
    bytes: ArrayBuffer | Uint8Array<ArrayBuffer>,
    person: Signed,
    csrf = person.csrf,
    query = '',
  ) =>
    world.get(`/api/v1/item-package${query}`, person, {
      method: 'POST',
      headers: { 'content-type': 'application/zip', 'x-csrf': csrf },
      body: bytes,
    })
  let bytes: ArrayBuffer
  beforeAll(async () => {
    const answer = await world.get('/api/v1/item-package', author)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/zip'])
    bytes = await answer.arrayBuffer()
  })
  test('are taken over by an author alone, and items that are no drafts any more stay as they are', async () => {
    expect((await send(bytes, reviewer!)).status).toBe(404)
    expect((await send(bytes, author!, 'guessed')).status).toBe(403)
    const answer = await send(bytes, author!)
    const { items, findings } = (await answer.json()) as PackageReport
    expect(answer.status).toBe(200)
    expect(findings).toEqual([
      { file: 'RP3-001', element: '', line: null, reason: 'no_draft', outcome: 'item_refused' },
      { file: 'RP3-002', element: '', line: null, reason: 'no_draft', outcome: 'item_refused' },
    ])
    expect(items).toHaveLength(178)
    const again = await world.get(`/api/v1/items/${ids['RP3-012']}/media/gramatas.svg`, author)
    expect([again.status, again.headers.get('content-type')]).toEqual([200, 'image/svg+xml'])
    expect(again.headers.get('content-security-policy')).toContain("script-src 'self'")
    expect((await detail(ids['RP3-012']!, author!)).version).toBe(2)
  })
  test('that are broken change nothing and say why; larger ones than may be sent are refused', async () => {
    const before = await listed(author!)
    const broken = await send(new Uint8Array([1, 2, 3]), author!)
    expect(await broken.json()).toEqual({
      items: [],
      forms: [],
      findings: [{ file: '', element: '', line: null, reason: 'not_a_zip', outcome: 'package_refused' }],
    })
    expect((await send(new Uint8Array(11_000_000), author!)).status).toBe(413)
    expect(await listed(author!)).toEqual(before)
  })
})

test('what is sent in another shape is refused with the field named, and nothing is kept', async () => {
  const id = await idOf('RP3-003')
  const { text } = await world.read<ItemSolution>(`/items/${id}/solution`, author)
  const { place } = await detail(id, author!)
  const whole = { code: 'RP3-900', place, accessibility: '', texts: [text] }
  const wrong: unknown[] = [
    { ...whole, code: 'rp 3' },
    { ...whole, texts: [] },
    { ...whole, texts: [{ ...text, keys: {} }] },
    { ...whole, texts: [{ ...text, keys: { ...text.keys, R9: text.keys.R1 } }] },
    { ...whole, texts: [text, text] },
    { ...whole, texts: [{ ...text, title: 'a\0b' }] },
    { ...whole, place: { ...place, strand: 'nowhere' } },
    { ...whole, texts: 'x'.repeat(90_000) },
  ]
  for (const each of wrong) expect((await post('/items', author, each)).status).toBe(400)
  expect((await post('/items', author, { ...whole, texts: 'x'.repeat(200_000) })).status).toBe(413)
  expect((await world.get('/api/v1/items?state=live%00', author)).status).toBe(400)
  expect((await listed(author!)).map(({ code }) => code)).not.toContain('RP3-900')
})
