import type { Upload } from '#modules/intake/model.ts'
import type { Job } from '#modules/jobs/model.ts'
import { useLanguage } from '../text/language.ts'
import css from './intake.module.css'

/** What has to be known of an upload before anything is done with it. */
export function UploadNotes(props: { upload: Upload; job: Job | null; fault: string | null }) {
  const { t, to, name } = useLanguage()
  const { upload, job, fault } = props
  const { before, problem } = upload
  const link = (key: 'upload.report' | 'upload.checkReport', id: string, number: number) => (
    <p>
      <a className="button" href={to('import', { id })}>
        {t(key, { number })}
      </a>
    </p>
  )
  return (
    <>
      {fault && (
        <div className={css.warn} role="alert">
          <p>{fault}</p>
        </div>
      )}
      {problem ? (
        <div className={css.warn}>
          <p>
            <b>{t('upload.notBegun')}</b> {name(problem.message)}
          </p>
          <p className="small">
            {t('import.rule')} <code>{problem.code}</code>
          </p>
        </div>
      ) : (
        job?.failure &&
        upload.state === 'waiting' && (
          <div className={css.warn}>
            <p>{name(job.failure.message)}</p>
          </div>
        )
      )}
      {job?.state === 'cancelled' && upload.state === 'waiting' && (
        <p className="note">{t('upload.cancelled')}</p>
      )}
      {upload.import &&
        link(
          upload.state === 'imported' ? 'upload.report' : 'upload.checkReport',
          upload.import.id,
          upload.import.number,
        )}
      {before && upload.state === 'waiting' && (
        <p className="note">
          {t('upload.before')}{' '}
          <a href={to('import', { id: before.id })}>{t('import.title', { number: before.number })}</a>
        </p>
      )}
    </>
  )
}
