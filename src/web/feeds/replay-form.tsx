import { useLanguage } from '../text/language.ts'

const kinds = ['correction', 'level', 'link'] as const

/** Has sent again whatever was told since a day: a receiver that lost it gets it once more. */
export function ReplayForm({ page, csrf, feed }: { page: string; csrf: string; feed: string }) {
  const { t } = useLanguage()
  return (
    <form method="post" action={page} className="row">
      <input type="hidden" name="csrf" value={csrf} />
      <input type="hidden" name="feed" value={feed} />
      <label>
        {t('feeds.outbox.since.day')} <input type="date" name="since" required />
      </label>
      <label>
        {t('feeds.outbox.since.kind')}{' '}
        <select name="kind" defaultValue="">
          <option value="">{t('feeds.outbox.since.all')}</option>
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {t(`feeds.outbox.since.${kind}`)}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" name="what" value="replay" className="button quiet">
        {t('feeds.outbox.since.send')}
      </button>
    </form>
  )
}
