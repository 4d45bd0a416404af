import type { ImportSummary } from '#modules/intake/model.ts'
import { useLanguage } from '../text/language.ts'
import css from './intake.module.css'

/** What to do after an import, in words, and the way there. */
export function NextSteps({ report: { state, failure } }: { report: ImportSummary }) {
  const { t, to } = useLanguage()
  return (
    <div className={`stack ${css.next}`}>
      <p>{t(`import.nextIs.${state}`)}</p>
      {failure && (
        <p className="small">
          {t('import.failure')}: <code>{failure}</code>
        </p>
      )}
      <p className="no-print">
        {state === 'merged' && (
          <a className="button" href={to('jobs')}>
            {t('import.jobs')}
          </a>
        )}
        {(state === 'refused' || state === 'failed') && (
          <a className="button" href={to('newImport')}>
            {t('import.again')}
          </a>
        )}
      </p>
    </div>
  )
}
