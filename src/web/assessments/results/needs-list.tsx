import type { ClassLearner, ClassTest, SupportNeed } from '#modules/assessments/model.ts'
import { Section } from '../../parts/page.tsx'
import { usePortal } from '../../portal.ts'
import { useLanguage } from '../../text/language.ts'
import css from './results.module.css'

/** Who may need support and why, by name; one button asks that a plan be begun, another takes that back. */
export function NeedsList({
  tests,
  learners,
}: {
  tests: readonly ClassTest[]
  learners: readonly ClassLearner[]
}) {
  const { t, count } = useLanguage()
  const needing = learners.filter(({ needs }) => needs.length > 0)
  return (
    <Section
      title={
        needing.length === 0
          ? t('results.needsNone')
          : t('results.needs', { count: needing.length, n: count(needing.length) })
      }
      id="needs"
      className="stack"
    >
      <p className="small">{t('results.needsHow')}</p>
      <ul className={css.needs}>
        {needing.map((learner) => (
          <li key={learner.id}>
            <h3>{learner.name ?? t('results.unnamed', { code: learner.code })}</h3>
            {learner.needs.map((need) => (
              <Need key={need.domain} learner={learner} need={need} tests={tests} />
            ))}
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Need(props: { learner: ClassLearner; need: SupportNeed; tests: readonly ClassTest[] }) {
  const { learner, need, tests } = props
  const { t, name, day } = useLanguage()
  const csrf = usePortal()?.me.csrf ?? ''
  const words = tests.find(({ domain }) => domain === need.domain)?.domainName
  const domain = words ? name(words) : need.domain
  const who = { name: learner.name ?? learner.code, domain: domain.toLowerCase() }
  return (
    <div className={css.need}>
      <p>
        {domain}:{' '}
        {need.reasons.map((reason) => t(`results.reason.${reason}`, { mark: need.mark ?? '' })).join('; ')}
        {need.reasons.length > 0 && '.'}{' '}
        {need.request && (
          <span className="tag new">{t('results.asked', { day: day(need.request.madeOn) })}</span>
        )}
      </p>
      <form method="post" className="no-print">
        <input type="hidden" name="csrf" value={csrf} />
        {need.request ? (
          <button
            type="submit"
            className={css.act}
            name="undo"
            value={need.request.id}
            aria-label={t('results.undoFor', who)}
          >
            {t('results.undo')}
          </button>
        ) : (
          <>
            <input type="hidden" name="learner" value={learner.id} />
            <input type="hidden" name="domain" value={need.domain} />
            {need.reasons.map((reason) => (
              <input key={reason} type="hidden" name="reason" value={reason} />
            ))}
            <button type="submit" className={css.act} aria-label={t('results.askFor', who)}>
              {t('results.ask')}
            </button>
          </>
        )}
      </form>
    </div>
  )
}
