import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { sweepUploads } from '#modules/intake/index.ts'
import type { Upload } from '#modules/intake/model.ts'
import { newUploadWorld, refusalOf } from './steward.ts'

const world = await newUploadWorld({ most: 200_000 })
const { folder, steward, files, sendForm, sendBare, sent, write, upload } = world
const csv = 'municipality,school\nA,1\n'
const noFiles = () => expect(files()).toEqual([])

test('a file that was sent waits under a name of ours, open to nobody else, and the sender is told what is known of it', async () => {
  const kept = await sent(csv, 'Skolēni 2026.csv')
  expect(kept).toMatchObject({
    file: 'Skolēni 2026.csv',
    bytes: csv.length,
    format: 'csv',
    state: 'waiting',
    job: null,
    import: null,
    problem: null,
    before: null,
  })
  expect(Date.parse(kept.keptUntil!) - Date.parse(kept.uploadedAt)).toBe(24 * 3600_000)
  expect(files()).toEqual([kept.id])
  expect((statSync(join(folder, kept.id)).mode & 0o777).toString(8)).toBe('600')
  expect((statSync(folder).mode & 0o777).toString(8)).toBe('700')
  expect(await upload(kept.id)).toEqual(kept)
  expect((await write(`/uploads/${kept.id}`, 'DELETE')).status).toBe(204)
  expect((await upload(kept.id)).state).toBe('removed')
  noFiles()
  expect(await refusalOf(await write(`/uploads/${kept.id}`, 'DELETE'))).toEqual([409, 'wrong_state'])
})

test('a program sends it bare; the same file twice is two uploads with one fingerprint', async () => {
  const first = (await (
    await sendBare(csv, { 'x-file-name': encodeURIComponent('dati „A”.csv') })
  ).json()) as Upload
  const second = (await (await sendBare(csv)).json()) as Upload
  expect([first.file, second.file]).toEqual(['dati „A”.csv', 'upload'])
  expect(second.sha256).toBe(first.sha256)
  expect(second.id).not.toBe(first.id)
  for (const { id } of [first, second]) await write(`/uploads/${id}`, 'DELETE')
})

test('two files sent at once both arrive whole', async () => {
  const contents = ['a'.repeat(150_000), 'b'.repeat(150_000)].map((body) => `x\n${body}\n`)
  const both = await Promise.all(contents.map((content) => sent(content)))
  expect(both.map(({ bytes }) => bytes)).toEqual(contents.map(({ length }) => length))
  expect(files().sort()).toEqual(both.map(({ id }) => id).sort())
  for (const { id } of both) await write(`/uploads/${id}`, 'DELETE')
})

test('a zip is known by its first bytes, whatever its name', async () => {
  const kept = await sent(Buffer.from('PK\x03\x04 and so on', 'latin1'), 'package.csv')
  expect(kept.format).toBe('zip')
  await write(`/uploads/${kept.id}`, 'DELETE')
})

test.each([
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\Ilze\\dati.csv', 'dati.csv'],
  ['010190-12345.csv', '•••.csv'],
  ['dati\u202Evsc.exe', 'dativsc.exe'],
  ['/', 'upload'],
  [`${'ā'.repeat(300)}.csv`, `…${'ā'.repeat(195)}.csv`],
])('of the name %s only %s is kept', async (given, shown) => {
  const kept = (await (await sendBare(csv, { 'x-file-name': encodeURIComponent(given) })).json()) as Upload
  expect(kept.file).toBe(shown)
  expect(files()).toEqual([kept.id])
  await write(`/uploads/${kept.id}`, 'DELETE')
})

test('what is too large is refused before it is read, and also where its size is not told', async () => {
  const much = 'x'.repeat(300_000)
  const told = await sendBare(much, { 'content-length': String(much.length) })
  expect((await refusalOf(told)).slice(0, 2)).toEqual([413, 'too_large'])
  let asked = 0
  const untold = new ReadableStream<Uint8Array>({
    pull(controller) {
      asked += 1
      controller.enqueue(Buffer.alloc(10_000, 'x'))
    },
  })
  expect((await refusalOf(await sendBare(untold))).slice(0, 2)).toEqual([413, 'too_large'])
  expect(asked).toBeLessThan(40)
  noFiles()
})

test.each([
  ['nothing', '', 'Fails ir tukšs.'],
  ['a PDF', '%PDF-1.7 …', 'Tas nav ne CSV, ne zip fails.'],
  ['a workbook of old', Buffer.from('d0cf11e0a1b11ae100000000', 'hex'), 'Tas nav ne CSV, ne zip fails.'],
  ['UTF-16', Buffer.from('\uFEFFkods;vārds', 'utf16le'), 'Tas nav ne CSV, ne zip fails.'],
  ['a sign-in page', '\n<!DOCTYPE html><html>', 'Tā ir tīmekļa lapa vai XML'],
])('%s is refused by its first bytes, and nothing stays', async (_what, content, why) => {
  for (const answer of [await sendForm(content), await sendBare(content)]) {
    const [status, code, message] = await refusalOf(answer)
    expect([status, code]).toEqual([400, 'invalid_request'])
    expect(message).toContain(why)
  }
  noFiles()
})

test('a form without a file, cut off, or without its boundary is refused in words', async () => {
  const empty = new FormData()
  empty.append('csrf', steward.csrf)
  const form = (body: string, type = 'multipart/form-data; boundary=edge') =>
    world.get('/api/v1/uploads', steward, {
      method: 'POST',
      headers: { 'content-type': type, 'x-csrf': steward.csrf },
      body,
    })
  const head = '--edge\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
  expect((await form(`${head}a,b\r\n--edge--\r\n`)).status).toBe(201)
  const broken = [
    await world.get('/api/v1/uploads', steward, { method: 'POST', body: empty }),
    await form(`${head}a,b\n1,2`),
    await form('--edge\r\nContent-Disposition: form-data\r\n\r\n\r\n--edge--'),
    await form(''),
    await form(head, 'multipart/form-data'),
    await form(`--edge\r\n${'x'.repeat(20_000)}\r\n\r\n`),
  ]
  for (const answer of broken) expect((await refusalOf(answer)).slice(0, 2)).toEqual([400, 'invalid_request'])
  const json = await world.get('/api/v1/uploads', steward, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-csrf': steward.csrf },
    body: '{}',
  })
  expect(await refusalOf(json)).toEqual([415, 'wrong_content_type'])
  const { items } = await world.read<{ items: Upload[] }>('/uploads', steward)
  const waiting = items.filter(({ state }) => state === 'waiting')
  expect(files()).toEqual(waiting.map(({ id }) => id))
  for (const { id } of waiting) await write(`/uploads/${id}`, 'DELETE')
})

test('a sender who goes away in the middle leaves nothing behind', async () => {
  const gone = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(Buffer.from(csv))
    },
    pull(controller) {
      controller.error(new Error('gone'))
    },
  })
  expect((await refusalOf(await sendBare(gone))).slice(0, 2)).toEqual([400, 'invalid_request'])
  noFiles()
})

test('without the token of the session nothing is taken in, also where the file comes before it', async () => {
  expect(await refusalOf(await sendForm(csv, 'a.csv', 'guessed'))).toEqual([403, 'wrong_csrf'])
  expect(await refusalOf(await sendBare(csv, { 'x-csrf': 'guessed' }))).toEqual([403, 'wrong_csrf'])
  const form = new FormData()
  form.append('file', new Blob([csv]), 'a.csv')
  form.append('csrf', steward.csrf)
  const late = await world.get('/api/v1/uploads', steward, { method: 'POST', body: form })
  expect(await refusalOf(late)).toEqual([403, 'wrong_csrf'])
  noFiles()
})

test('for everybody else there are no uploads, and none can be sent', async () => {
  await world.addPerson('analyst')
  const kept = await sent(csv)
  for (const person of [undefined, await world.signIn('analyst')]) {
    for (const [path, method, body] of [
      ['/uploads', 'GET', undefined],
      [`/uploads/${kept.id}`, 'GET', undefined],
      [`/uploads/${kept.id}`, 'DELETE', undefined],
      [`/uploads/${kept.id}/import`, 'POST', { mapping: null }],
    ] as const) {
      const answer = await world.get(`/api/v1${path}`, person, {
        method,
        headers: { 'content-type': 'application/json', ...(person && { 'x-csrf': person.csrf }) },
        ...(body && { body: JSON.stringify(body) }),
      })
      expect([path, method, answer.status]).toEqual([path, method, 404])
    }
    const answer = await world.get('/api/v1/uploads', person, {
      method: 'POST',
      headers: { 'content-type': 'text/csv', ...(person && { 'x-csrf': person.csrf }) },
      body: csv,
    })
    expect(answer.status).toBe(404)
  }
  expect(files()).toEqual([kept.id])
  await write(`/uploads/${kept.id}`, 'DELETE')
})

test('the database itself lets only a steward note, ask for or remove an upload', async () => {
  const client = await world.db.appPool.connect()
  try {
    for (const call of [
      `select intake.add_upload(gen_random_uuid(), 'a', 1, '', 'csv')`,
      'select intake.ask_import(gen_random_uuid(), null, false)',
      'select intake.remove_upload(gen_random_uuid())',
      `select intake.keep_mapping('{"name": "a"}')`,
    ]) {
      await expect(client.query(call)).rejects.toThrow('permission denied')
      await client.query('begin; set local role tier_analyst')
      await expect(client.query(call)).rejects.toThrow('permission denied')
      await client.query('rollback')
      await client.query('begin; set local role tier_steward')
      await expect(client.query(call)).rejects.toThrow('only a steward')
      await client.query('rollback')
    }
  } finally {
    client.release()
  }
})

test('twenty files may wait; the next is refused until one is gone', async () => {
  const waiting: string[] = []
  for (let n = 0; n < 20; n += 1) waiting.push((await sent(csv)).id)
  const [status, , message] = await refusalOf(await sendForm(csv))
  expect([status, message]).toEqual([400, expect.stringContaining('Jau gaida 20 failu')])
  expect(files()).toHaveLength(20)
  for (const id of waiting) await write(`/uploads/${id}`, 'DELETE')
  noFiles()
})

test('a file nobody imports within a day is destroyed; so is what a killed process left, at the next start at the latest', async () => {
  const old = await sent(csv)
  const young = await sent(csv)
  const left = `${crypto.randomUUID()}.part`
  const orphan = crypto.randomUUID()
  for (const name of [left, orphan, 'notes.txt']) writeFileSync(join(folder, name), csv)
  await asJob(world.db, (tx) =>
    tx.query(`update intake.upload set uploaded_at = now() - interval '25 hours' where upload_uuid = $1`, [
      old.id,
    ]),
  )
  expect(await sweepUploads(world.db, { folder })).toBe(0) // all of them were written to just now
  expect(await upload(old.id)).toMatchObject({ state: 'removed', keptUntil: null })
  expect(await sweepUploads(world.db, { folder }, true)).toBe(3)
  expect(files().sort()).toEqual([young.id, 'notes.txt'].sort())
  expect((await upload(young.id)).state).toBe('waiting')
})

test('who sent and removed files stands in the audit trail', async () => {
  const { items } = await world.read<{ items: { action: string; object: string }[] }>(
    '/audit?limit=200',
    steward,
  )
  const actions = items.filter(({ object }) => object.startsWith('upload ')).map(({ action }) => action)
  expect(actions).toEqual(expect.arrayContaining(['upload', 'remove_upload']))
})
