import { createHash } from 'node:crypto'
import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import { expect, test } from 'vitest'
import type { Upload } from '#modules/intake/model.ts'
import { until } from '../serve/serving.ts'
import { newUploadWorld } from './steward.ts'

const MB = 1024 ** 2
const world = await newUploadWorld({ most: 400 * MB, portal: true })
const { steward, files, write } = world
const { port } = new URL(await world.listen())
const block = Buffer.alloc(MB, 'kods,vārds\n1,2\n')

/** A request whose body comes piece by piece, and its answer. */
function send(path: string, headers: Record<string, string | number>) {
  const sending = request({
    port,
    path,
    method: 'POST',
    headers: { cookie: steward.cookie, 'x-csrf': steward.csrf, ...headers },
  })
  const answer = new Promise<IncomingMessage>((resolve, reject) => {
    sending.once('response', resolve)
    sending.once('error', reject)
  })
  answer.catch(() => {}) // broken off on purpose in some of these
  return { sending, answer }
}

async function writeBlocks(sending: ClientRequest, blocks: number) {
  let most = 0
  for (let n = 0; n < blocks; n += 1) {
    if (!sending.write(block)) await new Promise((resolve) => sending.once('drain', resolve))
    most = Math.max(most, process.memoryUsage().rss)
  }
  return most
}

async function json<T>(answer: IncomingMessage): Promise<T> {
  const pieces: Buffer[] = []
  for await (const piece of answer) pieces.push(piece as Buffer)
  return JSON.parse(Buffer.concat(pieces).toString('utf8')) as T
}

test('a large file is on the disk as it was sent, and never in memory', async () => {
  const blocks = 300
  const hash = createHash('sha256')
  for (let n = 0; n < blocks; n += 1) hash.update(block)
  const before = process.memoryUsage().rss
  const { sending, answer } = send('/api/v1/uploads', { 'content-type': 'application/octet-stream' })
  const most = await writeBlocks(sending, blocks)
  sending.end()
  const kept = await json<Upload>(await answer)
  expect([kept.bytes, kept.sha256]).toEqual([blocks * MB, hash.digest('hex')])
  expect((most - before) / MB).toBeLessThan(150)
  await write(`/uploads/${kept.id}`, 'DELETE')
})

test('neither is one that comes by the form of the page', async () => {
  const blocks = 200
  const before = process.memoryUsage().rss
  const { sending, answer } = send('/lv/ielades/jauna', {
    'content-type': 'multipart/form-data; boundary=edge',
  })
  sending.write(`--edge\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n${steward.csrf}\r\n`)
  sending.write('--edge\r\nContent-Disposition: form-data; name="file"; filename="liels.csv"\r\n')
  sending.write('Content-Type: text/csv\r\n\r\n')
  const most = await writeBlocks(sending, blocks)
  sending.end('\r\n--edge--\r\n')
  const answered = await answer
  expect(answered.statusCode).toBe(303)
  const id = answered.headers.location!.split('/').at(-1)!
  expect((await world.upload(id)).bytes).toBe(blocks * MB)
  expect((most - before) / MB).toBeLessThan(150)
  await write(`/uploads/${id}`, 'DELETE')
})

test('a connection that breaks in the middle of a file leaves nothing', async () => {
  const { sending } = send('/api/v1/uploads', { 'content-type': 'text/csv' })
  await writeBlocks(sending, 5)
  await until(() => files().some((name) => name.endsWith('.part')), 10_000)
  sending.destroy()
  await until(() => files().length === 0, 10_000)
})

test('a file that says it is too large is refused before it has come', async () => {
  const { sending, answer } = send('/api/v1/uploads', {
    'content-type': 'text/csv',
    'content-length': 5000 * MB,
  })
  sending.write(block)
  const answered = await answer
  expect(answered.statusCode).toBe(413)
  sending.destroy()
  expect(files()).toEqual([])
})

test('where no file is meant to come, a large body is refused as ever', async () => {
  for (const path of ['/api/v1/jobs', '/lv/fona-darbi', '/lv/ielades', '/api/v1/uploads/x']) {
    const { sending, answer } = send(path, { 'content-type': 'application/json', 'content-length': 200_000 })
    sending.write(block.subarray(0, 1000))
    const { statusCode } = await answer
    expect([path, statusCode]).toEqual([path, 413])
    sending.destroy()
  }
})
