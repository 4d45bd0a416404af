import type { Retention } from '#modules/rights/model.ts'
import type { Language } from '../text/language.ts'

/** How long a kind of record is kept, and from when on: „1 gads pēc labojuma”. */
export function howLong({ t }: Language, { keeps, event }: Pick<Retention, 'keeps' | 'event'>): string {
  if (keeps === null) return t('processing.always')
  const [, years, days] = /^P(?:(\d+)Y)?(?:(\d+)D)?/.exec(keeps) ?? []
  const after = t(`processing.events.${event}`)
  if (years) return `${t('processing.years', { count: Number(years) })} ${after}`
  if (days && Number(days) > 0) return `${t('processing.days', { count: Number(days) })} ${after}`
  return `${t('processing.atOnce')} ${after}`
}
