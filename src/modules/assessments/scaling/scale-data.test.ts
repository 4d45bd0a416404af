import { describe, expect, test } from 'vitest'
import { calibratedForm } from '#stats/linking/index.ts'
import { type MadeUp, madeUpRound } from '#test/assessments/made-up-round.ts'
import { masteredAt } from './booklet.ts'
import { sharesAt } from './impact.ts'
import type { EarlierRun } from './link.ts'
import { reportOf } from './report.ts'
import { NOT_REACHED, peopleWhere, type RoundData } from './round-data.ts'
import { type ScalingOptions, scaleData } from './scale-data.ts'
import { usualSettings } from './settings.ts'

const plain: ScalingOptions = {
  seed: 7,
  settings: usualSettings,
  earlier: [],
  droppedItems: new Set(),
  droppedAnchors: new Set(),
  standards: [],
}
const whole: MadeUp = { seed: 1, pupils: 3000, schools: 60, items: 60, perForm: 30, forms: 3 }
const truth = madeUpRound(whole)
const scaled = await scaleData(truth.data, plain)
const reported = (data: RoundData, of: typeof scaled) =>
  reportOf(data, of, { expected: data.people.id.length, choices: [], isOmitted: () => false, mastery: 0.67 })
const report = reported(truth.data, scaled)
/** Of the made-up abilities, whose mean and spread make the scale. */
const mean = truth.abilities.reduce((sum, x) => sum + x, 0) / 3000
const sd = Math.sqrt(truth.abilities.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 3000)
const share = (holds: boolean[]) => holds.filter(Boolean).length / holds.length

describe('what a round in a matrix design was made of comes back', () => {
  test('95 % intervals of pupils hold their ability in 95 of 100 cases', () => {
    const held = Array.from(scaled.score, (score, i) => {
      const ability = 500 + (100 * (truth.abilities[i]! - mean)) / sd
      return Math.abs(score - ability) <= 1.96 * scaled.error[i]!
    })
    expect(share(held)).toBeGreaterThan(0.93)
    expect(share(held)).toBeLessThan(0.97)
  })

  test('95 % intervals of slopes hold them in about 95 of 100 cases', () => {
    const held = truth.items.flatMap(({ slope }, at) => {
      const { slope: found, errors } = scaled.calibration.items[at]!
      return errors.slope === null ? [] : [Math.abs(found - slope * sd) <= 1.96 * errors.slope]
    })
    expect(held.length).toBe(60)
    // 60 items: 57 expected, fewer than 52 once in a hundred.
    expect(share(held)).toBeGreaterThan(52 / 60)
  })

  test('difficulties of items come back: nearly the same order, and the right unit', () => {
    const pairs = truth.items.flatMap(({ difficulty }, at) =>
      truth.data.items[at]!.most === 1 ? [[difficulty, scaled.calibration.items[at]!.difficulties[0]!]] : [],
    )
    const off = pairs.map(([made, found]) => found! - (made! - mean) / sd)
    expect(Math.abs(off.reduce((sum, x) => sum + x, 0) / off.length)).toBeLessThan(0.05)
    expect(Math.sqrt(off.reduce((sum, x) => sum + x * x, 0) / off.length)).toBeLessThan(0.2)
  })

  test('plausible values show the spread of the scale and what lies between schools; scores of pupils show too much', () => {
    expect(report.mean).toBeGreaterThan(497)
    expect(report.mean).toBeLessThan(503)
    expect(report.sd).toBeGreaterThan(97)
    expect(report.sd).toBeLessThan(103)
    expect(report.betweenSchools).toBeGreaterThan(0.09)
    expect(report.betweenSchools).toBeLessThan(0.23)
    const own = scaled.score.reduce((sum, x) => sum + x, 0) / 3000
    expect(Math.sqrt(scaled.score.reduce((sum, x) => sum + (x - own) ** 2, 0) / 3000)).toBeGreaterThan(103)
  })
})

test('a school that does better than others does so in its plausible values, not drawn to the mean of all', () => {
  const draws = scaled.values.length / 3000
  const of = (school: number) => peopleWhere(3000, (i) => truth.data.people.institution[i] === school)
  const differences = Array.from({ length: 60 }, (_, school) => {
    const people = of(school)
    const made =
      people.reduce((sum, i) => sum + 500 + (100 * (truth.abilities[i]! - mean)) / sd, 0) / people.length
    const drawn =
      people.reduce((sum, i) => {
        for (let d = 0; d < draws; d++) sum += scaled.values[i * draws + d]! / draws
        return sum
      }, 0) / people.length
    return { made: made - 500, drawn: drawn - 500 }
  })
  const slope =
    differences.reduce((sum, { made, drawn }) => sum + made * drawn, 0) /
    differences.reduce((sum, { made }) => sum + made * made, 0)
  expect(slope).toBeGreaterThan(0.9)
  expect(slope).toBeLessThan(1.05)
})

test('nothing changes when the same answers are scaled again, to the last digit', async () => {
  const again = await scaleData(truth.data, plain)
  expect(again.score).toEqual(scaled.score)
  expect(again.values).toEqual(scaled.values)
  expect(JSON.stringify(reported(truth.data, again))).toBe(JSON.stringify(report))
})

test('an item that is harder for girls than for equally able boys is found, and hardly any other', async () => {
  const { data } = madeUpRound({ ...whole, seed: 3, harderForGirls: { 2: 1.2 } })
  const { flags } = reported(data, await scaleData(data, plain))
  const flagged = flags.filter(({ code }) => code === 'difSex').flatMap(({ items }) => items)
  expect(flagged).toContain('I-3')
  expect(flagged.length).toBeLessThan(3)
})

test('what was not reached counts against the pupil, not against the item', async () => {
  const { data } = madeUpRound({ ...whole, seed: 4, forms: 1, items: 30, pupils: 1500 })
  const points = data.points.slice()
  // Every third pupil ends before the last ten places.
  for (let i = 0; i < 1500; i += 3) for (let at = 20; at < 30; at++) points[i * 30 + at] = NOT_REACHED
  const before = await scaleData(data, plain)
  const after = await scaleData({ ...data, points }, plain)
  const easier = after.calibration.items.slice(20).map((item, k) => {
    const was = before.calibration.items[20 + k]!
    return item.difficulties[0]! - was.difficulties[0]!
  })
  expect(Math.abs(easier.reduce((sum, x) => sum + x, 0) / 10)).toBeLessThan(0.1)
  const lost = [...after.score].reduce((sum, x, i) => sum + (i % 3 === 0 ? x - before.score[i]! : 0), 0) / 500
  expect(lost).toBeLessThan(-20)
})

/** A scaled round as a later one finds it. */
const asEarlier = (data: RoundData, of: typeof scaled): EarlierRun => ({
  round: data.code,
  domain: data.domain,
  grade: data.grade,
  schoolYear: data.schoolYear,
  form: calibratedForm(of.calibration),
  scale: of.scale,
})

describe('linking', () => {
  const base = { ...whole, forms: 1, items: 40, perForm: 40, common: 16, itemSeed: 9 }
  const six = madeUpRound({ ...base, seed: 11 })
  const firstOnce = scaleData(six.data, plain)

  test('a later year that is better by 0.3 is better by 30 points, within three errors; the error holds both years', async () => {
    const first = await firstOnce
    const { data } = madeUpRound({ ...base, seed: 12, mean: 0.3, schoolYear: 2028 })
    const second = await scaleData(data, { ...plain, earlier: [asEarlier(six.data, first)] })
    expect(second.scale).toMatchObject({ name: 'numeracy-6', kind: 'linked' })
    // Schools differ too: sixty of them in each year.
    const error = Math.hypot(second.scale.linkError, 100 * Math.sqrt((2 * 0.16) / 60 + 2 / 3000))
    expect(Math.abs(reported(data, second).mean - reported(six.data, first).mean - 30)).toBeLessThan(
      3 * error,
    )
    expect(second.scale.linkError).toBeGreaterThan(0.5)
    const { data: third } = madeUpRound({ ...base, seed: 13, mean: 0.6, schoolYear: 2029 })
    const chain = await scaleData(third, { ...plain, earlier: [asEarlier(data, second)] })
    expect(chain.scale).toMatchObject({ name: 'numeracy-6', linkedTo: data.code })
    expect(chain.scale.linkError).toBeGreaterThan(second.scale.linkError)
  })

  test('grade 3 stands on the scale of grade 6 where ten anchors hold, and else on its own', async () => {
    const first = await firstOnce
    const three = madeUpRound({ ...base, seed: 14, mean: -1, grade: 3 })
    const earlier = [asEarlier(six.data, first)]
    const together = await scaleData(three.data, { ...plain, earlier })
    expect(together.scale).toMatchObject({ name: 'numeracy-6', kind: 'vertical' })
    expect(reported(three.data, together).mean).toBeGreaterThan(380)
    expect(reported(three.data, together).mean).toBeLessThan(420)
    const few = new Set(three.data.items.slice(0, 8).map(({ versionId }) => versionId))
    const alone = await scaleData(three.data, { ...plain, earlier, droppedAnchors: few })
    expect(alone.scale).toMatchObject({ name: 'numeracy-3', kind: 'own' })
    expect(alone.linking.tries).toMatchObject([{ anchors: 8, fault: 'too few anchors' }])
  })

  test('a rehearsal makes no scale and stands on none', async () => {
    const first = await firstOnce
    const trial = { ...six.data, kind: 'rehearsal' as const, schoolYear: 2028 }
    const { scale } = await scaleData(trial, { ...plain, earlier: [asEarlier(six.data, first)] })
    expect(scale).toMatchObject({ name: 'numeracy-6-2028-rehearsal', kind: 'own' })
  })
})

test('an item stands in the booklet where it is mastered with the chance that is asked for', () => {
  const item = { id: 'a', model: '2pl' as const, scores: [0, 1], slope: 2, intercepts: [-1], guessing: 0 }
  // 2θ − 1 = ln(0.67/0.33)
  expect(masteredAt(item, 1, 0.67)).toBeCloseTo((1 + Math.log(0.67 / 0.33)) / 2, 8)
  expect(masteredAt({ ...item, slope: -1 }, 1, 0.67)).toBeNull()
})

test('impact of cuts: pupils within a bar are spread evenly', () => {
  const histogram = [
    { from: 400, share: 0.5 },
    { from: 500, share: 0.5 },
  ]
  expect(sharesAt({ bandwidth: 100, histogram }, [425, 500, 580])).toEqual([
    0.125,
    0.375,
    expect.closeTo(0.4, 12),
    expect.closeTo(0.1, 12),
  ])
})
