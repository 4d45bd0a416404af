import type { FeedMessage, FeedMessages } from '#modules/feeds/model.ts'
import { WideTable } from '../parts/wide-table.tsx'
import { useLanguage } from '../text/language.ts'
import css from './feeds.module.css'

/** What is told to another system: how much of it waits, what was not accepted and why, and how it is sent again. */
export function MessageTable(props: { messages: FeedMessages; page: string; csrf: string; feed: string }) {
  const { t, instant, count, name } = useLanguage()
  const { messages, page, csrf, feed } = props
  const { waiting, sent, dead, items } = messages
  if (items.length === 0) return <p>{t('feeds.outbox.none')}</p>
  const about = ({ kind, event }: FeedMessage) => {
    const isOver = event === 'gone' || event === 'withdrawn'
    if (kind === 'level') return t(`feeds.outbox.events.${isOver ? 'levelWithdrawn' : 'levelGiven'}`)
    if (kind === 'link') return t(`feeds.outbox.events.${isOver ? 'linkWithdrawn' : 'linkGiven'}`)
    return t(`feeds.outbox.events.${isOver ? 'gone' : 'found'}`)
  }
  return (
    <>
      <p>{t('feeds.outbox.counts', { waiting: count(waiting), sent: count(sent), dead: count(dead) })}</p>
      <p className="small">{t('feeds.outbox.lead')}</p>
      <WideTable label={t('feeds.outbox.title')}>
        <thead>
          <tr>
            <th scope="col">{t('feeds.outbox.column.made')}</th>
            <th scope="col">{t('feeds.outbox.column.what')}</th>
            <th scope="col">{t('feeds.outbox.column.state')}</th>
            <th scope="col" className="n">
              {t('feeds.outbox.column.tries')}
            </th>
            <th scope="col">{t('feeds.outbox.column.receipt')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((message) => (
            <tr key={message.id}>
              <th scope="row">{instant(message.madeAt)}</th>
              <td>{about(message)}</td>
              <td>{t(`feeds.outbox.states.${message.state}`)}</td>
              <td className="n">{count(message.tries)}</td>
              <td className={css.happened}>
                {message.problem ? <p>{name(message.problem.message)}</p> : (message.receipt ?? '–')}
                {message.state === 'dead' && (
                  <form method="post" action={page}>
                    <input type="hidden" name="csrf" value={csrf} />
                    <input type="hidden" name="feed" value={feed} />
                    <button type="submit" name="message" value={message.id} className="button quiet">
                      {t('feeds.outbox.replay')}
                    </button>
                  </form>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </>
  )
}
