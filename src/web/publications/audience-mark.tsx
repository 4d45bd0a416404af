import css from './audience-mark.module.css'
import type { UnitView } from './unit-view.ts'

/** Says that a page shows unprotected numbers, and for whom they are. Public pages say nothing. */
export function AudienceMark({ view }: { view: UnitView }) {
  const { t, to } = view.language
  const { audience, unit } = view.data.profile
  if (audience === 'public') return null
  return (
    <aside className={css.mark} aria-label={t(`audience.${audience}.title`)}>
      <p>
        <b>{t(`audience.${audience}.title`)}</b> {t(`audience.${audience}.what`)}
      </p>
      {audience === 'own' && unit.level === 'school' && (
        <p className="no-print">
          <a href={to('learners', { id: unit.id })}>{t('audience.own.learners')}</a>
        </p>
      )}
    </aside>
  )
}
