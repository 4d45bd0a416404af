import { expect, test } from 'vitest'
import { asActor, asJob } from '#db/actor.ts'
import { makeDemoPeople } from '#modules/access/index.ts'
import { runChecks } from '#modules/checks/index.ts'
import { asked, makeCheckedBank } from '#test/checked-bank.ts'
import { newWorld, type Signed } from '#test/world.ts'
import { checks } from '../../catalogue.ts'
import type { MunicipalityWork, SchoolWork, TeacherWork } from './model.ts'
import { remind as remindAs } from './store.ts'

/** Two schools of one municipality: the first has errors about a building, a class, staff and learners, the second has none. */
const world = await newWorld({ data: 'none' })
await makeCheckedBank(world.db)
const run = (sql: string, values: unknown[] = []) => asJob(world.db, (tx) => tx.query(sql, values))
for (const statement of [
  'update registry.site_version set lat = null where site_id = 1',
  `update registry.learner_version set birth_month = '2012-03-01' where learner_id in (1105, 1107)`,
  'update registry.staff_version set education_level = null where staff_id = 12',
]) {
  await run(statement)
}
await runChecks(world.db, checks, { day: asked })
await asJob(world.db, makeDemoPeople)
await run(`update access.mandate set institution_id = 1 where tier = 'school'`)
await world.addPerson('teacher')

const head = await world.signIn('school')
const town = await world.signIn('municipality')
const steward = await world.signIn('steward')
const teacher = await world.signIn('teacher')
const [first, second] = (await world.read<MunicipalityWork>('/work/municipality', town)).schools.map(
  ({ institution }) => institution.id,
) as [string, string]

const remind = (school: string, person: Signed = town, csrf = person.csrf) =>
  world.get(`/api/v1/institutions/${school}/reminders`, person, {
    method: 'POST',
    headers: { 'x-csrf': csrf },
  })
const trail = async () => {
  const { items } = await world.read<{ items: { action: string; object: string; outcome: string }[] }>(
    '/audit?action=remind_school',
    steward,
  )
  return items.map(({ object, outcome }) => `${object} ${outcome}`)
}

test('a head reads how much of what is open, what cannot be so first; nobody is named, so no line of the audit trail is written', async () => {
  const lines = async () =>
    (await world.db.jobPool.query<{ n: number }>('select count(*)::int as n from access.audit')).rows[0]!.n
  const before = await lines()
  const work = await world.read<SchoolWork>('/work/school', head)
  expect(await lines()).toBe(before)
  expect(work.institution.id).toBe(first)
  const open = work.findings.reduce((sum, { n }) => sum + n, 0)
  expect(open).toBe(work.score!.faults)
  expect(work.findings).toContainEqual(expect.objectContaining({ check: 'enrolment.age_and_grade', n: 2 }))
  const certainty = new Map(checks.map((check) => [check.code, check.certainty]))
  const kinds = work.findings.map(({ check }) => certainty.get(check))
  expect(kinds).toEqual([...kinds].sort().reverse())
  expect(work).toMatchObject({ reminders: [], changedAt: expect.any(String) })
})

test('a municipality reads its schools by name with their errors, and who may be reminded', async () => {
  const { municipality, schools } = await world.read<MunicipalityWork>('/work/municipality', town)
  expect(municipality.name.lv).toBe('Novads')
  const states = schools.map(({ institution, score, mayRemind }) => [
    institution.name.lv,
    (score?.faults ?? 0) > 0,
    mayRemind,
  ])
  expect(states).toEqual([
    ['1. skola', true, true],
    ['2. skola', false, false],
    ['9. skola', false, false],
  ])
  expect(JSON.stringify(schools)).not.toContain('learner')
})

test('a reminder stands where the school begins its work and in the audit trail, and cannot be repeated within seven days', async () => {
  expect((await remind(first)).status).toBe(201)
  const { reminders, score } = await world.read<SchoolWork>('/work/school', head)
  expect(reminders).toMatchObject([{ by: { lv: 'Novads' }, open: score!.faults }])
  expect(await trail()).toEqual([`institution ${first} done`])
  expect((await remind(first)).status).toBe(409)
  const { schools } = await world.read<MunicipalityWork>('/work/municipality', town)
  expect(schools[0]).toMatchObject({ mayRemind: false, remindedAt: reminders[0]!.at })
  expect(await trail()).toHaveLength(1)

  await run(`update worklists.reminder set made_at = now() - interval '7 days 1 minute'`)
  expect((await remind(first)).status).toBe(201)
  expect((await world.read<SchoolWork>('/work/school', head)).reminders).toHaveLength(2)
  await run(`update worklists.reminder set made_at = now() - interval '28 days 1 minute'`)
  expect((await world.read<SchoolWork>('/work/school', head)).reminders).toEqual([])
})

test('of ten clerks who remind the same school at once one does', async () => {
  await run('delete from worklists.reminder')
  const answers = await Promise.all(Array.from({ length: 10 }, () => remind(first)))
  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 9 }, () => 409)])
})

test('a school with nothing to correct is not reminded, nor one of another municipality, nor by anybody else', async () => {
  expect((await remind(second)).status).toBe(409)
  await run(`insert into registry.territory (territory_id, kind) values (3, 'municipality')`)
  await run(`insert into registry.territory_version (territory_id, parent_id, code, name_lv, name_en, valid, import_id, line, row_hash)
    values (3, 1, '0002', 'Cits novads', 'Another municipality', '(,)', 1, 3, 3)`)
  await run('update registry.institution_version set territory_id = 3 where institution_id = 2')
  expect((await remind(second)).status).toBe(404)
  expect((await trail())[0]).toBe(`institution ${second} not_found`)
  expect((await remind(crypto.randomUUID())).status).toBe(404)
  for (const person of [head, steward, teacher]) expect((await remind(first, person)).status).toBe(404)
  expect((await remind(first, town, 'forged')).status).toBe(403)
  const { rows } = await run(`select person_id, mandate_id from access.mandate where tier = 'school' limit 1`)
  const { person_id: personId, mandate_id: mandateId } = rows[0] as { person_id: number; mandate_id: number }
  const posing = { tier: 'municipality', personId, mandateId, requestId: 'test' } as const
  expect(await asActor(world.db, posing, (tx) => remindAs(tx, first))).toBeNull()
  expect((await run('select 1 from worklists.reminder where institution_id = 2')).rowCount).toBe(0)
})

test('a class teacher of no class reads that there is none', async () => {
  expect(await world.read<TeacherWork>('/work/teacher', teacher)).toMatchObject({ classes: [] })
})

test('preschool groups stand on the work of whose institution has some, in the register', async () => {
  const seen = async () => [
    (await world.read<SchoolWork>('/work/school', head)).hasPreschool,
    (await world.read<TeacherWork>('/work/teacher', teacher)).hasPreschool,
  ]
  await run('update registry.class_group_version set grade = 9 where grade = 0')
  expect(await seen()).toEqual([false, false])
  await run(
    `update registry.class_group_version set grade = 0 where institution_id in (select institution_id from access.mandate where tier in ('school', 'teacher'))`,
  )
  expect(await seen()).toEqual([true, true])
})
