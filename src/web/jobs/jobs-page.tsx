import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect, useLoaderData } from 'react-router'
import { z } from 'zod'
import { Job, type JobState } from '#modules/jobs/model.ts'
import { portalContext } from '../context.ts'
import { LooksAgain } from '../parts/looks-again.tsx'
import { Page, Section } from '../parts/page.tsx'
import { usePortal } from '../portal.ts'
import { read, refusal } from '../read.ts'
import { languages, localeOf, useLanguage } from '../text/language.ts'
import { EndedJobs } from './ended-jobs.tsx'
import { JobCard } from './job-card.tsx'
import css from './jobs-page.module.css'
import { NewJob } from './new-job.tsx'

const Jobs = z.object({ items: z.array(Job) })
const OFTEN = 10 // s between two looks of a page that looks again by itself

export async function loader({ context, request }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url)
  return {
    jobs: (await read(context, '/jobs', Jobs)).items,
    now: Date.now(),
    looksAgain: searchParams.has('again'),
    hasChanged: searchParams.has('changed'),
  }
}

/** Receives the forms of the page: ask for a job, cancel one, retry one. */
export async function action({ context, request }: ActionFunctionArgs) {
  const form = await request.formData()
  const said = (name: string) => String(form.get(name) ?? '')
  const id = encodeURIComponent(said('job'))
  const path = { cancel: `/jobs/${id}/cancel`, retry: `/jobs/${id}/retry` }[said('what')] ?? '/jobs'
  const [kind, then] = said('kind').split('+')
  const answer = await context.get(portalContext).api(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-csrf': said('csrf') },
    ...(path === '/jobs' && { body: JSON.stringify({ kind, thenPublish: then === 'publish' }) }),
  })
  const page = languages[localeOf(new URL(request.url).pathname)].to('jobs')
  if (answer.status === 409) return redirect(`${page}?changed`, 303)
  if (!answer.ok) throw await refusal(answer)
  return redirect(said('again') ? `${page}?again` : page, 303)
}

/** What long work is under way, waits, failed or has ended; and how to ask for more. */
export default function JobsPage() {
  const { jobs, now, looksAgain, hasChanged } = useLoaderData<typeof loader>()
  const { t, to, instant } = useLanguage()
  const csrf = usePortal()?.me.csrf ?? ''
  const ofStates = (...states: JobState[]) => jobs.filter(({ state }) => states.includes(state))
  const current = [...ofStates('running'), ...ofStates('waiting')]
  const failed = ofStates('failed')
  const form = { csrf, again: looksAgain }
  return (
    <Page
      title={t('jobs.title')}
      lead={t('jobs.lead')}
      crumbs={[{ name: t('nav.myWork'), to: to('myWork') }]}
    >
      {looksAgain && <LooksAgain seconds={OFTEN} />}
      {hasChanged && (
        <p className={`note ${css.changed}`} role="status">
          {t('jobs.changed')}
        </p>
      )}
      <Section
        title={t('jobs.now')}
        aside={
          <p className={css.look}>
            <span>{t('jobs.asOf', { at: instant(new Date(now).toISOString()) })}</span>
            <a href={to('jobs')}>{t('jobs.look')}</a>
            {looksAgain ? (
              <a href={to('jobs')}>{t('jobs.lookNoMore')}</a>
            ) : (
              <a href={`${to('jobs')}?again`}>{t('jobs.lookAgain', { seconds: OFTEN })}</a>
            )}
          </p>
        }
      >
        {current.length === 0 ? (
          <p>{t('jobs.nothingNow')}</p>
        ) : (
          <ul className={css.cards}>
            {current.map((job) => (
              <JobCard key={job.id} job={job} now={now} form={form} />
            ))}
          </ul>
        )}
        <NewJob form={form} />
      </Section>
      {failed.length > 0 && (
        <Section title={t('jobs.failed')}>
          <ul className={css.cards}>
            {failed.map((job) => (
              <JobCard key={job.id} job={job} now={now} form={form} />
            ))}
          </ul>
        </Section>
      )}
      <Section title={t('jobs.ended')}>
        <EndedJobs jobs={ofStates('done', 'cancelled')} form={form} />
      </Section>
    </Page>
  )
}
