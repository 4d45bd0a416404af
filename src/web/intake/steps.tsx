import { useLanguage } from '../text/language.ts'
import css from './intake.module.css'

const steps = ['file', 'reading', 'running', 'report'] as const

/** The way of a file into the bank, and where on it this page is. */
export function Steps({ at }: { at: (typeof steps)[number] }) {
  const { t } = useLanguage()
  return (
    <ol className={`${css.steps} no-print`} aria-label={t('newImport.steps.label')}>
      {steps.map((step) => (
        <li key={step} aria-current={step === at ? 'step' : undefined}>
          {t(`newImport.steps.${step}`)}
        </li>
      ))}
    </ol>
  )
}
