import { type Declined, declineInstitution } from '../words/decline.ts'
import type { Village } from '../words/school-names.ts'
import type { Municipality } from './municipalities.ts'
import type { School } from './school.ts'

export type SchoolName = Declined & { en: string }

type Named = Pick<School, 'kind' | 'type' | 'form' | 'isPrivate'>

const words: Record<School['type'], { lv: string; en: string }> = {
  primary: { lv: 'sākumskola', en: 'Primary School' },
  basic: { lv: 'pamatskola', en: 'Basic School' },
  secondary: { lv: 'vidusskola', en: 'Secondary School' },
  state_gymnasium: { lv: 'Valsts ģimnāzija', en: 'State Gymnasium' },
  special: { lv: 'speciālā pamatskola', en: 'Special School' },
  hospital: { lv: 'slimnīcas skola', en: 'Hospital School' },
  preschool: { lv: 'pirmsskolas izglītības iestāde', en: 'Preschool' },
  technical: { lv: 'tehnikums', en: 'Technical School' },
  music_art: { lv: 'Mūzikas un mākslas skola', en: 'Music and Art School' },
  sport: { lv: 'Sporta skola', en: 'Sports School' },
  interest: { lv: 'Bērnu un jauniešu centrs', en: 'Children and Youth Centre' },
}

/** The name of a school after a village nobody lives in, in all cases and in English. */
export function nameSchool(
  school: Named,
  { village, playName, town }: { village: Village; playName: string; town: Municipality },
): SchoolName {
  const { lv, en } = words[school.type]
  const city = town.isCity ? `${town.genitive} ` : ''
  const cityEn = town.isCity ? `${town.name.en} ` : ''
  const named = (name: string, english: string): SchoolName => ({
    ...declineInstitution(name),
    en: english,
  })
  if (school.type === 'preschool') {
    return named(`${city || `${village.genitive} `}${lv} „${playName}”`, `${cityEn}Preschool “${playName}”`)
  }
  if (school.form === 'distance') {
    return named(`Tālmācības ${lv} „${village.nominative}”`, `Distance ${en} “${village.nominative}”`)
  }
  if (school.isPrivate) {
    return named(`Privātā ${lv} „${village.nominative}”`, `Private ${en} “${village.nominative}”`)
  }
  const evening = school.form === 'part_time' ? 'vakara ' : ''
  const eveningEn = school.form === 'part_time' ? 'Evening ' : ''
  return named(
    `${city}${village.genitive} ${evening}${lv}`,
    `${cityEn}${village.nominative} ${eveningEn}${en}`,
  )
}
