import type { StandardInfo } from '#modules/assessments/model.ts'
import { WideTable } from '../../parts/wide-table.tsx'
import { useLanguage } from '../../text/language.ts'

/** Where levels begin, by version. */
export function StandardList({ standards }: { standards: readonly StandardInfo[] }) {
  const { t, number, year } = useLanguage()
  if (standards.length === 0) return <p>{t('scaling.standardsNone')}</p>
  return (
    <WideTable label={t('scaling.standards')}>
      <thead>
        <tr>
          <th scope="col">{t('scaling.version')}</th>
          <th scope="col">{t('scaling.from')}</th>
          {[2, 3, 4].map((level) => (
            <th key={level} scope="col" className="n">
              {t('scaling.cut', { level })}
            </th>
          ))}
          <th scope="col">{t('scaling.scale')}</th>
          <th scope="col">{t('scaling.basis')}</th>
        </tr>
      </thead>
      <tbody>
        {standards.map(({ version, fromYear, cuts, errors, scale, basis }) => (
          <tr key={version}>
            <th scope="row">{version}</th>
            <td>{year(fromYear)}</td>
            {cuts.map((cut, at) => (
              <td key={cut} className="n">
                {number(cut, 0)}{' '}
                <span className="small">{t('scaling.cutError', { error: number(errors[at]!, 0) })}</span>
              </td>
            ))}
            <td>{scale}</td>
            <td>{basis}</td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  )
}
