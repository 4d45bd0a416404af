import type { RoundEvent } from '#modules/assessments/model.ts'
import { useLanguage } from '../../text/language.ts'
import css from './rounds.module.css'

const known = [
  'participants',
  'schools',
  'sessions',
  'added',
  'withdrawn',
  'moved',
  'twice',
  'lines',
  'taken',
  'pupils',
] as const

/** What was done with a round, newest first; numbers that are 0 are not told, but for how many were added. */
export function RoundEvents({ events }: { events: readonly RoundEvent[] }) {
  const { t, instant, count } = useLanguage()
  return (
    <ol className={css.events}>
      {events.map((event, at) => {
        const facts = known
          .filter((key) => (event.facts[key] ?? 0) > 0 || (key === 'added' && key in event.facts))
          .map((key) => t(`rounds.factsOf.${key}`, { n: count(event.facts[key]!) }))
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list is drawn once and has no names of its own
          <li key={at}>
            <p>
              {t(`rounds.events.${event.kind}`, {
                state: event.state === null ? '' : t(`rounds.states.${event.state}`),
              })}
              {facts.length > 0 && ` (${facts.join('; ')})`}
            </p>
            {event.text && <p>{event.text}</p>}
            <p className="small">{`${instant(event.at)}, ${event.person ?? t('rounds.operator')}`}</p>
          </li>
        )
      })}
    </ol>
  )
}
