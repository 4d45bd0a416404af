import type { ItemReport } from '#modules/assessments/model.ts'
import { WideTable } from '../../parts/wide-table.tsx'
import { useLanguage } from '../../text/language.ts'
import css from './scaling.module.css'

/** All items of a run with their figures; what is flagged stands out, and says so in words above the table. */
export function ItemTable({
  items,
  flagged,
}: {
  items: readonly ItemReport[]
  flagged: ReadonlySet<string>
}) {
  const { t, count, number, share } = useLanguage()
  const maybe = (x: number | null, decimals: number) => (x === null ? '–' : number(x, decimals))
  return (
    <WideTable label={t('scaling.items')}>
      <thead>
        <tr>
          <th scope="col">{t('scaling.code')}</th>
          <th scope="col" className="n">
            {t('scaling.answered')}
          </th>
          <th scope="col" className="n">
            {t('scaling.difficulty')}
          </th>
          <th scope="col" className="n">
            {t('scaling.itemRest')}
          </th>
          <th scope="col" className="n">
            {t('scaling.omitted')}
          </th>
          <th scope="col" className="n">
            {t('scaling.notReached')}
          </th>
          <th scope="col">{t('scaling.model')}</th>
          <th scope="col" className="n">
            {t('scaling.slope')}
          </th>
          <th scope="col" className="n">
            {t('scaling.location')}
          </th>
          <th scope="col" className="n">
            {t('scaling.infit')}
          </th>
          <th scope="col" className="n">
            {t('scaling.outfit')}
          </th>
          <th scope="col" className="n">
            {t('scaling.misfit')}
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.code}>
            <th scope="row" className={flagged.has(item.code) ? css.flagged : undefined}>
              {item.code} {item.isAnchor && <span className="tag">{t('scaling.anchor')}</span>}{' '}
              {item.isDropped && <span className="tag">{t('scaling.dropped')}</span>}
            </th>
            <td className="n">{count(item.pupils)}</td>
            <td className="n">{item.difficulty === null ? '–' : share(item.difficulty)}</td>
            <td className="n">{maybe(item.itemRest, 2)}</td>
            <td className="n">{share(item.omitted)}</td>
            <td className="n">{share(item.notReached)}</td>
            <td>{item.model}</td>
            <td className="n">
              {maybe(item.slope, 2)}
              {item.slopeError !== null && (
                <span className="small"> {t('scaling.cutError', { error: number(item.slopeError, 2) })}</span>
              )}
            </td>
            <td className="n">{item.locations.map((x) => number(x, 0)).join('; ')}</td>
            <td className="n">{maybe(item.infit, 2)}</td>
            <td className="n">{maybe(item.outfit, 2)}</td>
            <td className="n">{maybe(item.misfit, 3)}</td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  )
}
