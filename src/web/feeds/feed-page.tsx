import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { z } from 'zod'
import { Feed, FeedMessages, FeedRun } from '#modules/feeds/model.ts'
import { Page, Section } from '../parts/page.tsx'
import { usePortal } from '../portal.ts'
import { read } from '../read.ts'
import { useLanguage } from '../text/language.ts'
import { scheduleOf, standing, timesOf } from './feed-facts.ts'
import { FeedButton } from './feed-form.tsx'
import css from './feeds.module.css'
import { MessageTable } from './message-table.tsx'
import { ReplayForm } from './replay-form.tsx'
import { RunTable } from './run-table.tsx'

export { feedAction as action } from './feed-action.ts'

const OneFeed = z.object({ feed: Feed, runs: z.array(FeedRun) })

export async function loader({ context, params }: LoaderFunctionArgs) {
  const path = `/feeds/${encodeURIComponent(params.id!)}`
  const found = await read(context, path, OneFeed)
  const isOutbox = found.feed.kind === 'outbox'
  return { ...found, messages: isOutbox ? await read(context, `${path}/messages`, FeedMessages) : null }
}

/** One feed: how it stands and every run of late. */
export default function FeedPage() {
  const { feed, runs, messages } = useLoaderData<typeof loader>()
  const language = useLanguage()
  const { t, to, name } = language
  const csrf = usePortal()?.me.csrf ?? ''
  const stands = standing(feed)
  const form = { page: to('feed', { id: feed.id }), csrf, feed: feed.id, about: name(feed.title) }
  return (
    <Page
      title={name(feed.title)}
      crumbs={[
        { name: t('nav.myWork'), to: to('myWork') },
        { name: t('feeds.title'), to: to('feeds') },
      ]}
      facts={
        <>
          <span className={`tag ${stands === 'look' ? 'look' : stands === 'busy' ? 'new' : ''}`}>
            {t(`feeds.states.${stands}`)}
          </span>
          <span>{t(`feeds.kinds.${feed.kind}`)}</span>
          <span className={css.place}>{feed.place}</span>
          <span>{scheduleOf(language, feed)}</span>
        </>
      }
      lead={timesOf(language, feed).join(' · ')}
    >
      <Section>
        {feed.last?.problem && (
          <div className={css.why}>
            <p>{name(feed.last.problem.message)}</p>
            <p className="small">
              {t('feeds.code')} <code>{feed.last.problem.code}</code>
            </p>
          </div>
        )}
        <div className={css.buttons}>
          {!feed.busy && <FeedButton {...form} what="run" isFirst />}
          <FeedButton {...form} what={feed.paused ? 'resume' : 'pause'} />
        </div>
      </Section>
      {messages && (
        <Section title={t('feeds.outbox.title')}>
          <MessageTable messages={messages} page={form.page} csrf={csrf} feed={feed.id} />
          {messages.sent + messages.dead > 0 && (
            <>
              <h3>{t('feeds.outbox.since.title')}</h3>
              <ReplayForm page={form.page} csrf={csrf} feed={feed.id} />
            </>
          )}
        </Section>
      )}
      <Section title={t('feeds.runs')}>
        {runs.length === 0 ? <p>{t('feeds.noRuns')}</p> : <RunTable runs={runs} />}
      </Section>
    </Page>
  )
}
