import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Demo } from '#modules/setup/model.ts'
import { newFolder } from '../db/clusters.ts'
import { freePort, run, type Serving, serve, until } from './serving.ts'

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
  'from an empty system to a country of figures with one button, over a change of mind',
  async () => {
    expect(await (await page('/lv')).text()).toContain('Ielādēt parauga Latviju')

    const asked = await press('ask')
    expect([asked.status, asked.headers.get('location')]).toEqual([303, '/lv/parauga-dati'])
    await until(async () => (await look()).job?.step?.part === 'importing', 120 * SECONDS)
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

    expect((await press('ask')).status).toBe(303)
    await stateIs('done', 300)
    await until(async () => (await page('/lv/parauga-dati')).status === 303, 30 * SECONDS)
    const home = await (await page('/lv')).text()
    expect(home).toContain('Izdomāti dati')
    expect(home).not.toContain('Ielādēt parauga Latviju')
    expect(await look()).toMatchObject({
      offered: false,
      ticket: null,
      job: { state: 'done', failure: null },
    })
  },
  600 * SECONDS,
)

test(
  'where there is a country already, no other one is loaded into it',
  async () => {
    const { code, error } = await run(['synth', '--size', 'small'], around)
    expect(code).toBe(1)
    expect(error).toContain('into an empty one only')
  },
  60 * SECONDS,
)
