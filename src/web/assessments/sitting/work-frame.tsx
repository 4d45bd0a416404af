import type { ReactNode } from 'react'
import type { Sitting } from '#modules/assessments/model.ts'
import { useLanguage } from '../../text/language.ts'
import { ISLAND } from './island.ts'
import css from './sitting.module.css'

/** What stands around an item: time left, whether everything is saved, and the way to every other item. */
export function WorkFrame({ sitting, at, children }: { sitting: Sitting; at: number; children: ReactNode }) {
  const { t, to, name, locale } = useLanguage()
  const filled = new Set(sitting.saved.filter(({ isEmpty }) => !isEmpty).map(({ position }) => position))
  const left = sitting.endsAt
    ? Math.max(0, Math.ceil((Date.parse(sitting.endsAt) - Date.parse(sitting.now)) / 60_000))
    : 0
  const places = Array.from({ length: sitting.places }, (_, index) => index + 1)
  const said = Object.fromEntries(
    (
      [
        'saved',
        'saving',
        'offline',
        'kept',
        'tie',
        'newer',
        'refused',
        'moved',
        'full',
        'minuteLeft',
        'answered',
        'notAnswered',
      ] as const
    ).map((key) => [key, t(`sitting.say.${key}`)]),
  )
  return (
    <div
      className={css.work}
      data-island="work"
      data-participant={sitting.participant}
      data-now={sitting.now}
      data-ends={sitting.endsAt}
      data-all={to('sittingPaper')}
      data-end={to('sittingDone')}
      data-door={to('sitting')}
      data-item={to('sittingItem', { position: '0' })}
      data-locale={locale}
      data-words={JSON.stringify(said)}
    >
      <header className={css.bar}>
        <p className={css.name}>
          {name(sitting.name)} · {sitting.label}
        </p>
        {/* With scripts it is not known yet: the device may keep an answer that was not sent (the script says). */}
        <p role="status" data-saved className={css.saved}>
          <noscript>{t('sitting.say.saved')}</noscript>
        </p>
        <p className={css.clock}>
          <span>{t('sitting.left')}</span> <strong data-clock>{t('sitting.minutes', { count: left })}</strong>
        </p>
      </header>
      <nav aria-label={t('sitting.allTasks')}>
        <ol className={css.strip}>
          {places.map((place) => (
            <li key={place}>
              <a
                href={to('sittingItem', { position: place })}
                data-to={place}
                data-filled={filled.has(place)}
                aria-current={place === at ? 'page' : undefined}
                aria-label={t('sitting.placeLink', {
                  n: place,
                  state: t(filled.has(place) ? 'sitting.say.answered' : 'sitting.say.notAnswered'),
                })}
              >
                {place}
              </a>
            </li>
          ))}
          <li>
            <a
              href={to('sittingDone')}
              data-to="end"
              className={css.end}
              aria-current={at === 0 ? 'page' : undefined}
            >
              {t('sitting.toEnd')}
            </a>
          </li>
        </ol>
      </nav>
      <p role="alert" data-alert className={css.alert} />
      {children}
      <script type="module" src={ISLAND} async />
    </div>
  )
}
