import { expect, test } from 'vitest'
import { asJob } from '#db/actor.ts'
import { newDatabase } from '#test/database.ts'
import { makePlantedRegister, plantRegister } from '#test/planted-register.ts'
import { registryIndicators } from '../registry/indicators.ts'
import { compute } from './compute.ts'
import { listSeriesBreaks, listTargets, putSeriesBreak, putTarget } from './target-store.ts'

const db = await newDatabase()
await makePlantedRegister(db, plantRegister(5))
await compute(db, registryIndicators, { day: '2026-11-22' })

const target = {
  indicator: 'CON-03',
  subject: '-',
  level: 'state',
  unitCode: null,
  value: 0.05,
  from: '2027-01-01',
  until: null,
  source: { lv: 'Pamatnostādnes', en: 'Guidelines' },
} as const
const put = (more: object = {}) => asJob(db, (tx) => putTarget(tx, { ...target, ...more }))

test('a target that was decided on holds from its day; the next one ends it the day before', async () => {
  expect(await put()).toBe('put')
  expect(await put({ value: 0.04, from: '2029-01-01', until: '2030-12-31' })).toBe('put')
  expect(await asJob(db, listTargets)).toMatchObject([
    { indicator: 'CON-03', value: 0.05, from: '2027-01-01', until: '2028-12-31', unit: null },
    { indicator: 'CON-03', value: 0.04, from: '2029-01-01', until: '2030-12-31' },
  ])
  expect(await put({ from: '2028-06-01' })).toBe('begins_later')
})

test('a target may be of one territory; of an unknown one or of an unknown indicator it is refused', async () => {
  expect(await put({ indicator: 'CON-04', level: 'municipality', unitCode: 'A' })).toBe('put')
  const [own] = (await asJob(db, listTargets)).filter(({ indicator }) => indicator === 'CON-04')
  expect(own).toMatchObject({ level: 'municipality', unitId: 3 })
  expect(await put({ level: 'municipality', unitCode: 'nowhere' })).toBe('no_unit')
  expect(await put({ indicator: 'XXX-99' })).toBe('no_indicator')
})

test('a break is said in words; said again, the words are the new ones', async () => {
  const broken = { indicator: 'CON-02', subject: '-', schoolYear: 2023 }
  const say = (en: string) =>
    asJob(db, (tx) => putSeriesBreak(tx, { ...broken, words: { lv: 'Jauns saturs', en } }))
  expect(await say('New content')).toBe('put')
  expect(await say('New content of basic education')).toBe('put')
  expect(await asJob(db, listSeriesBreaks)).toEqual([
    { ...broken, words: { lv: 'Jauns saturs', en: 'New content of basic education' } },
  ])
})
