import { expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import type { DemoPerson } from '#modules/access/model.ts'
import { closeRound, releaseRound } from '#modules/assessments/index.ts'
import type { GroupProfile, OwnGroup, Statement } from '#modules/assessments/model.ts'
import { rubric2026 } from '#modules/assessments/preschool/rubric-2026.ts'
import { sealer } from '#modules/registry/index.ts'
import { newWorld, type Signed, testKeys } from '../world.ts'
import { plantRound } from './plant.ts'

const world = await newWorld({ data: 'none' })
const round = await plantRound(world.db, { grade: 0, domain: 'reading', pupilsPerClass: 3 })
const query = async <Row extends object>(sql: string, values: unknown[] = []) =>
  (await asJob(world.db, (tx) => tx.query<Row>(sql, values))).rows

/** Groups 0.a (11000) and 0.b (11001) of the school 11; Skaidrīte Viena teaches 0.a. */
const { hashCode, seal } = sealer(testKeys)
await query('insert into registry.staff_member (staff_id) values (501)')
await query(
  'insert into identity.staff (staff_id, code_hash, sealed_code, import_id, line) values (501, $1, $2, 1, 501)',
  [hashCode('T-501'), seal('code', 'T-501')],
)
await query(
  `insert into registry.employment (staff_id, institution_id, code, position_code, rate, valid, import_id, line, row_hash)
   values (501, 11, 'W-501', 'teacher', 1, '[2020-09-01,)', 1, 501, 501)`,
)
await query('update registry.class_group_version set class_teacher_id = 501 where class_group_id = 11000')
await query(
  `with person as (insert into access.person (display_name, demo) values ('Skaidrīte Viena', true) returning person_id),
        code as (insert into access.person_code (code_hash, person_id) select $1, person_id from person)
   insert into access.mandate (person_id, tier, institution_id, valid, source)
   select person_id, 'teacher', 11, daterange(access.today(), null), 'demo' from person`,
  [hashCode('T-501')],
)
const [firstOf, secondOf] = rubric2026.statements.filter(({ domain }) => domain === 'reading') as [
  Statement,
  Statement,
]
/** Of the first child of 0.a everything was seen, of the second one statement; the third was away. */
const own = round.participants.filter(
  ({ session }) =>
    session ===
    round.sessions.find(({ label, institutionId }) => institutionId === 11 && label === '0.a')!.id,
)
await query(
  `insert into assessments.observation (participant_id, round_id, learner_id, institution_id, school_year, rubric, statement, step, observed_by)
   select p.participant_id, p.round_id, p.learner_id, p.institution_id, 2027, '2026', s.statement, s.step, 1
     from assessments.participant p, (values ($3, 3), ($4, 1)) s (statement, step)
    where p.participant_id = $1 or (p.participant_id = $2 and s.statement = $3)`,
  [own[0]!.id, own[1]!.id, firstOf.id, secondOf.id],
)
await query(
  `update assessments.participant set status = 'tested', started_at = now(), finished_at = now() where participant_id = $1`,
  [own[0]!.id],
)
await query(`update assessments.participant set status = 'absent' where participant_id = $1`, [own[2]!.id])

const { items: people } = await world.read<{ items: DemoPerson[] }>('/demo-people')
const as = (tier: DemoPerson['tier'], name: string) =>
  world.signIn(
    tier,
    people.filter((each) => each.tier === tier).findIndex((each) => each.name === name),
  )
const head = await world.signIn('school')
const otherHead = await as('school', 'Vija Ozoliņa')
const teacher = await as('teacher', 'Skaidrīte Viena')
const groups = async (who: Signed) =>
  (await world.read<{ items: OwnGroup[] }>('/observations/groups', who)).items
const place = round.schools[0]!.id
const ask = (label: string, who: Signed) =>
  world.get(`/api/v1/observations/groups/${place}?year=2027&label=${label}`, who)
const children = async (who: Signed) =>
  ((await (await ask('0.a', who)).json()) as { items: GroupProfile[] }).items

test('a head sees the groups of the own preschool, a teacher the own one, with how many were observed', async () => {
  expect((await groups(head)).map(({ label }) => label)).toEqual(['0.a', '0.b'])
  expect(await groups(teacher)).toMatchObject([
    { label: '0.a', children: own.length, done: 1, absent: 1, exempt: 0, isTold: false },
  ])
  expect((await groups(otherHead)).every((group) => group.place.id !== place)).toBe(true)
})

test('before schools have the results, children are there by name and nothing of what was seen', async () => {
  const found = await children(teacher)
  expect(found).toHaveLength(own.length)
  expect(found.every(({ name, observedOn, domains }) => name && !observedOn && domains.length === 0)).toBe(
    true,
  )
  expect(found.map(({ status }) => status).sort()).toContain('absent')
})

test('once schools have them, what was seen is told in words, without a number to rank by, in the order of names', async () => {
  await asJob(world.db, (tx) => closeRound(tx, round.code, 'Pārbaude.'))
  await asJob(world.db, (tx) => releaseRound(tx, round.code, 'preliminary'))
  for (const who of [teacher, head]) {
    const found = await children(who)
    const names = found.map(({ name }) => name!)
    expect(names).toEqual(names.toSorted(new Intl.Collator('lv').compare))
    const seen = found.filter(({ observedOn }) => observedOn)
    expect(seen).toHaveLength(2)
    const first = found.find(({ id }) => id === own[0]!.learner)!
    expect(first.domains[0]!.statements.map(({ id, step }) => `${id} ${step}`)).toEqual([
      `${firstOf.id} 3`,
      `${secondOf.id} 1`,
    ])
    expect(first.domains[0]!.statements.every(({ words }) => words!.lv.length > 10)).toBe(true)
  }
  expect((await groups(teacher))[0]).toMatchObject({ isTold: true })
})

test('another group, another school and other tiers find nothing; each look is written down for the family', async () => {
  expect((await ask('0.b', teacher)).status).toBe(404)
  expect((await ask('0.b', head)).status).toBe(200)
  expect((await ask('0.a', otherHead)).status).toBe(404)
  expect((await ask('0.a', await world.signIn('researcher'))).status).toBe(404)
  const trail = await query<{ outcome: string; n: number }>(
    `select outcome, (select count(*)::int from access.audit_learner l where l.audit_id = a.audit_id) as n
       from access.audit a where action = 'read_observed' order by audit_id desc limit 3`,
  )
  expect(trail).toEqual([
    { outcome: 'not_found', n: 0 },
    { outcome: 'shown', n: expect.any(Number) },
    { outcome: 'not_found', n: 0 },
  ])
  expect(trail[1]!.n).toBeGreaterThan(2)
})
