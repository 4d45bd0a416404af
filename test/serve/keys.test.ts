import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadKeys } from '#db/keys.ts'
import type { DemoPerson, Me } from '#modules/access/model.ts'
import type { NamedLearner } from '#modules/registry/model.ts'
import { newFolder } from '../db/clusters.ts'
import { freePort, run, type Serving, serve } from './serving.ts'

/** The commands as an operator runs them, beside a system that people use. */
const folder = newFolder()
const keyFile = join(folder, 'keys.json')
const samples = join(import.meta.dirname, '..', '..', 'samples')
const YEAR = 1997 // of the samples
const port = await freePort()
let server: Serving
let codesOfOwnSchool: () => Promise<string[]>

beforeAll(async () => {
  const mapping = join(samples, 'results.mapping.json')
  await run(['import', join(samples, 'results.csv'), '--mapping', mapping], { folder })
  server = await serve({ folder, port, webProcesses: 2 })
  const api = `${server.address}/api/v1`
  const { items } = (await (await fetch(`${api}/demo-people`)).json()) as { items: DemoPerson[] }
  const answer = await fetch(`${api}/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ person: items.find(({ tier }) => tier === 'school')!.id }),
  })
  const cookie = answer.headers.get('set-cookie')!.split(';')[0]!
  const { institutionId } = ((await answer.json()) as Me).mandate!
  const address = `${api}/institutions/${institutionId}/learners?year=${YEAR}`
  codesOfOwnSchool = async () => {
    const told = await fetch(address, { headers: { cookie } })
    if (told.status !== 200) throw new Error(`${told.status} ${await told.text()}`)
    return ((await told.json()) as { items: NamedLearner[] }).items.map(({ code }) => code)
  }
}, 180_000)
afterAll(async () => {
  server?.child.kill('SIGTERM')
  await server?.ended
}, 30_000)

const keys = (args: readonly string[], more?: Record<string, string>) =>
  run(['keys', ...args], { folder, ...(more && { more }) })

test('a head reads her learners before, during and after; the commands tell ids and counts, never a key', async () => {
  const before = await codesOfOwnSchool()
  expect(before.length).toBeGreaterThan(10)
  const first = JSON.parse(readFileSync(keyFile, 'utf8')).keys['1']
  let ended = false
  let reads = 0
  const reading = (async () => {
    while (!ended) {
      expect(await codesOfOwnSchool()).toEqual(before)
      reads += 1
      await sleep(50)
    }
  })()
  const added = await keys(['new'])
  expect([added.code, added.out]).toEqual([0, expect.stringContaining('Key 2 seals from now on')])
  const listed = await keys(['list'])
  expect(listed.out).toMatch(
    /^Key 1 · opens · \d{3,} sealed values · people and learners are found by it\nKey 2 · current · 0/,
  )
  const rotated = await keys(['rotate'])
  expect([rotated.code, rotated.out]).toEqual([
    0,
    expect.stringMatching(
      /^\d{3,} rows were sealed anew; 0 are left.*\nKey 1 seals nothing any more, but stays: people/,
    ),
  ])
  const third = await keys(['new'])
  const again = await keys(['rotate'])
  expect(again.out).toContain('Key 2 seals nothing any more: ikms keys forget 2')
  const forgotten = await keys(['forget', '2'])
  expect([forgotten.code, forgotten.out]).toEqual([0, expect.stringContaining('Key 2 is no longer')])
  ended = true
  await reading
  expect(reads).toBeGreaterThan(10)
  expect(await codesOfOwnSchool()).toEqual(before)
  const file = JSON.parse(readFileSync(keyFile, 'utf8'))
  expect([file.current, Object.keys(file.keys), file.keys['1']]).toEqual(['3', ['1', '3'], first])
  const said = [added, listed, rotated, third, again, forgotten].map(({ out, error }) => out + error).join('')
  for (const key of Object.values(file.keys)) expect(said).not.toContain(key)
}, 180_000)

test('what cannot be is refused in one line and changes nothing', async () => {
  const before = readFileSync(keyFile, 'utf8')
  const oneLine = async (args: string[], words: string, more?: Record<string, string>) => {
    const told = await keys(args, more)
    expect([told.code, told.error.trim().split('\n').at(-1)]).toEqual([1, expect.stringContaining(words)])
    expect(readFileSync(keyFile, 'utf8')).toBe(before)
  }
  await oneLine(['forget', '1'], 'by which people and learners are found')
  await oneLine(['forget', '3'], 'is the current one')
  const missing = join(folder, 'elsewhere.json')
  for (const args of [['list'], ['new'], ['rotate'], ['forget', '2']]) {
    await oneLine(args, `There is no key file ${missing}`, { IKMS_KEYS: missing })
  }
  const printed = { IKMS_KEYS: `!cat ${keyFile}` }
  await oneLine(['new'], 'IKMS_KEYS is a command', printed)
  await oneLine(['forget', '1'], 'IKMS_KEYS is a command', printed)
  expect((await keys(['list'], printed)).out).toMatch(/^Key 1 · opens · 0 .*\nKey 3 · current · \d{3,} /)
}, 120_000)

test('with another key file nothing is done: every learner would be a new one', async () => {
  const before = await codesOfOwnSchool()
  const file = join(folder, 'next.csv')
  writeFileSync(
    file,
    `${readFileSync(join(samples, 'results.csv'), 'utf8').split('\n').slice(0, 20).join('\n')}\n`,
  )
  const other = join(folder, 'other.json')
  loadKeys(other)
  const args = ['import', file, '--mapping', join(samples, 'results.mapping.json')]
  for (const command of [args, ['compute'], ['backup']]) {
    const told = await run(command, { folder, more: { IKMS_KEYS: other } })
    expect([told.code, told.error.trim().split('\n').at(-1)]).toEqual([
      1,
      expect.stringContaining('This is not the key file of this database'),
    ])
  }
  expect(await codesOfOwnSchool()).toEqual(before)
}, 60_000)

test('without its key file a bank that holds people is not served, and no new file is made', async () => {
  server.child.kill('SIGTERM')
  await server.ended
  const away = join(folder, 'kept-elsewhere.json')
  renameSync(keyFile, away)
  for (const command of [['serve'], ['compute']]) {
    const told = await run(command, { folder, port })
    expect([told.code, told.error.trim().split('\n').at(-1)]).toEqual([
      1,
      expect.stringMatching(/^There is no key file .*keys\.json, and this database holds people/),
    ])
  }
  expect(existsSync(keyFile)).toBe(false)
  const other = await run(['serve'], { folder, port, more: { IKMS_KEYS: join(folder, 'other.json') } })
  expect([other.code, other.error]).toEqual([1, expect.stringContaining('This is not the key file')])
  renameSync(away, keyFile)
  server = await serve({ folder, port, webProcesses: 2 })
  expect((await codesOfOwnSchool()).length).toBeGreaterThan(10)
}, 120_000)
