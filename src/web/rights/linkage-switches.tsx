import type { Linkage } from '#modules/rights/model.ts'
import { useLanguage } from '../text/language.ts'
import css from './protection-page.module.css'

/**
 * Which data may be joined, and the switch of each.
 *
 * @param csrf  null: only to be looked at
 */
export function LinkageSwitches({ linkages, csrf }: { linkages: readonly Linkage[]; csrf: string | null }) {
  const { t, name, dayOfInstant } = useLanguage()
  return (
    <ul className={css.cards}>
      {linkages.map((linkage) => (
        <li key={linkage.code}>
          <p>
            <span className={linkage.on ? 'tag new' : 'tag'}>
              {t(linkage.on ? 'processing.on' : 'processing.off')}
            </span>{' '}
            <b>{name(linkage.name)}</b>
          </p>
          <p className="small">
            {`${name(linkage.purpose)}. ${linkage.reason ?? t(linkage.on ? 'processing.delivered' : 'processing.noBasis')} (${t('processing.since', { day: dayOfInstant(linkage.since) })})`}
          </p>
          {csrf !== null && (
            <form method="post" className={`${css.form} no-print`}>
              <input type="hidden" name="csrf" value={csrf} />
              <input type="hidden" name="id" value={linkage.code} />
              <label>
                {`${t('protection.why')} (${t('protection.reasonHint')})`}
                <input name="why" required maxLength={500} />
              </label>
              <button type="submit" name="what" value={linkage.on ? 'off' : 'on'} className="button quiet">
                {t(linkage.on ? 'protection.turnOff' : 'protection.turnOn')}
              </button>
            </form>
          )}
        </li>
      ))}
    </ul>
  )
}
