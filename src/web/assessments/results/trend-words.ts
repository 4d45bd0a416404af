import type { Language } from '../../text/language.ts'
import type { RoundTrend } from './place-trend.ts'

/** How a mean changed since the round before, or why that cannot be said and from when it may be. */
export function trendSentence(language: Language, trend: RoundTrend, schoolYear: number): string {
  const { t, year, number, signed } = language
  if (trend.is === 'first') return t('results.place.trendFirst', { next: year(schoolYear + 1) })
  if (trend.is === 'apart') return t('results.place.trendApart', { before: year(trend.before) })
  const said = t('results.place.trendChange', {
    before: year(trend.before),
    difference: signed(trend.difference, 1),
    low: number(trend.low, 1),
    high: number(trend.high, 1),
    link: number(trend.linkError, 1),
  })
  return `${said} ${t(`results.place.trendVerdict.${trend.verdict}`)}`
}
