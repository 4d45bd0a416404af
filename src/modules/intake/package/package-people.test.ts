import { expect, test } from 'vitest'
import { asApp } from '#db/actor.ts'
import { applyRepresentations } from '#modules/access/index.ts'
import { sealer } from '#modules/registry/index.ts'
import { country, newPackages } from '#test/intake-package.ts'
import { testKeys } from '#test/world.ts'
import { newToken } from '../../access/session.ts'
import { beginSession } from '../../access/sign-in-store.ts'

const { db, imports, rows } = await newPackages()
const { hashCode, open } = sealer(testKeys)
await imports(country)

const learnerOf = async (code: string) =>
  (
    await rows<{ id: number }>(
      `select learner_id as id from identity.person where code_hash = $1
       union select learner_id from identity.earlier_code where code_hash = $1`,
      [hashCode(code)],
    )
  ).map(({ id }) => id)

/** Signs somebody in as the provider's answer would. */
async function signIn(code: string) {
  const { hash, csrf } = newToken()
  return asApp(db, 'test', (tx) =>
    beginSession(
      tx,
      {
        tokenHash: hash,
        codeHash: hashCode(code),
        sealedName: null,
        openName: null,
        csrf,
        providerSession: null,
        providerSubject: hashCode(code),
      },
      8,
    ),
  )
}
const peopleWith = (code: string) =>
  rows<{ id: number }>('select person_id as id from access.person_code where code_hash = $1', [
    hashCode(code),
  ])

test('names and codes are sealed; nothing of them stands anywhere else', async () => {
  const [anna] = await rows<{ code: Buffer; name: Buffer }>(
    'select sealed_code as code, sealed_name as name from identity.person where code_hash = $1',
    [hashCode('010110-20001')],
  )
  expect([open('code', anna!.code), open('name', anna!.name)]).toEqual(['010110-20001', 'Anna Bērziņa'])
  const [ilze] = await rows<{ name: Buffer }>('select sealed_name as name from identity.staff')
  expect(open('name', ilze!.name)).toBe('Ilze Kalniņa')
  const everywhere = await rows<{ text: string }>(
    `select row_to_json(i)::text as text from intake.import i union all select row_to_json(p)::text from intake.package p
     union all select row_to_json(e)::text from registry.enrolment e union all select row_to_json(s)::text from registry.staff_version s
     union all select row_to_json(m)::text from registry.employment m`,
  )
  expect(everywhere.map(({ text }) => text).join()).not.toMatch(/Anna|Ilze|010110|T-1/)
})

test('whoever has a new personal code stays the same learner, and is found by both codes', async () => {
  const [before] = await learnerOf('010110-20001')
  expect(await signIn('010110-20001')).toBe('begun')
  const learners = [
    'learner_uid,name,birth_month,sex,previous_uid',
    '320110-20001,Anna Bērziņa,2010-01,female,010110-20001',
  ]
  const report = await imports({ learners })
  expect(report.refusalList).toEqual([])
  expect(report.counts.learners).toMatchObject({ added: 0, changed: 1 })
  expect([await learnerOf('320110-20001'), await learnerOf('010110-20001')]).toEqual([[before], [before]])
  expect(await imports({ learners })).toMatchObject({ state: 'unchanged' })
})

test('and signs in as the same person, by either code', async () => {
  expect(await signIn('320110-20001')).toBe('begun')
  expect(await peopleWith('320110-20001')).toEqual(await peopleWith('010110-20001'))
})

test('a file with the earlier code speaks of the same learner', async () => {
  const report = await imports({
    results: ['learner_uid,assessment,reg_number,value', '010110-20001,maths-9-2027,4501,70'],
  })
  expect(report.refusalList).toEqual([])
  const found = await rows<{ learner_id: number }>(
    'select learner_id from records.result where superseded_by is null',
  )
  expect(new Set(found.map(({ learner_id }) => learner_id)).size).toBe(1)
})

test('two learners are never made one by a file', async () => {
  const header = 'learner_uid,sex,previous_uid'
  const known = await imports({ learners: [header, '020220-20002,male,320110-20001'] })
  expect(known.refusalList).toMatchObject([
    { line: 2, column: 'previous_uid', rule: 'learner.two_people', value: null },
  ])
  const twice = await imports({ learners: [header, 'N-1,male,O-1', 'N-2,male,O-1'] })
  expect(twice.refusalList).toMatchObject([
    { line: 2, rule: 'learner.two_people' },
    { line: 3, rule: 'learner.two_people' },
  ])
})

test('representations of a package open the way for a parent, and the next feed closes it', async () => {
  const header = 'child_uid,adult_code,kind,from,until,disputed'
  const day = (await rows<{ day: string }>('select access.today()::text as day'))[0]!.day
  const feed = await imports(
    { representations: [header, '020220-20002,mother,parent,2012-02-01,,'] },
    { snapshotDate: day },
  )
  expect(feed).toMatchObject({ state: 'merged', counts: { representations: { added: 1 } } })
  const [held] = await rows<{ until: string; import_id: number }>(
    'select upper(valid)::text as until, import_id from access.representation where ended_on is null',
  )
  // Of the birth the month is known: the right ends on its first day, never later.
  expect(held).toEqual({ until: '2030-02-01', import_id: feed.files.at(-1)!.number })
  expect(await signIn('mother')).toBe('begun')
  expect(await imports({ representations: [header] }, { snapshotDate: day })).toMatchObject({
    counts: { representations: { withdrawn: 1 } },
  })
  expect(await signIn('mother')).toBe('no_mandate')
})

test('a child named by an earlier code is found; one whose birth nobody knows is refused', async () => {
  const day = (await rows<{ day: string }>('select access.today()::text as day'))[0]!.day
  const header = 'child_uid,adult_code,kind,from,born_on'
  const known = await imports(
    { representations: [header, '010110-20001,father,parent,2010-01-01,2010-01-17'] },
    { snapshotDate: day },
  )
  expect(known).toMatchObject({ state: 'merged', counts: { representations: { added: 1 } } })
  await imports({ learners: ['learner_uid,sex', 'X-1,male'] })
  const unknown = await imports(
    { representations: [header, 'X-1,father,parent,2010-01-01,'] },
    { snapshotDate: day },
  )
  expect(unknown.refusalList).toMatchObject([
    { line: 2, column: 'born_on', rule: 'representation.birth_unknown' },
  ])
})

test('a feed older than the one that was taken is refused', async () => {
  await applyRepresentations(db, [], '2099-01-01')
  const late = await imports(
    { representations: ['child_uid,adult_code,kind,from'] },
    { snapshotDate: '2026-10-01' },
  )
  expect(late).toMatchObject({ state: 'refused', refusalList: [{ rule: 'representation.older_feed' }] })
})

test('one learner under both codes in a file of the same package is still one: two main places at once are refused', async () => {
  const learners = [
    'learner_uid,name,birth_month,sex,previous_uid',
    '320220-20002,Jānis Ozols,2012-02,male,020220-20002',
  ]
  const enrolment = (code: string, place: string) => `${code},${place},,,,true`
  const enrolments = [
    'learner_uid,class_id,programme_code,from,to,main',
    enrolment('320220-20002', 'C2'),
    enrolment('020220-20002', 'C1'),
  ]
  const report = await imports({ learners, enrolments })
  expect(report.state).toBe('refused')
  expect(report.refusalList.map(({ line, rule }) => [line, rule])).toEqual([[3, 'enrolment.overlap']])
})
