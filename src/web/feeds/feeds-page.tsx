import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { z } from 'zod'
import { Feed } from '#modules/feeds/model.ts'
import { Page, Section } from '../parts/page.tsx'
import { usePortal } from '../portal.ts'
import { read } from '../read.ts'
import { useLanguage } from '../text/language.ts'
import { FeedCard } from './feed-card.tsx'
import css from './feeds.module.css'

export { feedAction as action } from './feed-action.ts'

const Feeds = z.object({ items: z.array(Feed) })

export async function loader({ context, request }: LoaderFunctionArgs) {
  return {
    feeds: (await read(context, '/feeds', Feeds)).items,
    now: new Date().toISOString(),
    hasChanged: new URL(request.url).searchParams.has('changed'),
  }
}

/** Which other systems are asked by themselves, how each feed stands, and what can be done. */
export default function FeedsPage() {
  const { feeds, now, hasChanged } = useLoaderData<typeof loader>()
  const { t, to, instant } = useLanguage()
  const csrf = usePortal()?.me.csrf ?? ''
  return (
    <Page
      title={t('feeds.title')}
      lead={t('feeds.lead')}
      crumbs={[{ name: t('nav.myWork'), to: to('myWork') }]}
    >
      {hasChanged && (
        <p className="note" role="status">
          {t('feeds.changed')}
        </p>
      )}
      <Section>
        <p className={css.look}>
          <span>{t('feeds.asOf', { at: instant(now) })}</span>
          <a href={to('feeds')}>{t('feeds.look')}</a>
        </p>
        {feeds.length === 0 ? (
          <p>{t('feeds.empty')}</p>
        ) : (
          <ul className={css.cards}>
            {feeds.map((feed) => (
              <FeedCard key={feed.id} feed={feed} csrf={csrf} />
            ))}
          </ul>
        )}
      </Section>
    </Page>
  )
}
