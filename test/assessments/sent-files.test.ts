import { mkdtemp, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { closeRound, sweepRoundFiles, workOnFile } from '#modules/assessments/index.ts'
import type { RoundDetail } from '#modules/assessments/model.ts'
import { newWorld, type Signed, testKeys } from '../world.ts'
import { plantRound } from './plant.ts'

const folder = await mkdtemp(join(tmpdir(), 'ikms-sent-files-'))
const uploads = { folder, most: 1e9 }
const world = await newWorld({ data: 'none', uploads })
const planted = await plantRound(world.db)
const people = (
  (await (await world.get('/api/v1/demo-people')).json()) as { items: { name: string; tier: string }[] }
).items.filter(({ tier }) => tier === 'researcher')
const as = (name: string) =>
  world.signIn(
    'researcher',
    people.findIndex((person) => person.name === name),
  )
const coordinator = await as('Rita Vanaga')
const marker = await as('Aija Strazda')

const at = `/api/v1/rounds/${planted.id}`
const post = (path: string, body: BodyInit, type: string, who: Signed = coordinator) =>
  world.get(path, who, { method: 'POST', headers: { 'content-type': type, 'x-csrf': who.csrf }, body })
const send = (text: BodyInit, who?: Signed) => post(`${at}/files?name=lapas.csv`, text, 'text/csv', who)
const decide = (file: string, take: boolean) =>
  post(`${at}/files/${file}/decision`, JSON.stringify({ take }), 'application/json')
const latest = async () => (await world.read<RoundDetail>(`/rounds/${planted.id}`, coordinator)).files[0]!
/** Does what the queue asks of the jobs process. */
const work = async () => {
  const { rows } = await asJob(world.db, (tx) =>
    tx.query<{ fileId: number }>(
      `delete from pgboss.job where name = 'round-file' returning (data ->> 'fileId')::integer as "fileId"`,
    ),
  )
  for (const { fileId } of rows) await workOnFile(world.db, testKeys, uploads, fileId)
}
const answers = async () =>
  (await asJob(world.db, (tx) => tx.query('select * from assessments.item_score order by 1, 2'))).rows
const waiting = () => readdir(join(folder, 'rounds')).catch(() => [])
const [first, second] = planted.participants
const good = `code,position,points\n${first!.code},1,1\n${second!.code},1,0\n`

test('a file is tried first; only the word of the coordinator takes it over, and then its bytes are gone', async () => {
  expect((await send(good)).status).toBe(202)
  expect(await latest()).toMatchObject({ name: 'lapas.csv', state: 'checking', report: null })
  await work()
  expect(await latest()).toMatchObject({
    state: 'checked',
    sentBy: 'Rita Vanaga',
    report: { kind: 'scores', lines: 2, pupils: 2, taken: 2, refused: 0 },
  })
  expect(await answers()).toEqual([])
  expect(await waiting()).toHaveLength(1)
  expect((await decide((await latest()).id, true)).status).toBe(202)
  await work()
  expect(await latest()).toMatchObject({ state: 'applied', report: { taken: 2 } })
  expect(await answers()).toHaveLength(2)
  expect(await waiting()).toEqual([])
  const { events } = await world.read<RoundDetail>(`/rounds/${planted.id}`, coordinator)
  expect(events[0]).toMatchObject({ kind: 'scores', person: 'Rita Vanaga', facts: { lines: 2 } })
})

test('a file with a fault is refused line by line, and nothing of it is taken over', async () => {
  const before = await answers()
  await send(`code,position,points\n${first!.code},2,1\nnav,1,1\n${second!.code},99,0\n`)
  await work()
  const refused = await latest()
  expect(refused).toMatchObject({
    state: 'refused',
    report: {
      refused: 2,
      refusals: [
        { line: 3, reason: 'unknown_code' },
        { line: 4, reason: 'unknown_place' },
      ],
    },
  })
  expect((await decide(refused.id, true)).status).toBe(409)
  expect(await answers()).toEqual(before)
  expect(await waiting()).toEqual([])
})

test.each([
  ['a workbook', new Uint8Array([0x50, 0x4b, 3, 4, 0xff, 0xfe, 0]), 'no_text'],
  ['letters of another encoding', new Uint8Array([0xe2, 0x28, 0xa1]), 'no_text'],
  ['a quotation mark that is never closed', 'code,position,points\n"ACDE,1,1\n', 'no_csv'],
  ['other columns', 'vārds,punkti\nAnna,1\n', 'wrong_columns'],
  ['a head and nothing more', 'code,position,points\n', 'empty_file'],
] as const)('%s is refused as a whole', async (_, bytes, reason) => {
  expect((await send(bytes)).status).toBe(202)
  await work()
  expect(await latest()).toMatchObject({ state: 'refused', report: { refusals: [{ reason }] } })
})

test('an empty or too large file is refused at the door, and leaves nothing behind', async () => {
  expect((await send('')).status).toBe(400)
  expect((await send(new Uint8Array(16 * 1024 ** 2 + 1))).status).toBe(413)
  expect((await send(new Uint8Array(18_000_001))).status).toBe(413)
  expect(await waiting()).toEqual([])
})

test('one file at a time: another is refused until the first is decided, and given up it leaves nothing', async () => {
  await send(good)
  expect((await send(good)).status).toBe(409)
  expect(await waiting()).toHaveLength(1)
  expect((await decide((await latest()).id, false)).status).toBe(202)
  await work()
  expect(await latest()).toMatchObject({ state: 'removed', report: null })
  expect(await waiting()).toEqual([])
})

test('only a coordinator sends; to others there is no such door, and a round that is not there takes nothing', async () => {
  expect((await send(good, marker)).status).toBe(404)
  expect((await send(good, await world.signIn('school'))).status).toBe(404)
  expect((await world.get(`${at}/files?name=x`, coordinator, { method: 'POST', body: good })).status).toBe(
    403,
  )
  const nowhere = `/api/v1/rounds/${crypto.randomUUID()}/files?name=x`
  expect((await post(nowhere, good, 'text/csv')).status).toBe(404)
  expect(await waiting()).toEqual([])
})

test('a file nobody decided about is given up after a day', async () => {
  await send(good)
  await work()
  await sweepRoundFiles(world.db, uploads)
  expect(await latest()).toMatchObject({ state: 'checked' })
  await asJob(world.db, (tx) =>
    tx.query(
      `update assessments.round_file set sent_at = sent_at - interval '25 hours' where state = 'checked'`,
    ),
  )
  await sweepRoundFiles(world.db, uploads)
  expect(await latest()).toMatchObject({ state: 'removed' })
})

test('a file that waits while the round moves on is refused, and a round that is scaled takes none', async () => {
  await send(good)
  await work()
  await asJob(world.db, (tx) => closeRound(tx, planted.code, 'Pārbaude.'))
  await asJob(world.db, (tx) =>
    tx.query(`update assessments.round set state = 'scaled' where code = $1`, [planted.code]),
  )
  await decide((await latest()).id, true)
  await work()
  expect(await latest()).toMatchObject({
    state: 'refused',
    report: { refusals: [{ reason: 'wrong_state' }] },
  })
  expect((await send(good)).status).toBe(409)
})
