import { beforeEach, expect, test } from 'vitest'
import { newFeeding } from './feeding.ts'
import { enrolment, newRosterSource, result, user } from './roster-source.ts'

const { run, put, rows, count, state, left } = await newFeeding({ secrets: { 'roster-secret': 'so secret' } })
const source = await newRosterSource()
const { items, asked, faults } = source
const feed = {
  name: 'skola',
  title: { lv: 'Skolas žurnāls', en: 'School journal' },
  kind: 'oneroster',
  schedule: { dailyAt: '02:15' },
  settings: {
    rostering: `${source.url}/rostering`,
    gradebook: `${source.url}/gradebook`,
    source: 'school-journal',
    dataKind: 'made_up',
    auth: { tokenUrl: `${source.url}/token`, clientId: 'ikms', clientSecret: 'roster-secret' },
    limit: 2,
  },
}
await put(feed)
beforeEach(() => {
  asked.length = 0
})

const enrolled = () =>
  rows<{ name: string; valid: string }>(
    `select c.name, e.valid::text from registry.enrolment e join registry.class_group_version c using (class_group_id)
      where e.superseded_by is null order by c.name, e.valid`,
  )

test('the first time everything is read, page by page, with a token of its own', async () => {
  const { report } = await run('skola')
  expect(report).toMatchObject({ outcome: 'taken', counts: { refusals: 0 } })
  expect(asked[0]).toBe('POST /token')
  expect(asked.filter((each) => each.includes('/users')).length).toBe(2) // three users, two a page
  expect(await count('registry.enrolment')).toBe(2)
  expect(await enrolled()).toEqual([
    { name: '3.a', valid: '[2026-09-01,2027-06-01)' },
    { name: '3.a', valid: '[2026-09-01,2027-09-01)' },
  ])
  expect(await rows('select value from records.result')).toEqual([{ value: 8.5 }])
  expect(left()).toEqual([])
})

test('where nothing was changed since, nothing is imported', async () => {
  const before = (await rows('select from intake.import')).length
  expect((await run('skola')).report?.outcome).toBe('nothing')
  expect((await rows('select from intake.import')).length).toBe(before)
  expect(asked).toContain(
    'GET /rostering/users?limit=2&offset=0&sort=sourcedId&orderBy=asc&filter=dateLastModified%3E%3D%272026-11-01T06%3A00%3A00.000Z%27',
  )
})

test('a learner who changes class keeps the enrolment that did not change, though only the changed ones are sent', async () => {
  const at = '2026-11-10T06:00:00.000Z'
  items.enrollments![0] = enrolment('e1', 'u1', 'c1', {
    beginDate: '2026-09-01',
    endDate: '2026-11-10',
    dateLastModified: at,
  })
  await run('skola')
  items.enrollments!.push(
    enrolment('e4', 'u1', 'c2', { beginDate: '2026-11-10', dateLastModified: '2026-11-11T06:00:00.000Z' }),
  )
  expect((await run('skola')).feed.last).toMatchObject({ outcome: 'taken', problem: null })
  expect(await enrolled()).toEqual([
    { name: '3.a', valid: '[2026-09-01,2026-11-10)' },
    { name: '3.a', valid: '[2026-09-01,2027-09-01)' },
    { name: '3.b', valid: '[2026-11-10,2027-09-01)' },
  ])
})

test('a user whose name was corrected keeps sex and birth, though demographics were not changed', async () => {
  items.users![0] = {
    ...user('u1', 'Anna', 'Kalna', 'student'),
    dateLastModified: '2026-11-12T06:00:00.000Z',
  }
  await run('skola')
  expect(asked).toContain('GET /rostering/demographics/u1')
  expect(
    await rows(`select distinct sex from registry.learner_version where superseded_by is null order by 1`),
  ).toEqual([{ sex: 'female' }, { sex: 'male' }])
})

test('a result that was deleted is withdrawn; one that was added is understood by its line item, which did not change', async () => {
  const at = { dateLastModified: '2026-11-13T06:00:00.000Z' }
  items.results = [
    { ...result('r1', 'l1', 'u1', 8.5), ...at, status: 'tobedeleted' },
    { ...result('r2', 'l1', 'u2', 6), ...at },
  ]
  expect((await run('skola')).report?.counts.changes).toBe(2)
  expect(await rows('select value from records.result where superseded_by is null')).toEqual([{ value: 6 }])
})

test('what is changed at the very instant that was the latest is not missed, nor what was deleted and made anew', async () => {
  expect((await run('skola')).report?.outcome).toBe('nothing')
  items.results!.push({ ...result('r3', 'l1', 'u1', 9), dateLastModified: '2026-11-13T06:00:00.000Z' })
  expect((await run('skola')).report).toMatchObject({ outcome: 'taken', counts: { changes: 1 } })
  expect(await rows('select value from records.result where superseded_by is null order by value')).toEqual([
    { value: 6 },
    { value: 9 },
  ])
  expect((await run('skola')).report?.outcome).toBe('nothing')
})

test('a service that does not filter by user is not believed', async () => {
  items.enrollments!.push(
    enrolment('e9', 'u2', 'c2', { beginDate: '2027-01-01', dateLastModified: '2026-11-14T06:00:00.000Z' }),
  )
  const before = await state('skola')
  const others = {
    enrollments: items.enrollments!.map((each) => ({
      status: 'active',
      dateLastModified: '2026-11-14T06:00:00Z',
      ...each,
    })),
  }
  await run('skola')
  const ofUser = asked.findIndex((each) => each.includes('user.sourcedId'))
  await rows(`update feeds.feed set state = $1 where name = 'skola'`, [JSON.stringify(before)])
  faults.push(...Array.from({ length: ofUser }, () => null), { says: others })
  const { feed: stands } = await run('skola')
  expect(stands.last).toMatchObject({ outcome: 'refused', problem: { code: 'source.schema' } })
})

test('a service that gives the same page again and again is not followed for ever', async () => {
  const pageOne = {
    orgs: items
      .orgs!.slice(0, 2)
      .map((each) => ({ status: 'active', dateLastModified: '2026-11-01T06:00:00Z', ...each })),
  }
  faults.push(null, { says: pageOne }, { says: pageOne })
  expect((await run('skola')).feed.last?.problem?.code).toBe('source.circle')
})

test('another shape than that of OneRoster 1.2 is refused, and nothing is kept of it', async () => {
  const before = await state('skola')
  faults.push(null, { says: { organisations: [] } })
  expect((await run('skola')).feed.last).toMatchObject({
    outcome: 'refused',
    problem: { code: 'source.schema' },
  })
  expect(await state('skola')).toEqual(before)
  expect(left()).toEqual([])
})

test('wrong credentials are said plainly', async () => {
  await put({
    ...feed,
    name: 'locked',
    settings: { ...feed.settings, auth: { ...feed.settings.auth, clientId: 'nobody' } },
  })
  expect((await run('locked')).feed.last?.problem?.code).toBe('source.not_allowed')
})
