import { readdirSync, readFileSync, statSync } from 'node:fs'
import { type ClientRequest, request } from 'node:http'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { KeptMapping, Upload } from '#modules/intake/model.ts'
import { newFolder } from '../db/clusters.ts'
import { freePort, run, type Serving, serve, until } from '../serve/serving.ts'

/** Files on their way through a system as an operator runs it. */
const folder = newFolder()
const samples = join(import.meta.dirname, '..', '..', 'samples')
const mapping = JSON.parse(readFileSync(join(samples, 'results.mapping.json'), 'utf8')) as object
const csv = readFileSync(join(samples, 'results.csv'), 'utf8')
const port = await freePort()
let server: Serving
afterAll(async () => {
  server?.child.kill('SIGTERM')
  await server?.ended
}, 30_000)

const uploads = join(folder, 'uploads')
const files = () => {
  try {
    return readdirSync(uploads)
  } catch {
    return []
  }
}

async function signIn() {
  const people = (await (await fetch(`${server.address}/api/v1/demo-people`)).json()) as {
    items: { id: string; tier: string }[]
  }
  const answer = await fetch(`${server.address}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ person: people.items.find(({ tier }) => tier === 'steward')!.id }),
  })
  const { csrf } = (await answer.json()) as { csrf: string }
  return { cookie: answer.headers.get('set-cookie')!.split(';')[0]!, 'x-csrf': csrf }
}

/** A file of which only a part has come so far. */
async function half(person: Record<string, string>): Promise<ClientRequest> {
  const sending = request(`${server.address}/api/v1/uploads`, {
    method: 'POST',
    headers: { ...person, 'content-type': 'text/csv' },
  })
  sending.on('error', () => {})
  sending.write(csv)
  await until(() => files().some((name) => name.endsWith('.part')), 20_000)
  return sending
}

test('a file is sent, imported by the jobs process and destroyed; of one whose system was killed nothing stays after the next start', async () => {
  await run(['import', join(samples, 'results.csv'), '--mapping', join(samples, 'results.mapping.json')], {
    folder,
  })
  server = await serve({ folder, port, webProcesses: 1 }, { ownGroup: true })
  const person = await signIn()
  const ask = async <T>(path: string, body: string, type = 'application/json') =>
    (await (
      await fetch(`${server.address}/api/v1${path}`, {
        method: 'POST',
        headers: { ...person, 'content-type': type },
        body,
      })
    ).json()) as T
  const { id } = await ask<Upload>('/uploads', csv, 'text/csv')
  expect(files()).toEqual([id])
  expect((statSync(uploads).mode & 0o777).toString(8)).toBe('700')
  const kept = await ask<KeptMapping>('/mappings', JSON.stringify({ mapping }))
  await ask(`/uploads/${id}/import`, JSON.stringify({ mapping: kept.id }))
  const state = async () =>
    ((await (await fetch(`${server.address}/api/v1/uploads/${id}`, { headers: person })).json()) as Upload)
      .state
  await until(async () => (await state()) === 'imported', 60_000)
  await until(() => files().length === 0, 10_000)

  const sending = await half(person)
  process.kill(-server.child.pid!, 'SIGKILL')
  await server.ended
  sending.destroy()
  expect(files()).toHaveLength(1)
  server = await serve({ folder, port, webProcesses: 1 }, { ownGroup: true })
  expect(files()).toEqual([])
}, 240_000)
