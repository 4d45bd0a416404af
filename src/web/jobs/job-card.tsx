import type { Job } from '#modules/jobs/model.ts'
import { type Language, useLanguage } from '../text/language.ts'
import { duration } from './duration.ts'
import { type FormParts, JobButton } from './job-form.tsx'
import css from './jobs-page.module.css'
import { kindName } from './kind-name.ts'

/** A job that is under way, waits or has failed: how far it is, who asked for it, why it failed, what can be done. */
export function JobCard({ job, now, form }: { job: Job; now: number; form: FormParts }) {
  const language = useLanguage()
  const { t, name } = language
  const title = kindName(language, job.kind)
  const isOver = job.state === 'failed'
  return (
    <li className={css.card}>
      <div className={css.what}>
        <h3>{title}</h3>
        <span className={`tag ${job.state === 'running' ? 'new' : isOver ? 'look' : ''}`}>
          {t(`jobs.states.${job.state}`)}
        </span>
      </div>
      {job.state === 'running' && <Progress job={job} title={title} />}
      {job.failure && (
        <div className={css.why}>
          <p>{name(job.failure.message)}</p>
          <p className="small">
            {t('jobs.code')} <code>{job.failure.code}</code>
            {job.failure.fault && (
              <>
                {' '}
                <code>{job.failure.fault}</code>
              </>
            )}
            , {t('jobs.number')} <code>{job.id}</code>
          </p>
        </div>
      )}
      <p className="small">{factsOf(language, job, now).join(' · ')}</p>
      <JobButton form={form} job={job.id} what={isOver ? 'retry' : 'cancel'} about={title} />
    </li>
  )
}

/** The bar has a sentence beside it. Where the share cannot be told the bar says only that work goes on. */
function Progress({ job, title }: { job: Job; title: string }) {
  const { t, share, year, count } = useLanguage()
  const { indicator, schoolYear, phase, rows } = job.step ?? {}
  const isKnown = job.done > 0
  return (
    <div className={css.progress}>
      <progress aria-label={title} max={1} {...(isKnown && { value: job.done })} />
      <span>
        {isKnown ? share(job.done) : t('jobs.goesOn')}
        {indicator && ` · ${indicator}`}
        {schoolYear && `, ${year(schoolYear)}`}
        {phase && ` · ${t(`upload.phase.${phase}`, { rows: count(rows ?? 0) })}`}
      </span>
    </div>
  )
}

function factsOf({ t, instant }: Language, job: Job, now: number): string[] {
  const { askedBy, tries, mostTries } = job
  const asked = { at: instant(job.askedAt), by: askedBy ?? '' }
  const facts = [askedBy ? t('jobs.askedBy', asked) : t('jobs.askedBySystem', asked)]
  if (job.state === 'running' && job.startedAt)
    facts.push(t('jobs.runsFor', { long: duration(now - Date.parse(job.startedAt)) }))
  if (job.state === 'waiting' && job.startsAt && Date.parse(job.startsAt) > now)
    facts.push(t('jobs.nextTry', { at: instant(job.startsAt) }))
  if (job.endedAt) facts.push(t('jobs.endedAt', { at: instant(job.endedAt) }))
  if (tries > 1 || job.failure) facts.push(t('jobs.tries', { n: tries, most: mostTries }))
  return facts
}
