import { expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { makeDemoPeople } from '#modules/access/index.ts'
import type { AuditLine, Look } from '#modules/access/model.ts'
import { sealer } from '#modules/registry/index.ts'
import { asked, makeCheckedBank } from '#test/checked-bank.ts'
import { newWorld, testKeys } from '#test/world.ts'
import { checks } from '../../catalogue.ts'
import type { Scores, Worklist } from './model.ts'
import { runChecks } from './run.ts'

/** A bank with three faults in it: a site without coordinates, a pupil without a residence, a teacher without an education. */
const world = await newWorld({ data: 'none' })
await makeCheckedBank(world.db)
const run = (sql: string, values: unknown[] = []) => asJob(world.db, (tx) => tx.query(sql, values))
const identity = sealer(testKeys)
for (const [table, id, number, name] of [
  ['person', 'learner_id', 1105, 'Zane Paraugs'],
  ['staff', 'staff_id', 12, 'Valdis Piemērs'],
  ['staff', 'staff_id', 22, 'Svešs Skolotājs'],
] as const) {
  await run(
    `insert into identity.${table} (${id}, code_hash, sealed_code, sealed_name, import_id, line) values ($1, $2, $3, $4, 1, 1)`,
    [number, identity.hashCode(name), identity.seal('code', String(number)), identity.seal('name', name)],
  )
}
await run('update registry.site_version set lat = null where site_id = 1')
await run('update registry.learner_circumstance set territory_id = null where learner_id = 1105')
await run('update registry.staff_version set education_level = null where staff_id in (12, 22)')
await runChecks(world.db, checks, { day: asked })
await asJob(world.db, makeDemoPeople)
const idOf = async (institution: number) =>
  (
    await asJob(world.db, (tx) =>
      tx.query<{ id: string }>(
        'select institution_uuid as id from registry.institution where institution_id = $1',
        [institution],
      ),
    )
  ).rows[0]!.id
const [one, two] = [await idOf(1), await idOf(2)]
await run(
  `update access.mandate set institution_id = 1 where tier in ('school', 'inspector') and institution_id is not null`,
)
const head = await world.signIn('school')
const town = await world.signIn('municipality')
const analyst = await world.signIn('analyst')
const steward = await world.signIn('steward')
const officer = await world.signIn('protection_officer')
const list = (institution: string) => `/institutions/${institution}/findings`

test('a school reads what it has to correct, people by name, and that is written down', async () => {
  const answer = await world.read<Worklist>(list(one), head)
  expect(answer).toMatchObject({
    institution: { id: one },
    run: { schoolYear: 2027, askedOn: asked },
    before: null,
    gone: 0,
  })
  expect(answer.items.map(({ check, name }) => [check, name])).toEqual([
    ['site.no_coordinates', 'V1'],
    ['learner.no_residence', 'Zane Paraugs'],
    ['staff.no_education', 'Valdis Piemērs'],
  ])
  expect(answer.score!.faults).toBe(3)
  const trail = await world.read<{ items: AuditLine[] }>('/audit?action=read_learners&limit=1', officer)
  expect(trail.items).toMatchObject([{ object: `institution ${one}`, learners: 1, outcome: 'shown' }])
})

test('a municipality reads of its schools what is not about people, and of the rest only how many', async () => {
  const { items, untold } = await world.read<Worklist>(list(one), town)
  expect(items.map(({ check }) => check)).toEqual(['site.no_coordinates'])
  expect(untold).toEqual([
    { check: 'learner.no_residence', count: 1 },
    { check: 'staff.no_education', count: 1 },
  ])
  expect((await world.read<Worklist>(list(one), head)).untold).toEqual([])
  expect((await world.read<Worklist>(list(two), town)).items).toEqual([])
})

test('of another school, and for anybody else, there is nothing', async () => {
  expect((await world.get(`/api/v1${list(two)}`, head)).status).toBe(404)
  for (const person of [undefined, analyst, steward, officer]) {
    expect((await world.get(`/api/v1${list(one)}`, person)).status).toBe(404)
  }
  for (const person of [undefined, officer]) {
    expect((await world.get('/api/v1/checks/scores', person)).status).toBe(404)
  }
})

test('scores: a school sees its own, a municipality those of its schools, analyst and steward all; sums over records', async () => {
  const own = await world.read<Scores>('/checks/scores', head)
  expect(own.institutions.map(({ unit }) => unit.id)).toEqual([one])
  expect(own.total!.faults).toBe(3)
  const all = await world.read<Scores>('/checks/scores', analyst)
  expect(all.total!.faults).toBe(4)
  for (const part of ['asked', 'faults'] as const) {
    const sum = (units: { score: { asked: number; faults: number } }[]) =>
      units.reduce((total, { score }) => total + score[part], 0)
    expect([sum(all.institutions), sum(all.municipalities), sum(all.checks)]).toEqual(
      Array(3).fill(all.total![part]),
    )
  }
  expect((await world.read<Scores>('/checks/scores', town)).total).toEqual(all.total)
  expect((await world.read<Scores>('/checks/scores', steward)).total).toEqual(all.total)
  expect(all.institutions.map(({ unit }) => unit.name.lv)).toEqual(
    ['1. skola', '2. skola', '9. skola'].slice(0, all.institutions.length),
  )
})

test('everybody may know what is asked, why, and where it is corrected', async () => {
  const { items } = await world.read<{ items: { code: string; where: { lv: string } }[] }>('/checks')
  expect(items.map(({ code }) => code)).toEqual(checks.map(({ code }) => code))
  expect(items.every(({ where }) => /^(VIIS|VPS|E-žurnāls), /.test(where.lv))).toBe(true)
})

test('what is corrected at the source is gone after the next run, and the school sees that it is', async () => {
  await run('update registry.site_version set lat = 56.9 where site_id = 1')
  await runChecks(world.db, checks, { day: asked })
  const answer = await world.read<Worklist>(list(one), head)
  expect(answer.items).toHaveLength(2)
  expect(answer).toMatchObject({ gone: 1, score: { faults: 2 }, before: { faults: 3 } })
  expect((await world.read<Scores>('/checks/scores', analyst)).runs.map(({ score }) => score.faults)).toEqual(
    [4, 3],
  )
})

test('a school is told when the next delivery is due by itself; of a paused feed nothing is', async () => {
  expect((await world.read<Worklist>(list(one), head)).nextImportAt).toBeNull()
  await run(`insert into feeds.feed (name, title_lv, title_en, kind, settings, every_minutes, is_paused, next_at) values
    ('viis', 'VIIS', 'VIIS', 'test', '{}', 60, false, '2026-11-23 04:00:00+00'),
    ('vps', 'VPS', 'VPS', 'test', '{}', 60, true, '2026-11-22 04:00:00+00')`)
  expect((await world.read<Worklist>(list(one), head)).nextImportAt).toBe('2026-11-23T04:00:00Z')
})

test('the family of a learner whose record was read sees that too', async () => {
  await run(
    `with p as (insert into access.person (display_name, demo) values ('Māte', true) returning person_id)
     insert into access.mandate (person_id, tier, learner_id, valid, source)
     select person_id, 'parent', 1105, daterange(access.today(), null), 'demo' from p`,
  )
  const people = await world.read<{ items: { tier: string; name: string }[] }>('/demo-people')
  const parent = await world.signIn(
    'parent',
    people.items.filter(({ tier }) => tier === 'parent').findIndex(({ name }) => name === 'Māte'),
  )
  const { items } = await world.read<{ items: Look[] }>('/looks', parent)
  expect(items[0]).toMatchObject({ tier: 'school', action: 'read_learners' })
})
