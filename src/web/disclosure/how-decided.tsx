import { useLanguage } from '../text/language.ts'

/** What a trial is not: how a rule is really changed. */
export function HowDecided() {
  const { t } = useLanguage()
  return (
    <div className="note stack">
      <p>
        <b>{t('ruleTrials.how')}.</b> {t('ruleTrials.howDecided')}
      </p>
      <p>{t('ruleTrials.howRow')}</p>
    </div>
  )
}
