import { describe, expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { releaseRound } from '#modules/assessments/index.ts'
import type { ToldRound } from '#modules/assessments/model.ts'
import { type CubeCell, compute, cubeCells, currentCube } from '#modules/indicators/index.ts'
import { publish } from '#modules/publications/index.ts'
import type { UnitFigure } from '#modules/publications/model.ts'
import { combinePlausibleValues } from '#stats/survey/index.ts'
import { dayOf } from '#terms/day.ts'
import { catalogue } from '../../src/catalogue.ts'
import { newWorld } from '../world.ts'
import { plantResults } from './results-planted.ts'

const world = await newWorld({ data: 'none' })
const { code, roundId } = await plantResults(world.db)
const run = <Row extends object>(sql: string, values: unknown[] = []) =>
  asJob(world.db, (tx) => tx.query<Row>(sql, values))

/** Ten plausible values of a pupil: around the score, by what the id says. */
const plausible = (learner: number, score: number) =>
  Array.from({ length: 10 }, (_, at) => score + ((learner * 7 + at * at * 13) % 41) - 20)
const { rows: scores } = await run<{ learner: number; score: number }>(
  'select learner_id as learner, score from assessments.outcome where round_id = $1',
  [roundId],
)
for (const { learner, score } of scores) {
  await run('update assessments.outcome set "values" = $2 where learner_id = $1', [
    learner,
    plausible(learner, score),
  ])
}
// Some were not there, some were exempt, some had more time.
const [absent, exempt, supported] = [4, 3, 12]
const extra = 90_000
await run(
  `with made as (insert into registry.learner (learner_id) select $2::int + i from generate_series(1, $3::int) i)
   insert into assessments.participant (round_id, learner_id, institution_id, status, exempt_reason)
   select $1, $2::int + i, 11, case when i <= $4::int then 'absent' else 'exempt' end, case when i > $4::int then 'specialist_document' end
     from generate_series(1, $3::int) i`,
  [roundId, extra, absent + exempt, absent],
)
await run(
  `update assessments.participant set profile = '{"extraMinutes": 15}' where participant_id in
     (select participant_id from assessments.participant where round_id = $1 and status = 'tested' order by participant_id limit $2)`,
  [roundId, supported],
)

const people = {
  town: await world.signIn('municipality'),
  analyst: await world.signIn('analyst'),
  head: await world.signIn('school', 0),
  teacher: await world.signIn('teacher'),
  steward: await world.signIn('steward'),
  nobody: undefined,
}

const codes = ['ACH-01', 'ACH-02', 'ACH-03', 'ACH-12', 'ACH-13', 'ACH-14', 'ACH-15', 'ACH-16']
const wanted = new Set([...codes, 'EQU-06'])

async function figuresNow(): Promise<CubeCell[]> {
  await compute(
    world.db,
    catalogue.filter(({ code }) => wanted.has(code)),
  )
  await publish(world.db, 'public', dayOf(new Date()))
  const { rows } = await run<{ number: string }>(
    `select r.number from publications.pointer join publications.release r using (release_id) where r.audience = 'public'`,
  )
  await expect
    .poll(() => world.read('/config'), { timeout: 10_000 })
    .toMatchObject({ dataVersion: { release: rows[0]!.number } })
  return asJob(world.db, async (tx) => cubeCells(tx, (await currentCube(tx))!.id, {}))
}
const ofRound = (cells: readonly CubeCell[], indicator: string, more: Partial<CubeCell> = {}) =>
  cells.filter(
    (cell) =>
      cell.indicator === indicator &&
      cell.subject === 'numeracy-6' &&
      cell.schoolYear === 2027 &&
      Object.entries({ level: 'state', breakdown: '-', ...more }).every(
        ([key, value]) => cell[key as keyof CubeCell] === value,
      ),
  )
const toldTo = async (who: keyof typeof people) =>
  (await world.read<{ items: ToldRound[] }>('/results/told-rounds', people[who])).items.map(
    (round) => round.code,
  )
const released = async (code: string, level: string) =>
  (
    await world.read<{ items: UnitFigure[] }>(
      `/cells?indicator=${code}&year=2027&level=${level}&subject=numeracy-6&breakdown=-`,
    )
  ).items

describe('before a round is official', () => {
  test('there is no figure of it, whoever asks, and it is told to nobody', async () => {
    const cells = await figuresNow()
    for (const each of codes) expect(ofRound(cells, each), each).toEqual([])
    for (const who of Object.keys(people) as (keyof typeof people)[])
      expect(await toldTo(who), who).toEqual([])
  })
  test('preliminary, it is told to schools and is in no cube yet', async () => {
    await asJob(world.db, (tx) => releaseRound(tx, code, 'preliminary'))
    const cells = await figuresNow()
    for (const each of codes) expect(ofRound(cells, each), each).toEqual([])
    expect(await toldTo('head')).toEqual([code])
    for (const who of ['town', 'analyst', 'teacher', 'steward', 'nobody'] as const)
      expect(await toldTo(who), who).toEqual([])
  })
})

describe('once it is official', () => {
  let cells: CubeCell[]
  test('everybody is told of it', async () => {
    await asJob(world.db, (tx) => releaseRound(tx, code, 'official'))
    cells = await figuresNow()
    for (const who of Object.keys(people) as (keyof typeof people)[])
      expect(await toldTo(who), who).toEqual([code])
  })
  test('its mean and error are those of Rubin’s rules over ten plausible values, pupil by pupil', async () => {
    const draws = Array.from({ length: 10 }, (_, at) =>
      scores.map(({ learner, score }) => plausible(learner, score)[at]!),
    )
    const meanOf = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length
    const varianceOf = (values: readonly number[]) =>
      values.reduce((a, b) => a + (b - meanOf(values)) ** 2, 0) / (values.length - 1)
    const byHand = combinePlausibleValues(
      draws.map(meanOf),
      draws.map((values) => varianceOf(values) / values.length),
      scores.length - 1,
    )
    const [cell] = ofRound(cells, 'ACH-01')
    expect(cell).toMatchObject({ n: scores.length, version: 3 })
    expect(cell!.plausible).toHaveLength(10)
    cell!.plausible!.forEach((sum, at) => {
      expect(sum).toBeCloseTo(
        draws[at]!.reduce((a, b) => a + b, 0),
        6,
      )
    })
    const [{ cell: told }] = (await released('ACH-01', 'state')) as [UnitFigure]
    expect(told.value).toBeCloseTo(byHand.value, 2)
    expect(told.se).toBeCloseTo(byHand.standardError, 2)
    expect(told.low).toBeCloseTo(byHand.low, 1)
  })
  test('sums over schools are those of the country under every plausible value', () => {
    const schools = ofRound(cells, 'ACH-01', { level: 'school' })
    const [state] = ofRound(cells, 'ACH-01')
    state!.plausible!.forEach((sum, at) => {
      expect(schools.reduce((total, { plausible }) => total + plausible![at]!, 0)).toBeCloseTo(sum, 6)
    })
  })
  test('girls and boys: the gap has the error of both samplings and of what is not known of abilities', async () => {
    const { items } = await world.read<{ items: UnitFigure[] }>(
      '/cells?indicator=EQU-06&year=2027&level=state&subject=numeracy-6',
    )
    const groups = (['female', 'male'] as const).map((category) => {
      const [cell] = ofRound(cells, 'ACH-01', { breakdown: 'sex', category })
      const { n, plausible: sums, sumYY } = cell!
      const squares = sums!.reduce((a, s) => a + s * s, 0) / 10
      return { n, sums: sums!, variance: (sumYY! - squares / n) / (n - 1) / n }
    })
    const [girls, boys] = groups as [(typeof groups)[0], (typeof groups)[0]]
    const gaps = girls.sums.map((sum, at) => sum / girls.n - boys.sums[at]! / boys.n)
    const gap = combinePlausibleValues(
      gaps,
      gaps.map(() => girls.variance + boys.variance),
    )
    expect(items[0]!.cell.value).toBeCloseTo(gap.value, 1)
    expect(items[0]!.cell.se).toBeCloseTo(gap.standardError, 1)
    expect(items[0]!.cell.se!).toBeGreaterThan(Math.sqrt(girls.variance + boys.variance))
  })
  test('levels count the level each pupil was told', async () => {
    const { rows } = await run<{ level: number; n: number }>(
      'select level, count(*)::int as n from assessments.outcome where round_id = $1 group by 1',
      [roundId],
    )
    const at = new Map(rows.map(({ level, n }) => [level, n]))
    expect(ofRound(cells, 'ACH-03')[0]).toMatchObject({ n: 42, sumY: at.get(1) })
    expect(ofRound(cells, 'ACH-02')[0]).toMatchObject({ n: 42, sumY: at.get(3)! + at.get(4)! })
    expect(ofRound(cells, 'ACH-16')[0]).toMatchObject({ n: 42, sumY: at.get(4) })
  })
  test('who took part, was absent, was exempt, had support', () => {
    const n = 42 + absent + exempt
    expect(ofRound(cells, 'ACH-12')[0]).toMatchObject({ n, sumY: 42 })
    expect(ofRound(cells, 'ACH-13')[0]).toMatchObject({ n, sumY: absent })
    expect(ofRound(cells, 'ACH-14')[0]).toMatchObject({ n, sumY: exempt })
    expect(ofRound(cells, 'ACH-15')[0]).toMatchObject({ n: 42, sumY: supported })
  })
  test('of a single school nothing is public, and of exemptions and support there is no figure at all', async () => {
    for (const each of ['ACH-01', 'ACH-03', 'ACH-12', 'ACH-16']) {
      expect(
        (await released(each, 'school')).map(({ cell }) => cell.absent),
        each,
      ).toEqual(['not_public', 'not_public'])
    }
    for (const each of ['ACH-14', 'ACH-15']) expect(ofRound(cells, each, { level: 'school' })).toEqual([])
  })
  test('a preliminary test from outside is in no figure, its final results are', async () => {
    const literacy = () =>
      cells.filter(({ subject, indicator }) => subject === 'literacy-6' && indicator === 'ACH-01')
    expect(literacy()).toEqual([])
    await run(
      `update records.result set status = 'official' where assessment_id = (select assessment_id from records.assessment where code = 'M-2027-6-LIT')`,
    )
    cells = await figuresNow()
    expect(literacy().find(({ level, breakdown }) => level === 'state' && breakdown === '-')).toMatchObject({
      n: 42,
      plausible: null,
    })
  })
  test('a test that came both ways counts once, as it was given here', async () => {
    await run(
      `with made as (
         insert into records.assessment (code, subject, name_lv, name_en, school_year, grade, held_on, scale_id, kind, level_cuts, import_id)
         values ('M-2027-6-NUM', 'numeracy-6', 'Rēķinpratība', 'Numeracy', 2027, 6, '2026-11-02', 1, 'monitoring', '{405,485,600}', 1) returning assessment_id)
       insert into records.result (learner_id, institution_id, assessment_id, value, status, line, row_hash, import_id)
       select o.learner_id, o.institution_id, made.assessment_id, 111, 'official', o.learner_id, 77, 1 from made, assessments.outcome o`,
    )
    const before = ofRound(cells, 'ACH-01')
    cells = await figuresNow()
    expect(ofRound(cells, 'ACH-01')).toEqual(before)
  })
  test('a sample stands for others and is in no figure of places', async () => {
    await run(`update assessments.round set kind = 'sample' where round_id = $1`, [roundId])
    cells = await figuresNow()
    expect(ofRound(cells, 'ACH-01')[0]).toMatchObject({ n: 42, sumY: 42 * 111, plausible: null })
    expect(ofRound(cells, 'ACH-12')).toEqual([])
    expect(await toldTo('analyst')).toEqual([])
  })
})
