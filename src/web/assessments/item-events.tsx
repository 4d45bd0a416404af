import type { ItemEvent, Suggested } from '#modules/assessments/model.ts'
import { useLanguage } from '../text/language.ts'
import css from './items.module.css'

/** What was said and decided about an item, newest first. */
export function ItemEvents(props: { events: readonly ItemEvent[]; suggested: Suggested | null }) {
  const { events, suggested } = props
  const { t, instant } = useLanguage()
  return (
    <ul className={`${css.events} ${css.told}`}>
      {events.map((event, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: several may fall into one second
        <li key={at}>
          <p>
            <strong>{t(`items.events.${event.kind}`, { version: event.version })}</strong>
            {event.kind === 'moved' && event.state && `: ${t(`items.states.${event.state}`)}`}
            {event.kind === 'version' &&
              event.version === suggested?.version &&
              `. ${t('items.drafts.fromModel', { model: suggested.model ?? suggested.host })}`}
          </p>
          <p className="small">
            {event.person ?? t('items.operator')}, {instant(event.at)}
          </p>
          {event.text && <p>{event.text}</p>}
        </li>
      ))}
    </ul>
  )
}
