import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Demo } from '#modules/setup/model.ts'
import { newFolder } from '../db/clusters.ts'
import { freePort, type Serving, serve, until } from './serving.ts'

const SECONDS = 1000
const folder = newFolder()
const around = { folder, webProcesses: 1, more: { IKMS_DEMO_SIZE: 'small' } }
let server: Serving

beforeAll(async () => {
  server = await serve({ ...around, port: await freePort() })
}, 120 * SECONDS)
afterAll(async () => {
  server.child.kill('SIGTERM')
  await server.ended
}, 30 * SECONDS)

const page = (path: string, init?: RequestInit) =>
  fetch(server.address + path, { redirect: 'manual', ...init })
const look = async () => (await (await page('/api/v1/demo')).json()) as Demo
const press = async (what: string) =>
  page('/lv/parauga-dati', {
    method: 'POST',
    headers: { origin: server.address },
    body: new URLSearchParams({ what, ticket: (await look()).ticket! }),
  })
const stateIs = (state: string, within: number) =>
  until(async () => (await look()).job?.state === state, within * SECONDS)

test(
  'one button asks the jobs process for a made-up country; another stops it, and nothing is left over',
  async () => {
    expect(await (await page('/lv')).text()).toContain('Ielādēt parauga Latviju')

    const asked = await press('ask')
    expect([asked.status, asked.headers.get('location')]).toEqual([303, '/lv/parauga-dati'])
    await until(async () => (await look()).job?.step?.part === 'importing', 120 * SECONDS)
    expect((await look()).job?.step?.took).toMatchObject([{ part: 'making' }])
    const progress = await page('/lv/parauga-dati')
    expect([progress.headers.get('refresh'), progress.headers.get('cache-control')]).toEqual([
      '3',
      'no-store',
    ])
    expect((await page('/lv/parauga-dati?still')).headers.get('refresh')).toBeNull()
    expect(await (await page('/lv')).text()).toContain('href="/lv/parauga-dati"')

    expect((await press('cancel')).status).toBe(303)
    await stateIs('cancelled', 30)
    expect(await (await page('/lv/parauga-dati')).text()).toContain('Darbs ir pārtraukts')
    await until(() => readdirSync(tmpdir()).every((each) => !each.startsWith('ikms-made-up-')), 30 * SECONDS)
    expect(await look()).toMatchObject({ offered: true, job: { state: 'cancelled', failure: null } })
    const { data } = (await (await page('/api/v1/config')).json()) as { data: string }
    expect(data).toBe('none')
  },
  240 * SECONDS,
)
