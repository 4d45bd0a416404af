import type { Upload } from '#modules/intake/model.ts'
import type { Job } from '#modules/jobs/model.ts'
import { LooksAgain } from '../parts/looks-again.tsx'
import { useLanguage } from '../text/language.ts'
import css from './intake.module.css'
import { ISLAND } from './island.ts'

const OFTEN = 5 // s between two looks of a page without a script
const phases = ['waiting', 'reading', 'checking', 'merging'] as const

/** How far a check or an import is. The job goes on whether anybody looks or not. */
export function UploadProgress(props: { upload: Upload; job: Job; csrf: string; looksAgain: boolean }) {
  const { t, to, count, locale } = useLanguage()
  const { upload, job, csrf, looksAgain } = props
  const page = to('upload', { id: upload.id })
  const { phase, rows } = job.step ?? {}
  const words = Object.fromEntries(
    phases.map((each) => [each, t(`upload.phase.${each}`, { rows: '{rows}' })]),
  )
  return (
    <div
      className={css.box}
      data-island="job"
      data-job={job.id}
      data-state={job.state}
      data-locale={locale}
      data-phases={JSON.stringify(words)}
    >
      {looksAgain && <LooksAgain seconds={OFTEN} />}
      <div className={css.progress}>
        <progress max={1} aria-label={t('upload.progress')} {...(job.done > 0 && { value: job.done })} />
        <span data-words role="status">
          {job.state === 'waiting'
            ? t('upload.queued')
            : t(`upload.phase.${phase ?? 'reading'}`, { rows: count(rows ?? 0) })}
        </span>
      </div>
      <p className="small">{t('upload.leave')}</p>
      <div className={css.row}>
        <form method="post" action={page}>
          <input type="hidden" name="csrf" value={csrf} />
          <input type="hidden" name="job" value={job.id} />
          <button type="submit" name="what" value="cancel" className="button quiet">
            {t('upload.cancel')}
          </button>
        </form>
        <noscript>
          {looksAgain ? (
            <a href={page}>{t('jobs.lookNoMore')}</a>
          ) : (
            <a href={`${page}?again`}>{t('jobs.lookAgain', { seconds: OFTEN })}</a>
          )}
        </noscript>
      </div>
      <script type="module" src={ISLAND} async />
    </div>
  )
}
