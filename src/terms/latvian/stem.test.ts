import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { englishStem } from '../english-stem.ts'
import { fold, foldedWords } from './fold.ts'
import { latvianStems } from './stem.ts'

const agree = (a: string, b: string) =>
  latvianStems(fold(a)).some((stem) => latvianStems(fold(b)).includes(stem))

/** Every case of a word, by declension, as a grammar gives them. */
const declined = {
  'first, masculine':
    'skolotājs skolotāja skolotājam skolotāju skolotājā skolotāji skolotājiem skolotājus skolotājos',
  'first, of a pupil': 'skolēns skolēna skolēnam skolēnu skolēnā skolēni skolēniem skolēnus skolēnos',
  'second, l': 'brālis brāļa brālim brāli brālī brāļi brāļu brāļiem brāļus brāļos',
  'second, d': 'briedis brieža briedim briedi briedī brieži briežu briežiem briežus briežos',
  'second, c': 'lācis lāča lācim lāci lācī lāči lāču lāčiem lāčus lāčos',
  'second, t':
    'latvietis latvieša latvietim latvieti latvietī latvieši latviešu latviešiem latviešus latviešos',
  'second, b': 'gulbis gulbja gulbim gulbi gulbī gulbji gulbju gulbjiem gulbjus gulbjos',
  third: 'tirgus tirgum tirgu tirgū tirgi tirgiem tirgos',
  fourth: 'skola skolas skolai skolu skolā skolām skolās',
  'fourth, -ija': 'ģimnāzija ģimnāzijas ģimnāzijai ģimnāziju ģimnāzijā ģimnāzijām ģimnāzijās',
  'fifth, s': 'klase klases klasei klasi klasē klašu klasēm klasēs',
  'fifth, d': 'iestāde iestādes iestādei iestādi iestādē iestāžu iestādēm iestādēs',
  'fifth, p': 'kurpe kurpes kurpei kurpi kurpē kurpju kurpēm kurpēs',
  sixth: 'valsts valstij valsti valstī valstu valstīm valstis valstīs',
  reflexive: 'mācīšanās mācīšanos',
  adjective: 'labs laba labam labu labā labi labiem labus labos labas labai labām labās',
  'definite adjective':
    'labais labā labajam labo labajā labie labajiem labos labajos labajai labās labajām labajās',
  'town in the plural': 'Cēsis Cēsu Cēsīm Cēsīs',
}

describe('Latvian', () => {
  test.each(Object.entries(declined))('every case of a word agrees with every other: %s', (_, cases) => {
    const words = cases.split(' ')
    for (const a of words) for (const b of words) expect([a, b, agree(a, b)]).toEqual([a, b, true])
  })

  test.each([
    ['skolotājiem', 'skolotājs'],
    ['matemātikā', 'matemātika'],
    ['skolotājas', 'skolotājs'],
    ['skolniece', 'skolnieks'],
    ['labajām', 'labs'],
    ['pedagoģes', 'pedagogs'],
    ['Rēzeknē', 'Rēzekne'],
    ['ventspili', 'Ventspils'],
  ])('%s finds %s', (typed, meant) => {
    expect(agree(typed, meant)).toBe(true)
  })

  test.each([
    ['skola', 'skolotājs'],
    ['klase', 'klasteris'],
    ['gads', 'gaita'],
    ['valsts', 'valoda'],
    ['izaugsme', 'izglītība'],
    ['vidējais', 'vide'],
  ])('%s does not find %s', (one, other) => {
    expect(agree(one, other)).toBe(false)
  })

  test('a stem is the beginning of its word but for its last two letters, and is never empty', () => {
    const letters = fc.string({
      unit: fc.constantFrom(...'aābcčdeēgģiījkķlļmnņoprsštuūvzž'),
      minLength: 1,
      maxLength: 20,
    })
    fc.assert(
      fc.property(letters, (word) => {
        const folded = fold(word)
        const stems = latvianStems(folded)
        expect(new Set(stems).size).toBe(stems.length)
        for (const stem of stems) {
          expect(stem.length).toBeGreaterThan(0)
          expect(stem.length).toBeLessThanOrEqual(folded.length)
          expect(folded.startsWith(stem.slice(0, -1))).toBe(true)
        }
      }),
    )
  })

  test('marks and capitals make no difference', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(declined).join(' ').split(' ')), (word) => {
        expect(latvianStems(fold(word))).toEqual(latvianStems(fold(fold(word).toUpperCase())))
      }),
    )
  })
})

test.each([
  ['schools', 'school'],
  ['municipalities', 'municipality'],
  ['releases', 'release'],
  ['class', 'class'],
  ['pupils', 'pupil'],
  ['status', 'status'],
])('English %s becomes %s', (word, stem) => {
  expect(englishStem(word)).toBe(stem)
})

test('a text falls into words of letters and words of digits', () => {
  expect(foldedWords('Rīgas 49. vidusskola (ACH-05), „Ķegums”')).toEqual([
    'rigas',
    '49',
    'vidusskola',
    'ach',
    '05',
    'kegums',
  ])
})
