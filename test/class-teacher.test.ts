import { expect, test } from 'vitest'
import { asApp, asJob } from '#db/actor.ts'
import type { AuditLine, Me } from '#modules/access/model.ts'
import { newToken, sessionCookie } from '#modules/access/session.ts'
import { beginSession } from '#modules/access/sign-in-store.ts'
import { type NamedLearner, sealer } from '#modules/registry/index.ts'
import { newWorld, type Signed, testKeys } from './world.ts'

/**
 * What a class teacher sees follows the register: the learners of the own class, as long as the class is theirs and they work
 * there. In the world of the samples two staff of one school are made; each has one class of its learners.
 */
const world = await newWorld()
const { schoolYears } = await world.read<{ schoolYears: number[] }>('/config')
const year = schoolYears.at(-1)!
const identity = sealer(testKeys)
const head = await world.signIn('school')
const school = head.institutionId!
const run = (sql: string, values: unknown[] = []) =>
  asJob(world.db, (tx) => tx.query<{ id: number }>(sql, values))

const placeId = (
  await run('select institution_id as id from registry.institution where institution_uuid = $1', [school])
).rows[0]!.id
for (const [staff, code, isFirst] of [
  [1, 'T-1', true],
  [2, 'T-2', false],
] as const) {
  await run(
    `with member as (insert into registry.staff_member (staff_id) values ($1)),
          who as (insert into identity.staff (staff_id, code_hash, sealed_code, import_id, line) values ($1, $2, $3, 1, $1)),
          job as (insert into registry.employment (staff_id, institution_id, code, position_code, rate, valid, import_id, line, row_hash)
                  values ($1, $4, $5, 'teacher', 1, '[2020-09-01,)', 1, $1, $1)),
          class as (insert into registry.class_group (class_group_id) values ($1))
     insert into registry.class_group_version (class_group_id, institution_id, school_year, code, grade, name, class_teacher_id,
       valid, import_id, line, row_hash)
     values ($1, $4, $6::int, $5, 12, $5, $1, daterange(make_date($6::int - 1, 9, 1), make_date($6::int, 9, 1)), 1, $1, $1)`,
    [staff, identity.hashCode(code), identity.seal('code', code), placeId, code, year],
  )
  await run(
    `update registry.enrolment set class_group_id = $1
      where institution_id = $2 and school_year = $3 and superseded_by is null and (learner_id % 2 = 0) = $4`,
    [staff, placeId, year, isFirst],
  )
}

/** Signs staff in as the provider's answer would. */
async function signIn(code: string, name: string): Promise<Signed & { told: string }> {
  const { token, hash, csrf } = newToken()
  const told = await asApp(world.db, 'test', (tx) =>
    beginSession(
      tx,
      {
        tokenHash: hash,
        codeHash: identity.hashCode(code),
        sealedName: identity.seal('name', name),
        openName: name,
        csrf,
        providerSession: null,
        providerSubject: identity.hashCode(code),
      },
      8,
    ),
  )
  const anyone = { cookie: `${sessionCookie}=${token}`, csrf, institutionId: null, learnerId: null }
  const { mandate } = await world.read<Me>('/me', anyone)
  return { ...anyone, told, institutionId: mandate?.institutionId ?? null }
}

const list = `/institutions/${school}/learners?year=${year}`
const idsOf = async (person: Signed) =>
  (await world.read<{ items: NamedLearner[] }>(list, person)).items.map(({ id }) => id).toSorted()
const first = await signIn('T-1', 'Skaidrīte Viena')
const second = await signIn('T-2', 'Velta Otra')
const all = await idsOf(head)

test('staff of the register sign in without anybody giving them a mandate', async () => {
  expect([first.told, second.told]).toEqual(['begun', 'begun'])
  expect(first.institutionId).toBe(school)
  expect(await world.read<Me>('/me', first)).toMatchObject({
    person: { name: 'Skaidrīte Viena' },
    mandate: { tier: 'teacher', institutionId: school },
  })
})

test('each class teacher sees the own class by name, and both together the school', async () => {
  const [one, two] = [await idsOf(first), await idsOf(second)]
  expect(one.length).toBeGreaterThan(5)
  expect(two.length).toBeGreaterThan(5)
  expect([...one, ...two].toSorted()).toEqual(all)
})

test('of another school, and of another year, a class teacher sees nobody', async () => {
  const { items } = await world.read<{ items: { id: string }[] }>('/institutions?limit=50')
  const other = items.find(({ id }) => id !== school)!.id
  expect((await world.get(`/api/v1/institutions/${other}/learners?year=${year}`, first)).status).toBe(404)
  expect(
    (await world.read<{ items: object[] }>(`/institutions/${school}/learners?year=${year - 2}`, first)).items,
  ).toEqual([])
})

test('every look stands in the audit trail, with the name of who looked', async () => {
  const officer = await world.signIn('protection_officer')
  const shown = await idsOf(second)
  const { items } = await world.read<{ items: AuditLine[] }>('/audit?action=read_learners&limit=1', officer)
  expect(items).toMatchObject([
    { person: 'Velta Otra', tier: 'teacher', learners: shown.length, outcome: 'shown' },
  ])
})

test('whoever has left the class before its end is no longer seen; whoever was there on the last day is', async () => {
  const before = await idsOf(first)
  const leaver = `(select min(e.learner_id) from registry.enrolment e where e.class_group_id = 1 and e.superseded_by is null)`
  const set = (end: string) =>
    run(
      `update registry.enrolment set valid = daterange(lower(valid), ${end}) where class_group_id = 1 and learner_id = ${leaver}`,
    )
  await set(`make_date(${year}, 3, 1)`)
  expect(await idsOf(first)).toHaveLength(before.length - 1)
  await set(`make_date(${year}, 9, 1)`)
  expect(await idsOf(first)).toEqual(before)
})

test('a class that is given to somebody else in the register is theirs at once', async () => {
  const give = (to: number) =>
    run('update registry.class_group_version set class_teacher_id = $1 where class_group_id = 1', [to])
  await give(2)
  expect(await idsOf(second)).toEqual(all)
  expect((await world.get(`/api/v1${list}`, first)).status).toBe(404)
  await give(1)
  expect(await idsOf(first)).not.toEqual(all)
})

test('a class that begins only in autumn opens nothing yet, and takes nothing away', async () => {
  await run(`insert into registry.class_group (class_group_id) values (3)`)
  await run(
    `insert into registry.class_group_version (class_group_id, institution_id, school_year, code, grade, name, class_teacher_id,
       valid, import_id, line, row_hash) values (3, $1, 2100, 'later', 1, '1.a', 1, '[2099-09-01,2100-09-01)', 1, 1, 3)`,
    [placeId],
  )
  expect(await idsOf(first)).not.toHaveLength(0)
})

test('whose employment ends sees nobody from that moment, and has no mandate at the next sign-in', async () => {
  await run(`update registry.employment set valid = '[2020-09-01,2021-09-01)' where staff_id = 1`)
  expect((await world.get(`/api/v1${list}`, first)).status).toBe(404)
  expect((await signIn('T-1', 'Skaidrīte Viena')).told).toBe('no_mandate')
  const { person } = await world.read<Me>('/me', first)
  expect(person, 'the session that was open has ended too').toBeNull()
})

test('who is in the register and has never been employed is not known here', async () => {
  await run(`insert into registry.staff_member (staff_id) values (9)`)
  await run(
    `insert into identity.staff (staff_id, code_hash, sealed_code, import_id, line) values (9, $1, $2, 1, 9)`,
    [identity.hashCode('T-9'), identity.seal('code', 'T-9')],
  )
  expect((await signIn('T-9', 'Nezināmā')).told).toBe('unknown')
})
