import type { Feed, FeedKind, FeedRun } from '#modules/feeds/model.ts'
import type { Language } from '../text/language.ts'

export type Standing = 'paused' | 'busy' | 'never' | 'ok' | 'look'

/** How a feed stands, in one word. */
export function standing({ paused, busy, last }: Feed): Standing {
  if (busy) return 'busy'
  if (paused) return 'paused'
  if (!last) return 'never'
  return last.outcome === 'taken' || last.outcome === 'nothing' ? 'ok' : 'look'
}

/** When a feed asks its source. */
export function scheduleOf({ t, count }: Language, { everyMinutes, dailyAt }: Feed): string {
  if (everyMinutes !== null) {
    return t('feeds.schedule.every', { count: everyMinutes, n: count(everyMinutes) })
  }
  return dailyAt === null ? t('feeds.schedule.asked') : t('feeds.schedule.daily', { at: dailyAt })
}

/** When it last succeeded, when the next time is, and how often it has not succeeded since. */
export function timesOf({ t, instant, count }: Language, feed: Feed): string[] {
  const { lastSuccessAt, nextAt, paused, failures } = feed
  return [
    lastSuccessAt ? t('feeds.lastSuccess', { at: instant(lastSuccessAt) }) : t('feeds.noSuccess'),
    ...(failures > 1 ? [t('feeds.failures', { count: failures, n: count(failures) })] : []),
    ...(nextAt && !paused ? [t('feeds.next', { at: instant(nextAt) })] : []),
  ]
}

/** What a run brought: rows and what they changed; of an outbox, what it sent. */
export function broughtBy({ t, count }: Language, kind: FeedKind, run: FeedRun): string {
  const { rows, changes, deliveries } = run
  if (kind === 'outbox') return t('feeds.outbox.told', { count: deliveries, n: count(deliveries) })
  return [
    t('feeds.rows', { count: rows, n: count(rows) }),
    t('feeds.changes', { count: changes, n: count(changes) }),
  ].join(', ')
}
