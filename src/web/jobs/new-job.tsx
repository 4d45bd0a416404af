import { useLanguage } from '../text/language.ts'
import { type FormParts, JobForm } from './job-form.tsx'
import css from './jobs-page.module.css'

/** What the button sends, and the key of its words. */
const choices = [
  { kind: 'compute+publish', key: 'both' },
  { kind: 'compute', key: 'compute' },
  { kind: 'publish', key: 'publish' },
] as const

/** Asks for a job: one button each, and a sentence of what it does. */
export function NewJob({ form }: { form: FormParts }) {
  const { t } = useLanguage()
  return (
    <JobForm form={form} className={css.new}>
      <h3>{t('jobs.new')}</h3>
      <ul className="plain">
        {choices.map(({ kind, key }, at) => (
          <li key={kind}>
            <button
              type="submit"
              name="kind"
              value={kind}
              className={at === 0 ? 'button' : 'button quiet'}
              aria-describedby={`what-${at}`}
            >
              {t(`jobs.ask.${key}.do`)}
            </button>
            <span className="small" id={`what-${at}`}>
              {t(`jobs.ask.${key}.what`)}
            </span>
          </li>
        ))}
      </ul>
    </JobForm>
  )
}
