import { type Objection, ObjectionKind } from '#modules/rights/model.ts'
import { useLanguage } from '../text/language.ts'
import css from './protection-page.module.css'

/** Objections and restrictions, and the way to record and to withdraw one. Whose they are is not shown. */
export function Objections(props: { objections: readonly Objection[]; today: string; csrf: string }) {
  const { objections, today, csrf } = props
  const { t } = useLanguage()
  return (
    <>
      <p>{t('protection.objectionsLead')}</p>
      {objections.length === 0 ? (
        <p>{t('protection.noObjections')}</p>
      ) : (
        <ul className={css.cards}>
          {objections.map((objection) => (
            <ObjectionCard key={objection.id} objection={objection} csrf={csrf} />
          ))}
        </ul>
      )}
      <form method="post" className={`${css.form} no-print`} autoComplete="off">
        <h3 className={css.wide}>{t('protection.new')}</h3>
        <input type="hidden" name="csrf" value={csrf} />
        <label>
          {`${t('protection.code')} (${t('protection.codeHint')})`}
          <input name="code" required maxLength={50} />
        </label>
        <label>
          {t('protection.kind')}
          <select name="kind">
            {ObjectionKind.options.map((kind) => (
              <option key={kind} value={kind}>
                {t(`protection.kinds.${kind}`)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t('protection.from')}
          <input type="date" name="from" required defaultValue={today} />
        </label>
        <label>
          {`${t('protection.until')} (${t('protection.untilHint')})`}
          <input type="date" name="until" />
        </label>
        <label className={css.wide}>
          {t('protection.ground')}
          <input name="ground" required maxLength={500} />
        </label>
        <button type="submit" name="what" value="record" className="button">
          {t('protection.record')}
        </button>
      </form>
    </>
  )
}

function ObjectionCard({ objection, csrf }: { objection: Objection; csrf: string }) {
  const { t, day, instant } = useLanguage()
  const { id, kind, ground, from, until, inForce, withdrawnAt, withdrawnWhy } = objection
  return (
    <li>
      <p>
        <span className={inForce ? 'tag look' : 'tag'}>
          {t(inForce ? 'protection.inForce' : 'protection.notInForce')}
        </span>{' '}
        <b>{t(`protection.kinds.${kind}`)}</b>, {day(from)} – {until && day(until)}
      </p>
      <p>{ground}</p>
      {withdrawnAt ? (
        <p className="small">
          {t('protection.withdrawn', { at: instant(withdrawnAt), why: withdrawnWhy ?? '' })}
        </p>
      ) : (
        <form method="post" className={`${css.form} no-print`}>
          <input type="hidden" name="csrf" value={csrf} />
          <input type="hidden" name="id" value={id} />
          <label>
            {t('protection.why')}
            <input name="why" required maxLength={500} />
          </label>
          <button type="submit" name="what" value="withdraw" className="button quiet">
            {t('protection.withdraw')}
          </button>
        </form>
      )}
    </li>
  )
}
