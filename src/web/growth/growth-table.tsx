import type { GrowthFigure } from '#modules/growth/model.ts'
import { figureWriter } from '../text/figure.ts'
import { useLanguage } from '../text/language.ts'
import type { ToldGrowth } from './growth-section.tsx'

/** The same as numbers, with the figure that also takes into account where the whole school started. */
export function GrowthTable({ figures }: { figures: readonly ToldGrowth[] }) {
  const language = useLanguage()
  const { t, count, number } = language
  const points = figureWriter(
    language,
    'points_difference',
    figures.map(({ valueAdded }) => valueAdded),
  )
  const estimate = (each: GrowthFigure['valueAdded']) =>
    each ? `${points.value(each.value)} (${points.range(each.low, each.high)})` : '–'
  return (
    <table className="data">
      <caption className="hidden">{t('growth.title')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('growth.column.domain')}</th>
          <th scope="col">{t('growth.column.valueAdded')}</th>
          <th scope="col">{t('growth.column.valueAddedB')}</th>
          <th scope="col">{t('growth.column.percentile')}</th>
          <th scope="col">{t('growth.column.pupils')}</th>
        </tr>
      </thead>
      <tbody>
        {figures.map(({ domain, valueAdded, valueAddedB, percentile, pooled }) => (
          <tr key={domain}>
            <th scope="row">{t(`results.domains.${domain}`)}</th>
            <td>{estimate(valueAdded)}</td>
            <td>{estimate(valueAddedB)}</td>
            <td>{percentile ? number(percentile.value, 1) : '–'}</td>
            <td>{count(pooled)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
