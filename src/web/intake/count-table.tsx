import { Entity, type ImportSummary } from '#modules/intake/model.ts'
import { WideTable } from '../parts/wide-table.tsx'
import { useLanguage } from '../text/language.ts'

const whatBecame = ['read', 'added', 'changed', 'withdrawn', 'unchanged', 'refused'] as const

/** What became of the facts of a file, kind by kind. */
export function CountTable({ counts }: Pick<ImportSummary, 'counts'>) {
  const { t, count } = useLanguage()
  return (
    <WideTable label={t('import.counts')}>
      <thead>
        <tr>
          <th scope="col">{t('import.entity')}</th>
          {whatBecame.map((what) => (
            <th key={what} scope="col" className="n">
              {t(`import.became.${what}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {Entity.options.map((entity) => {
          const found = counts[entity]
          return (
            found && (
              <tr key={entity}>
                <th scope="row">{t(`import.entities.${entity}`)}</th>
                {whatBecame.map((what) => (
                  <td key={what} className="n">
                    {count(found[what])}
                  </td>
                ))}
              </tr>
            )
          )
        })}
      </tbody>
    </WideTable>
  )
}
