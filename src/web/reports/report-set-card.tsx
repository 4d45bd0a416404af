import type { ReportSet } from '#modules/publications/model.ts'
import { fileSize } from '../intake/file-size.ts'
import jobs from '../jobs/jobs-page.module.css'
import { usePortal } from '../portal.ts'
import { useLanguage } from '../text/language.ts'
import extracts from './extracts.module.css'

/** One set: of which year and figures, how far it is, its file or why there is none. */
export function ReportSetCard({ set }: { set: ReportSet }) {
  const language = useLanguage()
  const { t, to, year, instant, dayOfInstant, count } = language
  const { state, schools, made, leftOut } = set
  const csrf = usePortal()?.me.csrf ?? ''
  const title = `${year(set.schoolYear)}, ${t(`reportSets.${set.figures}`).toLowerCase()}`
  const isBusy = state === 'waiting' || state === 'running'
  const facts = [
    t('reportSets.askedAt', { at: instant(set.askedAt) }),
    t(`reportSets.languages.${set.language}`),
    schools !== null && !isBusy && t('reportSets.schools', { count: schools, n: count(schools) }),
    state === 'done' && set.untilAt && t('reportSets.until', { day: dayOfInstant(set.untilAt) }),
  ].filter(Boolean)
  return (
    <article className={extracts.card}>
      <div className={jobs.what}>
        <h3>{title}</h3>
        <span className={`tag ${state === 'running' ? 'new' : state === 'failed' ? 'look' : ''}`}>
          {t(`reportSets.states.${state}`)}
        </span>
      </div>
      <p className="small">{facts.join(' · ')}</p>
      {isBusy && (
        <div className={jobs.progress}>
          <progress aria-label={title} max={schools ?? 1} {...(schools !== null && { value: made })} />
          <span>
            {schools !== null
              ? t('reportSets.progress', { made: count(made), of: count(schools) })
              : t(state === 'waiting' ? 'reportSets.waits' : 'reportSets.begins')}
          </span>
        </div>
      )}
      {isBusy && schools !== null && <p className="small">{t('reportSets.goesOn')}</p>}
      {(state === 'over' || state === 'failed' || state === 'cancelled') && <p>{t(`reportSets.${state}`)}</p>}
      {state === 'done' && (
        <p>
          <a className="button" href={`/api/v1/report-sets/${set.id}/reports.zip`}>
            {t('reportSets.fetch', { size: fileSize(language, set.bytes) })}
            <span className="hidden"> {title}</span>
          </a>
        </p>
      )}
      {state === 'done' && leftOut > 0 && (
        <p className="small">{t('reportSets.leftOut', { count: leftOut, n: count(leftOut) })}</p>
      )}
      {isBusy && (
        <form method="post" action={to('reportSets')}>
          <input type="hidden" name="csrf" value={csrf} />
          <button type="submit" name="cancel" value={set.id} className="button quiet">
            {t('reportSets.cancel')}
            <span className="hidden"> {title}</span>
          </button>
        </form>
      )}
    </article>
  )
}
