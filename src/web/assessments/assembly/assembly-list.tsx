import type { AssemblySummary } from '#modules/assessments/model.ts'
import { WideTable } from '../../parts/wide-table.tsx'
import { useLanguage } from '../../text/language.ts'
import { gradeName } from '../bench.ts'

/** What was put together so far, the latest first. */
export function AssemblyList({ items }: { items: readonly AssemblySummary[] }) {
  const { t, to, count, dayOfInstant } = useLanguage()
  return (
    <WideTable label={t('assembly.earlierTable')}>
      <thead>
        <tr>
          <th scope="col">{t('assembly.madeAt')}</th>
          <th scope="col">{t('rounds.domain')}</th>
          <th scope="col">{t('rounds.grade')}</th>
          <th scope="col" className="n">
            {t('rounds.items')}
          </th>
          <th scope="col">{t('assembly.outcome')}</th>
          <th scope="col">{t('assembly.savedAs')}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((each) => (
          <tr key={each.id}>
            <th scope="row">
              <a href={to('assembly', { id: each.id })}>{dayOfInstant(each.madeAt)}</a>
            </th>
            <td>{t(`rounds.domains.${each.domain}`)}</td>
            <td>{gradeName(t, each.grade)}</td>
            <td className="n">{count(each.items)}</td>
            <td>{t(`assembly.found.${each.found}`)}</td>
            <td>{each.form ? <a href={to('form', { id: each.form.id })}>{each.form.code}</a> : '–'}</td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  )
}
