import type { AssemblyDetail, AssemblySwap } from '#modules/assessments/model.ts'
import { WideTable } from '../../parts/wide-table.tsx'
import { useLanguage } from '../../text/language.ts'
import { type ItemBench, placeNames } from '../bench.ts'
import { SentForm } from '../rounds/parts.tsx'
import css from './assembly.module.css'
import { useBroken } from './broken-list.tsx'

/** What could stand in the place of an item, with what would change. */
export function SwapTable(props: {
  bench: Pick<ItemBench, 'framework'>
  made: AssemblyDetail
  out: string
  swaps: readonly AssemblySwap[]
}) {
  const { bench, made, out, swaps } = props
  const { t, name, number } = useLanguage()
  const say = useBroken(bench, made.domain)
  const signed = (x: number, decimals: number) => `${x > 0 ? '+' : ''}${number(x, decimals)}`
  if (swaps.length === 0) return <p>{t('assembly.noSwaps')}</p>
  return (
    <WideTable label={t('assembly.swapFor', { code: out })}>
      <thead>
        <tr>
          <th scope="col">{t('rounds.item')}</th>
          <th scope="col">{t('assembly.strand')}</th>
          {made.plan.cuts.map((cut) => (
            <th key={cut} scope="col" className="n">
              {t('assembly.gainAt', { at: number(cut, 0) })}
            </th>
          ))}
          <th scope="col" className="n">
            {t('rounds.points')}
          </th>
          <th scope="col" className="n">
            {t('assembly.minutes')}
          </th>
          <th scope="col">{t('assembly.plan')}</th>
          <th scope="col">{t('assembly.byHand')}</th>
        </tr>
      </thead>
      <tbody>
        {swaps.map(({ item, gains, points, minutes, broken, outOfRules }) => {
          const place = placeNames(bench, { ...item, domain: made.domain, outcome: null })
          return (
            <tr key={item.code}>
              <th scope="row">{item.code}</th>
              <td>{`${name(place.strand)}, ${name(place.process)}`}</td>
              {gains.map((gain, cut) => (
                <td key={made.plan.cuts[cut]} className="n">
                  {signed(gain, 2)}
                </td>
              ))}
              <td className="n">{signed(points, 0)}</td>
              <td className="n">{signed(minutes, 1)}</td>
              <td className={css.effect}>
                {broken.length + outOfRules.length === 0
                  ? t('assembly.keepsPlan')
                  : [
                      ...broken.map(say),
                      ...(outOfRules.length > 0
                        ? [t('assembly.outOfRules', { codes: outOfRules.join(', ') })]
                        : []),
                    ].join(' ')}
              </td>
              <td>
                <SentForm what="swap" className={css.inline!}>
                  <input type="hidden" name="takenOut" value={out} />
                  <input type="hidden" name="putIn" value={item.code} />
                  <button type="submit" className="button quiet">
                    {t('assembly.take')}
                    <span className="hidden"> {item.code}</span>
                  </button>
                </SentForm>
              </td>
            </tr>
          )
        })}
      </tbody>
    </WideTable>
  )
}
