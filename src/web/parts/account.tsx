import type { Mandate, Me } from '#modules/access/model.ts'
import { type Language, useLanguage } from '../text/language.ts'
import css from './account.module.css'

/** Who is signed in and as what; change of mandate and sign-out are plain forms that work without scripts. */
export function Account({ me }: { me: Me }) {
  const language = useLanguage()
  const { t, to } = language
  const others = me.mandates.filter((mandate) => mandate.id !== me.mandate?.id)
  return (
    <details className={css.account}>
      <summary>
        <span className="hidden">{t('account.title')}: </span>
        {me.person?.name ?? t('account.noName')}
      </summary>
      <div className={css.panel}>
        {me.mandate && <p className="small">{mandateName(language, me.mandate)}</p>}
        {others.length > 0 && (
          <form method="post" action={to('account')} className={css.form}>
            <input type="hidden" name="csrf" value={me.csrf ?? ''} />
            <input type="hidden" name="what" value="mandate" />
            <p className="small" id="change-mandate">
              {t('account.change')}
            </p>
            {others.map((mandate) => (
              <button key={mandate.id} type="submit" name="mandate" value={mandate.id} className={css.choice}>
                {mandateName(language, mandate)}
              </button>
            ))}
          </form>
        )}
        <form method="post" action={to('account')} className={css.form}>
          <input type="hidden" name="csrf" value={me.csrf ?? ''} />
          <button type="submit" name="what" value="leave" className="button quiet">
            {t('account.leave')}
          </button>
          <button type="submit" name="what" value="leave-all" className={css.choice}>
            {t('account.leaveAll')}
          </button>
        </form>
      </div>
    </details>
  )
}

/** „skolas vadība, Ogres ģimnāzija” */
export function mandateName({ t, name }: Language, { tier, place }: Pick<Mandate, 'tier' | 'place'>): string {
  return place ? `${t(`tier.${tier}`)}, ${name(place)}` : t(`tier.${tier}`)
}
