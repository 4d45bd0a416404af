import { beforeEach, expect, test } from 'vitest'
import { newChangeSource } from './change-source.ts'
import { changesOf, newFeeding } from './feeding.ts'

const feeding = await newFeeding({ secrets: { 'viis-token': 'open sesame' } })
const { run, put, count, state, waits, left, rows } = feeding
const source = await newChangeSource(changesOf())
const viis = {
  name: 'viis',
  title: { lv: 'VIIS reģistrs', en: 'VIIS register' },
  kind: 'changes',
  schedule: { everyMinutes: 15 },
  settings: { url: source.url, source: 'viis', dataKind: 'made_up', auth: { bearer: 'viis-token' } },
}
await put(viis)
beforeEach(() => {
  waits.length = 0
  source.asked.length = 0
})

test('a source is read to its end, page after page, and what it says is in the bank', async () => {
  const { report, feed } = await run('viis')
  expect(report?.outcome).toBe('taken')
  expect(await count('registry.enrolment')).toBe(2)
  expect(await count('records.result')).toBe(1)
  expect(await state('viis')).toEqual({ since: String(source.log.length) })
  expect(feed).toMatchObject({
    failures: 0,
    place: source.url,
    last: { outcome: 'taken', deliveries: 1, problem: null, import: { number: expect.any(Number) } },
  })
  expect(left()).toEqual([])
  const days = await rows('select distinct snapshot_date::text as day from intake.package')
  expect(days).toEqual([{ day: '2026-11-22' }])
})

test('where nothing is new nothing is imported, and the source need not even say so twice', async () => {
  const before = await rows('select from intake.import')
  expect((await run('viis')).report?.outcome).toBe('nothing')
  expect(source.asked).toEqual([`GET /changes?since=${source.log.length}&limit=2000`])
  expect(await state('viis')).toMatchObject({ tag: expect.any(String) })
  expect((await run('viis')).report?.outcome).toBe('nothing') // 304
  expect((await rows('select from intake.import')).length).toBe(before.length)
})

test('pages that come twice, rows that come twice and a run that begins again change nothing', async () => {
  const last = source.log.at(-1)!
  source.log.push(last, last, { ...last, rows: [...last.rows, ...last.rows] })
  const { report } = await run('viis')
  expect(report).toMatchObject({ outcome: 'taken', counts: { changes: 0, refusals: 0 } })
  await rows(`update feeds.feed set state = '{}' where name = 'viis'`)
  expect((await run('viis')).report).toMatchObject({ outcome: 'taken', counts: { changes: 0 } })
})

test('what is corrected at the source takes the place of what was known, and what is deleted there is withdrawn', async () => {
  source.log.push({
    entity: 'results',
    columns: ['learner_uid', 'assessment', 'reg_number', 'value', 'status'],
    rows: [
      {
        learner_uid: '010110-20001',
        assessment: 'maths-6-2024',
        reg_number: '4501',
        value: 64,
        status: 'after_appeal',
      },
    ],
    deleted: [],
  })
  expect((await run('viis')).report?.counts.changes).toBe(1)
  expect(await rows('select value, status from records.result where superseded_by is null')).toEqual([
    { value: 64, status: 'after_appeal' },
  ])
  const key = { learner_uid: '010110-20001', assessment: 'maths-6-2024' }
  source.log.push({ entity: 'results', columns: [], rows: [], deleted: [key] })
  expect((await run('viis')).report?.counts.changes).toBe(1)
  expect(await count('records.result')).toBe(0)
})

test('of a row and its deletion that come together, what is said last counts', async () => {
  const row = { learner_uid: '010110-20001', assessment: 'maths-6-2024', reg_number: '4501', value: 70 }
  const change = { entity: 'results', columns: Object.keys(row), rows: [row], deleted: [] }
  const { value: _value, reg_number: _school, ...key } = row
  source.log.push(change, { ...change, columns: [], rows: [], deleted: [key] })
  await run('viis')
  expect(await count('records.result')).toBe(0)
  source.log.push({ ...change, rows: [], columns: [], deleted: [key] }, change)
  await run('viis')
  expect(await count('records.result')).toBe(1)
})

test.each([
  ['a connection that breaks', 'cut'],
  ['an answer that is only half there', 'half'],
  ['an error of the source', { status: 500 }],
] as const)('%s is asked for again, later each time', async (_what, fault) => {
  source.faults.push(fault, fault)
  expect((await run('viis', {})).report?.outcome).toBe('nothing')
  expect(waits).toEqual([500, 1000])
})

test('an answer that does not end is given up in time and asked for again', async () => {
  source.faults.push('late')
  expect((await run('viis', { within: 200 })).report?.outcome).toBe('nothing')
  expect(waits).toEqual([500])
})

test('who is asked to wait waits as long as was said', async () => {
  source.faults.push({ status: 429, headers: { 'retry-after': '7' } })
  expect((await run('viis')).report?.outcome).toBe('nothing')
  expect(waits).toEqual([7000])
})

test('a source that asks for a long rest gets it: the run ends and the next one comes after that', async () => {
  source.faults.push({ status: 429, headers: { 'retry-after': '5400' } })
  const { report, feed } = await run('viis')
  expect(report?.outcome).toBe('failed')
  expect(feed).toMatchObject({ failures: 1, last: { problem: { code: 'source.busy' } } })
  const away = (Date.parse(feed.nextAt!) - Date.now()) / 60_000
  expect(away).toBeGreaterThan(88)
  expect(away).toBeLessThan(91)
  expect(waits).toEqual([])
})

test('after each failure a source is left alone for longer; one success and the schedule holds again', async () => {
  const away = []
  for (let n = 0; n < 3; n++) {
    source.faults.push(...Array.from({ length: 4 }, () => ({ status: 503 })))
    const { feed } = await run('viis')
    expect(feed.last?.problem?.code).toBe('source.error')
    away.push(Math.round((Date.parse(feed.nextAt!) - Date.now()) / 60_000))
  }
  expect(away).toEqual([2, 4, 8]) // minutes; one failure stood already
  const { feed } = await run('viis')
  expect(feed.failures).toBe(0)
  expect(Math.round((Date.parse(feed.nextAt!) - Date.now()) / 60_000)).toBe(15)
})

const anew = { asOf: '2026-11-22T08:00:00Z', version: '1', next: '999', more: false }
test.each([
  [
    'a column the contract does not have',
    { ...anew, changes: [{ entity: 'results', columns: ['learner_uid', 'grade_point'], rows: [{}] }] },
    'results.grade_point',
  ],
  [
    'a value under no column',
    { ...anew, changes: [{ entity: 'results', columns: ['learner_uid'], rows: [{ mark: 1 }] }] },
    'results.mark',
  ],
  [
    'a file the contract does not have',
    { ...anew, changes: [{ entity: 'horoscopes', columns: ['a'], rows: [{ a: 1 }] }] },
    'horoscopes',
  ],
  ['a page without a cursor', { asOf: anew.asOf, version: '1', changes: [], more: false }, 'next'],
  ['something else altogether', [1, 2, 3], 'expected object'],
  [
    'half a key',
    { ...anew, changes: [{ entity: 'results', deleted: [{ assessment: 'x' }] }] },
    'results.deleted',
  ],
  [
    'representations bit by bit',
    { ...anew, changes: [{ entity: 'representations', columns: [], rows: [] }] },
    'representations',
  ],
])('%s: the source is not as agreed, that is said, and nothing is taken over', async (_what, says, named) => {
  const [before, imports] = [await state('viis'), (await rows('select from intake.import')).length]
  source.faults.push({ says })
  const { report, feed } = await run('viis')
  expect(report?.outcome).toBe('refused')
  expect(feed.last?.problem).toMatchObject({
    code: 'source.schema',
    message: { en: expect.stringContaining(named) },
  })
  expect(await state('viis')).toEqual(before)
  expect((await rows('select from intake.import')).length).toBe(imports)
})

test('rows with mistakes are refused whole; once they are corrected at the source the next run takes all', async () => {
  const before = await state('viis')
  const row = { learner_uid: '010110-20001', assessment: 'maths-6-2024', reg_number: '4501', value: 'many' }
  const good = { entity: 'results', columns: Object.keys(row), rows: [{ ...row, value: 71 }], deleted: [] }
  source.log.push(good, { ...good, rows: [row] })
  const { report, feed } = await run('viis')
  expect(report).toMatchObject({ outcome: 'refused', counts: { refusals: 1, changes: 0 } })
  expect(feed.last).toMatchObject({
    problem: { code: 'feed.rows_refused' },
    import: { id: expect.any(String) },
  })
  expect(await state('viis')).toEqual(before)
  source.log.at(-1)!.rows = [{ ...row, value: 72 }]
  expect((await run('viis')).report).toMatchObject({ outcome: 'taken', counts: { changes: 1 } })
})

test('pages that never end are not followed for ever', async () => {
  const { since } = (await state('viis')) as { since: string }
  source.faults.push({ says: { ...anew, changes: [], next: since, more: true } })
  expect((await run('viis')).feed.last?.problem?.code).toBe('source.circle')
})

test('a wrong token is said plainly, and is not tried four times', async () => {
  await put({ ...viis, name: 'vps', settings: { ...viis.settings, auth: { bearer: 'wrong' } } })
  const { feed } = await run('vps')
  expect(feed.last).toMatchObject({ outcome: 'failed', problem: { code: 'source.not_allowed' } })
  expect(source.asked.length).toBe(1)
})

test('a cursor the source has forgotten is not skipped over: somebody decides to begin anew', async () => {
  source.forget(10_000)
  const { feed } = await run('viis')
  expect(feed.last).toMatchObject({ outcome: 'refused', problem: { code: 'source.cursor_gone' } })
  source.forget(0)
})

test('a source that is not there is said to be not there', async () => {
  await put({ ...viis, name: 'nobody', settings: { ...viis.settings, url: 'http://127.0.0.1:9' } })
  expect((await run('nobody')).feed.last?.problem).toMatchObject({
    code: 'source.unreachable',
    message: { lv: expect.stringContaining('127.0.0.1:9') },
  })
})
