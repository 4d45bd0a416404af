import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { makeDemoPeople } from '#modules/access/index.ts'
import { RoundRefused } from '#modules/assessments/index.ts'
import { importPackage } from '#modules/intake/index.ts'
import { sealer } from '#modules/registry/index.ts'
import { sitDemoRounds } from '../../src/demo-rounds.ts'
import type { OwnResults } from '../../src/modules/assessments/results/model.ts'
import { pupilsThisYear } from '../../src/synth/monitoring/this-year.ts'
import { writePackage } from '../../src/synth/package.ts'
import { planOf } from '../../src/synth/size.ts'
import { afterFile } from '../after-file.ts'
import { newWorld, testKeys } from '../world.ts'

/** A small made-up country sits its monitoring tests as `ikms rounds demo` has it. */
const plan = planOf('small', 2026, 2024)
const folder = mkdtempSync(join(tmpdir(), 'ikms-country-round-'))
afterFile(() => rmSync(folder, { recursive: true, force: true }))
const world = await newWorld({ data: 'none' })
writePackage(plan, join(folder, 'small'))
const { state } = await importPackage({ db: world.db, keys: testKeys, file: join(folder, 'small') })
if (state !== 'merged') throw new Error(`the country was not taken over: ${state}`)
await asJob(world.db, makeDemoPeople)

const query = <Row>(sql: string, values: readonly unknown[] = []) =>
  asJob(world.db, async (tx) => (await tx.query<Row>(sql, values)).rows)

test('pupils of another country than the one that was loaded are not made to answer', async () => {
  await expect(sitDemoRounds(world.db, testKeys, { country: 2025 })).rejects.toThrow(
    new RoundRefused('not_this_country'),
  )
  expect(await query('select from assessments.round')).toEqual([])
})

test('each round is brought to where it is of use, and a second time nothing happens', async () => {
  const stages = (rounds: readonly { code: string; state: string }[]) =>
    Object.fromEntries(rounds.map(({ code, state }) => [code, state]))
  const wanted = {
    '2027-3-reading': 'closed',
    '2027-3-numeracy': 'official',
    '2027-3-science': 'open',
    '2027-6-reading': 'official',
    '2027-6-numeracy': 'official',
    '2027-6-science': 'scaled',
  }
  expect(stages(await sitDemoRounds(world.db, testKeys))).toEqual(wanted)
  const marks = 'select count(*)::integer as n from assessments.mark'
  const before = await query(marks)
  expect(stages(await sitDemoRounds(world.db, testKeys))).toEqual(wanted)
  expect(await query(marks)).toEqual(before)
  const today = `select count(*)::integer as n, (count(*) filter (where (s.planned_at at time zone 'Europe/Riga')::date = access.today()))::integer as today
                   from assessments.session s join assessments.round r using (round_id) where r.code = '2027-3-science' and s.state = 'planned'`
  const hours = await query<{ n: number; today: number }>(today)
  expect(hours[0]!.today).toBe(hours[0]!.n)
  expect(hours[0]!.n).toBeGreaterThan(5)
  // Days later there is a sitting to lead again.
  await query(
    `update assessments.session set planned_at = planned_at - interval '3 days' where state = 'planned'`,
  )
  await sitDemoRounds(world.db, testKeys)
  expect(await query(today)).toEqual(hours)
})

test('planted abilities come back: the order of pupils, and as many 95 % intervals hold them as should', async () => {
  const { hashCode } = sealer(testKeys)
  const planted = new Map(
    [...pupilsThisYear(plan)].map(({ code, ability }) => [hashCode(code).toString('hex'), ability]),
  )
  const outcomes = await query<{ round: string; hash: string; score: number; error: number }>(
    `select r.code as round, encode(i.code_hash, 'hex') as hash, o.score, o.error
       from assessments.outcome o join assessments.round r using (round_id) join identity.person i using (learner_id)
      where o.ended_at is null`,
  )
  const subjectOf = { reading: 'literacy', numeracy: 'numeracy', science: 'science' } as const
  let held = 0
  for (const [round, rows] of Map.groupBy(outcomes, (each) => each.round)) {
    const subject = subjectOf[round.split('-')[2] as keyof typeof subjectOf]
    const truth = rows.map(({ hash }) => planted.get(hash)![subject])
    const scores = rows.map(({ score }) => score)
    expect(correlation(truth, scores), round).toBeGreaterThan(0.88)
    // The scale is that of the pupils of the round: mean 500, standard deviation 100 of what is true of them.
    const [mean, spread] = [average(truth), deviation(truth)]
    held += rows.filter(
      ({ score, error }, at) =>
        Math.abs(score - (500 + (100 * (truth[at]! - mean)) / spread)) <= 1.96 * error,
    ).length
  }
  expect(outcomes.length).toBeGreaterThan(700)
  expect(held / outcomes.length).toBeGreaterThan(0.92)
  expect(held / outcomes.length).toBeLessThan(0.98)
})

test('a tenth of long answers is marked by two who do not know of it, and where they differ by a third', async () => {
  const [told] = await query<{ tasks: number; twice: number; differ: number; third: number; open: number }>(
    `select count(*)::integer as tasks, (count(*) filter (where t.twice))::integer as twice,
            (count(*) filter (where m.least <> m.most))::integer as differ, (count(*) filter (where m.n = 3))::integer as third,
            (count(*) filter (where t.points is null))::integer as open
       from assessments.mark_task t join assessments.round r using (round_id)
       left join lateral (select count(*) as n, (array_agg(points order by mark_id))[1] as least, (array_agg(points order by mark_id))[2] as most
                            from assessments.mark where task_id = t.task_id and not of_control) m on true
      where r.state <> 'closed'`,
  )
  expect(told!.open).toBe(0)
  expect(told!.twice / told!.tasks).toBeGreaterThan(0.07)
  expect(told!.twice / told!.tasks).toBeLessThan(0.13)
  expect(told!.third).toBe(told!.differ)
  const [waiting] = await query<{ left: number; marked: number }>(
    `select (count(*) filter (where points is null))::integer as left, (count(points))::integer as marked
       from assessments.mark_task join assessments.round using (round_id) where state = 'closed'`,
  )
  expect(waiting!.left).toBeGreaterThan(waiting!.marked)
  expect(waiting!.marked).toBeGreaterThan(50)
})

test('schools together have as many tested, absent and exempt pupils as the country', async () => {
  const [whole] = await query<Record<string, number>>(
    `select count(*)::integer as n, (count(*) filter (where status = 'tested'))::integer as tested,
            (count(*) filter (where status = 'absent'))::integer as absent, (count(*) filter (where status = 'exempt'))::integer as exempt
       from assessments.participant join assessments.round using (round_id) where code = '2027-6-reading'`,
  )
  const [schools] = await query<Record<string, number>>(
    `select sum(tested + absent + exempt + expected)::integer as n, sum(tested)::integer as tested, sum(absent)::integer as absent, sum(exempt)::integer as exempt
       from assessments.round r, assessments.participation(r.round_id) where r.code = '2027-6-reading'`,
  )
  expect(schools).toEqual(whole)
  expect(whole!.exempt).toBeGreaterThan(0)
  const shown = (
    await query<{ n: number }>(
      `select count(*)::integer as n from assessments.outcome o join assessments.round using (round_id) where code = '2027-6-reading' and ended_at is null`,
    )
  )[0]!.n
  expect(shown).toBe(whole!.tested)
})

test('a parent of the made-up country reads the number that scaling wrote, with growth since grade 3', async () => {
  const people = (await (await world.get('/api/v1/demo-people')).json()) as {
    items: { name: string; tier: string }[]
  }
  const at = people.items
    .filter(({ tier }) => tier === 'parent')
    .findIndex(({ name }) => name === 'Zane Kļaviņa')
  const parent = await world.signIn('parent', at)
  const { sheets } = await world.read<OwnResults>('/results/own', parent)
  const outcomes = await query<{ score: number }>(
    `select o.score from assessments.outcome o join assessments.round r using (round_id) join registry.learner l using (learner_id)
      where l.learner_uuid = $1 and r.state = 'official' and o.ended_at is null order by o.score`,
    [parent.learnerId],
  )
  const now = sheets.filter(({ schoolYear }) => schoolYear === 2027)
  expect(now.map(({ score }) => score).sort((a, b) => a - b)).toEqual(outcomes.map(({ score }) => score))
  expect(now).toHaveLength(2)
  expect(now.every(({ growth }) => growth !== null)).toBe(true)
})

const average = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length
const deviation = (values: readonly number[]) =>
  Math.sqrt(average(values.map((x) => (x - average(values)) ** 2)))
function correlation(x: readonly number[], y: readonly number[]): number {
  const [a, b] = [average(x), average(y)]
  return average(x.map((value, at) => (value - a) * (y[at]! - b))) / (deviation(x) * deviation(y))
}
