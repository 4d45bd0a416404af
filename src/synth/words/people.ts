import type { Sex } from '#terms/sex.ts'

type KnownSex = Exclude<Sex, 'unknown'>

const given: Record<KnownSex, readonly string[]> = {
  female: [
    ...['Anna', 'Elza', 'Marta', 'Emīlija', 'Sofija', 'Alise', 'Estere', 'Paula', 'Katrīna', 'Līva', 'Laura'],
    ...['Elīna', 'Beāte', 'Evelīna', 'Madara', 'Ieva', 'Zane', 'Kristīne', 'Linda', 'Dace', 'Inese', 'Ilze'],
    ...['Sanita', 'Baiba', 'Rūta', 'Agnese', 'Viktorija', 'Jūlija', 'Olga', 'Natālija', 'Darja', 'Arina'],
    ...['Milana', 'Keita', 'Grēta', 'Odrija', 'Rebeka', 'Elizabete', 'Amēlija', 'Una', 'Sabīne', 'Dārta'],
    ...['Luīze', 'Nora', 'Adriāna', 'Sintija', 'Santa', 'Undīne', 'Vita', 'Gunta', 'Aija', 'Mārīte'],
  ],
  male: [
    ...[
      'Roberts',
      'Markuss',
      'Gustavs',
      'Olivers',
      'Jēkabs',
      'Kārlis',
      'Adrians',
      'Daniels',
      'Ralfs',
      'Emīls',
    ],
    ...['Artūrs', 'Kristaps', 'Mārtiņš', 'Jānis', 'Pēteris', 'Andris', 'Juris', 'Edgars', 'Raivis', 'Toms'],
    ...['Reinis', 'Matīss', 'Mikus', 'Rihards', 'Filips', 'Aleksandrs', 'Maksims', 'Artjoms', 'Dmitrijs'],
    ...[
      'Sergejs',
      'Vladislavs',
      'Kirils',
      'Timurs',
      'Bruno',
      'Hugo',
      'Teodors',
      'Augusts',
      'Valters',
      'Henrijs',
    ],
    ...[
      'Niklāvs',
      'Miķelis',
      'Ernests',
      'Haralds',
      'Gatis',
      'Ivars',
      'Normunds',
      'Aivars',
      'Uldis',
      'Ainārs',
    ],
  ],
}

// Surnames that nobody had to bear: two stems, and an ending for men and for women.
const stems = [
  ...['Bērz', 'Kalv', 'Mež', 'Vīt', 'Zvirgzd', 'Lazd', 'Kārkl', 'Rudz', 'Auz', 'Miež', 'Lin', 'Sūn', 'Ķērp'],
  ...['Dzelz', 'Var', 'Svin', 'Krām', 'Pukš', 'Ērg', 'Jumt', 'Log', 'Durv', 'Sliek', 'Pagrab', 'Krēsl'],
  ...[
    'Murd',
    'Tīkl',
    'Laiv',
    'Air',
    'Enkur',
    'Bur',
    'Vēj',
    'Mākoņ',
    'Saln',
    'Ziem',
    'Migl',
    'Krus',
    'Perkon',
  ],
]
const endings = [
  ['galviņš', 'galviņa'],
  ['kājnieks', 'kājniece'],
  ['raudzītis', 'raudzīte'],
  ['lāčkalns', 'lāčkalna'],
  ['sētnieks', 'sētniece'],
  ['dārziņš', 'dārziņa'],
  ['upmanis', 'upmane'],
  ['tilters', 'tiltere'],
  ['vagaris', 'vagare'],
  ['stepiņš', 'stepiņa'],
  ['laukovs', 'laukova'],
  ['grīvskis', 'grīvska'],
  ['vanadziņš', 'vanadziņa'],
  ['mucinieks', 'muciniece'],
  ['bārdiņš', 'bārdiņa'],
  ['celmietis', 'celmiete'],
  ['zobens', 'zobena'],
  ['kronbergs', 'kronberga'],
  ['rijnieks', 'rijniece'],
  ['purmalis', 'purmale'],
] as const

/**
 * The made-up name of a person: given name by sex, surname by family, with the ending of the sex. The same numbers give the same name.
 *
 * @param n       number of the person
 * @param family  number of the family
 */
export function personName(n: number, family: number, sex: KnownSex, seed: number): string {
  const first = given[sex]
  const surname = mixed(family, seed) % (stems.length * endings.length)
  const ending = endings[surname % endings.length]![sex === 'male' ? 0 : 1]
  return `${first[mixed(n, seed + 1) % first.length]} ${stems[Math.floor(surname / endings.length)]}${ending}`
}

/** A whole number below 2^32 that tells nothing of the one it was made from (finaliser of MurmurHash3). */
export function mixed(n: number, seed: number): number {
  let h = (n ^ Math.imul(seed >>> 0, 0x9e3779b1)) >>> 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}
