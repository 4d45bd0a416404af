import { expect, test } from 'vitest'
import type { Difference } from '#terms/cell.ts'
import { figureWriter } from './figure.ts'
import { languages } from './language.ts'
import { cellOf, chemistry, indicatorOf, plain, resultsRule } from './made-up.ts'
import {
  absenceClause,
  gapSentence,
  inPlace,
  isShown,
  progressSentence,
  pupils,
  resultSentence,
  resultVerdict,
  spreadSentence,
  verdict,
} from './sentences.ts'

const { lv, en } = languages
const shown = (given = {}) => {
  const cell = cellOf(given)
  if (!isShown(cell)) throw new Error('the cell of this test must be shown')
  return cell
}
const writer = figureWriter(lv, 'points', [cellOf()])
const signed = (low: number, high: number) => figureWriter(lv, 'points_difference', [{ low, high }])
const differing = (verdict: Difference['verdict'], low: number, high: number): Difference => ({
  difference: (low + high) / 2,
  se: 1,
  low,
  high,
  verdict,
})

test('pupils are counted in the right case, thousands too', () => {
  const said = [0, 1, 2, 10, 11, 21, 22, 30, 111, 31022].map((n) => pupils(lv, n))
  expect(said.map(plain)).toEqual([
    '0 skolēnu',
    '1 skolēns',
    '2 skolēni',
    '10 skolēnu',
    '11 skolēnu',
    '21 skolēns',
    '22 skolēni',
    '30 skolēnu',
    '111 skolēnu',
    '31 022 skolēni',
  ])
  expect(plain(pupils(en, 1))).toBe('1 pupil')
  expect(plain(pupils(en, 31022))).toBe('31,022 pupils')
})

test('a result says the mean, the scale, the interval and the pupils', () => {
  expect(plain(resultSentence(lv, shown(), chemistry, writer))).toBe(
    'Ķīmijas eksāmens: vidēji 6,1 no 10 punktiem (no 5,2 līdz 7,0), 24 skolēni.',
  )
})

test('a difference is claimed only where the verdict claims it', () => {
  const state = { level: 'state' as const, value: 5.8 }
  expect(plain(resultVerdict(lv, differing('no_clear_difference', -0.6, 1.2), state, writer))).toBe(
    'Skaidras atšķirības no valsts vidējā (5,8) nav.',
  )
  expect(plain(resultVerdict(lv, differing('higher', 0.1, 1.1), state, writer))).toBe(
    'Tas ir augstāks nekā valstī (5,8): starpība ir +0,6 (no 0,1 līdz 1,1).',
  )
  expect(
    plain(resultVerdict(en, differing('lower', -1.1, -0.1), state, figureWriter(en, 'points', []))),
  ).toBe('This is lower than in the country (5.8): the difference is −0.6 (−1.1 to −0.1).')
})

test('each kind of figure is compared in its own words', () => {
  const higher = differing('higher', 0.1, 1)
  expect(verdict(lv, indicatorOf(), higher, 'municipality')).toBe('augstāks rezultāts nekā pašvaldībā')
  expect(verdict(lv, indicatorOf({ unit: 'share', kind: 'share' }), higher, 'state')).toBe(
    'lielāka daļa nekā valstī',
  )
  expect(verdict(lv, indicatorOf({ code: 'ACH-11', unit: 'points_difference' }), higher, 'region')).toBe(
    'lielāka izaugsme nekā reģionā',
  )
  expect(verdict(lv, indicatorOf({ code: 'ACH-09', unit: 'points_difference' }), higher, 'region')).toBe(
    'lielāks nekā reģionā',
  )
  expect(verdict(lv, indicatorOf({ unit: 'points_difference', kind: 'gap' }), higher, 'state')).toBe(
    'starpība vairāk par labu meitenēm nekā valstī',
  )
  expect(verdict(lv, indicatorOf(), differing('no_clear_difference', -1, 1), 'state')).toBe(
    'nav skaidras atšķirības no valsts',
  )
})

test('girls and boys differ only when the interval of the gap leaves zero out', () => {
  const say = (low: number, high: number) =>
    gapSentence(lv, shown({ value: (low + high) / 2, low, high }), signed(low, high))
  expect(plain(say(0.1, 0.5))).toBe(
    'Meiteņu vidējais rezultāts ir augstāks nekā zēnu: starpība ir 0,3 (no 0,1 līdz 0,5).',
  )
  expect(plain(say(-0.5, -0.1))).toBe(
    'Zēnu vidējais rezultāts ir augstāks nekā meiteņu: starpība ir 0,3 (no 0,1 līdz 0,5).',
  )
  expect(plain(say(-0.4, 1))).toBe(
    'Starp meitenēm un zēniem skaidras atšķirības nav: starpība ir 0,3 (no −0,4 līdz 1,0).',
  )
})

test('progress of the state is a yardstick, not a finding', () => {
  expect(plain(progressSentence(lv, shown({ value: 0 }), 'state', signed(-1, 1)))).toContain(
    'vienmēr ir nulle',
  )
  expect(
    plain(progressSentence(lv, shown({ value: 0.6, low: 0.3, high: 1 }), 'school', signed(0.3, 1))),
  ).toBe('Skolēni pavirzījušies tālāk nekā citi ar tādu pašu sākumu: vidēji +0,6 (no 0,3 līdz 1,0).')
})

test('places take the case the sentence needs, and a name without cases gets a word that has them', () => {
  const ogre = { lv: 'Ogres novads', en: 'Ogre', genitive: 'Ogres novada', locative: 'Ogres novadā' }
  expect(inPlace(lv, ogre, 'municipality')).toBe('Ogres novadā')
  expect(inPlace(lv, { ...ogre, locative: null }, 'municipality')).toBe('pašvaldībā „Ogres novads”')
  expect(inPlace(en, ogre, 'municipality')).toBe('in Ogre')
})

test('an absent figure says which rule hides it', () => {
  expect(absenceClause(lv, 'too_few', resultsRule)).toBe('aizsargāts: mazāk par 10 skolēniem')
  expect(absenceClause(en, 'too_few', resultsRule)).toBe('protected: fewer than 10 pupils')
  expect(absenceClause(lv, 'not_public', resultsRule)).toBe('šajā līmenī netiek publicēts')
})

test('a distribution is told by its middle half', () => {
  const quantiles = { p10: 0, p25: 4, p50: 6, p75: 8, p90: 10 }
  expect(plain(spreadSentence(lv, { quantiles, values: [] }))).toBe(
    'Puse skolēnu ieguva no 4 līdz 8 punktiem; viduspunkts ir 6.',
  )
})
