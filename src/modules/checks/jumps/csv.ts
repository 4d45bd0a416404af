import { toCsv } from '#http/csv.ts'
import type { Locale } from '#terms/locale.ts'
import type { Surprises } from '../model.ts'

const heads: Record<Locale, string[]> = {
  lv: [
    'rādītājs',
    'veids',
    'pašvaldība',
    'iestāde',
    'mācību gads',
    'vērtība',
    'gaidāms',
    'attālums no līdzīgām',
    'attālums no savām pārmaiņām',
    'līdzīgās iestādes',
    'cik to ir',
    'iepriekšējie gadi',
  ],
  en: [
    'figure',
    'kind',
    'municipality',
    'institution',
    'school year',
    'value',
    'usual',
    'distance from like',
    'distance from own changes',
    'like institutions',
    'how many they are',
    'years before',
  ],
}

/** The list as CSV: numbers with a decimal point, a school year by the year it ends. */
export function surprisesCsv({ figures, items }: Surprises, locale: Locale): string {
  const titles = new Map(figures.map(({ code, title }) => [code, title[locale]]))
  const rounded = (value: number | null) => value && Number(value.toPrecision(6))
  return toCsv(
    heads[locale],
    items.map((each) => [
      titles.get(each.figure) ?? each.figure,
      each.kind,
      each.municipality.name[locale],
      each.institution.name[locale],
      each.schoolYear,
      rounded(each.value),
      rounded(each.usual),
      rounded(each.fromLike),
      rounded(each.fromOwn),
      each.like,
      each.likeCount,
      each.history
        .filter(({ schoolYear }) => schoolYear < each.schoolYear)
        .map(({ schoolYear, value }) => `${schoolYear}: ${rounded(value)}`)
        .join(' | '),
    ]),
  )
}
