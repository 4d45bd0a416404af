import { useLanguage } from '../text/language.ts'

/** One button that does something to one feed; which one is said to those who do not see what stands around it. */
export function FeedButton(props: {
  page: string
  csrf: string
  feed: string
  what: 'run' | 'pause' | 'resume'
  about: string
  isFirst?: boolean
}) {
  const { t } = useLanguage()
  const { page, csrf, feed, what, about, isFirst = false } = props
  return (
    <form method="post" action={page}>
      <input type="hidden" name="csrf" value={csrf} />
      <input type="hidden" name="what" value={what} />
      <button type="submit" name="feed" value={feed} className={isFirst ? 'button' : 'button quiet'}>
        {t(`feeds.${what}`)}
        <span className="hidden"> {about}</span>
      </button>
    </form>
  )
}
