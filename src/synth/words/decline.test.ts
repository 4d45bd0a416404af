import { expect, test } from 'vitest'
import { municipalities, regions } from '../network/municipalities.ts'
import { declineInstitution } from './decline.ts'

test.each([
  ['Stārķukalna pamatskola', 'Stārķukalna pamatskolas', 'Stārķukalna pamatskolā'],
  ['Rīgas Ievulejas vidusskola', 'Rīgas Ievulejas vidusskolas', 'Rīgas Ievulejas vidusskolā'],
  ['Kuldīgas Valsts ģimnāzija', 'Kuldīgas Valsts ģimnāzijas', 'Kuldīgas Valsts ģimnāzijā'],
  ['Ežulauku sākumskola', 'Ežulauku sākumskolas', 'Ežulauku sākumskolā'],
  ['Briežusila tehnikums', 'Briežusila tehnikuma', 'Briežusila tehnikumā'],
  ['Spāruupes speciālā pamatskola', 'Spāruupes speciālās pamatskolas', 'Spāruupes speciālajā pamatskolā'],
  [
    'Privātā vidusskola „Magoņulauki”',
    'Privātās vidusskolas „Magoņulauki”',
    'Privātajā vidusskolā „Magoņulauki”',
  ],
  [
    'Rīgas pirmsskolas izglītības iestāde „Čaklā bite”',
    'Rīgas pirmsskolas izglītības iestādes „Čaklā bite”',
    'Rīgas pirmsskolas izglītības iestādē „Čaklā bite”',
  ],
  ['Rasas Bērnu un jauniešu centrs', 'Rasas Bērnu un jauniešu centra', 'Rasas Bērnu un jauniešu centrā'],
])('„%s” is declined', (nominative, genitive, locative) => {
  expect(declineInstitution(nominative)).toEqual({ nominative, genitive, locative })
})

test('a word that institutions do not have is refused, not guessed at', () => {
  expect(() => declineInstitution('Ežulauku bibliotēka')).toThrow('no word')
})

test.each([
  ['Rīga', 'Rīgas', 'Rīgā'],
  ['Daugavpils', 'Daugavpils', 'Daugavpilī'],
  ['Ventspils', 'Ventspils', 'Ventspilī'],
  ['Rēzekne', 'Rēzeknes', 'Rēzeknē'],
  ['Ādažu novads', 'Ādažu novada', 'Ādažu novadā'],
  ['Dienvidkurzemes novads', 'Dienvidkurzemes novada', 'Dienvidkurzemes novadā'],
  ['Saldus novads', 'Saldus novada', 'Saldus novadā'],
])('the municipality „%s” is declined', (lv, genitive, locative) => {
  const found = municipalities.find(({ name }) => name.lv === lv)!
  expect([found.genitive, found.locative]).toEqual([genitive, locative])
})

test('regions are declined by their last word', () => {
  for (const { name, genitive, locative } of regions) {
    expect(name.lv.endsWith('plānošanas reģions')).toBe(true)
    expect([genitive, locative]).toEqual([name.lv.replace(/s$/, 'a'), name.lv.replace(/s$/, 'ā')])
  }
})
