import type { GrowthFigure, SchoolGrowth } from '#modules/growth/model.ts'
import { figureWriter } from '../text/figure.ts'
import type { Language } from '../text/language.ts'
import { pupils } from '../text/sentences.ts'
import type { ToldGrowth } from './growth-section.tsx'

/** „6. klasē rezultāts ir par 12,3 punktiem augstāks …”: different only where the interval leaves zero out. */
export function growthSentence(language: Language, { valueAdded, verdict, percentile }: ToldGrowth): string {
  const { t } = language
  const write = figureWriter(language, 'points_difference', [valueAdded])
  const { value, low, high } = valueAdded
  const isLower = verdict === 'lower'
  const said = t(`growth.verdict.${verdict ?? 'no_clear_difference'}`, {
    value: write.value(isLower ? -value : value).replace(/^\+/, ''),
    interval: isLower ? write.interval(-high, -low) : write.interval(low, high),
  })
  if (!percentile) return said
  const among = figureWriter(language, 'pupils', [])
  return `${said} ${t('growth.percentile', {
    value: among.value(Math.round(percentile.value)),
    interval: among.interval(Math.round(percentile.low), Math.round(percentile.high)),
  })}`
}

/** How many stand behind it, from how many years, and how many learnt here all the time. */
export function whoCounts(language: Language, { years, pooled, stayed }: GrowthFigure): string {
  const { t } = language
  const counted = t('growth.counted', { pupils: pupils(language, pooled) })
  const here = stayed === pooled ? t('growth.allStayed') : t('growth.stayed', { n: language.count(stayed) })
  return years > 1 ? `${counted} ${here} ${t('growth.pooled')}` : `${counted} ${here}`
}

/** When growth can be known first, from the tests there are; or that nobody here has both results. */
export function notKnownYet({ t }: Language, { knownFrom }: SchoolGrowth, shownYear: number): string {
  const years = knownFrom.map(({ schoolYear }) => schoolYear)
  if (years.length === 0) return t('growth.noTest')
  const first = Math.min(...years)
  return first > shownYear ? t('growth.from', { year: first }) : t('growth.nobody')
}
