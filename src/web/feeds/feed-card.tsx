import type { Feed } from '#modules/feeds/model.ts'
import { useLanguage } from '../text/language.ts'
import { broughtBy, scheduleOf, standing, timesOf } from './feed-facts.ts'
import { FeedButton } from './feed-form.tsx'
import css from './feeds.module.css'

/** One feed: how it stands, what happened the last time, what can be done. */
export function FeedCard({ feed, csrf }: { feed: Feed; csrf: string }) {
  const language = useLanguage()
  const { t, to, name } = language
  const { last } = feed
  const title = name(feed.title)
  const stands = standing(feed)
  const form = { page: to('feeds'), csrf, feed: feed.id, about: title }
  return (
    <li className={css.card}>
      <div className={css.what}>
        <h2>
          <a href={to('feed', { id: feed.id })}>{title}</a>
        </h2>
        <span className={`tag ${stands === 'look' ? 'look' : stands === 'busy' ? 'new' : ''}`}>
          {t(`feeds.states.${stands}`)}
        </span>
      </div>
      <p className="small">
        {t(`feeds.kinds.${feed.kind}`)} · <span className={css.place}>{feed.place}</span> ·{' '}
        {scheduleOf(language, feed)}
      </p>
      <p>{timesOf(language, feed).join(' · ')}</p>
      {last?.problem && (
        <div className={css.why}>
          <p>{name(last.problem.message)}</p>
          <p className="small">
            {t('feeds.code')} <code>{last.problem.code}</code>
          </p>
        </div>
      )}
      {last && !last.problem && last.outcome === 'taken' && (
        <p className="small">{t('feeds.lastTime', { outcome: broughtBy(language, feed.kind, last) })}</p>
      )}
      {last?.import && (
        <p className="small">
          <a href={to('import', { id: last.import.id })}>
            {t('feeds.report')} {last.import.number}
          </a>
        </p>
      )}
      <div className={css.buttons}>
        {!feed.busy && <FeedButton {...form} what="run" isFirst={stands === 'look'} />}
        <FeedButton {...form} what={feed.paused ? 'resume' : 'pause'} />
      </div>
    </li>
  )
}
