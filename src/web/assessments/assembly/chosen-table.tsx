import type { AssemblyDetail } from '#modules/assessments/model.ts'
import { WideTable } from '../../parts/wide-table.tsx'
import { query } from '../../query.ts'
import { useLanguage } from '../../text/language.ts'
import { type ItemBench, placeNames } from '../bench.ts'

/** Items of a form in order, with what each brings where the form is to tell most. */
export function ChosenTable({ bench, made }: { bench: Pick<ItemBench, 'framework'>; made: AssemblyDetail }) {
  const { t, to, name, count, number, share } = useLanguage()
  const here = to('assembly', { id: made.id })
  return (
    <WideTable label={t('rounds.items')}>
      <thead>
        <tr>
          <th scope="col" className="n">
            {t('rounds.position')}
          </th>
          <th scope="col">{t('rounds.item')}</th>
          <th scope="col">{t('assembly.strand')}</th>
          <th scope="col">{t('assembly.process')}</th>
          <th scope="col" className="n">
            {t('rounds.points')}
          </th>
          <th scope="col" className="n">
            {t('assembly.minutes')}
          </th>
          {made.plan.cuts.map((cut) => (
            <th key={cut} scope="col" className="n">
              {t('assembly.informationAt', { at: number(cut, 0) })}
            </th>
          ))}
          <th scope="col" className="n">
            {t('assembly.exposure')}
          </th>
          {!made.saved && <th scope="col">{t('assembly.byHand')}</th>}
        </tr>
      </thead>
      <tbody>
        {made.chosen.map((item, at) => {
          const place = placeNames(bench, { ...item, domain: made.domain, outcome: null })
          return (
            <tr key={item.code}>
              <td className="n">{at + 1}</td>
              <th scope="row">
                <a href={to('item', { id: item.id })}>{item.code}</a>
                {item.isAnchor && <span className="tag new"> {t('rounds.anchor')}</span>}
              </th>
              <td>{name(place.strand)}</td>
              <td>{name(place.process)}</td>
              <td className="n">{count(item.points)}</td>
              <td className="n">{number(item.minutes, 1)}</td>
              {item.information.map((own, cut) => (
                <td key={made.plan.cuts[cut]} className="n">
                  {item.isMeasured ? number(own, 2) : '–'}
                </td>
              ))}
              <td className="n">{share(item.exposure)}</td>
              {!made.saved && (
                <td>
                  <a href={`${here}?${query({ swap: item.code })}#swap`}>
                    {t('assembly.swap')}
                    <span className="hidden"> {item.code}</span>
                  </a>
                </td>
              )}
            </tr>
          )
        })}
      </tbody>
    </WideTable>
  )
}
