import { expect, test } from 'vitest'
import { languages } from '../text/language.ts'
import { cellOf, indicatorOf, plain, resultsRule } from '../text/made-up.ts'
import { absencesIn } from './absences.ts'

const results = indicatorOf()
const participation = indicatorOf({
  code: 'ACH-10',
  topic: 'participation',
  short: { lv: 'Piedalījās', en: 'Took part' },
})
const rules = [resultsRule, { ...resultsRule, topic: 'participation', minimum: 21 }]
const tooFew = cellOf({ absent: 'too_few', n: null, value: null })
const told = (figures: Parameters<typeof absencesIn>[1]) =>
  absencesIn(languages.lv, figures, rules).map(({ clause, of }) => [plain(clause), of])

test('a reason that several figures share is told once; a figure that is there has none', () => {
  expect(
    told([
      { cell: tooFew, indicator: results },
      { cell: tooFew, indicator: results },
      { cell: cellOf(), indicator: results },
    ]),
  ).toEqual([['aizsargāts: mazāk par 10 skolēniem', null]])
})

test('figures under different rules tell each its own limit, in the right form, and whose it is', () => {
  expect(
    told([
      { cell: tooFew, indicator: results },
      { cell: tooFew, indicator: participation },
    ]),
  ).toEqual([
    ['aizsargāts: mazāk par 10 skolēniem', 'Vidējais rezultāts'],
    ['aizsargāts: mazāk par 21 skolēnu', 'Piedalījās'],
  ])
})

test('a number that would reveal another says so in plain words', () => {
  expect(
    told([{ cell: cellOf({ absent: 'would_reveal', n: null, value: null }), indicator: results }]),
  ).toEqual([['aizsargāts: pats nav par mazu, bet no tā varētu aprēķināt citu aizsargātu skaitli', null]])
})
