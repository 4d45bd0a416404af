import type { Job } from '#modules/jobs/model.ts'
import { WideTable } from '../parts/wide-table.tsx'
import { useLanguage } from '../text/language.ts'
import { duration } from './duration.ts'
import { type FormParts, JobButton } from './job-form.tsx'
import css from './jobs-page.module.css'
import { kindName } from './kind-name.ts'

const told = ['cells', 'reused', 'shown', 'absent', 'rows', 'refusals'] as const

/** What came out of jobs that ended well or were cancelled, the latest first. */
export function EndedJobs({ jobs, form }: { jobs: readonly Job[]; form: FormParts }) {
  const language = useLanguage()
  const { t, instant, count } = language
  if (jobs.length === 0) return <p>{t('jobs.noneEnded')}</p>
  const results = ({ result }: Job) =>
    told
      .flatMap((key) =>
        result?.[key] === undefined || ((key === 'absent' || key === 'refusals') && result[key] === 0)
          ? []
          : [t(`jobs.result.${key}`, { count: result[key], n: count(result[key]) })],
      )
      .join(', ')
  return (
    <WideTable label={t('jobs.ended')}>
      <thead>
        <tr>
          <th scope="col">{t('jobs.column.job')}</th>
          <th scope="col">{t('jobs.column.outcome')}</th>
          <th scope="col">{t('jobs.column.ended')}</th>
          <th scope="col">{t('jobs.column.took')}</th>
          <th scope="col">{t('jobs.column.by')}</th>
          <th scope="col">{t('jobs.column.result')}</th>
          <th scope="col">
            <span className="hidden">{t('jobs.column.act')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {jobs.map((job) => (
          <tr key={job.id}>
            <th scope="row">{kindName(language, job.kind)}</th>
            <td>{t(`jobs.states.${job.state}`)}</td>
            <td>{job.endedAt ? instant(job.endedAt) : '–'}</td>
            <td>
              {job.startedAt && job.endedAt
                ? duration(Date.parse(job.endedAt) - Date.parse(job.startedAt))
                : '–'}
            </td>
            <td>{job.askedBy ?? t('jobs.system')}</td>
            <td className={css.result}>{results(job) || '–'}</td>
            <td>
              {job.state === 'cancelled' && (
                <JobButton form={form} job={job.id} what="retry" about={kindName(language, job.kind)} />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  )
}
