import type { Decision } from '#modules/assessments/model.ts'
import { WideTable } from '../../parts/wide-table.tsx'
import { useLanguage } from '../../text/language.ts'

/** What was decided about items of a test: by whom, when and why. */
export function DecisionList({ decisions }: { decisions: readonly Decision[] }) {
  const { t, instant } = useLanguage()
  if (decisions.length === 0) return <p>{t('scaling.decisionsNone')}</p>
  return (
    <WideTable label={t('scaling.decisions')}>
      <thead>
        <tr>
          <th scope="col">{t('scaling.item')}</th>
          <th scope="col">{t('scaling.decision')}</th>
          <th scope="col">{t('scaling.reason')}</th>
          <th scope="col">{t('scaling.by')}</th>
          <th scope="col">{t('scaling.when')}</th>
        </tr>
      </thead>
      <tbody>
        {decisions.map(({ item, kind, reason, madeBy, madeAt }) => (
          <tr key={`${item} ${kind} ${madeAt}`}>
            <th scope="row">{item}</th>
            <td>{t(`scaling.decisionKinds.${kind}`)}</td>
            <td>{reason}</td>
            <td>{madeBy ?? t('scaling.operator')}</td>
            <td>{instant(madeAt)}</td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  )
}
