import type { PanelSummary } from '#modules/assessments/model.ts'
import { useLanguage } from '../../text/language.ts'

/** Panels with the test they are about and how far they are. */
export function PanelList({ panels }: { panels: readonly PanelSummary[] }) {
  const { t, to } = useLanguage()
  if (panels.length === 0) return <p>{t('scaling.panelsNone')}</p>
  return (
    <ul>
      {panels.map(({ id, name, round, state, panelRound }) => (
        <li key={id}>
          <a href={to('scalingPanel', { id })}>{name}</a> ({round},{' '}
          {t(`scaling.panelState.${state}`, { n: panelRound })})
        </li>
      ))}
    </ul>
  )
}
