import type { RunReport } from '#modules/assessments/model.ts'
import { WideTable } from '../../parts/wide-table.tsx'
import { useLanguage } from '../../text/language.ts'
import { groupWords, linkFaultWords } from './words.ts'

/** Forms with their reliability. */
export function FormTable({ forms }: Pick<RunReport, 'forms'>) {
  const { t, count, number } = useLanguage()
  const maybe = (x: number | null) => (x === null ? '–' : number(x, 2))
  return (
    <WideTable label={t('scaling.forms')}>
      <thead>
        <tr>
          <th scope="col">{t('scaling.form')}</th>
          <th scope="col" className="n">
            {t('scaling.itemCount')}
          </th>
          <th scope="col" className="n">
            {t('scaling.pupils')}
          </th>
          <th scope="col" className="n">
            {t('scaling.alpha')}
          </th>
          <th scope="col" className="n">
            {t('scaling.omega')}
          </th>
          <th scope="col" className="n">
            {t('scaling.marginal')}
          </th>
          <th scope="col" className="n">
            {t('scaling.errorsAtCuts')}
          </th>
        </tr>
      </thead>
      <tbody>
        {forms.map(({ code, items, pupils, alpha, alphaLow, alphaHigh, omega, marginal, errorAtCuts }) => (
          <tr key={code}>
            <th scope="row">{code}</th>
            <td className="n">{count(items)}</td>
            <td className="n">{count(pupils)}</td>
            <td className="n">
              {maybe(alpha)}
              {alphaLow !== null && alphaHigh !== null && (
                <span className="small"> {`(${maybe(alphaLow)}–${maybe(alphaHigh)})`}</span>
              )}
            </td>
            <td className="n">{maybe(omega)}</td>
            <td className="n">{maybe(marginal)}</td>
            <td className="n">
              {errorAtCuts.length === 0
                ? '–'
                : errorAtCuts.map((x) => (x === null ? '–' : number(x, 0))).join('; ')}
            </td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  )
}

/** Earlier tests that were tried, with what their anchors did. */
export function LinkTables({ links }: Pick<RunReport, 'links'>) {
  const { t, number, share } = useLanguage()
  if (links.length === 0) return <p>{t('scaling.linksNone')}</p>
  const maybe = (x: number | null) => (x === null ? '–' : number(x, 2))
  return links.map(({ round, anchors, fault, kept, correlation, spreadRatio, drift }) => (
    <div key={round} className="stack">
      <p>
        <b>{t('scaling.linkOf', { round, anchors })}.</b>{' '}
        {fault ? t('scaling.linkFault', { why: linkFaultWords(t, fault) }) : t('scaling.linkHolds')}{' '}
        {kept !== null &&
          t('scaling.kept', {
            share: share(kept),
            correlation: maybe(correlation),
            ratio: maybe(spreadRatio),
          })}
      </p>
      {drift.length > 0 && (
        <WideTable label={t('scaling.linkOf', { round, anchors })}>
          <thead>
            <tr>
              <th scope="col">{t('scaling.code')}</th>
              <th scope="col" className="n">
                {t('scaling.shift')}
              </th>
              <th scope="col" className="n">
                {t('scaling.locationZ')}
              </th>
              <th scope="col" className="n">
                {t('scaling.slopeZ')}
              </th>
              <th scope="col">{t('scaling.stable')}</th>
            </tr>
          </thead>
          <tbody>
            {drift.map(({ code, shift, locationZ, slopeZ, stable }) => (
              <tr key={code}>
                <th scope="row">{code}</th>
                <td className="n">{number(shift, 2)}</td>
                <td className="n">{maybe(locationZ)}</td>
                <td className="n">{maybe(slopeZ)}</td>
                <td>{stable ? t('scaling.yes') : t('scaling.no')}</td>
              </tr>
            ))}
          </tbody>
        </WideTable>
      )}
    </div>
  ))
}

/** Differences shown of items between groups. */
const MOST = 15

/** The largest differences of items between groups of equal ability. */
export function DifTable({ items }: Pick<RunReport, 'items'>) {
  const { t, number } = useLanguage()
  const rows = items
    .flatMap(({ code, dif }) => dif.map((each) => ({ code, ...each })))
    // Delta of 1.5 and an effect of a quarter of a standard deviation are where class C begins.
    .map((row) => ({ ...row, size: Math.abs(row.delta ?? 0) / 1.5 || Math.abs(row.effect ?? 0) / 0.25 }))
    .sort((a, b) => b.size - a.size)
    .slice(0, MOST)
  if (rows.length === 0) return <p>{t('scaling.difNone')}</p>
  return (
    <>
      <WideTable label={t('scaling.difTitle')}>
        <thead>
          <tr>
            <th scope="col">{t('scaling.code')}</th>
            <th scope="col">{t('scaling.group')}</th>
            <th scope="col" className="n">
              Δ
            </th>
            <th scope="col" className="n">
              {t('scaling.effect')}
            </th>
            <th scope="col">{t('scaling.ets')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ code, by, group, delta, error, effect, ets }) => (
            <tr key={`${code} ${by} ${group}`}>
              <th scope="row">{code}</th>
              <td>{groupWords(t, group)}</td>
              <td className="n">
                {delta === null ? '' : number(delta, 2)}
                {error !== null && (
                  <span className="small"> {t('scaling.cutError', { error: number(error, 2) })}</span>
                )}
              </td>
              <td className="n">{effect === null ? '' : number(effect, 2)}</td>
              <td>{ets ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </WideTable>
      <p className="small">{t('scaling.difSmall')}</p>
    </>
  )
}

/** Pairs of items that share more than the skill. */
export function PairTable({ dependent }: Pick<RunReport, 'dependent'>) {
  const { t, count, number } = useLanguage()
  if (dependent.length === 0) return <p>{t('scaling.dependentNone')}</p>
  return (
    <WideTable label={t('scaling.dependentTitle')}>
      <thead>
        <tr>
          <th scope="col">{t('scaling.pair')}</th>
          <th scope="col" className="n">
            {t('scaling.residualLink')}
          </th>
          <th scope="col" className="n">
            {t('scaling.pupils')}
          </th>
        </tr>
      </thead>
      <tbody>
        {dependent.map(({ a, b, q3, pupils }) => (
          <tr key={`${a} ${b}`}>
            <th scope="row">{`${a}, ${b}`}</th>
            <td className="n">{number(q3, 2)}</td>
            <td className="n">{count(pupils)}</td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  )
}

/** What was chosen where one choice is right. */
export function OptionTable({ items }: Pick<RunReport, 'items'>) {
  const { t, number, share } = useLanguage()
  const rows = items.flatMap(({ code, options }) =>
    (options ?? []).map((option, at) => ({ code, isFirst: at === 0, of: options!.length, ...option })),
  )
  if (rows.length === 0) return <p>{t('scaling.optionsNone')}</p>
  return (
    <WideTable label={t('scaling.options')}>
      <thead>
        <tr>
          <th scope="col">{t('scaling.code')}</th>
          <th scope="col">{t('scaling.option')}</th>
          <th scope="col" className="n">
            {t('scaling.chose')}
          </th>
          <th scope="col" className="n">
            {t('scaling.withAbility')}
          </th>
          <th scope="col" className="n">
            {t('scaling.thirds')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.code} ${row.option}`}>
            {row.isFirst && (
              <th scope="rowgroup" rowSpan={row.of}>
                {row.code}
              </th>
            )}
            <td>
              {row.option ?? t('scaling.noAnswer')}{' '}
              {row.isKey && <span className="tag">{t('scaling.key')}</span>}
            </td>
            <td className="n">{share(row.share)}</td>
            <td className="n">{row.correlation === null ? '–' : number(row.correlation, 2)}</td>
            <td className="n">{row.byThird.map((x) => (x === null ? '–' : share(x))).join(' / ')}</td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  )
}
