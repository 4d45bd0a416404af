import type { Mandate, Me } from '#modules/access/model.ts'
import { type Language, useLanguage } from '../text/language.ts'
import css from './account.module.css'

/** Who is signed in and as what; change of mandate and sign-out are plain forms that work without scripts. */
export function Account({ me }: { me: Me }) {
  const language = useLanguage()
  const { t, to } = language
  const names = mandateNames(language, me.mandates)
  const others = me.mandates.filter((mandate) => mandate.id !== me.mandate?.id)
  return (
    <details className={css.account}>
      <summary>
        <span className="hidden">{t('account.title')}: </span>
        {me.person?.name ?? t('account.noName')}
      </summary>
      <div className={css.panel}>
        {me.mandate && <p className="small">{names.get(me.mandate.id)}</p>}
        {others.length > 0 && (
          <form method="post" action={to('account')} className={css.form}>
            <input type="hidden" name="csrf" value={me.csrf ?? ''} />
            <input type="hidden" name="what" value="mandate" />
            <p className="small" id="change-mandate">
              {t('account.change')}
            </p>
            {others.map((mandate) => (
              <button key={mandate.id} type="submit" name="mandate" value={mandate.id} className={css.choice}>
                {names.get(mandate.id)}
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

/** The names of a person's mandates by id; those that would be called the same, as of two children at one school, are numbered. */
export function mandateNames(language: Language, mandates: readonly Mandate[]): Map<string, string> {
  const alike = Map.groupBy(mandates, (mandate) => mandateName(language, mandate))
  return new Map(
    [...alike].flatMap(([name, group]) =>
      group.map(({ id }, at) => [id, group.length > 1 ? `${name} (${at + 1})` : name] as const),
    ),
  )
}

/** „skolas vadība, Ogres ģimnāzija” */
export function mandateName({ t, name }: Language, { tier, place }: Pick<Mandate, 'tier' | 'place'>): string {
  return place ? `${t(`tier.${tier}`)}, ${name(place)}` : t(`tier.${tier}`)
}
