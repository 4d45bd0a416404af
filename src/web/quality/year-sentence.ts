import type { Indicator } from '#modules/indicators/model.ts'
import type { Trend } from '#modules/publications/model.ts'
import type { Language } from '../text/language.ts'

/**
 * How the last year stands to the one before, in a clause: „pret iepriekšējo gadu nav skaidras pārmaiņas”; that there is only
 * one, where it is of a test; or why the two are not compared. Null for counts, which are not judged.
 */
export function yearSentence(
  { t }: Language,
  indicator: Indicator,
  points: Trend['points'],
  isOfTest: boolean,
): string | null {
  const last = points.at(-1)
  if (!last || indicator.kind === 'count') return null
  if (points.length === 1) return isOfTest ? t('quality.year.first') : null
  if (last.breaks[0]) return t(`quality.year.${last.breaks[0]}`)
  return last.change ? t(`quality.year.${last.change.verdict}`) : null
}
