import type { OwnLooks } from '#modules/assessments/model.ts'
import { Section } from '../../parts/page.tsx'
import { usePortal } from '../../portal.ts'
import { useLanguage } from '../../text/language.ts'
import css from './marking.module.css'

/** Where a family asks the school to have a result looked at again, and reads what came of it. */
export function OwnLooksSection(props: { own: OwnLooks; name: string; isRefused: boolean }) {
  const { own, name, isRefused } = props
  const { t, dayOfInstant } = useLanguage()
  const csrf = usePortal()?.me.csrf ?? ''
  const { wish, looks, mayAsk } = own
  if (!wish && !mayAsk && looks.length === 0) return null
  return (
    <Section title={t('marking.lookAgain.ownTitle')} id="looks" className="stack no-print">
      {isRefused && (
        <p className="note" role="alert">
          {t('marking.lookAgain.ownRefused')}
        </p>
      )}
      {wish && (
        <p role="status">
          {t('marking.lookAgain.ownAsked', { day: dayOfInstant(wish.askedAt), reason: wish.reason })}
        </p>
      )}
      {looks.map(({ position, pointsBefore: before, pointsAfter: n, isCounted }) => (
        <p key={position}>
          {n === null
            ? t('marking.lookAgain.ownWaits', { position })
            : n === before
              ? t('marking.lookAgain.ownSame', { position, n })
              : t(isCounted ? 'marking.lookAgain.ownCounted' : 'marking.lookAgain.ownChanged', {
                  position,
                  before,
                  n,
                })}
        </p>
      ))}
      {!wish && mayAsk && (
        <>
          <p>{t('marking.lookAgain.ownLead')}</p>
          <form method="post" className={css.fields}>
            <input type="hidden" name="csrf" value={csrf} />
            <label>
              {t('marking.lookAgain.ownReason')}
              <textarea
                name="reason"
                rows={3}
                maxLength={2000}
                required
                defaultValue={t('marking.lookAgain.ownText', { name })}
              />
            </label>
            <button type="submit" className="button">
              {t('marking.lookAgain.ownSend')}
            </button>
          </form>
        </>
      )}
      {!wish && !mayAsk && <p className="small">{t('marking.lookAgain.ownOver')}</p>}
    </Section>
  )
}
