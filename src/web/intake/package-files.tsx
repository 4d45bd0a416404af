import type { ImportSummary } from '#modules/intake/model.ts'
import { WideTable } from '../parts/wide-table.tsx'
import { useLanguage } from '../text/language.ts'

/** The files of a package, each with its own report. */
export function PackageFiles({ files, current }: { files: readonly ImportSummary[]; current: string }) {
  const { t, to, count } = useLanguage()
  return (
    <WideTable label={t('import.packageFiles')}>
      <thead>
        <tr>
          <th scope="col">{t('imports.file')}</th>
          <th scope="col">{t('imports.state')}</th>
          <th scope="col" className="n">
            {t('imports.rows')}
          </th>
          <th scope="col" className="n">
            {t('imports.refusals')}
          </th>
        </tr>
      </thead>
      <tbody>
        {files.map((each) => (
          <tr key={each.id}>
            <th scope="row">
              {each.id === current ? (
                <b>{each.file}</b>
              ) : (
                <a href={to('import', { id: each.id })}>{each.file}</a>
              )}
            </th>
            <td>{t(`imports.states.${each.state}`)}</td>
            <td className="n">{count(each.rowsRead)}</td>
            <td className="n">{count(each.refusals)}</td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  )
}
