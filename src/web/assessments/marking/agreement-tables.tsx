import type { Agreement, MarkingReport, SuggestionRecord } from '#modules/assessments/model.ts'
import { WideTable } from '../../parts/wide-table.tsx'
import { useLanguage } from '../../text/language.ts'
import css from './marking.module.css'

const AIM = 0.7 // kappa

/** Agreement of the two who marked an answer, by item. */
export function ItemTable({ items }: { items: MarkingReport['items'] }) {
  const { t, count } = useLanguage()
  return (
    <WideTable label={t('marking.byItem')}>
      <thead>
        <tr>
          <th scope="col">{t('marking.item')}</th>
          <Heads />
        </tr>
      </thead>
      <tbody>
        {items.map(({ item, between }) => (
          <tr key={item}>
            <th scope="row" className={css.nowrap}>
              {item}
            </th>
            <td className="n">{count(between.n)}</td>
            <Told agreement={between} />
          </tr>
        ))}
      </tbody>
    </WideTable>
  )
}

/** Each marker against the others and against controls. By name, never by result. */
export function MarkerTable({ markers }: { markers: MarkingReport['markers'] }) {
  const { t, count, signed, share, instant } = useLanguage()
  return (
    <WideTable label={t('marking.byMarker')}>
      <thead>
        <tr>
          <th scope="col">{t('marking.marker')}</th>
          <th scope="col" className="n">
            {t('marking.marks')}
          </th>
          <Heads />
          <th scope="col" className="n">
            {t('marking.bias')}
          </th>
          <th scope="col" className="n">
            {t('marking.controlsDone')}
          </th>
          <th scope="col" className="n">
            {t('marking.again')}
          </th>
          <th scope="col">{t('marking.lastAt')}</th>
        </tr>
      </thead>
      <tbody>
        {markers.map(({ id, name, marks, between, controls, again, lastAt }) => (
          <tr key={id}>
            <th scope="row">{name ?? '–'}</th>
            <td className="n">{count(marks)}</td>
            <td className="n">{count(between.n)}</td>
            <Told agreement={between} />
            <td className="n">{between.bias === null ? '–' : signed(between.bias, 2)}</td>
            <td className="n">
              {controls.exact === null ? '–' : `${share(controls.exact)} (${count(controls.n)})`}
            </td>
            <td className="n">{count(again)}</td>
            <td className={css.nowrap}>{lastAt && instant(lastAt)}</td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  )
}

/** How far suggestions nobody had seen agreed with people. */
export function SuggestionTable({ records }: { records: readonly SuggestionRecord[] }) {
  const { t, count, share, number } = useLanguage()
  return (
    <WideTable label={t('marking.suggestions')}>
      <thead>
        <tr>
          <th scope="col">{t('marking.item')}</th>
          <th scope="col">{t('marking.suggester')}</th>
          <th scope="col" className="n">
            n
          </th>
          <th scope="col" className="n">
            {t('marking.exact')}
          </th>
          <th scope="col" className="n">
            {t('marking.kappa')}
          </th>
        </tr>
      </thead>
      <tbody>
        {records.map(({ item, suggester, n, exact, low, high, kappa }) => (
          <tr key={`${item} ${suggester}`}>
            <th scope="row" className={css.nowrap}>
              {item}
            </th>
            <td>{suggester === 'nearest' ? t('marking.nearest') : suggester}</td>
            <td className="n">{count(n)}</td>
            <td className={`n ${css.nowrap}`}>
              {t('marking.interval', { value: share(exact), low: share(low), high: share(high) })}
            </td>
            <td className="n">{kappa === null ? '–' : number(kappa, 2)}</td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  )
}

function Heads() {
  const { t } = useLanguage()
  return (
    <>
      <th scope="col" className="n">
        {t('marking.pairs')}
      </th>
      <th scope="col" className="n">
        {t('marking.exact')}
      </th>
      <th scope="col" className="n">
        {t('marking.kappa')}
      </th>
    </>
  )
}

function Told({
  agreement: { exact, exactLow, exactHigh, kappa, kappaLow, kappaHigh },
}: {
  agreement: Agreement
}) {
  const { t, share, number } = useLanguage()
  return (
    <>
      <td className={`n ${css.nowrap}`}>
        {exact === null
          ? '–'
          : t('marking.interval', { value: share(exact), low: share(exactLow!), high: share(exactHigh!) })}
      </td>
      <td className="n">
        {kappa === null
          ? t('marking.notTold')
          : t('marking.interval', {
              value: number(kappa, 2),
              low: number(kappaLow!, 2),
              high: number(kappaHigh!, 2),
            })}
        {kappaHigh !== null && kappaHigh < AIM && <span className="small"> {t('marking.below')}</span>}
      </td>
    </>
  )
}
