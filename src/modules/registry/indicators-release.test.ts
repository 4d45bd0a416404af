import { beforeAll, expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { compute } from '#modules/indicators/index.ts'
import { type PublishReport, publish } from '#modules/publications/index.ts'
import { newDatabase } from '#test/database.ts'
import { makePlantedRegister, plantRegister } from '#test/planted-register.ts'
import { registryIndicators } from './indicators.ts'

const db = await newDatabase()
let report: PublishReport
let told: { code: string; level: string; told: number; reasons: (string | null)[] }[]

beforeAll(async () => {
  await makePlantedRegister(db, plantRegister(1))
  await compute(db, registryIndicators, { day: '2026-11-22' })
  report = await publish(db, 'public', '2026-11-22')
  const { rows } = await asJob(db, (tx) =>
    tx.query<(typeof told)[number]>(
      `select code, level, count(*) filter (where absent is null) as told, array_agg(distinct absent) as reasons
         from publications.release_cell join publications.pointer using (release_id) group by 1, 2`,
    ),
  )
  told = rows
})
const of = (code: string, level: string) => told.find((each) => each.code === code && each.level === level)

test('everything of the register that is told together withstands the attack', () => {
  expect(report.attack.leaks).toBe(0)
  expect(report.shown).toBeGreaterThan(500)
})

test('what tells of the school is told of schools; what tells of ways and work of people is not', () => {
  for (const code of ['STF-01', 'STF-05', 'RES-02', 'RES-03']) {
    expect(of(code, 'school')!.told, code).toBeGreaterThan(0)
  }
  for (const code of ['CON-01', 'CON-03', 'STF-02', 'STF-03', 'STF-07']) {
    expect(of(code, 'school'), code).toMatchObject({ told: 0, reasons: ['not_public'] })
    expect(of(code, 'state')!.told, code).toBeGreaterThan(0)
  }
  expect(of('EQU-04', 'school')).toBeUndefined()
})

test('who stayed in a grade is told with noise, in free tables, and so never exactly', () => {
  for (const level of ['state', 'region', 'municipality', 'school']) {
    expect(of('CON-04', level), level).toMatchObject({ told: 0, reasons: ['not_public'] })
  }
})
