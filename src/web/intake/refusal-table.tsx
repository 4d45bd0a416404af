import type { Refusal } from '#modules/intake/model.ts'
import { WideTable } from '../parts/wide-table.tsx'
import { useLanguage } from '../text/language.ts'
import css from './intake.module.css'

/** What was refused: line, column, value, what is wrong and by which rule. */
export function RefusalTable({ refusals }: { refusals: readonly Refusal[] }) {
  const { t, count, name } = useLanguage()
  return (
    <WideTable label={t('imports.refusals')}>
      <thead>
        <tr>
          <th scope="col" className="n">
            {t('import.line')}
          </th>
          <th scope="col">{t('import.column')}</th>
          <th scope="col">{t('import.value')}</th>
          <th scope="col">{t('import.message')}</th>
          <th scope="col">{t('import.rule')}</th>
        </tr>
      </thead>
      <tbody>
        {refusals.map((refusal) => (
          <tr key={`${refusal.line} ${refusal.column} ${refusal.rule} ${refusal.value}`}>
            <td className="n">{refusal.line === null ? '–' : count(refusal.line)}</td>
            <td>{refusal.column ?? '–'}</td>
            <td>{refusal.value === null ? '–' : <code>{refusal.value}</code>}</td>
            <td className={css.message}>{name(refusal.message)}</td>
            <td>
              <code>{refusal.rule}</code>
            </td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  )
}
