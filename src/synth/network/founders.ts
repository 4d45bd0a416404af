import type { Municipality } from './municipalities.ts'

/** Who founds schools: the state, municipalities, universities and companies that nobody has registered. */
export interface Founder {
  id: string
  kind: 'state' | 'municipality' | 'private' | 'university'
  name: { lv: string; en: string }
  territory: string | null
}

const companies = [
  ...['Zinību ligzda', 'Gudrā pūce', 'Mācību sala', 'Trīs ābeles', 'Atvērtā klase', 'Septiņas krāsas'],
  ...['Zaļais pagalms', 'Ziemeļu bura', 'Kopā augam', 'Baltā lapa', 'Domu dārzs', 'Rīta zvans'],
]

export const STATE_FOUNDER = 'V-1'
export const universities = ['A-1', 'A-2']

export const privateFounder = (n: number) => `P-${(n % companies.length) + 1}`
export const municipalFounder = ({ code }: Municipality) => `M-${code}`

export function founders(towns: readonly Municipality[]): Founder[] {
  return [
    {
      id: STATE_FOUNDER,
      kind: 'state',
      name: { lv: 'Izglītības un zinātnes ministrija', en: 'Ministry of Education and Science' },
      territory: null,
    },
    ...towns.map((town): Founder => {
      const lv = town.isCity ? `${town.genitive} valstspilsētas pašvaldība` : `${town.genitive} pašvaldība`
      return {
        id: municipalFounder(town),
        kind: 'municipality',
        name: { lv, en: `Local government of ${town.name.en}` },
        territory: town.code,
      }
    }),
    {
      id: 'A-1',
      kind: 'university',
      name: { lv: 'Dzintarkalnu universitāte', en: 'University of Dzintarkalni' },
      territory: null,
    },
    {
      id: 'A-2',
      kind: 'university',
      name: { lv: 'Sudrabupes augstskola', en: 'Sudrabupe College' },
      territory: null,
    },
    ...companies.map(
      (company, at): Founder => ({
        id: `P-${at + 1}`,
        kind: 'private',
        name: { lv: `SIA „${company}”`, en: `SIA “${company}”` },
        territory: null,
      }),
    ),
  ]
}
