import { usePortal } from '../portal.ts'
import css from './audience-mark.module.css'
import type { UnitView } from './unit-view.ts'

/** Says that a page shows unprotected numbers, and for whom they are. Public pages say nothing. */
export function AudienceMark({ view }: { view: UnitView }) {
  const { t, to } = view.language
  const { audience, unit } = view.data.profile
  const isHead = usePortal()?.me.mandate?.tier === 'school'
  if (audience === 'public') return null
  const whose = audience === 'own' && !isHead ? 'entrusted' : audience
  return (
    <aside className={css.mark} aria-label={t(`audience.${whose}.title`)}>
      <p>
        <b>{t(`audience.${whose}.title`)}</b> {t(`audience.${whose}.what`)}
      </p>
      {whose === 'own' && unit.level === 'school' && (
        <p className="no-print">
          <a href={to('learners', { id: unit.id })}>{t('audience.own.learners')}</a>
        </p>
      )}
    </aside>
  )
}
