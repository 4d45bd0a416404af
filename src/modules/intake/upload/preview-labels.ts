import type { Words } from '#terms/locale.ts'

const parts: Record<string, Words> = {
  region: { lv: 'Reģions', en: 'Region' },
  municipality: { lv: 'Pašvaldība', en: 'Municipality' },
  institution: { lv: 'Iestāde', en: 'Institution' },
  learner: { lv: 'Skolēns', en: 'Learner' },
  enrolments: { lv: 'Mācības', en: 'Enrolment' },
  results: { lv: 'Rezultāts', en: 'Result' },
}

const keys: Record<string, Words> = {
  code: { lv: 'kods', en: 'code' },
  name: { lv: 'vārds', en: 'name' },
  'name.lv': { lv: 'nosaukums latviski', en: 'name in Latvian' },
  'name.en': { lv: 'nosaukums angliski', en: 'name in English' },
  genitive: { lv: 'ģenitīvs', en: 'genitive' },
  locative: { lv: 'lokatīvs', en: 'locative' },
  since: { lv: 'kopš', en: 'since' },
  kind: { lv: 'veids', en: 'kind' },
  sex: { lv: 'dzimums', en: 'sex' },
  birthMonth: { lv: 'dzimšanas mēnesis', en: 'month of birth' },
  schoolYear: { lv: 'mācību gads', en: 'school year' },
  grade: { lv: 'klase (pakāpe)', en: 'grade' },
  className: { lv: 'klases nosaukums', en: 'class' },
  from: { lv: 'pirmā diena', en: 'first day' },
  to: { lv: 'pēdējā diena', en: 'last day' },
  value: { lv: 'punkti', en: 'points' },
  status: { lv: 'statuss', en: 'status' },
}

/** What a field of a mapping is called: `enrolments[1].grade` → „Mācības 2: klase (pakāpe)”. */
export function fieldLabel(path: string): Words {
  const [, part = '', at, key = ''] = /^(\w+)(?:\[(\d+)\])?\.(.+)$/.exec(path) ?? []
  const nth = at === undefined || at === '0' ? '' : ` ${Number(at) + 1}`
  const words = (locale: keyof Words) =>
    `${parts[part]?.[locale] ?? part}${nth}: ${keys[key]?.[locale] ?? key}`
  return { lv: words('lv'), en: words('en') }
}
